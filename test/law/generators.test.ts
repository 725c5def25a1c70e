// A law over histories that lack a field is no law about that field: everything that can be said is said, often.

import fc from 'fast-check';
import { defaultPolicy, definePolicy, deriveUser, forget } from 'presence-model';
import type { Gap, Policy, PolicyInput } from 'presence-model';
import { describe, expect, it } from 'vitest';
import type { Fact } from '../../src/fast-check/facts.js';
import { families } from '../../src/fast-check/laws.js';
import { heard, histories, policies, thresholds } from '../support/arbitraries.js';
import { bottomOf, derivedRank, evidenceOf, rankOf } from '../support/reading.js';

const numRuns = 1_000;

/** How often each field occurs, with the path of its parents. */
function occurrences(values: readonly unknown[]): Map<string, number> {
  const counts = new Map<string, number>();
  const visit = (value: unknown, path: string): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, part] of Object.entries(value)) {
      const at = Array.isArray(value) ? path : `${path}.${key}`;
      if (!Array.isArray(value)) counts.set(at, (counts.get(at) ?? 0) + 1);
      if (key !== 'detail') visit(part, at);
    }
  };
  for (const value of values) visit(value, '');
  return counts;
}

describe('the generators', () => {
  const facts = fc.sample(histories(fc, defaultPolicy), { seed: 1, numRuns }).flat();
  const said = fc.sample(heard(fc, defaultPolicy), { seed: 1, numRuns: numRuns * 4 });

  it.each(['epoch', 'report', 'activeAt', 'quietForMs', 'uncounted', 'cause', 'claimId', 'claim.show', 'claim.atMost', 'claim.atLeast',
    'claim.whileAtLeast', 'claim.sessionId', 'claim.priority', 'claim.expiresAt', 'claim.detail', 'claim.private'])('say %s', (field) => {
    expect(occurrences(facts).get(`.${field}`) ?? 0).toBeGreaterThan(100);
  });

  it.each(['at', 'epoch'])('leave %s out at times', (field) => {
    const given = said.filter((signal) => Object.keys(signal).includes(field)).length;
    expect(given).toBeGreaterThan(said.length / 20);
    expect(given).toBeLessThan((said.length * 19) / 20);
  });

  it('tie: facts of one instant are ordinary', () => {
    const ties = fc.sample(histories(fc, defaultPolicy), { seed: 2, numRuns }).filter((history) => new Set(history.map(({ at }) => at)).size < history.length);
    expect(ties.length).toBeGreaterThan(numRuns / 4);
  });

  it.each(['silence', 'inactivity', 'untouched', 'whileReported', 'shownAs'])('draw policies with and without %s', (row) => {
    const drawn = fc.sample(policies(fc), { seed: 3, numRuns: 200 });
    const empty = drawn.filter((policy) => Object.keys(policy[row as 'silence']).length === 0).length;
    expect(empty).toBeGreaterThan(5);
    expect(empty).toBeLessThan(195);
  });
});

/** As much as any law here is given. */
interface Given {
  readonly facts: readonly Fact[];
  readonly these: readonly Fact[];
  readonly those: readonly Fact[];
  readonly now: number;
  readonly at: number;
  readonly later: number;
  readonly length: number;
  readonly gaps: readonly Gap[];
  readonly others: readonly Gap[];
}

const drafts = Object.values(families).flat();
const generated = fc.sample(policies(fc), { seed: 4, numRuns: 25 });

/** In which part of what a law is given there is something at stake. */
function shareOf(title: string, policy: Policy, isAtStake: (given: Given, policy: Policy) => boolean, times: number): number {
  const { given } = drafts.find((draft) => draft.title === title)!;
  const samples = fc.sample(given(fc, policy), { seed: 5, numRuns: times }) as unknown as readonly Given[];
  return samples.filter((sample) => isAtStake(sample, policy)).length / times;
}

function shareOverPolicies(title: string, isAtStake: (given: Given, policy: Policy) => boolean): number {
  return generated.reduce((sum, policy) => sum + shareOf(title, policy, isAtStake, 20), 0) / generated.length;
}

/** Only silence and departures: the clocks that a gap stops. */
function observedOnly(policy: Policy): Policy {
  const whileReported = Object.fromEntries(Object.entries(policy.whileReported).map(([word, rows]) => [word, { ...rows, inactivity: {}, untouched: {} }]));
  return definePolicy({ ...policy, inactivity: {}, untouched: {}, whileReported } as PolicyInput);
}

