import { deepStrictEqual, ok, strictEqual } from 'node:assert';
import { deriveUser, observe } from 'presence-model';
import { gaps, histories, ids, instants } from '../../support/arbitraries.js';
import { bottomOf, derivedRank, evidenceOf, rankOf } from '../../support/reading.js';
import { law } from '../law.js';

/** 7. */
export const users = [
  law('closing one tab never lowers a derived user below their other tabs', (fc, policy) =>
    fc.property(
      histories(fc, policy),
      ids(fc),
      instants(fc, policy),
      fc.constantFrom(...Object.keys(policy.departures)),
      instants(fc, policy),
      gaps(fc, policy),
      (facts, sessionId, at, cause, now, spans) => {
        const evidence = evidenceOf(facts);
        const others = { ...evidence, sessions: evidence.sessions.filter((session) => session.sessionId !== sessionId) };
        const closed = observe(evidence, { type: 'disconnected', userId: 'ada', sessionId, epoch: 9, at, cause });
        ok(derivedRank(closed, policy, now, spans) <= derivedRank(others, policy, now, spans));
      },
    ),
  ),
  law('sessions may be listed in any order', (fc, policy) =>
    fc.property(
      histories(fc, policy).map(evidenceOf).chain((evidence) => fc.tuple(
        fc.constant(evidence),
        fc.shuffledSubarray([...evidence.sessions], { minLength: evidence.sessions.length }),
        fc.shuffledSubarray([...evidence.claims], { minLength: evidence.claims.length }),
      )),
      instants(fc, policy),
      ([evidence, sessions, claims], now) => {
        deepStrictEqual(deriveUser({ ...evidence, sessions, claims }, policy, now), deriveUser(evidence, policy, now));
      },
    ),
  ),
  law('a session at the bottom is neutral for the status', (fc, policy) =>
    fc.property(histories(fc, policy), instants(fc, policy), gaps(fc, policy), (facts, now, spans) => {
      const evidence = evidenceOf(facts);
      const { sessions, status, derived } = deriveUser(evidence, policy, now, spans);
      const isThere = new Set(sessions.filter((session) => session.status !== bottomOf(policy)).map(({ sessionId }) => sessionId));
      const without = { ...evidence, sessions: evidence.sessions.filter(({ sessionId }) => isThere.has(sessionId)) };
      const answer = deriveUser(without, policy, now, spans);
      deepStrictEqual([answer.status, answer.derived], [status, derived]);
    }),
  ),
  law('a user is the best of the sessions that count', (fc, policy) =>
    fc.property(histories(fc, policy), instants(fc, policy), (facts, now) => {
      const { derived, sessions } = deriveUser(evidenceOf(facts), policy, now);
      const ranks = sessions.filter(({ uncounted }) => uncounted !== true).map(({ status }) => rankOf(status, policy));
      strictEqual(rankOf(derived, policy), Math.min(policy.statuses.length - 1, ...ranks));
    }),
  ),
];
