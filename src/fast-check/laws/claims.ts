import type { Arbitrary } from 'fast-check';
import { definePolicy, deriveUser, mergeEvidence, observe } from '../../index.js';
import type { Claim, Policy, PolicyInput, UserEvidence } from '../../index.js';
import { byCodeUnits } from '../../plain.js';
import { Store } from '../calls.js';
import { claims as anyClaim, histories, present, sessionFacts, userId } from '../facts.js';
import type { Fact } from '../facts.js';
import { asked, instants, latestOf, lengths, maybe, partOf, parts } from '../instants.js';
import type { Asked, More } from '../instants.js';
import { law } from '../law.js';
import type { Draft } from '../law.js';
import { equal, proven } from '../proof.js';
import type { Fc } from '../property-tester.js';
import { bottomOf, bottomRank, derivedRank, evidenceOf, forgotten, rankOf, statusAt } from '../reading.js';

/** Claims, each said at an instant. */
function claimed(evidence: UserEvidence, claims: readonly Claim[], at: number): UserEvidence {
  return claims.reduce((known, claim) => observe(known, { type: 'claimed', userId, at, claim }), evidence);
}

/** The same claim, for good. */
function lasting({ expiresAt: _, ...claim }: Claim): Claim {
  return claim;
}

/** The rank that others see, where no status has another's word. */
function shownRank(facts: readonly Fact[], claims: readonly Claim[], policy: Policy, now: number): number {
  const plain = definePolicy({ ...policy, shownAs: {} } as PolicyInput);
  return rankOf(deriveUser(claimed(evidenceOf(facts), claims, 0), plain, now).status, policy);
}

/** Does the claim hide the user? */
function hides({ atMost, sessionId }: Claim, policy: Policy): boolean {
  return atMost === bottomOf(policy) && sessionId === undefined;
}

/** A status of the policy, or of another one. */
function statuses(fc: Fc, policy: Policy): Arbitrary<string> {
  return fc.constantFrom(...policy.statuses, 'unheard of');
}

/** Someone with sessions, and when to ask. */
function lives<M extends object>(fc: Fc, policy: Policy, more: More<M>): Arbitrary<Asked<Fact> & M> {
  return asked(fc, policy, fc.array(sessionFacts(fc, policy), { maxLength: 6 }), more);
}

