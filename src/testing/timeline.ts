// What signals amounted to, as exact spans: computed from crossings, never by sampling.
// Rule: it is what a receiver answers that hears each signal at its instant; how it hears stands in replay.ts.

import { complaint } from '../complaint.js';
import { tableOf } from '../define.js';
import { isRecord } from '../plain.js';
import type { Policy } from '../policy.js';
import type { Names, Signal } from '../signal.js';
import { assertInstant, unionOf } from '../time.js';
import type { Gap, Timestamp } from '../time.js';
import { assertSignals, byUser } from './by-user.js';
import { lanesOf } from './lanes.js';
import type { UserLane } from './lanes.js';

export type { Alarm, ClaimLane, ClaimSpan, DepartedSpan, Segment, SessionLane, UserLane } from './lanes.js';

/** Which span of time to look at. */
export interface Range {
  /** Its first instant, in ms. */
  readonly from: Timestamp;
  /** The first instant after it, in ms. */
  readonly until: Timestamp;
  /** When the observer was not listening. Default: none. */
  readonly gaps?: readonly Gap[];
}

/** What signals amounted to in a range. */
export interface Timeline<N extends Names = Names> {
  /** The first instant, in ms. */
  readonly from: Timestamp;
  /** The first instant after it, in ms. */
  readonly until: Timestamp;
  /** When the observer was not listening: in order, disjoint, none empty. */
  readonly gaps: readonly Gap[];
  /** The statuses of the policy, best first. */
  readonly statuses: readonly N['status'][];
  /** Every user that a signal names, by id. */
  readonly users: readonly UserLane<N>[];
}

/**
 * Every span of every session and user, with its status and reason: what a receiver answers that hears each signal at its
 * instant. Signals may be listed in any order; those of one instant are taken in the order listed.
 *
 * @param signals - Stamped. Those at or after `until` are left out; those before `from` count.
 * @param policy - From `definePolicy`.
 * @param range - Which span of time to look at.
 * @returns Exact spans. Cost: a sort of the signals of each user where they are not in order; for a heartbeat that moves
 * nothing but an alarm, a look at the user's sessions; for every other signal and every crossing, deriving: linear in what
 * is known of the user then.
 * @throws TypeError when a signal or a gap breaks its type or the range ends before it begins, before anything is done.
 * @example
 * ```ts
 * import { defaultPolicy } from 'presence-model';
 * import { timeline } from 'presence-model/testing';
 *
 * const { users } = timeline([{ type: 'connected', userId: 'ada', sessionId: 'tab', at: 0 }], defaultPolicy, { from: 0, until: 60_000 });
 * users[0]?.segments.map(({ from, status }) => [from, status]); // => [[0, 'active'], [15_000, 'idle']]
 * ```
 */
export function timeline<N extends Names>(signals: readonly Signal<N>[], policy: Policy<N>, range: Range): Timeline<N> {
  assertSignals(signals);
  assertRange(range);
  const { from, until } = range;
  const table = tableOf(policy);
  const gaps = unionOf(range.gaps);
  const users = byUser(signals).map(([userId, said]) => lanesOf(userId, said.filter(({ at }) => at < until), table, { from, until }, gaps));
  return { from, until, gaps, statuses: table.statuses, users } as unknown as Timeline<N>;
}

/** Throws unless the value is a range of time that does not end before it begins. */
export function assertRange(range: unknown): asserts range is Range {
  if (!isRecord(range)) throw new TypeError(complaint('range', '{ from, until }', range));
  const { from, until } = range;
  assertInstant('from', from);
  assertInstant('until', until);
  if (until < from) throw new TypeError(complaint('until', `${String(from)} or later, as \`from\` is`, until));
}
