// Why a session has its status: what its clocks and its report say, and which of them is named.

import { clockOrder } from './clocks.js';
import type { Clock } from './clocks.js';
import type { Names } from './signal.js';
import type { DurationMs, Timestamp } from './time.js';

/** Nothing speaks against the best status. */
export interface BecauseNone {
  /** No clock has passed a threshold, and the report allows the best. */
  readonly clock: 'none';
}

/** The session was never seen alive. */
export interface BecauseNever {
  /** No clock runs. */
  readonly clock: 'never';
}

/** A clock passed a threshold. */
export interface BecauseClock {
  /** Which clock: since the last proof of life, the last interaction, or the first sight of a session never touched. */
  readonly clock: 'silence' | 'inactivity' | 'untouched';
  /** When the clock started, in ms. */
  readonly since: Timestamp;
  /** The threshold it passed, in ms. */
  readonly afterMs: DurationMs;
  /** When it passed it, in ms. */
  readonly crossedAt: Timestamp;
}

/** The transport ended, and its grace is over. */
export interface BecauseDeparture<N extends Names = Names> {
  /** The clock that runs since the transport ended. */
  readonly clock: 'departure';
  /** Why it ended, as the policy reads it. */
  readonly cause: N['cause'];
  /** When it ended, in ms. */
  readonly since: Timestamp;
  /** The threshold passed since, in ms. */
  readonly afterMs: DurationMs;
  /** When it was passed, in ms. */
  readonly crossedAt: Timestamp;
}

/** The client said so itself. */
export interface BecauseReport<N extends Names = Names> {
  /** No clock: the client's own word. */
  readonly clock: 'report';
  /** The report that stands. */
  readonly report: N['report'];
  /** Since when, in ms. */
  readonly since: Timestamp;
}

/** Why a session has its status. */
export type SessionBecause<N extends Names = Names> = BecauseNone | BecauseNever | BecauseClock | BecauseDeparture<N> | BecauseReport<N>;

/** What a clock, or the report, says: this rank, since it passed that. */
export interface Word {
  readonly rank: number;
  readonly clock: Clock;
  readonly cause: string;
  readonly report: string;
  readonly since: Timestamp;
  readonly afterMs: DurationMs;
  readonly crossedAt: Timestamp;
}

/** Of words that say the same: the first to have said it, then the order of clocks, then the smaller cause. */
export function precedes(a: Word, b: Word): boolean {
  if (a.crossedAt !== b.crossedAt) return a.crossedAt < b.crossedAt;
  if (a.clock !== b.clock) return clockOrder.indexOf(a.clock) < clockOrder.indexOf(b.clock);
  if (a.cause !== b.cause) return a.cause < b.cause;
  return a.since < b.since;
}

/** Why a session has the best status. */
export function becauseNone(): BecauseNone {
  return { clock: 'none' };
}

/** The word, as it is told. `shiftMs` is added to its instants. */
export function becauseOf({ rank, clock, cause, report, since, afterMs, crossedAt }: Word, shiftMs: DurationMs = 0): SessionBecause {
  if (rank === 0) return becauseNone();
  if (clock === 'report') return { clock, report, since: since + shiftMs };
  if (clock === 'departure') return { clock, cause, since: since + shiftMs, afterMs, crossedAt: crossedAt + shiftMs };
  return { clock, since: since + shiftMs, afterMs, crossedAt: crossedAt + shiftMs };
}
