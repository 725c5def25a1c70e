// The clocks of a session: which run, since when, against which row, and whether gaps stop them. This list is the only one;
// the verdict, its reason, the next alarm and every host's deadlines are read from it.

import type { Facts } from './evidence.js';
import type { Rungs } from './ladder.js';
import { owns } from './plain.js';
import { causeRead, departureRungs } from './table.js';
import type { StandingRows, Table } from './table.js';
import { noGaps } from './time.js';
import type { DurationMs, Gap, Timestamp } from './time.js';

/** In the order in which equals are named. The report is no clock but has its place in the order. */
export const clockOrder = ['silence', 'inactivity', 'untouched', 'report', 'departure'] as const;

/** A clock, or the report. */
export type Clock = (typeof clockOrder)[number];

/**
 * What is done at each clock: it has run since `since` against `rungs`, and `gaps` stop it. `than` is a rank to compare with,
 * `cause` as the policy reads it.
 */
export type Step<T> = (
  carry: T, rungs: Rungs, since: Timestamp, gaps: readonly Gap[], now: Timestamp, than: number, clock: Clock, cause: string,
) => T;

/** Every clock of a session that was seen alive, each with the row it is held against. */
export function foldClocks<T>(
  session: Facts, table: Table, now: Timestamp, gaps: readonly Gap[], step: Step<T>, start: T, than = 0,
): T {
  const { seenAt, activeAt, firstSeenAt = seenAt, departures } = session;
  if (seenAt === undefined || firstSeenAt === undefined) return start;
  const rows = standingRows(session, table);
  let carry = foldLife(rows, seenAt + quietOf(session, table), activeAt, firstSeenAt, now, gaps, step, start, than);
  for (const cause in departures) {
    if (!owns(departures, cause)) continue;
    const since = departures[cause];
    if (since !== undefined) carry = step(carry, departureRungs(cause, rows), since, gaps, now, than, 'departure', causeRead(cause, table));
  }
  return carry;
}

/** The clocks of a session that no transport's end has touched, from bare instants: a tracker has no more than these at hand. */
export function foldLife<T>(
  rows: StandingRows, silentSince: Timestamp, activeAt: Timestamp | undefined, firstSeenAt: Timestamp, now: Timestamp, gaps: readonly Gap[],
  step: Step<T>, start: T, than: number,
): T {
  const carry = step(start, rows.silence, silentSince, gaps, now, than, 'silence', '');
  return activeAt === undefined
    ? step(carry, rows.untouched, firstSeenAt, noGaps, now, than, 'untouched', '')
    : step(carry, rows.inactivity, activeAt, noGaps, now, than, 'inactivity', '');
}

/** The promise of quiet that counts, in ms. */
export function quietOf(session: Facts, table: Table): DurationMs {
  const { quietForMs = 0 } = session;
  return quietForMs < table.maxQuietMs ? quietForMs : table.maxQuietMs;
}

/** The rows of the report that stands: `none` where there is none, where the policy does not know it, and where it was set aside. */
export function standingRows(session: Facts, table: Table): StandingRows {
  const { report } = session;
  const rows = report === undefined ? undefined : table.reports.get(report.word);
  return rows === undefined || isSetAside(session, table) ? table.none : rows;
}

/** Someone who just did something is not idle because their client said so a while ago; a device that says busy stays busy. */
export function isSetAside({ report, setAsideAt }: Facts, table: Table): boolean {
  if (report === undefined || setAsideAt === undefined || setAsideAt <= report.at) return false;
  return (table.reports.get(report.word) ?? table.none).allowed > table.none.allowed;
}

/** Since when the standing report stands; a standing `none` since the last report was set aside, or since the session was first seen. */
export function reportedSince(session: Facts, table: Table): Timestamp {
  const { report, setAsideAt, firstSeenAt, seenAt } = session;
  if (isSetAside(session, table) && setAsideAt !== undefined) return setAsideAt;
  return report?.since ?? firstSeenAt ?? seenAt ?? 0;
}