/** 8 and 17. */
export const claims: readonly Draft[] = [
  law('a claim ends exactly at `expiresAt`', {
    given: (fc, policy) => fc.record({ facts: histories(fc, policy), claim: anyClaim(fc, policy), expiresAt: instants(fc, policy) }),
    then: ({ facts, claim, expiresAt }, policy) => {
      const evidence = observe(evidenceOf(facts), { type: 'claimed', userId, at: 10_000_000_000, claim: { ...claim, expiresAt } });
      const isHeld = (now: number): boolean => deriveUser(evidence, policy, now).claims.some((held) => held.claim.id === claim.id);
      equal([isHeld(expiresAt - 1), isHeld(expiresAt), isHeld(expiresAt + 1)], [true, false, false]);
    },
  }),
  law('an older version of a claim never returns over a newer one of the last `keepSessionMs`', {
    given: (fc, policy) => fc.record({
      old: anyClaim(fc, policy), newer: maybe(fc, anyClaim(fc, policy)), isCleared: fc.boolean(),
      at: instants(fc, policy), age: instants(fc, policy), wait: parts(fc),
    }),
    said: ({ old, newer, isCleared, at, age }) => {
      const { id } = old;
      const stale: Fact = { type: 'claimed', userId, at, claim: old };
      const word: Fact = isCleared ? { type: 'cleared', userId, at: at + age }
        : newer === undefined ? { type: 'unclaimed', userId, at: at + age, claimId: id }
        : { type: 'claimed', userId, at: at + age + 1, claim: { ...newer, id } };
      return { stale: [stale], word: [word] };
    },
    then: ({ stale, word, wait }, policy) => {
      const known = evidenceOf(word);
      const now = latestOf(word) + partOf(policy.keepSessionMs - 1, wait);
      const kept = forgotten(known, policy, now);
      equal(deriveUser(stale.reduce(observe, kept), policy, now).claims, deriveUser(known, policy, now).claims);
      equal(deriveUser(mergeEvidence(kept, evidenceOf(stale)), policy, now).shown, deriveUser(known, policy, now).shown);
    },
  }),
  law('a cap never raises', {
    given: (fc, policy) => lives(fc, policy, {
      others: fc.array(anyClaim(fc, policy), { maxLength: 4 }), atMost: fc.constantFrom(...policy.statuses),
    }),
    then: ({ facts, now, others, atMost }, policy) => {
      const capped = shownRank(facts, [...others, { id: 'cap', atMost }], policy, now);
      proven(capped >= shownRank(facts, others, policy, now), 'the cap raises nobody');
    },
  }),
  law('of all caps in force every one counts', {
    given: (fc, policy) => lives(fc, policy, {
      caps: fc.array(fc.constantFrom(...policy.statuses), { maxLength: 3 }), others: fc.array(anyClaim(fc, policy), { maxLength: 2 }),
    }),
    then: ({ facts, now, caps, others }, policy) => {
      const capping = caps.map((atMost, i): Claim => ({ id: `cap${String(i)}`, atMost, whileAtLeast: bottomOf(policy) }));
      const shown = shownRank(facts, [...others, ...capping], policy, now);
      for (const atMost of caps) proven(shown >= rankOf(atMost, policy), `the status is ${atMost} at best`);
    },
  }),
  law('a clearing takes back every claim made until then, and none that is made later', {
    given: (fc, policy) => fc.record({
      claims: fc.array(anyClaim(fc, policy), { minLength: 1, maxLength: 4 }), at: instants(fc, policy), off: fc.integer({ min: -1, max: 1 }),
    }),
    said: ({ claims: held, at, off }) => {
      const facts: readonly Fact[] = [
        ...held.map((claim): Fact => ({ type: 'claimed', userId, at, claim: lasting(claim) })), { type: 'cleared', userId, at: at + off },
      ];
      return { facts };
    },
    then: ({ facts, claims: held, at, off }, policy) => {
      const expected = new Set(off < 0 ? held.map(({ id }) => id) : []);
      equal(deriveUser(evidenceOf(facts), policy, at).claims.map(({ claim }) => claim.id).sort(byCodeUnits), [...expected].sort(byCodeUnits));
    },
  }),
  law('no claim uncovers someone who hides, whatever else the claim that hides says', {
    given: (fc, policy) => lives(fc, policy, {
      others: fc.array(anyClaim(fc, policy), { maxLength: 4 }),
      atLeast: maybe(fc, statuses(fc, policy)), whileAtLeast: maybe(fc, statuses(fc, policy)),
    }),
    then: ({ facts, now, others, atLeast, whileAtLeast }, policy) => {
      const hide = present({ id: 'hide', atMost: bottomOf(policy), atLeast, whileAtLeast }) as Claim;
      equal(shownRank(facts, [...others, hide], policy, now), bottomRank(policy));
      equal(deriveUser(claimed(evidenceOf(facts), [...others, hide], 0), policy, now).shown.lastSeenAt, undefined);
    },
  }),
  law('a claim is in force while the user is there, or for as long as it says, and its session is there', {
    given: (fc, policy) => lives(fc, policy, { claim: anyClaim(fc, policy) }),
    when: ({ claim }, policy) => !hides(claim, policy),
    then: ({ facts, now, claim }, policy) => {
      const { claims: held, derived, sessions } = deriveUser(claimed(evidenceOf(facts), [lasting(claim)], 0), policy, now);
      const { show, atMost, atLeast, whileAtLeast = statusAt(bottomRank(policy) - 1, policy), sessionId } = claim;
      const isKnown = [show, atMost, atLeast, whileAtLeast].every((status) => status === undefined || policy.statuses.includes(status));
      const isThere = sessionId === undefined || sessions.some((session) => session.sessionId === sessionId && session.status !== bottomOf(policy));
      const isInForce = isKnown && isThere && rankOf(derived, policy) <= rankOf(whileAtLeast, policy);
      equal(held.map(({ inForce }) => inForce), [isInForce]);
    },
  }),
  law('what is in force shows first, then raises, then caps, and others see no more than they may', {
    given: (fc, policy) => lives(fc, policy, { claims: fc.array(anyClaim(fc, policy), { maxLength: 4 }) }),
    then: ({ facts, now, claims: said }, policy) => {
      const plain = definePolicy({ ...policy, shownAs: {} } as PolicyInput);
      const { status, derived, claims: held, lastSeenAt, shown } = deriveUser(claimed(evidenceOf(facts), said, 0), plain, now);
      const inForce = held.filter((one) => one.inForce).map(({ claim }) => claim);
      const ranks = (effect: 'show' | 'atLeast' | 'atMost'): readonly number[] =>
        inForce.flatMap(({ [effect]: word }) => policy.statuses.flatMap((status, rank) => (status === word ? [rank] : [])));
      const [base = rankOf(derived, policy)] = ranks('show');
      equal(rankOf(status, policy), Math.max(Math.min(base, ...ranks('atLeast')), ...ranks('atMost')));
      const isHidden = held.some(({ claim }) => hides(claim, policy));
      const sticks = (claim: Claim): boolean => claim.sessionId === undefined && (claim.whileAtLeast === bottomOf(policy) || hides(claim, policy));
      const open = inForce.filter((claim) => claim.detail !== undefined && claim.private !== true && (!isHidden || sticks(claim)));
      const details = open.length === 0 ? undefined : Object.fromEntries(open.map(({ id, detail }) => [id, detail]));
      equal(shown, present({ userId, at: now, status, lastSeenAt: isHidden ? undefined : lastSeenAt, details }));
    },
  }),
  law('no claim brings back someone who is gone, unless it says that it sticks', {
    given: (fc, policy) => lives(fc, policy, { claim: anyClaim(fc, policy) }),
    when: ({ facts, now, claim }, policy) =>
      derivedRank(evidenceOf(facts), policy, now) === bottomRank(policy) && claim.whileAtLeast !== bottomOf(policy),
    then: ({ facts, now, claim }, policy) => {
      equal(shownRank(facts, [claim], policy, now), bottomRank(policy));
    },
  }),
  law('of the claims in force that show something, the first in deciding order is shown, however many there are', {
    given: (fc, policy) => {
      const priority = maybe(fc, fc.integer({ min: -1, max: 1 }));
      const show = fc.record({ show: fc.constantFrom(...policy.statuses), at: fc.nat({ max: 3 }), priority });
      return fc.record({ shows: fc.array(show, { minLength: 1, maxLength: 5 }) });
    },
    said: ({ shows }, policy) => ({
      facts: shows.map(({ show, at, priority }, i): Fact => (
        { type: 'claimed', userId, at, claim: { id: String(i), show, whileAtLeast: bottomOf(policy), ...(priority !== undefined && { priority }) } }
      )),
    }),
    then: ({ facts, shows }, policy) => {
      const plain = definePolicy({ ...policy, shownAs: {} } as PolicyInput);
      // Of those said: the highest priority, of these the latest, of these the smallest id.
      const best = shows.reduce((one, other) => {
        const by = (other.priority ?? 0) - (one.priority ?? 0) || other.at - one.at;
        return by > 0 ? other : one;
      });
      equal(deriveUser(evidenceOf(facts), plain, 5).status, best.show);
    },
  }),
  law('of two histories whose session signals differ only while a claim that hides is held, the same is shown until it ends', {
    given: (fc, policy) => fc.record({
      before: fc.array(sessionFacts(fc, policy), { maxLength: 4 }),
      these: fc.array(sessionFacts(fc, policy), { maxLength: 4 }),
      those: fc.array(sessionFacts(fc, policy), { maxLength: 4 }),
      others: fc.array(anyClaim(fc, policy), { maxLength: 3 }),
      at: lengths(fc, policy),
      length: lengths(fc, policy),
      wait: parts(fc),
    }),
    then: ({ before, these, those, others, at, length, wait }, policy) => {
      const ends = at + length + 1;
      const hide: Claim = { id: 'hide', atMost: bottomOf(policy), expiresAt: ends };
      const hidden = claimed(evidenceOf(before.filter((fact) => fact.at < at)), [...others, hide], at);
      // Whenever they were made, they are told while the claim is held.
      const during = (facts: readonly Fact[]): UserEvidence =>
        facts.map((fact): Fact => ({ ...fact, at: at + (fact.at % (length + 1)) })).reduce(observe, hidden);
      for (const now of [at, at + partOf(length, wait), ends - 1]) {
        equal(deriveUser(during(these), policy, now).shown, deriveUser(during(those), policy, now).shown);
      }
    },
  }),
  law('while a claim that hides is held, nothing that sessions do is told', {
    given: (fc, policy) => fc.record({
      others: fc.array(anyClaim(fc, policy), { maxLength: 2 }), facts: fc.array(sessionFacts(fc, policy), { maxLength: 6 }),
      later: lengths(fc, policy),
    }),
    then: ({ others, facts, later }, policy) => {
      const store = new Store(policy);
      const hide: Claim = { id: 'hide', atMost: bottomOf(policy) };
      for (const claim of [...others.map(lasting), hide]) store.call(0, { type: 'claimed', userId, claim });
      const inOrder = [...facts].sort((a, b) => a.at - b.at);
      const told = [...inOrder.map((fact) => store.call(fact.at, fact)), store.call(latestOf(facts) + later)];
      equal(told.flatMap(({ changes }) => changes).filter(({ type }) => type !== 'rejected'), []);
    },
  }),
];
