import { definePolicy, deriveUser, observe } from '../../index.js';
import type { PolicyInput } from '../../index.js';
import { causes, histories, ids, userId } from '../facts.js';
import { asked, gaps, instants, orders, reordered } from '../instants.js';
import { law } from '../law.js';
import type { Draft } from '../law.js';
import { equal, proven } from '../proof.js';
import { bottomOf, bottomRank, derivedRank, evidenceOf, outwardOf, rankOf } from '../reading.js';

/** 7, and what is shown outward. */
export const users: readonly Draft[] = [
  law('closing one tab never lowers a derived user below their other tabs', {
    given: (fc, policy) => asked(fc, policy, histories(fc, policy), {
      sessionId: ids(fc), at: instants(fc, policy), cause: causes(fc, policy), gaps: gaps(fc, policy),
    }),
    then: ({ facts, now, sessionId, at, cause, gaps: spans }, policy) => {
      const evidence = evidenceOf(facts);
      const others = { ...evidence, sessions: evidence.sessions.filter((session) => session.sessionId !== sessionId) };
      const closed = observe(evidence, { type: 'disconnected', userId, sessionId, epoch: 9, at, cause });
      proven(derivedRank(closed, policy, now, spans) <= derivedRank(others, policy, now, spans), 'the other tabs hold the user up');
    },
  }),
  law('sessions may be listed in any order', {
    given: (fc, policy) => asked(fc, policy, histories(fc, policy), { order: orders(fc) }),
    then: ({ facts, now, order }, policy) => {
      const evidence = evidenceOf(facts);
      const { sessions, claims } = evidence;
      const relisted = { ...evidence, sessions: reordered(sessions, order), claims: reordered(claims, order) };
      equal(deriveUser(relisted, policy, now), deriveUser(evidence, policy, now));
    },
  }),
  law('a session at the bottom is neutral for the status', {
    given: (fc, policy) => asked(fc, policy, histories(fc, policy), { gaps: gaps(fc, policy) }),
    then: ({ facts, now, gaps: spans }, policy) => {
      const evidence = evidenceOf(facts);
      const { sessions, status, derived } = deriveUser(evidence, policy, now, spans);
      const there = new Set(sessions.filter((session) => session.status !== bottomOf(policy)).map(({ sessionId }) => sessionId));
      const answer = deriveUser({ ...evidence, sessions: evidence.sessions.filter(({ sessionId }) => there.has(sessionId)) }, policy, now, spans);
      equal([answer.status, answer.derived], [status, derived]);
    },
  }),
  law('a user is the best of the sessions that count', {
    given: (fc, policy) => asked(fc, policy, histories(fc, policy)),
    then: ({ facts, now }, policy) => {
      const { derived, sessions } = deriveUser(evidenceOf(facts), policy, now);
      const ranks = sessions.filter(({ uncounted }) => uncounted !== true).map(({ status }) => rankOf(status, policy));
      equal(rankOf(derived, policy), Math.min(bottomRank(policy), ...ranks));
    },
  }),
  law('an outward word changes what is said and nothing else', {
    given: (fc, policy) => asked(fc, policy, histories(fc, policy), {
      words: fc.array(fc.nat({ max: 4 }), { maxLength: 5 }),
    }),
    then: ({ facts, now, words }, policy) => {
      const evidence = evidenceOf(facts);
      let floor = 0;
      const shownAs = Object.fromEntries(policy.statuses.slice(0, -1).flatMap((status, rank) => {
        floor = Math.max(floor, Math.min(words[rank] ?? rank, bottomRank(policy)));
        return policy.statuses.slice(floor, floor + 1).map((word) => [status, word] as const);
      }));
      const plain = definePolicy({ ...policy, shownAs: {} } as PolicyInput);
      const outward = definePolicy({ ...policy, shownAs } as PolicyInput);
      const inside = deriveUser(evidence, plain, now);
      const word = outwardOf(inside.status, outward);
      equal(deriveUser(evidence, outward, now), { ...inside, status: word, shown: { ...inside.shown, status: word } });
    },
  }),
];
