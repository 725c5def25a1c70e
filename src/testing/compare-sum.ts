// What differences come to: how long, between which statuses, and how much more or less others would have been told.

import { byCodeUnits } from '../plain.js';
import type { Names } from '../signal.js';
import type { DurationMs } from '../time.js';
import type { Difference } from './compare.js';

/** How long one pair of statuses stood. */
export interface PairSum<A extends Names = Names, B extends Names = A> {
  /** What policy `a` says. */
  readonly a: A['status'];
  /** What policy `b` says. */
  readonly b: B['status'];
  /** For how long in all, in ms. */
  readonly ms: DurationMs;
  /** In how many spans. */
  readonly spans: number;
}

/** What differences of one kind come to. */
export interface Sum<A extends Names = Names, B extends Names = A> {
  /** How many users, or sessions, differ at some instant. */
  readonly count: number;
  /** For how long in all, in ms. */
  readonly ms: DurationMs;
  /** Each pair of statuses, the longest first. */
  readonly pairs: readonly PairSum<A, B>[];
  /** Changes under `b` that `a` does not make: at no such instant, or to another status. */
  readonly changesAdded: number;
  /** Changes under `a` that `b` does not make. */
  readonly changesRemoved: number;
}

/** What differences come to. */
export interface DifferenceSum<A extends Names = Names, B extends Names = A> {
  /** Of users, as others see them. */
  readonly users: Sum<A, B>;
  /** Of sessions. */
  readonly sessions: Sum<A, B>;
}

/**
 * Adds up differences: total time by pair of statuses, and changes added and removed.
 *
 * @param differences - From `comparePolicies`.
 * @param before - The sum of other users, to add to. Default: nothing. So a long log is summed part by part.
 * @returns The sum. Cost: linear in differences.
 * @example
 * ```ts
 * import { defaultPolicy, definePolicy } from 'presence-model';
 * import { comparePolicies, sumDifferences } from 'presence-model/testing';
 *
 * const patient = definePolicy({ silence: { ...defaultPolicy.silence, idle: 60_000 } });
 * const beats = [0, 20_000, 40_000].map((at) => ({ type: 'heartbeat', userId: 'ada', sessionId: 'tab', at }) as const);
 * const { users } = sumDifferences(comparePolicies(beats, defaultPolicy, patient, { from: 0, until: 50_000 }));
 * users.pairs; // => [{ a: 'idle', b: 'active', ms: 10_000, spans: 2 }]
 * [users.changesAdded, users.changesRemoved]; // => [0, 4]    two flickers less
 * ```
 */
export function sumDifferences<A extends Names, B extends Names>(
  differences: readonly Difference<A, B>[], before?: DifferenceSum<A, B>,
): DifferenceSum<A, B> {
  const isOfSession = ({ sessionId }: Difference): boolean => sessionId !== undefined;
  const sum = {
    users: sumOf(differences.filter((difference) => !isOfSession(difference)), before?.users),
    sessions: sumOf(differences.filter(isOfSession), before?.sessions),
  };
  return sum as unknown as DifferenceSum<A, B>;
}

const nothing: Sum = { count: 0, ms: 0, pairs: [], changesAdded: 0, changesRemoved: 0 };

function sumOf(differences: readonly Difference[], before: Sum = nothing): Sum {
  const whose = new Set(differences.map(({ userId, sessionId }) => JSON.stringify([userId, sessionId])));
  const pairs = new Map(before.pairs.map((pair) => [JSON.stringify([pair.a, pair.b]), pair]));
  let { ms, changesAdded, changesRemoved } = before;
  for (const { a, b, from, until, begunBy, endedBy } of differences) {
    const key = JSON.stringify([a, b]);
    const pair = pairs.get(key) ?? { a, b, ms: 0, spans: 0 };
    pairs.set(key, { a, b, ms: pair.ms + until - from, spans: pair.spans + 1 });
    ms += until - from;
    // Where both end it they change to the same status, so that change is neither added nor removed.
    changesAdded += (begunBy === 'b' || begunBy === 'both' ? 1 : 0) + (endedBy === 'b' ? 1 : 0);
    changesRemoved += (begunBy === 'a' || begunBy === 'both' ? 1 : 0) + (endedBy === 'a' ? 1 : 0);
  }
  const longestFirst = [...pairs.values()].sort((x, y) => y.ms - x.ms || byCodeUnits(x.a, y.a) || byCodeUnits(x.b, y.b));
  return { count: before.count + whose.size, ms, pairs: longestFirst, changesAdded, changesRemoved };
}
