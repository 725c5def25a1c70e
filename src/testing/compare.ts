// What another policy would have shown, on the same signals: "what if idle were ten minutes?", asked of yesterday's log.
// Rule: statuses are compared word by word; what each policy says is what `timeline` says, instant by instant.

import { tableOf } from '../define.js';
import { byCodeUnits } from '../plain.js';
import type { Policy } from '../policy.js';
import type { Names, Signal } from '../signal.js';
import { statusOf } from '../table.js';
import type { Table } from '../table.js';
import { unionOf } from '../time.js';
import type { Gap, Timestamp } from '../time.js';
import { assertSignals, byUser } from './by-user.js';
import { Lane, partings } from './partings.js';
import type { Mover, Parting } from './partings.js';
import type { Span } from './replay.js';
import { replayStatuses } from './statuses.js';
import { assertRange } from './timeline.js';
import type { Range } from './timeline.js';

/** A longest span in which two policies give a user, or a session, one and the same pair of statuses, which differ. */
export interface Difference<A extends Names = Names, B extends Names = A> {
  /** The user. */
  readonly userId: string;
  /** The session. Absent: it is the user who differs, as others see them. */
  readonly sessionId?: string;
  /** Its first instant, in ms. */
  readonly from: Timestamp;
  /** The first instant after it, in ms. */
  readonly until: Timestamp;
  /** What policy `a` says during it. */
  readonly a: A['status'];
  /** What policy `b` says during it. */
  readonly b: B['status'];
  /** Whose change began it; `both`: each changed, to another status. Absent: it was so when the range began. */
  readonly begunBy?: Mover;
  /** Whose change ended it; `both`: each changed, to the same status. Absent: another difference follows, or the range ends. */
  readonly endedBy?: Mover;
}

/**
 * Where two policies differ on the same signals: first of each user, by id, as others see them, then of each of their sessions,
 * by id, in time order. `sumDifferences` adds up what it comes to.
 *
 * A session that only one policy still remembers is at the other's bottom. Policies with other words differ wherever the words
 * do, at the bottom too.
 *
 * @param signals - Stamped, in any order, in the words of either policy; a word that a policy does not know it reads as ever.
 * Those at or after `until` are left out; those before `from` count.
 * @param a - From `definePolicy`: what was.
 * @param b - From `definePolicy`: what if.
 * @param range - Which span of time to look at.
 * @returns Exact spans, none where the policies agree. Cost: for each policy, a microsecond or so for a signal that changes no
 * status, linear in what is known of the user for one that does; a sort of each user's signals where they are not in order.
 * @throws TypeError when a signal or a gap breaks its type or the range ends before it begins, before anything is done.
 * @example
 * ```ts
 * import { defaultPolicy, definePolicy } from 'presence-model';
 * import { comparePolicies } from 'presence-model/testing';
 *
 * const patient = definePolicy({ silence: { ...defaultPolicy.silence, idle: 30_000 } });
 * const heard = [{ type: 'connected', userId: 'ada', sessionId: 'tab', at: 0 }] as const;
 * const differences = comparePolicies(heard, defaultPolicy, patient, { from: 0, until: 60_000 });
 * differences[0]; // => { userId: 'ada', from: 15_000, until: 30_000, a: 'idle', b: 'active', begunBy: 'a', endedBy: 'b' }
 * differences[1]?.sessionId; // => 'tab'
 * ```
 */
export function comparePolicies<A extends Names, B extends Names = A>(
  signals: readonly Signal[], a: Policy<A>, b: Policy<B>, range: Range,
): readonly Difference<A, B>[] {
  assertSignals(signals);
  assertRange(range);
  const { from, until } = range;
  const gaps = unionOf(range.gaps);
  const [tableA, tableB] = [tableOf(a), tableOf(b)];
  const differences: Difference[] = [];
  for (const [userId, said] of byUser(signals)) {
    const under = (table: Table): Lanes => lanesOf(userId, said, table, { from, until }, gaps);
    const [lanesA, lanesB] = [under(tableA), under(tableB)];
    for (const parting of partings(lanesA.user, lanesB.user, { from, until })) differences.push(differenceOf({ userId }, parting));
    const sessionIds = new Set([...lanesA.sessions.keys(), ...lanesB.sessions.keys()]);
    for (const sessionId of [...sessionIds].sort(byCodeUnits)) {
      const apart = partings(sessionLane(lanesA, sessionId), sessionLane(lanesB, sessionId), { from, until });
      for (const parting of apart) differences.push(differenceOf({ userId, sessionId }, parting));
    }
  }
  return differences as unknown as readonly Difference<A, B>[];
}

function differenceOf(of: { readonly userId: string; readonly sessionId?: string }, { begunBy, endedBy, ...span }: Parting): Difference {
  return { ...of, ...span, ...(begunBy === undefined ? {} : { begunBy }), ...(endedBy === undefined ? {} : { endedBy }) };
}

/** What one policy says of a user and of each of their sessions. */
interface Lanes {
  readonly user: Lane;
  readonly sessions: Map<string, Lane>;
  readonly bottom: string;
}

function lanesOf(userId: string, signals: readonly Signal[], table: Table, span: Span, gaps: readonly Gap[]): Lanes {
  const bottom = statusOf(table.bottom, table);
  const lanes: Lanes = { user: new Lane(bottom), sessions: new Map(), bottom };
  replayStatuses(userId, signals, table, span, gaps, ({ at, status, sessions }) => {
    lanes.user.put(at, status);
    for (const session of sessions) sessionLane(lanes, session.sessionId).put(at, session.status);
  });
  return lanes;
}

/** The lane of a session; where nothing is known of it, one that stays at the bottom. */
function sessionLane({ sessions, bottom }: Lanes, sessionId: string): Lane {
  const known = sessions.get(sessionId);
  if (known !== undefined) return known;
  const lane = new Lane(bottom);
  sessions.set(sessionId, lane);
  return lane;
}
