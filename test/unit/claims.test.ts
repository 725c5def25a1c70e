import { describe, expect, it } from 'vitest';
import { defaultPolicy, deriveUser } from 'presence-model';
import type { Claim, Claimed, HeldClaim } from 'presence-model';
import { story } from 'presence-model/testing';
import { hides, isHeld, sticks } from '../../src/claims.js';
import { tableOf } from '../../src/define.js';
import { beat, claimed, cleared, connected, disconnected, frozen, heard, unclaimed } from './said.js';

const table = tableOf(defaultPolicy);

// ada's tab connected at 0: active, idle from 15 s, away from 60 s, stale from 180 s, offline from 240 s.
function decided(now: number, ...claims: readonly Claimed[]): string {
  const { status, because } = deriveUser(frozen(heard(connected(0), ...claims)), defaultPolicy, now);
  return because.by === 'claim' ? `${status}: ${because.claimId} ${because.effect}` : `${status}: ${because.by}`;
}

describe('decide', () => {
  const q = (claim: Omit<Claim, 'id'>): Claimed => claimed(0, { id: 'q', ...claim } as Claim);
  const r = (claim: Omit<Claim, 'id'>): Claimed => claimed(0, { id: 'r', ...claim } as Claim);
  it.each([
    { rule: 'show replaces', now: 1, claims: [q({ show: 'idle' })], expected: 'idle: q show' },
    { rule: 'show replaces by a better one', now: 60_000, claims: [q({ show: 'active' })], expected: 'active: q show' },
    { rule: 'show is named where it says the same', now: 1, claims: [q({ show: 'active' })], expected: 'active: q show' },
    { rule: 'a cap lowers', now: 1, claims: [q({ atMost: 'away' })], expected: 'away: q atMost' },
    { rule: 'a cap never raises', now: 60_000, claims: [q({ atMost: 'idle' })], expected: 'away: session' },
    { rule: 'a cap that lowers nothing is not named', now: 60_000, claims: [q({ atMost: 'away' })], expected: 'away: session' },
    { rule: 'a raise raises', now: 15_000, claims: [q({ atLeast: 'active' })], expected: 'active: q atLeast' },
    { rule: 'a raise never lowers', now: 1, claims: [q({ atLeast: 'idle' })], expected: 'active: session' },
    { rule: 'a detail alone decides nothing', now: 1, claims: [q({ detail: 'a game' })], expected: 'active: session' },
    { rule: 'a cap lowers what is shown', now: 1, claims: [q({ show: 'idle' }), r({ atMost: 'stale' })], expected: 'stale: r atMost' },
    { rule: 'a cap at what is shown is not named', now: 1, claims: [q({ show: 'away' }), r({ atMost: 'away' })], expected: 'away: q show' },
    { rule: 'a cap above what is shown does nothing', now: 1, claims: [q({ show: 'idle' }), r({ atMost: 'active' })], expected: 'idle: q show' },
    { rule: 'a raise raises what is shown', now: 1, claims: [q({ show: 'away' }), r({ atLeast: 'idle' })], expected: 'idle: r atLeast' },
    { rule: 'caps compose', now: 1, claims: [q({ atMost: 'away', priority: 9 }), r({ atMost: 'stale' })], expected: 'stale: r atMost' },
    { rule: 'caps compose in any order', now: 1, claims: [q({ atMost: 'stale' }), r({ atMost: 'away', priority: 9 })], expected: 'stale: q atMost' },
    { rule: 'a better cap uncovers nobody', now: 1, claims: [q({ atMost: 'stale', priority: 9 }), r({ atMost: 'away' })], expected: 'stale: q atMost' },
    { rule: 'a worse raise lowers nobody', now: 60_000, claims: [q({ atLeast: 'active', priority: 9 }), r({ atLeast: 'idle' })], expected: 'active: q atLeast' },
    { rule: 'raises compose', now: 60_000, claims: [q({ atLeast: 'idle', priority: 9 }), r({ atLeast: 'active' })], expected: 'active: r atLeast' },
    { rule: 'caps come after raises', now: 60_000, claims: [q({ atLeast: 'active', priority: 9 }), r({ atMost: 'idle' })], expected: 'idle: r atMost' },
    { rule: 'one claim may cap', now: 1, claims: [q({ atLeast: 'idle', atMost: 'idle' })], expected: 'idle: q atMost' },
    { rule: 'and raise', now: 60_000, claims: [q({ atLeast: 'idle', atMost: 'idle' })], expected: 'idle: q atLeast' },
    { rule: 'no claim uncovers someone who hides', now: 1, claims: [q({ show: 'active', priority: 9 }), r({ atMost: 'offline' })], expected: 'offline: r atMost' },
    { rule: 'no raise uncovers either', now: 1, claims: [q({ atLeast: 'active', priority: 9 }), r({ atMost: 'offline' })], expected: 'offline: r atMost' },
  ])('$rule', ({ now, claims, expected }) => {
    expect(decided(now, ...claims)).toBe(expected);
  });

  it.each([
    { rule: 'the higher priority', a: claimed(0, { id: 'a', show: 'idle', priority: 1 }), b: claimed(5, { id: 'b', show: 'away' }), first: 'idle: a show' },
    { rule: 'any priority above none', a: claimed(0, { id: 'a', show: 'idle', priority: 0.5 }), b: claimed(5, { id: 'b', show: 'away' }), first: 'idle: a show' },
    { rule: 'none above a negative one', a: claimed(5, { id: 'a', show: 'idle', priority: -1 }), b: claimed(0, { id: 'b', show: 'away' }), first: 'away: b show' },
    { rule: 'then the later', a: claimed(0, { id: 'a', show: 'idle' }), b: claimed(5, { id: 'b', show: 'away' }), first: 'away: b show' },
    { rule: 'then the smaller id', a: claimed(5, { id: 'a', show: 'idle' }), b: claimed(5, { id: 'b', show: 'away' }), first: 'idle: a show' },
    { rule: 'then the smaller id by code units', a: claimed(5, { id: 'a', show: 'idle' }), b: claimed(5, { id: 'B', show: 'away' }), first: 'away: B show' },
    { rule: 'of equal caps the first', a: claimed(0, { id: 'a', atMost: 'away' }), b: claimed(5, { id: 'b', atMost: 'away' }), first: 'away: b atMost' },
    { rule: 'of equal raises the first', a: claimed(0, { id: 'a', atLeast: 'active', priority: 1 }), b: claimed(5, { id: 'b', atLeast: 'active' }), first: 'active: a atLeast' },
  ])('names $rule', ({ a, b, first }) => {
    const now = first.startsWith('active') ? 15_000 : 10;
    expect(decided(now, a, b)).toBe(first);
    expect(decided(now, b, a)).toBe(first);
  });

  it('shows the next one when one ends, however deep', () => {
    story(defaultPolicy)`
      time      | 0s              | 1ms                    | 2ms                    | 100ms-1ms | 100ms          | 200ms-1ms | 200ms
      > ada/tab | +               |                        |                        |           |                |           |
      > ada     | a: show stale   | b: show away until 200 | c: show idle until 100 |           |                |           |
      = ada     | stale (claim a) | away (claim b)         | idle (claim c)         |           | away (claim b) |           | stale (claim a)
    `;
    story(defaultPolicy)`
      time      | 0s              | 1ms                    | 2ms                    | 3ms             | 50ms
      > ada/tab | +               |                        |                        |                 |
      > ada     | a: show stale   | b: show away until 200 | c: show idle until 100 | c:; b:          |
      = ada     | stale (claim a) | away (claim b)         | idle (claim c)         | stale (claim a) |
    `;
  });
});

