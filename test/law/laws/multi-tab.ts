import { deepStrictEqual, ok, strictEqual } from 'node:assert';
import { deriveUser, observe } from 'presence-model';
import type { Policy, UserEvidence } from 'presence-model';
import { gaps, instants, lengths, sessionFacts } from '../../support/arbitraries.js';
import type { Fact, FastCheck } from '../../support/arbitraries.js';
import { bottomOf, derivedRank, evidenceOf, rankOf } from '../../support/reading.js';
import { law } from '../law.js';

/** Any number of tabs, each with a life of its own. */
function tabs(fc: FastCheck, policy: Policy): ReturnType<typeof fc.array<readonly Fact[]>> {
  return fc.array(fc.array(sessionFacts(fc, policy), { minLength: 1, maxLength: 4 }), { maxLength: 6 }).map((lives) =>
    lives.map((life, i) => life.map((fact): Fact => ({ ...fact, sessionId: `tab${String(i)}` }) as Fact)),
  );
}

function counting(evidence: UserEvidence): UserEvidence {
  return { ...evidence, sessions: evidence.sessions.filter(({ uncounted }) => uncounted !== true) };
}

export const multiTab = [
  law('a user is what their best tab is, whatever the number and order of tabs', (fc, policy) =>
    fc.property(
      tabs(fc, policy).chain((lives) => fc.tuple(fc.constant(lives), fc.shuffledSubarray([...lives], { minLength: lives.length }))),
      instants(fc, policy),
      gaps(fc, policy),
      ([lives, shuffled], now, spans) => {
        const together = evidenceOf(lives.flat());
        deepStrictEqual(deriveUser(evidenceOf(shuffled.flat()), policy, now, spans), deriveUser(together, policy, now, spans));
        const alone = lives.map((life) => derivedRank(evidenceOf(life), policy, now, spans));
        strictEqual(derivedRank(together, policy, now, spans), Math.min(policy.statuses.length - 1, ...alone));
      },
    ),
  ),
  law('one more tab never lowers a user', (fc, policy) =>
    fc.property(tabs(fc, policy), fc.array(sessionFacts(fc, policy), { maxLength: 3 }), instants(fc, policy), (lives, life, now) => {
      const before = evidenceOf(lives.flat());
      const after = life.map((fact): Fact => ({ ...fact, sessionId: 'another' }) as Fact).reduce(observe, before);
      ok(derivedRank(after, policy, now) <= derivedRank(before, policy, now));
    }),
  ),
  law('an uncounted tab is listed and does not count', (fc, policy) =>
    fc.property(tabs(fc, policy), instants(fc, policy), (lives, now) => {
      const evidence = evidenceOf(lives.flat());
      const presence = deriveUser(evidence, policy, now);
      strictEqual(presence.sessions.length, evidence.sessions.length);
      const { status, derived, because, lastSeenAt, shown } = deriveUser(counting(evidence), policy, now);
      deepStrictEqual([presence.status, presence.derived, presence.because, presence.lastSeenAt, presence.shown], [status, derived, because, lastSeenAt, shown]);
    }),
  ),
  law('one tab signing out leaves the grace of another as it was', (fc, policy) =>
    fc.property(
      fc.constantFrom(...Object.keys(policy.departures)),
      fc.constantFrom(...Object.keys(policy.departures)),
      lengths(fc, policy),
      lengths(fc, policy),
      (grace, goodbye, outAt, now) => {
        const other: readonly Fact[] = [
          { userId: 'ada', sessionId: 'other', epoch: 1, type: 'connected', at: 0 },
          { userId: 'ada', sessionId: 'other', epoch: 1, type: 'disconnected', at: 0, cause: grace },
        ];
        const signsOut: readonly Fact[] = [
          { userId: 'ada', sessionId: 'tab', epoch: 1, type: 'connected', at: 0 },
          { userId: 'ada', sessionId: 'tab', epoch: 1, type: 'disconnected', at: outAt, cause: goodbye },
        ];
        const both = deriveUser(evidenceOf([...other, ...signsOut]), policy, now);
        const alone = deriveUser(evidenceOf(other), policy, now);
        deepStrictEqual(both.sessions.find(({ sessionId }) => sessionId === 'other'), alone.sessions[0]);
        ok(rankOf(both.derived, policy) <= rankOf(alone.derived, policy));
      },
    ),
  ),
  law('the last tab to go takes the user with it, and only the last', (fc, policy) =>
    fc.property(tabs(fc, policy), instants(fc, policy), (lives, now) => {
      const { derived, sessions } = deriveUser(evidenceOf(lives.flat()), policy, now);
      const isAnybodyThere = sessions.some(({ status, uncounted }) => uncounted !== true && status !== bottomOf(policy));
      strictEqual(derived !== bottomOf(policy), isAnybodyThere);
    }),
  ),
];
