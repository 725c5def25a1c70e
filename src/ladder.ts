// A ladder is one row of the policy's table: which status is the best still possible once a clock has run for so long.
// Rule: of the rungs that a clock has passed, the worst one speaks.

import { owns } from './plain.js';
import { crossingOf, isDue } from './time.js';
import type { DurationMs, Gap, Timestamp } from './time.js';

/**
 * A row as it is written: status → how long its clock must have run, in ms. A missing cell is "this clock never says
 * that". Instants never fall from better to worse; the best status has no cell.
 */
export type Ladder<S extends string = string> = {
  /** When the clock has run for so many ms, the status is this one at best. */
  readonly [K in S]?: DurationMs;
};

/** One cell, as it is read: the rank of its status (0 is the best) and when it is passed. */
export interface Rung {
  readonly rank: number;
  readonly afterMs: DurationMs;
}

/** A row as it is read. Always: ranks grow, `afterMs` never falls. */
export type Rungs = readonly Rung[];

/** Reads a row in the order of the statuses. A row that names other words keeps them out. */
export function rungsOf(ladder: Ladder, statuses: readonly string[]): Rungs {
  const rungs: Rung[] = [];
  statuses.forEach((status, rank) => {
    const afterMs = owns(ladder, status) ? ladder[status] : undefined;
    if (afterMs !== undefined) rungs.push({ rank, afterMs });
  });
  return rungs;
}

/**
 * The same row as it is asked for a rank: rank by rank, after how many ms its clock says something worse, as far as it ever
 * does; filled up to fours with what never comes. At once, whatever the clock reads, is minus infinite. Always: never falls.
 */
export type Worsening = Readonly<Float64Array>;

/** Reads a row for a rank. */
export function worseningOf(rungs: Rungs): Worsening {
  const row: DurationMs[] = [];
  for (const { rank, afterMs } of rungs) while (row.length < rank) row.push(afterMs === 0 ? Number.NEGATIVE_INFINITY : afterMs);
  while (row.length % 4 > 0) row.push(Number.POSITIVE_INFINITY);
  return Float64Array.from(row);
}

/**
 * The worst of a rank and the rungs that a clock has passed that ran for so long. Ranks are counted, four in a row, and not
 * searched: no processor foresees where a search ends, and to be wrong takes longer than to count on.
 */
export function worsened(rank: number, row: Worsening, ranMs: DurationMs): number {
  let passed = 0;
  for (let i = 0; i < row.length; i += 4) {
    passed += +(ranMs >= (row[i] as number)) + +(ranMs >= (row[i + 1] as number));
    passed += +(ranMs >= (row[i + 2] as number)) + +(ranMs >= (row[i + 3] as number));
  }
  return passed > rank ? passed : rank;
}

/**
 * Has a clock that started at `since` passed this rung? A clock that starts later than `now` (another machine's clock
 * is ahead) reads 0, so a rung at 0 is passed all the same.
 */
export function isPassed(rung: Rung, since: Timestamp, now: Timestamp, gaps: readonly Gap[]): boolean {
  return rung.afterMs === 0 || isDue(crossingOf(since, rung.afterMs, gaps), now);
}

/** The worst rung that a clock has passed, if any. */
export function rungAt(rungs: Rungs, since: Timestamp, now: Timestamp, gaps: readonly Gap[]): Rung | undefined {
  for (let i = rungs.length - 1; i >= 0; i--) {
    const rung = rungs[i];
    if (rung !== undefined && isPassed(rung, since, now, gaps)) return rung;
  }
  return undefined;
}