const isThere = ({ facts, now }: Given, policy: Policy): boolean => derivedRank(evidenceOf(facts), policy, now) < rankOf(bottomOf(policy), policy);

const stakes: readonly (readonly [title: string, ofDefault: number, ofGenerated: number, isAtStake: (given: Given, policy: Policy) => boolean])[] = [
  ["an observer's gap is nobody's absence", 0.4, 0.2, ({ facts, now, length, others }, policy) => {
    const [evidence, until, observed] = [evidenceOf(facts), now + length, observedOnly(policy)];
    return derivedRank(evidence, observed, until, others) !== derivedRank(evidence, observed, until, [...others, { from: now, until }]);
  }],
  ['gaps count as their union, in any order', 0.3, 0.15, ({ facts, now, gaps }, policy) => {
    const [without, within] = [[], gaps].map((spans) => JSON.stringify(deriveUser(evidenceOf(facts), policy, now, spans)));
    return without !== within;
  }],
  ['last seen survives as long as the policy keeps it and the session goes on counting', 0.3, 0.15, ({ facts, now }, policy) => {
    const evidence = evidenceOf(facts);
    return forget(evidence, policy, now) !== evidence && deriveUser(evidence, policy, now).lastSeenAt !== undefined;
  }],
  ['forgetting is told by nothing', 0.25, 0.35, ({ facts, now }, policy) => {
    const evidence = evidenceOf(facts);
    return forget(evidence, policy, now) !== evidence;
  }],
  ['silence never raises a derived status', 0.2, 0.15, ({ facts, now, later, gaps }, policy) => {
    const evidence = evidenceOf(facts);
    return derivedRank(evidence, policy, now + later, gaps) !== derivedRank(evidence, policy, now, gaps);
  }],
  ['a cap never raises', 0.5, 0.25, isThere],
  ['no claim uncovers someone who hides, whatever else the claim that hides says', 0.5, 0.25, isThere],
  ['a verdict is constant until `nextChangeAt` and different there', 0.6, 0.35, ({ facts, now, gaps }, policy) =>
    deriveUser(evidenceOf(facts), policy, now, gaps).nextChangeAt !== undefined],
  ['of two histories whose session signals differ only while a claim that hides is held, the same is shown until it ends', 0.5, 0.4, ({ these, those, at, length }, policy) => {
    const [one, other] = [these, those].map((facts) => evidenceOf(facts.map((fact) => ({ ...fact, at: at + (fact.at % (length + 1)) }))));
    return derivedRank(one!, policy, at + length) !== derivedRank(other!, policy, at + length);
  }],
];

describe('what is at stake', () => {
  it.each(stakes)('is something, often enough: %s', (title, ofDefault, ofGenerated, isAtStake) => {
    expect(shareOf(title, defaultPolicy, isAtStake, 400)).toBeGreaterThan(ofDefault);
    expect(shareOverPolicies(title, isAtStake)).toBeGreaterThan(ofGenerated);
  });

  // Those without a condition speak of whatever is given.
  it.each(drafts.filter(({ when }) => when.length > 0).map(({ title, when }) => [title, when] as const))('is said at all: %s', (title, when) => {
    expect(shareOf(title, defaultPolicy, when, 100)).toBeGreaterThan(0.2);
    expect(shareOverPolicies(title, when)).toBeGreaterThan(title.startsWith('a goodbye without grace') ? 0.02 : 0.3);
  });
});

describe('boundaries', () => {
  it('are met on purpose: questions at each threshold, one ms before and one after it', () => {
    const { given } = drafts.find(({ title }) => title.startsWith('a session is only as present as its weakest evidence'))!;
    const asked = fc.sample(given(fc, defaultPolicy), { seed: 6, numRuns: 2_000 }) as unknown as readonly Given[];
    const lengths = new Set(asked.flatMap(({ facts, now }) => facts.map(({ at }) => now - at)));
    const wished = thresholds(defaultPolicy).flatMap((afterMs) => [afterMs - 1, afterMs, afterMs + 1]);
    expect(wished.filter((length) => !lengths.has(length))).toEqual([]);
  });
});
