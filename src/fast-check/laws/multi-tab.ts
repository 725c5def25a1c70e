import type { Arbitrary } from 'fast-check';
import { deriveUser, observe } from '../../index.js';
import type { Policy } from '../../index.js';
import { causes, sessionFacts, userId } from '../facts.js';
import type { Fact } from '../facts.js';
import { asked, gaps, instants, lengths, orders, reordered } from '../instants.js';
import { law } from '../law.js';
import type { Draft } from '../law.js';
import { equal, proven } from '../proof.js';
import type { Fc } from '../property-tester.js';
import { bottomOf, bottomRank, derivedRank, evidenceOf, rankOf } from '../reading.js';

const names = ['tab0', 'tab1', 'tab2', 'tab3', 'tab4', 'tab5'] as const;

/** Any number of tabs, each with a life of its own. */
function tabs(fc: Fc, policy: Policy): Arbitrary<readonly Fact[]> {
  const lives = names.map((sessionId) => fc.array(sessionFacts(fc, policy).map((fact) => ({ ...fact, sessionId }) as Fact), { maxLength: 3 }));
  return fc.tuple(...lives).map((list) => list.flat());
}

/** The facts of each tab that has any. */
function livesOf(facts: readonly Fact[]): readonly (readonly Fact[])[] {
  return names.map((name) => facts.filter((fact) => 'sessionId' in fact && fact.sessionId === name)).filter((life) => life.length > 0);
}

/** 7 in practice. */
export const multiTab: readonly Draft[] = [
  law('a user is what their best tab is, whatever the number and order of tabs', {
    given: (fc, policy) => asked(fc, policy, tabs(fc, policy), { order: orders(fc), gaps: gaps(fc, policy) }),
    then: ({ facts, now, order, gaps: spans }, policy) => {
      const together = evidenceOf(facts);
      const lives = livesOf(facts);
      equal(deriveUser(evidenceOf(reordered(lives, order).flat()), policy, now, spans), deriveUser(together, policy, now, spans));
      const alone = lives.map((life) => derivedRank(evidenceOf(life), policy, now, spans));
      equal(derivedRank(together, policy, now, spans), Math.min(bottomRank(policy), ...alone));
    },
  }),
  law('one more tab never lowers a user', {
    given: (fc, policy) => asked(fc, policy, tabs(fc, policy), {
      another: fc.array(sessionFacts(fc, policy), { maxLength: 3 }),
    }),
    then: ({ facts, now, another }, policy) => {
      const before = evidenceOf(facts);
      const after = another.map((fact): Fact => ({ ...fact, sessionId: 'another' }) as Fact).reduce(observe, before);
      proven(derivedRank(after, policy, now) <= derivedRank(before, policy, now), 'another tab lowers nobody');
    },
  }),
  law('an uncounted tab is listed and does not count', {
    given: (fc, policy) => asked(fc, policy, tabs(fc, policy)),
    then: ({ facts, now }, policy) => {
      const evidence = evidenceOf(facts);
      const counting = evidence.sessions.filter(({ uncounted }) => uncounted !== true);
      const presence = deriveUser(evidence, policy, now);
      equal(presence.sessions.map(({ sessionId }) => sessionId), evidence.sessions.map(({ sessionId }) => sessionId));
      const without = deriveUser({ ...evidence, sessions: counting }, policy, now);
      equal({ ...presence, sessions: [], nextChangeAt: 0 }, { ...without, sessions: [], nextChangeAt: 0 });
    },
  }),
  law('one tab signing out leaves the grace of another as it was', {
    given: (fc, policy) => fc.record({
      grace: causes(fc, policy), goodbye: causes(fc, policy), outAt: lengths(fc, policy), now: instants(fc, policy),
    }),
    said: ({ grace, goodbye, outAt }) => {
      const other: readonly Fact[] = [
        { userId, sessionId: 'other', epoch: 1, type: 'connected', at: 0 },
        { userId, sessionId: 'other', epoch: 1, type: 'disconnected', at: 0, cause: grace },
      ];
      const signsOut: readonly Fact[] = [
        { userId, sessionId: 'tab', epoch: 1, type: 'connected', at: 0 },
        { userId, sessionId: 'tab', epoch: 1, type: 'disconnected', at: outAt, cause: goodbye },
      ];
      return { other, signsOut };
    },
    then: ({ other, signsOut, now }, policy) => {
      const both = deriveUser(evidenceOf([...other, ...signsOut]), policy, now);
      const alone = deriveUser(evidenceOf(other), policy, now);
      equal(both.sessions.filter(({ sessionId }) => sessionId === 'other'), alone.sessions);
      proven(rankOf(both.derived, policy) <= rankOf(alone.derived, policy), 'the goodbye of one tab lowers nobody below the other');
    },
  }),
  law('the last tab to go takes the user with it, and only the last', {
    given: (fc, policy) => asked(fc, policy, tabs(fc, policy)),
    then: ({ facts, now }, policy) => {
      const { derived, sessions } = deriveUser(evidenceOf(facts), policy, now);
      const isAnybodyThere = sessions.some(({ status, uncounted }) => uncounted !== true && status !== bottomOf(policy));
      equal(derived !== bottomOf(policy), isAnybodyThere);
    },
  }),
];
