// Random facts about one user, as the laws need them: every field that a signal may have is said often, ids are such that a
// careless table would trip over them, and words of another policy come in between.

import type { Arbitrary } from 'fast-check';
import type { Policy } from '../policy.js';
import type { Claim, Numbered, Signal, Unstamped } from '../signal.js';
import { instants, lengths, maybe } from './instants.js';
import type { Fc } from './property-tester.js';

/** A signal that is stamped, and numbered where it is of a session. */
export type Fact = Numbered<Signal>;

/** Whom facts are about if nothing else is said. */
export const userId = 'ada';

/** Ids that a careless table would trip over. */
export const hostileIds: readonly string[] = ['__proto__', 'constructor', '', '\ud800', 'hasOwnProperty'];

/** Words that no policy is likely to have, and that every object has. */
const foreignWords: readonly string[] = ['unheard of', 'toString'];

/** Ids of sessions and claims: often the same one, so that much is said of it. */
export function ids(fc: Fc): Arbitrary<string> {
  return fc.constantFrom('a', 'a', 'a', 'b', 'c', ...hostileIds.slice(0, 3));
}

/** The causes of the policy. */
export function causes(fc: Fc, policy: Policy): Arbitrary<string> {
  return fc.constantFrom(...Object.keys(policy.departures));
}

/** What to say. */
export interface Saying {
  /** About whom. Default: `ada`. */
  readonly userId?: string;
  /** Which kinds, the simplest first, weighted by repetition. */
  readonly types?: readonly Signal['type'][];
  /** Connections are mostly not numbered, as a receiver of one host hears them. */
  readonly plain?: boolean;
  /** Only words of the policy. Default: also those of another one. */
  readonly ownWords?: boolean;
}

/** The four kinds of signals that are of a session. */
export const ofSessions: readonly Signal['type'][] = ['connected', 'heartbeat', 'heartbeat', 'activity', 'disconnected'];

const everything: readonly Signal['type'][] = [...ofSessions, 'disconnected', 'claimed', 'claimed', 'unclaimed', 'cleared'];

/** Stamped, numbered facts about one user. */
export function facts(fc: Fc, policy: Policy, saying: Saying = {}): Arbitrary<Fact> {
  return said(fc, policy, instants(fc, policy), saying) as Arbitrary<Fact>;
}

/** Facts of the sessions only. */
export function sessionFacts(fc: Fc, policy: Policy): Arbitrary<Fact> {
  return facts(fc, policy, { types: ofSessions });
}

/** Signs of life that say nothing else, so that clocks decide; sometimes any other fact of a session. */
export function plainFacts(fc: Fc, policy: Policy): Arbitrary<Fact> {
  const type = fc.constantFrom('connected' as const, 'heartbeat' as const, 'activity' as const);
  const plain = fc.record({ type, at: instants(fc, policy), sessionId: ids(fc), epoch: fc.integer({ min: 1, max: 3 }) })
    .map((fact): Fact => ({ userId, ...fact }));
  return fc.oneof({ withCrossShrink: true }, { weight: 2, arbitrary: plain }, { weight: 1, arbitrary: sessionFacts(fc, policy) });
}

/** Up to ten facts, in any order. */
export function histories(fc: Fc, policy: Policy, saying: Saying = {}): Arbitrary<readonly Fact[]> {
  return fc.array(facts(fc, policy, saying), { maxLength: 10 });
}

/** Histories, half of them about one session and one claim at two instants only, so that ties are ordinary. */
export function tiedHistories(fc: Fc, policy: Policy, saying: Saying = {}): Arbitrary<readonly Fact[]> {
  const tied = histories(fc, policy, saying).map((list) => list.map((fact): Fact => {
    const at = fact.at % 2;
    switch (fact.type) {
      case 'claimed': return { ...fact, at, claim: { ...fact.claim, id: 'a' } };
      case 'unclaimed': return { ...fact, at, claimId: 'a' };
      case 'cleared': return { ...fact, at };
      default: return { ...fact, at, sessionId: 'a' };
    }
  }));
  return fc.oneof(histories(fc, policy, saying), tied);
}

/** What a receiver hears: with or without instants and epochs. */
export function heard(fc: Fc, policy: Policy): Arbitrary<Unstamped<Signal>> {
  return said(fc, policy, maybe(fc, instants(fc, policy)), { plain: true }) as Arbitrary<Unstamped<Signal>>;
}

function said(fc: Fc, policy: Policy, at: Arbitrary<number | undefined>, saying: Saying): Arbitrary<unknown> {
  const { userId: about = userId, types = everything, plain = false, ownWords = false } = saying;
  const foreign = ownWords ? [] : foreignWords;
  const epoch = plain ? maybe(fc, fc.integer({ min: 0, max: 40 }), 1 / 5) : fc.integer({ min: 1, max: 3 });
  const session = { at, sessionId: ids(fc), epoch };
  const report = fc.constantFrom(...Object.keys(policy.reports), ...foreign);
  const quietForMs = fc.oneof(lengths(fc, policy), fc.constantFrom(policy.maxQuietMs, policy.maxQuietMs + 1));
  const uncounted = maybe(fc, fc.boolean(), 1 / 4);
  const says = {
    ...session, report: maybe(fc, report), activeAt: maybe(fc, instants(fc, policy), 1 / 3), quietForMs: maybe(fc, quietForMs, 1 / 4), uncounted,
  };
  const fields: Record<Signal['type'], Record<string, Arbitrary<unknown>>> = {
    connected: says,
    heartbeat: says,
    activity: { ...session, report: maybe(fc, report, 1 / 3), uncounted },
    disconnected: { ...session, cause: maybe(fc, fc.constantFrom(...Object.keys(policy.departures), ...foreign)) },
    claimed: { at, claim: claims(fc, policy, ownWords) },
    unclaimed: { at, claimId: ids(fc) },
    cleared: { at },
  };
  const kinds = types.map((type) => fc.record(fields[type]).map((rest) => present({ type, userId: about, ...rest })));
  return fc.oneof({ withCrossShrink: true }, ...kinds);
}

/** Random claims of every kind. */
export function claims(fc: Fc, policy: Policy, ownWords = false): Arbitrary<Claim> {
  const bottom = policy.statuses.slice(-1);
  const status = fc.constantFrom(...policy.statuses, ...bottom, ...(ownWords ? [] : foreignWords));
  const effect = fc.oneof(
    fc.record({ show: status }),
    fc.record({ atMost: status }),
    fc.record({ atMost: fc.constantFrom(...bottom) }),
    fc.record({ atLeast: status, atMost: maybe(fc, status) }),
    fc.constant({}),
  );
  const rest = fc.record({
    id: ids(fc),
    whileAtLeast: maybe(fc, status, 1 / 3),
    sessionId: maybe(fc, ids(fc), 1 / 4),
    priority: maybe(fc, fc.integer({ min: -1, max: 1 })),
    expiresAt: maybe(fc, instants(fc, policy), 1 / 3),
    detail: maybe(fc, fc.constantFrom(null, 1, { gameId: 7 }, [true])),
    private: maybe(fc, fc.constant(true), 1 / 3),
  });
  return fc.tuple(rest, effect).map(([common, does]) => {
    const claim = { ...common, ...does } as unknown as Claim;
    const hides = claim.atMost === bottom[0] && claim.sessionId === undefined;
    // What hides holds whatever else it says; where one's own words are asked for, it says nothing else.
    return present(hides && ownWords ? { ...claim, whileAtLeast: undefined } : claim) as Claim;
  });
}

/** The same with absent fields absent, in depth one. */
export function present(value: object): object {
  return Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined));
}