describe('heldClaims', () => {
  const inForce = (claim: Claim, now: number): boolean | undefined =>
    deriveUser(heard(connected(0), claimed(0, claim)), defaultPolicy, now).claims[0]?.inForce;

  it.each([
    { rule: 'above the bottom, by default', claim: { id: 'q', show: 'idle' }, at: 240_000 },
    { rule: 'at least idle', claim: { id: 'q', show: 'away', whileAtLeast: 'idle' }, at: 60_000 },
    { rule: 'at least active', claim: { id: 'q', atMost: 'idle', whileAtLeast: 'active' }, at: 15_000 },
    { rule: 'while its session is above the bottom', claim: { id: 'q', show: 'idle', sessionId: 'tab', whileAtLeast: 'offline' }, at: 240_000 },
    { rule: 'above the bottom, though it caps there, as it names a session', claim: { id: 'q', atMost: 'offline', sessionId: 'tab' }, at: 240_000 },
  ] as const)('holds in force $rule', ({ claim, at }) => {
    expect([at - 1, at, at + 1].map((now) => inForce(claim, now))).toEqual([true, false, false]);
  });

  it.each([
    { rule: 'that sticks', claim: { id: 'q', show: 'away', whileAtLeast: 'offline' }, expected: 'away: q show' },
    { rule: 'that hides', claim: { id: 'q', atMost: 'offline' }, expected: 'offline: session' },
    { rule: 'that hides, whatever its whileAtLeast says', claim: { id: 'q', atMost: 'offline', whileAtLeast: 'active' }, expected: 'offline: session' },
    { rule: 'that hides, even an unknown status', claim: { id: 'q', atMost: 'offline', whileAtLeast: 'dnd' }, expected: 'offline: session' },
  ] as const)('keeps a claim in force at the bottom $rule', ({ claim, expected }) => {
    expect(inForce(claim, 1)).toBe(true);
    expect(inForce(claim, 240_000)).toBe(true);
    expect(decided(240_000, claimed(0, claim))).toBe(expected);
  });

  it.each([
    { what: 'show', claim: { id: 'q', show: 'dnd' } },
    { what: 'atMost', claim: { id: 'q', atMost: 'dnd' } },
    { what: 'atLeast', claim: { id: 'q', atLeast: 'constructor' } },
    { what: 'whileAtLeast', claim: { id: 'q', show: 'away', whileAtLeast: 'dnd' } },
    { what: 'one of two', claim: { id: 'q', atMost: 'away', atLeast: 'dnd' } },
  ] as const)('holds a claim that names an unknown status in $what, but it is inert', ({ claim }) => {
    expect(inForce(claim, 1)).toBe(false);
    expect(decided(1, claimed(0, claim))).toBe('active: session');
  });

  it.each([
    { case: 'its session is there', sessionId: 'phone', expected: true },
    { case: 'its session is gone, another there', sessionId: 'tab', expected: false },
    { case: 'its session is unknown', sessionId: 'tv', expected: false },
    { case: 'its session is there but does not count', sessionId: 'bot', expected: true },
  ])('binds a claim to a session: $case', ({ sessionId, expected }) => {
    const evidence = heard(
      connected(0), disconnected(1, 'left'), connected(0, { sessionId: 'phone' }), connected(0, { sessionId: 'bot', uncounted: true }),
      claimed(2, { id: 'q', show: 'away', sessionId }),
    );
    expect(deriveUser(evidence, defaultPolicy, 2).claims[0]?.inForce).toBe(expected);
  });

  it('lists every claim held in deciding order, in force or not', () => {
    const evidence = heard(
      beat(0),
      claimed(1, { id: 'late', show: 'away' }), claimed(0, { id: 'b' }), claimed(0, { id: 'a' }), claimed(0, { id: 'first', show: 'dnd', priority: 2 }),
      claimed(0, { id: 'back' }), unclaimed(1, 'back'), claimed(0, { id: 'over', expiresAt: 5 }),
    );
    const listed = (held: readonly HeldClaim[]): unknown => held.map(({ claim, at, inForce }) => [claim.id, at, inForce]);
    expect(listed(deriveUser(evidence, defaultPolicy, 5).claims)).toEqual([['first', 0, false], ['late', 1, true], ['a', 0, true], ['b', 0, true]]);
  });
});

