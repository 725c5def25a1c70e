// The rows of a policy as they are written, each with its path and the reports under which it is the one that stands.

import { definePolicy } from '../../define.js';
import type { Ladder } from '../../ladder.js';
import { owns } from '../../plain.js';
import type { Policy, PolicyInput } from '../../policy.js';
import type { DurationMs } from '../../time.js';

/** A clock that a row is held against. */
export type RowClock = 'silence' | 'inactivity' | 'untouched' | 'departure';

/** A row as it is written. */
export interface Row {
  /** Such as `silence`, `departures.dropped` or `whileReported.busy.silence`. */
  readonly path: string;
  readonly clock: RowClock;
  /** The cause; empty for the other clocks. */
  readonly cause: string;
  readonly ladder: Ladder;
  /** The reports under which it stands, or would if what stands instead were left out because it says the same. */
  readonly reports: readonly string[];
  /** The path of the row that this one replaces and repeats. Absent: it replaces none, or says something else. */
  readonly repeats?: string;
}

/** Every row of a checked policy, those that stand instead of others behind them. */
export function rowsOf(policy: Policy): readonly Row[] {
  const { silence, inactivity, untouched, departures } = policy;
  const bases: readonly Omit<Row, 'reports'>[] = [
    { path: 'silence', clock: 'silence', cause: '', ladder: silence },
    { path: 'inactivity', clock: 'inactivity', cause: '', ladder: inactivity },
    { path: 'untouched', clock: 'untouched', cause: '', ladder: untouched },
    ...Object.entries(departures).map(([cause, ladder]) => ({ path: `departures.${cause}`, clock: 'departure' as const, cause, ladder })),
  ];
  const instead = bases.flatMap((base) => Object.keys(policy.reports).flatMap((report) => {
    const ladder = insteadOf(base, report, policy);
    if (ladder === undefined) return [];
    const row = { ...base, path: `whileReported.${report}.${base.path}`, ladder, reports: [report] };
    return [isSame(ladder, base.ladder) ? { ...row, repeats: base.path } : row];
  }));
  const isReplaced = (base: string, report: string): boolean =>
    instead.some(({ path, repeats }) => path === `whileReported.${report}.${base}` && repeats === undefined);
  return [
    ...bases.map((base) => ({ ...base, reports: Object.keys(policy.reports).filter((report) => !isReplaced(base.path, report)) })),
    ...instead,
  ];
}

function insteadOf({ clock, cause }: Omit<Row, 'reports'>, report: string, { whileReported }: Policy): Ladder | undefined {
  const rows = owns(whileReported, report) ? whileReported[report] : undefined;
  if (clock !== 'departure') return rows?.[clock];
  return rows?.departures !== undefined && owns(rows.departures, cause) ? rows.departures[cause] : undefined;
}

function isSame(a: Ladder, b: Ladder): boolean {
  return Object.keys(a).length === Object.keys(b).length && Object.entries(a).every(([status, afterMs]) => owns(b, status) && b[status] === afterMs);
}

/** The longest threshold of all; 0 where there is none. */
export function longestOf(rows: readonly Row[]): DurationMs {
  return Math.max(0, ...rows.flatMap(({ ladder }) => Object.values(ladder).map(Number)));
}

/** The row that stands under a report: where several could, the last. */
export function standingRow(rows: readonly Row[], report: string, clock: RowClock, cause = ''): Row {
  const standing = rows.filter((row) => row.clock === clock && row.cause === cause && row.reports.includes(report));
  return standing[standing.length - 1] as Row;
}

/** The same policy, but silence says nothing. */
export function withoutSilence(policy: Policy): Policy {
  const whileReported = Object.fromEntries(Object.entries(policy.whileReported).map(([report, rows]) => [report, { ...rows, silence: {} }]));
  return definePolicy({ ...policy, silence: {}, whileReported } as PolicyInput);
}
