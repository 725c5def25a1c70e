import { sessionStatus } from '../../index.js';
import { userId } from '../facts.js';
import { lengths } from '../instants.js';
import { law } from '../law.js';
import type { Draft } from '../law.js';
import { equal } from '../proof.js';
import { evidenceOf, rankOf, statusAt, worstOf } from '../reading.js';
import { allowedBy, rowsOf } from '../rows.js';

/** 16, for any policy: with heartbeats alone there is one clock (and, for a session never touched, the one since it was first seen). */
export const heartbeats: readonly Draft[] = [
  law('with heartbeats alone a session is what its silence says, at every millisecond', {
    given: (fc, policy) => fc.record({
      first: lengths(fc, policy), steps: fc.array(lengths(fc, policy), { maxLength: 4 }), age: lengths(fc, policy),
    }),
    then: ({ first, steps, age }, policy) => {
      let at = first;
      const later = steps.map((step) => (at += step));
      const beats = [first, ...later].map((beatAt) => ({ type: 'heartbeat', userId, sessionId: 'tab', epoch: 1, at: beatAt }) as const);
      const rows = rowsOf(policy, 'none');
      for (const session of evidenceOf(beats).sessions) {
        for (const now of [at + age, at + age + 1]) {
          const worst = Math.max(worstOf(rows.silence, now - at, policy), worstOf(rows.untouched, now - first, policy), rankOf(allowedBy(policy, 'none'), policy));
          equal(sessionStatus(session, policy, now), statusAt(worst, policy));
        }
      }
    },
  }),
  law('a promise of quiet holds silence back for as long as it is, and never longer than `maxQuietMs`', {
    given: (fc, policy) => {
      const { maxQuietMs } = policy;
      const quietForMs = fc.oneof(lengths(fc, policy), fc.constantFrom(maxQuietMs, maxQuietMs + 1, maxQuietMs + 1_000));
      return fc.record({ seenAt: lengths(fc, policy), quietForMs, age: lengths(fc, policy) });
    },
    then: ({ seenAt, quietForMs, age }, policy) => {
      const ends = seenAt + Math.min(quietForMs, policy.maxQuietMs);
      const promised = { firstSeenAt: ends, seenAt, quietForMs };
      equal(sessionStatus(promised, policy, ends + age), sessionStatus({ seenAt: ends }, policy, ends + age));
    },
  }),
];
