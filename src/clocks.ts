// The clocks of a session: which run, since when, against which row, and whether gaps stop them. The verdict, its reason, the
// next alarm and every host's deadlines are read from this list. It stands here twice: as a fold for whoever has something to
// do at each clock, and written out for ranks alone, which are asked most; test/unit/clocks.test.ts holds the two equal.

import type { Facts, ReportEvidence } from './evidence.js';
import { worsened } from './ladder.js';
import type { Rungs } from './ladder.js';
import { owns } from './plain.js';
import { causeRead, departureRungs } from './table.js';
import type { StandingRows, Table } from './table.js';
import { noGaps, ranFor } from './time.js';
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

/**
 * The worst that the report and the clocks of {@link foldLife} say: the same list, as no step is called where it is asked
 * most. It takes fields and no session: fields are found slowly in sessions of many shapes. `silentMs`: how long silence ran.
 */
export function worstOfLife(
  { allowed, worse }: StandingRows, silentMs: DurationMs, activeAt: Timestamp | undefined, firstSeenAt: Timestamp, now: Timestamp,
): number {
  const rank = worsened(allowed, worse.silence, silentMs);
  const other = activeAt === undefined ? worse.untouched : worse.inactivity;
  return other.length === 0 ? rank : worsened(rank, other, now - (activeAt ?? firstSeenAt));
}

/** The worst of that rank and what the ends of the connection say: the rest of {@link foldClocks}. */
export function worstOfEnds(
  rank: number, departures: NonNullable<Facts['departures']>, { worse }: StandingRows, now: Timestamp, gaps: readonly Gap[],
): number {
  let worst = rank;
  for (const cause in departures) {
    if (!owns(departures, cause)) continue;
    worst = worsened(worst, worse.departures.get(cause) ?? worse.dropped, ranFor(departures[cause] as Timestamp, now, gaps));
  }
  return worst;
}

/** The promise of quiet that counts, in ms. */
export function quietOf({ quietForMs }: Facts, table: Table): DurationMs {
  return quietForMs === undefined ? 0 : promised(quietForMs, table);
}

/** As much of a promise of quiet as counts, in ms. */
export function promised(quietForMs: DurationMs, { maxQuietMs }: Table): DurationMs {
  return quietForMs < maxQuietMs ? quietForMs : maxQuietMs;
}

/** The rows of the report that stands: `none` where there is none, where the policy does not know it, and where it was set aside. */
export function standingRows({ report, setAsideAt }: Facts, table: Table): StandingRows {
  return report === undefined ? table.none : rowsOfReport(report, setAsideAt, table);
}

/** {@link standingRows} where something was reported. */
export function rowsOfReport({ word, at }: ReportEvidence, setAsideAt: Timestamp | undefined, { reports, none }: Table): StandingRows {
  const rows = reports.get(word) ?? none;
  return isLaidAside(rows, at, setAsideAt, none) ? none : rows;
}

/** Someone who just did something is not idle because their client said so a while ago; a device that says busy stays busy. */
export function isSetAside({ report, setAsideAt }: Facts, { reports, none }: Table): boolean {
  return report !== undefined && isLaidAside(reports.get(report.word) ?? none, report.at, setAsideAt, none);
}

function isLaidAside(rows: StandingRows, saidAt: Timestamp, setAsideAt: Timestamp | undefined, none: StandingRows): boolean {
  return setAsideAt !== undefined && setAsideAt > saidAt && rows.allowed > none.allowed;
}

/** Since when the standing report stands; a standing `none` since the last report was set aside, or since the session was first seen. */
export function reportedSince(session: Facts, table: Table): Timestamp {
  const { report, setAsideAt, firstSeenAt, seenAt } = session;
  if (isSetAside(session, table) && setAsideAt !== undefined) return setAsideAt;
  return report?.since ?? firstSeenAt ?? seenAt ?? 0;
}
