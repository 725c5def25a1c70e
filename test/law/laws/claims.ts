import { deepStrictEqual, ok, strictEqual } from 'node:assert';
import { advanceUser, deriveUser, forget, mergeEvidence, observe } from 'presence-model';
import type { Claim, Policy } from 'presence-model';
import { claims as anyClaim, histories, instants, lengths, maybe, sessionFacts } from '../../support/arbitraries.js';
import { bottomOf, derivedRank, evidenceOf, nobody, rankOf } from '../../support/reading.js';
import { law } from '../law.js';

const userId = 'ada';

/** The rank that others see, where no status has another's word. */
function shownRank(facts: Parameters<typeof evidenceOf>[0], claims: readonly Claim[], policy: Policy, now: number): number {
  const plain = { ...policy, shownAs: {} };
  const evidence = claims.reduce((known, claim) => observe(known, { type: 'claimed', userId, at: 0, claim }), evidenceOf(facts));
  return rankOf(deriveUser(evidence, plain, now).status, policy);
}

/** 8 and 17. */
export const claims = [
  law('a claim ends exactly at `expiresAt`', (fc, policy) =>
    fc.property(histories(fc, policy), anyClaim(fc, policy), instants(fc, policy), (facts, claim, expiresAt) => {
      const evidence = observe(evidenceOf(facts), { type: 'claimed', userId, at: 10_000_000_000, claim: { ...claim, expiresAt } });
      const isHeld = (now: number): boolean => deriveUser(evidence, policy, now).claims.some((held) => held.claim.id === claim.id);
      deepStrictEqual([isHeld(expiresAt - 1), isHeld(expiresAt), isHeld(expiresAt + 1)], [true, false, false]);
    }),
  ),
  law('an older version of a claim never returns over a newer one of the last `keepSessionMs`', (fc, policy) =>
    fc.property(
      anyClaim(fc, policy),
      maybe(fc, anyClaim(fc, policy)),
      instants(fc, policy),
      instants(fc, policy),
      fc.nat(),
      fc.boolean(),
      (old, newer, at, age, wait, isCleared) => {
        const { id } = old;
        const newAt = at + age;
        const stale = { type: 'claimed', userId, at, claim: old } as const;
        const word = isCleared ? ({ type: 'cleared', userId, at: newAt } as const)
          : newer === undefined ? ({ type: 'unclaimed', userId, at: newAt, claimId: id } as const)
          : ({ type: 'claimed', userId, at: newAt + 1, claim: { ...newer, id } } as const);
        const known = observe(nobody, word);
        const now = word.at + (wait % policy.keepSessionMs);
        const kept = forget(known, policy, now) ?? nobody;
        deepStrictEqual(deriveUser(observe(kept, stale), policy, now).claims, deriveUser(known, policy, now).claims);
        deepStrictEqual(deriveUser(mergeEvidence(kept, observe(undefined, stale)), policy, now).shown, deriveUser(known, policy, now).shown);
      },
    ),
  ),
  law('a cap never raises', (fc, policy) =>
    fc.property(
      fc.array(sessionFacts(fc, policy), { maxLength: 6 }),
      fc.array(anyClaim(fc, policy), { maxLength: 4 }),
      fc.constantFrom(...policy.statuses),
      instants(fc, policy),
      (facts, others, atMost, now) => {
        const without = shownRank(facts, others, policy, now);
        const capped = shownRank(facts, [...others, { id: 'cap', atMost }], policy, now);
        ok(capped >= without);
      },
    ),
  ),
  law('no claim uncovers someone who hides', (fc, policy) =>
    fc.property(
      fc.array(sessionFacts(fc, policy), { maxLength: 6 }),
      fc.array(anyClaim(fc, policy), { maxLength: 4 }),
      instants(fc, policy),
      (facts, others, now) => {
        const hide: Claim = { id: 'hide', atMost: bottomOf(policy) };
        strictEqual(shownRank(facts, [...others, hide], policy, now), policy.statuses.length - 1);
      },
    ),
  ),
  law('no claim brings back someone who is gone, unless it says that it sticks', (fc, policy) =>
    fc.property(fc.array(sessionFacts(fc, policy), { maxLength: 6 }), anyClaim(fc, policy), instants(fc, policy), (facts, claim, now) => {
      if (derivedRank(evidenceOf(facts), policy, now) !== policy.statuses.length - 1 || claim.whileAtLeast === bottomOf(policy)) return;
      strictEqual(shownRank(facts, [claim], policy, now), policy.statuses.length - 1);
    }),
  ),
  law('of two histories whose session signals differ only while a claim that hides is held, the same is shown until it ends', (fc, policy) =>
    fc.property(
      fc.array(sessionFacts(fc, policy), { maxLength: 4 }),
      fc.array(sessionFacts(fc, policy), { maxLength: 4 }),
      fc.array(sessionFacts(fc, policy), { maxLength: 4 }),
      fc.array(anyClaim(fc, policy), { maxLength: 3 }),
      instants(fc, policy),
      lengths(fc, policy),
      fc.array(lengths(fc, policy), { minLength: 1, maxLength: 3 }),
      (before, these, those, others, at, length, steps) => {
        const ends = at + length + 1;
        const hide: Claim = { id: 'hide', atMost: bottomOf(policy), expiresAt: ends };
        const shared = evidenceOf(before.filter((fact) => fact.at < at));
        const hidden = [...others.filter(({ id }) => id !== 'hide'), hide].reduce((known, claim) => observe(known, { type: 'claimed', userId, at, claim }), shared);
        const during = (facts: typeof these): typeof hidden => facts.filter((fact) => fact.at >= at && fact.at < ends).reduce(observe, hidden);
        for (const step of [0, ...steps, length]) {
          const now = Math.min(at + step, ends - 1);
          deepStrictEqual(deriveUser(during(these), policy, now).shown, deriveUser(during(those), policy, now).shown);
        }
      },
    ),
  ),
  law('while a claim that hides is held, nothing that sessions do is told', (fc, policy) =>
    fc.property(fc.array(sessionFacts(fc, policy), { maxLength: 6 }), lengths(fc, policy), (facts, later) => {
      const hide: Claim = { id: 'hide', atMost: bottomOf(policy) };
      let row = advanceUser(userId, undefined, policy, 0, { type: 'claimed', userId, claim: hide }).row;
      let now = 0;
      for (const fact of facts) {
        now = Math.max(now, fact.at);
        const advanced = advanceUser(userId, row, policy, now, fact);
        row = advanced.row;
        deepStrictEqual(advanced.changes.filter(({ type }) => type !== 'rejected'), []);
      }
      deepStrictEqual(advanceUser(userId, row, policy, now + later).changes, []);
    }),
  ),
];
