// Time is an argument. Instants and lengths are whole milliseconds on one clock that the host chooses.
// Rule: a threshold is crossed *at* its instant. Every deadline goes through `isDue`, so that an answer and the alarm for
// the next answer cannot disagree; where nothing but a rank is asked, ladder.ts compares what `ranFor` says instead.
// While an observer was not listening (a gap), some clocks stop; `crossingOf` and `ranFor`, two sides of one thing, know how.

import { complaint } from './complaint.js';

/** An instant: whole milliseconds (a safe integer) on the host's clock. Any origin will do; 0 and below are ordinary. */
export type Timestamp = number;

/** A length of time in whole milliseconds (a safe integer, not negative). */
export type DurationMs = number;

/** A span in which the observer was not listening: from `from`, up to but not including `until`. */
export interface Gap {
  /** The first instant at which nobody listened, in ms. */
  readonly from: Timestamp;
  /** The first instant at which clients could be heard again, in ms: the host's return plus what clients need to reconnect. */
  readonly until: Timestamp;
}

/** No gaps: what most calls have. */
export const noGaps: readonly Gap[] = Object.freeze([]);

/** The one comparison: a deadline is due at its instant and ever after. */
export function isDue(deadline: Timestamp, now: Timestamp): boolean {
  return now >= deadline;
}

/**
 * The first instant at which a clock that started at `since` has run for `afterMs`. `gaps` stop it and must be a union
 * (see {@link unionOf}). An instant that is no safe integer any more can never be reached.
 */
export function crossingOf(since: Timestamp, afterMs: DurationMs, gaps: readonly Gap[]): Timestamp {
  let crossing = since + afterMs;
  if (gaps.length === 0) return crossing; // looping over nothing would allocate
  for (const gap of gaps) {
    const from = gap.from > since ? gap.from : since;
    if (from >= crossing) break;
    if (gap.until > from) crossing += gap.until - from;
  }
  return crossing;
}

/**
 * For how many ms a clock that started at `since` has run; less than 0 where it starts later than `now`. The other side of
 * {@link crossingOf}: it is at least `afterMs` from the crossing on, and not before.
 */
export function ranFor(since: Timestamp, now: Timestamp, gaps: readonly Gap[]): DurationMs {
  return gaps.length === 0 ? now - since : now - since - stoppedFor(since, now, gaps);
}

function stoppedFor(since: Timestamp, now: Timestamp, gaps: readonly Gap[]): DurationMs {
  let stopped = 0;
  for (const gap of gaps) {
    const from = gap.from > since ? gap.from : since;
    const until = gap.until < now ? gap.until : now;
    if (until > from) stopped += until - from;
  }
  return stopped;
}

/** The same gaps in order, disjoint, none empty. Returns its argument where it is so already. Cost: a sort, at worst. */
export function unionOf(gaps: readonly Gap[] | undefined): readonly Gap[] {
  return gaps === undefined ? noGaps : unionOfSome(gaps);
}

function unionOfSome(gaps: readonly Gap[]): readonly Gap[] {
  checkGaps(gaps);
  if (gaps.length === 0) return noGaps;
  if (isUnion(gaps)) return gaps;
  const union: { from: Timestamp; until: Timestamp }[] = [];
  for (const { from, until } of [...gaps].sort((a, b) => a.from - b.from)) {
    const last = union[union.length - 1];
    if (until <= from) continue;
    if (last !== undefined && from <= last.until) last.until = Math.max(last.until, until);
    else union.push({ from, until });
  }
  return union;
}

function isUnion(gaps: readonly Gap[]): boolean {
  let end = Number.NEGATIVE_INFINITY;
  for (const gap of gaps) {
    if (gap.from <= end || gap.until <= gap.from) return false;
    end = gap.until;
  }
  return true;
}

function checkGaps(gaps: readonly Gap[]): void {
  const list: unknown = gaps;
  if (!Array.isArray(list)) throw new TypeError(complaint('gaps', 'a list of { from, until }', gaps));
  for (let i = 0; i < gaps.length; i++) {
    assertInstant(`gaps[${i}].from`, gaps[i]?.from);
    assertInstant(`gaps[${i}].until`, gaps[i]?.until);
  }
}

/** Throws `TypeError`, naming the field, unless `value` is whole milliseconds. */
export function assertInstant(field: string, value: unknown): asserts value is Timestamp {
  if (!Number.isSafeInteger(value)) refuseInstant(field, value);
}

function refuseInstant(field: string, value: unknown): never {
  const hint = typeof value === 'number' && Number.isFinite(value) ? ' Floor it where you read your clock.' : '';
  throw new TypeError(complaint(field, 'whole milliseconds', value) + hint);
}
