// What a policy asks of whoever keeps a session alive: the first threshold that shows on a session that is well, and how often
// it must be heard to hold that. Clients plan by it (client/plan.ts), and policies are checked by it (testing/check/beats.ts).
// Rule 1: a threshold that says no worse than what the client says of itself shows nothing, so nobody has to outrun it.
// Rule 2: between two beats that are heard lie at most `toleratedLosses + 1` intervals and `lateMs`. A beat exactly on a
//         threshold prevents it.

import { owns } from './plain.js';
import type { Policy } from './policy.js';
import type { StandingRows, Table } from './table.js';
import type { DurationMs } from './time.js';

/** A threshold of a policy, and where it is written. */
export interface Threshold {
  /** Such as `silence.idle` or `whileReported.background.silence.stale`. */
  readonly path: string;
  /** When its clock has run so long, it shows, in ms. */
  readonly afterMs: DurationMs;
}

/** The first threshold of a clock that shows on a session while it reports this word. Absent: the clock never shows. */
export function firstShowing(
  clock: 'silence' | 'inactivity' | 'untouched', report: string, policy: Policy, table: Table,
): Threshold | undefined {
  return firstAtLeast(clock, report, (rowsOf(report, table)).allowed + 1, policy, table);
}

/** The first threshold of a clock under this report that says this rank or worse. */
export function firstAtLeast(
  clock: 'silence' | 'inactivity' | 'untouched', report: string, leastRank: number, policy: Policy, table: Table,
): Threshold | undefined {
  const rung = rowsOf(report, table)[clock].find(({ rank }) => rank >= leastRank);
  if (rung === undefined) return undefined;
  const instead = owns(policy.whileReported, report) ? policy.whileReported[report] : undefined;
  const row = instead?.[clock] === undefined ? clock : `whileReported.${report}.${clock}`;
  const ladder = instead?.[clock] ?? policy[clock];
  const cell = table.statuses.find((status, rank) => rank >= leastRank && owns(ladder, status) && ladder[status] === rung.afterMs);
  return { path: `${row}.${String(cell)}`, afterMs: rung.afterMs };
}

/** The rows that stand while this is reported. */
function rowsOf(report: string, table: Table): StandingRows {
  return table.reports.get(report) ?? table.none;
}

/** How a client is heard. */
export interface Hearing {
  /** So many beats in a row may be lost. */
  readonly toleratedLosses: number;
  /** How much later one beat may be than another. */
  readonly lateMs: DurationMs;
  /** How much quiet each beat promises, as far as it counts. */
  readonly promisedMs: DurationMs;
}

/** The longest time between two beats that are heard. */
export function longestSpanMs(everyMs: DurationMs, { toleratedLosses, lateMs }: Omit<Hearing, 'promisedMs'>): DurationMs {
  return (toleratedLosses + 1) * everyMs + lateMs;
}

/** The least threshold of silence that outlasts beats which are sent so often. */
export function leastThresholdMs(everyMs: DurationMs, hearing: Hearing): DurationMs {
  return longestSpanMs(everyMs, hearing) - hearing.promisedMs;
}

/** The longest interval that a threshold of silence outlasts. Below 1: there is none. */
export function longestIntervalMs(afterMs: DurationMs, { toleratedLosses, lateMs, promisedMs }: Hearing): DurationMs {
  return Math.floor((afterMs + promisedMs - lateMs) / (toleratedLosses + 1));
}