describe('isHeld', () => {
  const claim: Claim = { id: 'q', expiresAt: 100 };
  it.each([
    { case: 'one before its end', said: { id: 'q', at: 5, claim }, clearedAt: undefined, now: 99, held: true },
    { case: 'at its end', said: { id: 'q', at: 5, claim }, clearedAt: undefined, now: 100, held: false },
    { case: 'one after its end', said: { id: 'q', at: 5, claim }, clearedAt: undefined, now: 101, held: false },
    { case: 'without an end', said: { id: 'q', at: 5, claim: { id: 'q' } }, clearedAt: undefined, now: 1e15, held: true },
    { case: 'made later than now', said: { id: 'q', at: 5, claim }, clearedAt: undefined, now: 0, held: true },
    { case: 'taken back', said: { id: 'q', at: 5 }, clearedAt: undefined, now: 6, held: false },
    { case: 'made one after a clearing', said: { id: 'q', at: 5, claim }, clearedAt: 4, now: 6, held: true },
    { case: 'made at a clearing', said: { id: 'q', at: 5, claim }, clearedAt: 5, now: 6, held: false },
    { case: 'made before a clearing', said: { id: 'q', at: 5, claim }, clearedAt: 6, now: 6, held: false },
  ])('$case: $held', ({ said, clearedAt, now, held }) => {
    expect(isHeld(said, clearedAt, now)).toBe(held);
  });

  it('knows of clearings as of what was said', () => {
    const evidence = heard(connected(0), claimed(5, { id: 'a' }), cleared(5), claimed(6, { id: 'b' }));
    expect(deriveUser(evidence, defaultPolicy, 6).claims.map(({ claim }) => claim.id)).toEqual(['b']);
  });
});

describe('hides and sticks', () => {
  it.each([
    { claim: { id: 'q', atMost: 'offline' }, hiding: true, sticking: true },
    { claim: { id: 'q', atMost: 'offline', whileAtLeast: 'active' }, hiding: true, sticking: true },
    { claim: { id: 'q', atMost: 'offline', sessionId: 'tab' }, hiding: false, sticking: false },
    { claim: { id: 'q', atMost: 'stale' }, hiding: false, sticking: false },
    { claim: { id: 'q', show: 'offline' }, hiding: false, sticking: false },
    { claim: { id: 'q', whileAtLeast: 'offline' }, hiding: false, sticking: true },
    { claim: { id: 'q', whileAtLeast: 'offline', sessionId: 'tab' }, hiding: false, sticking: false },
    { claim: { id: 'q', whileAtLeast: 'stale' }, hiding: false, sticking: false },
    { claim: { id: 'q' }, hiding: false, sticking: false },
  ] as const)('of $claim are $hiding and $sticking', ({ claim, hiding, sticking }) => {
    expect(hides(claim, table)).toBe(hiding);
    expect(sticks(claim, table)).toBe(sticking);
  });
});
