// How long it takes until others know: the shortest and the longest time from something that happens to what they see.
// Rule 1: a status is seen from the instant on from which the user is shown as it, or as worse, until something new is
//         heard: what a later beat takes back was no detection.
// Rule 2: every instant comes from `timeline`, which is asked about runs: where in its interval the last beat lies, how
//         long signals are on their way, and when the transport tells its end.
//
// Theory of operation. After the last sign of life, heard at `heardAt`, and the end of the transport, told at `toldAt`,
// a user only decays, and never earlier where one of the two is later. So the shortest time is that of the run in which
// both are as early as can be, the longest that of the run in which both are as late. Which statuses are seen at all is
// decided between the two clocks, so it is looked up where they are furthest apart.

import { checkedPolicy, tableOf } from '../define.js';
import type { Policy } from '../policy.js';
import type { Names, Signal } from '../signal.js';
import type { StandingRows } from '../table.js';
import type { DurationMs, Timestamp } from '../time.js';
import { longestOf, rowsOf, withoutSilence } from './check/rows.js';
import { circumstancesOf } from './environment.js';
import type { Circumstances, Client, Environment } from './environment.js';
import { timeline } from './timeline.js';

/** From the event until others see it. */
export interface Bound {
  /** The least time that it takes, in ms; 0 where others may have seen it before. */
  readonly shortestMs: DurationMs;
  /** The most time that it takes, in ms. */
  readonly longestMs: DurationMs;
}

/** For each event, how long it takes until others see each status; absent where they never do. */
export interface DetectionBounds<N extends Names = Names> {
  /** The client is gone without a word while somebody works; the transport, if it times out, tells `dropped`. */
  readonly crash: Bounds<N>;
  /** The page or app is closed and says so: `closed`. */
  readonly close: Bounds<N>;
  /** The user signs out: `left`. */
  readonly signOut: Bounds<N>;
  /** The page is hidden, says so, and goes on beating: what silence says of it between two beats does not count. */
  readonly hidden: Bounds<N>;
  /** A page hidden long ago is frozen, or its device sleeps, without a word; the transport, if it times out, tells `dropped`. */
  readonly frozen: Bounds<N>;
}

/** How long until the user is shown as a status, or as a worse one. Absent: they were before, or are never left at it. */
export type Bounds<N extends Names = Names> = {
  /** Until others see this status. */
  readonly [S in N['status']]?: Bound;
};

/**
 * The shortest and the longest time until others see that somebody is not there as before: for a crash, a close, a
 * sign-out, a page that is hidden and one that is frozen. Exact for a user with one session and no claim, of whom every
 * beat is heard: `latencyMs` late at most, the transport's end within `transportTimeoutMs` besides.
 *
 * A status is seen when the user is shown as it, or as worse, from then on. Statuses that others saw before the event, or
 * that nobody is left at for any time, are absent.
 *
 * @param policy - From `definePolicy`.
 * @param environment - How clients are heard. Default: what {@link Environment} says of each field.
 * @returns Lengths in whole ms, each of which some run takes. Cost: a few dozen timelines of two signals.
 * @throws TypeError when the environment breaks its type.
 * @example
 * ```ts
 * import { defaultPolicy } from 'presence-model';
 * import { detectionBounds } from 'presence-model/testing';
 *
 * const { crash, close, signOut, hidden } = detectionBounds(defaultPolicy, { heartbeatMs: 7_000, latencyMs: 500 });
 * crash.idle; // => { shortestMs: 8_001, longestMs: 15_500 }    the beat before was 0 to 6 999 ms ago
 * crash.offline; // => { shortestMs: 233_001, longestMs: 240_500 }
 * close; // => { offline: { shortestMs: 5_000, longestMs: 5_500 } }
 * signOut; // => { offline: { shortestMs: 0, longestMs: 500 } }
 * hidden; // => { away: { shortestMs: 0, longestMs: 500 } }
 * ```
 */
export function detectionBounds<N extends Names>(policy: Policy<N>, environment: Environment<N> = {}): DetectionBounds<N> {
  const checked: Policy = checkedPolicy(policy);
  const circumstances = circumstancesOf(environment, checked);
  const { visible, hidden, latencyMs, transportTimeoutMs } = circumstances;
  const timeout = { cause: 'dropped', toldWithinMs: transportTimeoutMs === undefined ? undefined : transportTimeoutMs + latencyMs };
  const bounds: DetectionBounds = {
    crash: boundsOfEnd(checked, circumstances, { client: visible, untouchedForMs: 0, ...timeout }),
    close: boundsOfEnd(checked, circumstances, { client: visible, untouchedForMs: 0, cause: 'closed', toldWithinMs: latencyMs }),
    signOut: boundsOfEnd(checked, circumstances, { client: visible, untouchedForMs: 0, cause: 'left', toldWithinMs: latencyMs }),
    hidden: boundsOfHiding(checked, circumstances),
    frozen: boundsOfEnd(checked, circumstances, { client: hidden, untouchedForMs: longestOf(rowsOf(checked)), ...timeout }),
  };
  return bounds;
}

