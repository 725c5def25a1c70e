import { sessionStatus } from '../../index.js';
import { userId } from '../facts.js';
import { latestOf, lengths } from '../instants.js';
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
    said: ({ first, steps }) => {
      let at = first;
      const later = steps.map((step) => (at += step));
      return { beats: [first, ...later].map((beatAt) => ({ type: 'heartbeat', userId, sessionId: 'tab', epoch: 1, at: beatAt }) as const) };
    },
    then: ({ first, beats, age }, policy) => {
      const rows = rowsOf(policy, 'none');
      const at = latestOf(beats);
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
    said: ({ seenAt, quietForMs }, policy) => {
      const beat = { type: 'heartbeat', userId, sessionId: 'tab', epoch: 1 } as const;
      return { promise: [{ ...beat, at: seenAt, quietForMs }], beat: [{ ...beat, at: seenAt + Math.min(quietForMs, policy.maxQuietMs) }] };
    },
    then: ({ promise, beat, age }, policy) => {
      const end = latestOf(beat);
      const [promised, beaten] = [promise, beat].map((facts) =>
        evidenceOf(facts).sessions.map((session) => sessionStatus({ ...session, firstSeenAt: end }, policy, end + age)));
      equal(promised, beaten);
    },
  }),
];
