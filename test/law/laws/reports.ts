import { deepStrictEqual, strictEqual } from 'node:assert';
import { deriveSession, observe } from 'presence-model';
import { ids, instants, sessionFacts } from '../../support/arbitraries.js';
import { evidenceOf, rankOf } from '../../support/reading.js';
import { law } from '../law.js';

/** What the signals section of the model says of reports. */
export const reports = [
  law('an interaction sets aside an earlier report that allows less than `none`, and no other', (fc, policy) =>
    fc.property(
      fc.constantFrom(...Object.keys(policy.reports), 'unheard of'),
      instants(fc, policy),
      fc.integer({ min: -2, max: 2 }),
      (word, at, later) => {
        const of = { userId: 'ada', sessionId: 'a', epoch: 1 };
        const said = evidenceOf([{ ...of, type: 'heartbeat', at, report: word }]);
        const touched = observe(said, { ...of, type: 'activity', at: at + later }).sessions[0];
        const isKnown = Object.keys(policy.reports).includes(word);
        const allows = rankOf(policy.reports[isKnown ? word : 'none'] ?? '', policy);
        const isAside = later > 0 && allows > rankOf(policy.reports['none'] ?? '', policy);
        strictEqual(touched === undefined ? '' : deriveSession(touched, policy, at + 2).report, isKnown && !isAside ? word : 'none');
      },
    ),
  ),
  law('a signal without a report leaves the standing one alone, unless somebody did something', (fc, policy) =>
    fc.property(fc.array(sessionFacts(fc, policy), { maxLength: 5 }), ids(fc), instants(fc, policy), (facts, sessionId, at) => {
      const evidence = evidenceOf(facts);
      const after = observe(observe(evidence, { type: 'heartbeat', userId: 'ada', sessionId, epoch: 9, at }), { type: 'connected', userId: 'ada', sessionId, epoch: 9, at });
      const reportOf = (known: typeof evidence): unknown => known.sessions.find((session) => session.sessionId === sessionId)?.report;
      deepStrictEqual(reportOf(after), reportOf(evidence));
    }),
  ),
];