/** An end: who was there, when they last did something before they were last heard, and how the transport tells of it. */
interface End {
  readonly client: Client;
  /** How long before the last beat the human last did something. */
  readonly untouchedForMs: DurationMs;
  readonly cause: string;
  /** Told so long after the event at most. Absent: never. */
  readonly toldWithinMs: DurationMs | undefined;
}

/** One way in which it may go; the event is at 0. */
interface Run {
  readonly heardAt: Timestamp;
  /** Never before what was sent before it. Absent: never. */
  readonly toldAt: Timestamp | undefined;
}

const about = { userId: 'ada', sessionId: 'tab', epoch: 1 } as const;

/** The bounds of an end. The last beat was sent up to a whole interval, less 1 ms, before it. */
function boundsOfEnd(policy: Policy, { latencyMs }: Circumstances, end: End): Bounds {
  const { client, cause, toldWithinMs } = end;
  const earliest = 1 - client.everyMs;
  const apart = barelySeen(policy, client).filter((heardAt) => heardAt > earliest && heardAt <= latencyMs);
  const runs: readonly Run[] = toldWithinMs === undefined
    ? [earliest, latencyMs].map((heardAt) => ({ heardAt, toldAt: undefined }))
    : [
      { heardAt: earliest, toldAt: 0 },
      { heardAt: latencyMs, toldAt: toldWithinMs },
      { heardAt: 0, toldAt: 0 },
      // Of what an end in the same ms takes away nothing is seen, so the last beat is looked at 1 ms earlier, too.
      ...[earliest, ...apart, Math.max(earliest, latencyMs - 1)].map((heardAt) => ({ heardAt, toldAt: toldWithinMs })),
    ];
  return boundsOf(policy, runs.map(({ heardAt, toldAt }) => {
    const beat = alive(client, heardAt, Math.max(heardAt - end.untouchedForMs, Number.MIN_SAFE_INTEGER));
    return toldAt === undefined ? [beat] : [beat, { type: 'disconnected', ...about, at: toldAt, cause }];
  }));
}

/**
 * When a client must have been heard last for a threshold to be passed 1 ms after the event: the earliest life that lets
 * what is better than that threshold be seen at all.
 */
function barelySeen(policy: Policy, client: Client): readonly Timestamp[] {
  const standing = tableOf(policy).reports.get(client.report) as StandingRows;
  const quietMs = Math.min(client.quietForMs, policy.maxQuietMs);
  return [...standing.silence.map(({ afterMs }) => 1 - quietMs - afterMs), ...standing.inactivity.map(({ afterMs }) => 1 - afterMs)];
}

/** The bounds of a page that is hidden and goes on beating: what silence says between two beats is taken back by the next. */
function boundsOfHiding(policy: Policy, { visible, hidden, latencyMs }: Circumstances): Bounds {
  const runs = [0, latencyMs].map((heardAt) => [alive(visible, heardAt - 1, heardAt - 1), alive(hidden, heardAt, heardAt)] as const);
  return boundsOf(withoutSilence(policy), runs);
}

function alive({ report, quietForMs }: Client, at: Timestamp, activeAt: Timestamp): Signal {
  return { type: 'heartbeat', ...about, at, report, activeAt, quietForMs };
}

/** The shortest and the longest time over runs, for each status worse than the first that one of them leaves others to see. */
function boundsOf(policy: Policy, runs: readonly (readonly [alive: Signal, ...later: readonly Signal[]])[]): Bounds {
  const ways = runs.map((signals) => seenFrom(policy, signals));
  const before = Math.max(...runs.map(([signal]) => rankSeen(policy, signal)));
  return Object.fromEntries(policy.statuses.flatMap((status, rank): [string, Bound][] => {
    const times = ways.map((from) => from(rank));
    const isSeen = rank > before && ways.some((from) => from(rank) < from(rank + 1)) && times.every(Number.isSafeInteger);
    return isSeen ? [[status, { shortestMs: Math.min(...times), longestMs: Math.max(...times) }]] : [];
  }));
}

/** What others see at a sign of life. */
function rankSeen(policy: Policy, alive: Signal): number {
  return Math.max(...segmentsOf(policy, [alive], alive.at + 1).map(({ rank }) => rank));
}

/** From when on, after the event, a user is shown as this rank or a worse one for good. Infinite: never. */
function seenFrom(policy: Policy, signals: readonly Signal[]): (rank: number) => number {
  const last = Math.max(...signals.map(({ at }) => at));
  const end = Math.min(last + policy.maxQuietMs + longestOf(rowsOf(policy)) + 1, Number.MAX_SAFE_INTEGER); // by then all is said that ever is
  const segments = segmentsOf(policy, signals, end);
  return (rank) => {
    let at = 0;
    for (const segment of segments) if (segment.rank < rank) at = segment.until;
    return at === end ? Number.POSITIVE_INFINITY : Math.max(0, at);
  };
}

interface Seen {
  readonly rank: number;
  readonly until: Timestamp;
}

/** What others see, span by span, from the first of the signals on. */
function segmentsOf(policy: Policy, signals: readonly Signal[], until: Timestamp): readonly Seen[] {
  const from = Math.min(...signals.map(({ at }) => at));
  return timeline(signals, policy, { from, until }).users.flatMap((user) => user.segments)
    .map((segment) => ({ rank: policy.statuses.indexOf(segment.status), until: segment.until }));
}
