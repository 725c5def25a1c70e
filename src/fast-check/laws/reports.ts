import { deriveSession, observe } from '../../index.js';
import type { ReportEvidence, UserEvidence } from '../../index.js';
import { owns } from '../../plain.js';
import { histories, ids, userId } from '../facts.js';
import type { Fact } from '../facts.js';
import { instants } from '../instants.js';
import { law } from '../law.js';
import type { Draft } from '../law.js';
import { equal } from '../proof.js';
import { evidenceOf, rankOf } from '../reading.js';
import { allowedBy } from '../rows.js';

/** What the signals section of the model says of reports. */
export const reports: readonly Draft[] = [
  law('an interaction sets aside an earlier report that allows less than `none`, and no other', {
    given: (fc, policy) => fc.record({
      word: fc.constantFrom(...Object.keys(policy.reports), 'unheard of'), at: instants(fc, policy), later: fc.integer({ min: -2, max: 2 }),
    }),
    said: ({ word, at, later }) => {
      const of = { userId, sessionId: 'a', epoch: 1 };
      const facts: readonly Fact[] = [{ ...of, type: 'heartbeat', at, report: word }, { ...of, type: 'activity', at: at + later }];
      return { facts };
    },
    then: ({ facts, word, at, later }, policy) => {
      const touched = evidenceOf(facts);
      const isAside = later > 0 && rankOf(allowedBy(policy, word), policy) > rankOf(allowedBy(policy, 'none'), policy);
      const stands = owns(policy.reports, word) && !isAside ? word : 'none';
      equal(touched.sessions.map((session) => deriveSession(session, policy, at + 2).report), [stands]);
    },
  }),
  law('a signal without a report leaves the standing one alone, unless somebody did something', {
    given: (fc, policy) => fc.record({ facts: histories(fc, policy), sessionId: ids(fc), at: instants(fc, policy) }),
    then: ({ facts, sessionId, at }) => {
      const evidence = evidenceOf(facts);
      const of = { userId, sessionId, epoch: 9, at };
      const after = observe(observe(evidence, { ...of, type: 'heartbeat' }), { ...of, type: 'connected' });
      const reportsOf = ({ sessions }: UserEvidence): readonly ReportEvidence[] =>
        sessions.flatMap(({ report }) => (report === undefined ? [] : [report]));
      equal(reportsOf(after), reportsOf(evidence));
    },
  }),
  law('no interaction is later than the signal that tells it', {
    given: (fc, policy) => fc.record({
      at: instants(fc, policy), later: fc.integer({ min: -3, max: 3 }), type: fc.constantFrom('connected' as const, 'heartbeat' as const),
    }),
    said: ({ at, later, type }) => ({ facts: [{ userId, sessionId: 'a', epoch: 1, type, at, activeAt: at + later }] }),
    then: ({ facts, at, later }, policy) => {
      const evidence = evidenceOf(facts);
      equal(evidence.sessions.map((session) => deriveSession(session, policy, at).lastActiveAt), [Math.min(at, at + later)]);
    },
  }),
];
