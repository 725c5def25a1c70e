// Rule 1: everything that decides a session's status lives here.
// Rule 2: nothing here knows how signals arrive, which other sessions there are, or who is watching.
// Rule 3: a session is only as present as its weakest evidence: the worst over its clocks and its report.
//
// Theory of operation. Each kind of evidence is a clock that has been running since some instant; clocks.ts lists the
// clocks, once, for everybody. Which row a clock is held against depends on the report that stands. Two questions are
// asked of the list: which rung was passed (the worst; of equals the first to have been passed) and which comes next. Where
// only the status is asked, ranks are counted straight from the fields.

import { becauseOf, precedes } from './because.js';
import type { SessionBecause, Word } from './because.js';
import { foldClocks, foldLife, promised, quietOf, reportedSince, rowsOfReport, standingRows, worstOfEnds, worstOfLife } from './clocks.js';
import type { Clock } from './clocks.js';
import { tableOf } from './define.js';
import { lastSeenOf } from './evidence.js';
import type { Facts, SessionEvidence, SessionFacts } from './evidence.js';
import { isPassed, rungAt } from './ladder.js';
import type { Rung, Rungs } from './ladder.js';
import { isRecord, owns } from './plain.js';
import type { Draft } from './plain.js';
import type { Policy } from './policy.js';
import { factsShape, looksLikeSession, lookRight, refuseSession, sessionShape } from './session-facts.js';
import type { Names } from './signal.js';
import { attachedTable, causeRead, statusOf } from './table.js';
import type { StandingRows, Table } from './table.js';
import { assertInstant, crossingOf, noGaps, ranFor, unionOf } from './time.js';
import type { Gap, Timestamp } from './time.js';

/** The end of the current connection. */
export interface Departure<N extends Names = Names> {
  /** Why, as the policy reads it. */
  readonly cause: N['cause'];
  /** When, in ms. */
  readonly at: Timestamp;
}

/** What a session is at an instant, and why. */
export interface SessionPresence<N extends Names = Names> {
  /** The session. */
  readonly sessionId: string;
  /** The instant asked about, in ms. */
  readonly at: Timestamp;
  /** The worst over its clocks and its report. */
  readonly status: N['status'];
  /** Which of them said it first, since when, and when it was crossed. */
  readonly because: SessionBecause<N>;
  /** The report that stands. */
  readonly report: N['report'];
  /** The earliest known end of the current connection. Absent: not known to have ended. */
  readonly departure?: Departure<N>;
  /** The session does not count towards its user. */
  readonly uncounted?: true;
  /** The later of the last proof of life and the end of the connection, in ms. Absent: never seen alive. */
  readonly lastSeenAt?: Timestamp;
  /** The last interaction, in ms. Absent: none reported. */
  readonly lastActiveAt?: Timestamp;
  /** Exactly when this answer changes if nothing is heard, in ms. Absent: never. */
  readonly nextChangeAt?: Timestamp;
}

/**
 * The status of a session, alone. Allocates nothing (unless gaps need sorting).
 *
 * @param session - What is known of it; `{ seenAt: 0 }` will do. Without `firstSeenAt`, `seenAt` is taken.
 * @param policy - From `definePolicy`.
 * @param now - The instant asked about, in whole ms.
 * @param gaps - When the observer was not listening; silence and departures do not count then. Default: none.
 * @returns The worst over its clocks and its report; the bottom for a session never seen alive.
 * @throws TypeError when an instant is no whole number of milliseconds.
 * @example
 * ```ts
 * import { defaultPolicy, sessionStatus } from 'presence-model';
 *
 * sessionStatus({ seenAt: 0 }, defaultPolicy, 14_999); // => 'active'
 * sessionStatus({ seenAt: 0 }, defaultPolicy, 15_000); // => 'idle'
 * ```
 * @group Start here
 */
export function sessionStatus<N extends Names>(
  session: SessionFacts, policy: Policy<N>, now: Timestamp, gaps?: readonly Gap[],
): N['status'] {
  // Read once and handed on one by one: in sessions of many shapes it is the reading that takes the time.
  const { sessionId, epoch, firstSeenAt, seenAt, quietForMs, activeAt, report, setAsideAt, departures, uncounted } =
    (session as SessionFacts | undefined) ?? nothing;
  const isRight = lookRight(sessionId, epoch, firstSeenAt, seenAt, quietForMs, activeAt, report, setAsideAt, departures, uncounted);
  if (!isRight || (seenAt === undefined && !isRecord(session))) refuseSession(session, factsShape);
  if (!Number.isSafeInteger(now)) assertInstant('now', now);
  const table = attachedTable(policy) ?? tableOf(policy);
  const stops = gaps === undefined ? noGaps : unionOf(gaps);
  if (seenAt === undefined) return statusOf(table.bottom, table);
  const rows = report === undefined ? table.none : rowsOfReport(report, setAsideAt, table);
  const silentSince = quietForMs === undefined ? seenAt : seenAt + promised(quietForMs, table);
  const silentMs = gaps === undefined ? now - silentSince : ranFor(silentSince, now, stops);
  const rank = worstOfLife(rows, silentMs, activeAt, firstSeenAt ?? seenAt, now);
  return statusOf(departures === undefined ? rank : worstOfEnds(rank, departures, rows, now, stops), table);
}

const nothing: SessionFacts = {};

/**
 * The status of a session with its reason and when to ask again.
 *
 * @param session - What is known of it.
 * @param policy - From `definePolicy`.
 * @param now - The instant asked about, in whole ms.
 * @param gaps - When the observer was not listening. Default: none.
 * @returns Constant until its `nextChangeAt` and different there. Cost: constant in practice, linear in gaps.
 * @throws TypeError when an instant is no whole number of milliseconds.
 * @example
 * ```ts
 * import { defaultPolicy, deriveSession } from 'presence-model';
 *
 * const tab = deriveSession({ sessionId: 'tab', epoch: 1, firstSeenAt: 0, seenAt: 0 }, defaultPolicy, 20_000);
 * tab.status; // => 'idle'
 * tab.because; // => { clock: 'silence', since: 0, afterMs: 15_000, crossedAt: 15_000 }
 * tab.nextChangeAt; // => 60_000
 * ```
 * @group Without a process
 */
export function deriveSession<N extends Names>(
  session: SessionEvidence, policy: Policy<N>, now: Timestamp, gaps?: readonly Gap[],
): SessionPresence<N> {
  if (!looksLikeSession(session)) refuseSession(session, sessionShape);
  assertInstant('now', now);
  return presenceOf(session, tableOf(policy), now, unionOf(gaps)) as SessionPresence<N>;
}

/** {@link deriveSession} of what was checked before. */
export function presenceOf(session: SessionEvidence, table: Table, now: Timestamp, gaps: readonly Gap[]): SessionPresence {
  const word = spokenFor(session, table, now, gaps);
  const nextChangeAt = word === undefined ? undefined : nextCrossing(session, table, now, gaps, word);
  const departure = departureOf(session, table);
  const lastSeenAt = lastSeenOf(session);
  const presence: Draft<SessionPresence> = {
    sessionId: session.sessionId,
    at: now,
    status: statusOf(word === undefined ? table.bottom : word.rank, table),
    because: word === undefined ? { clock: 'never' } : becauseOf(word),
    report: standingRows(session, table).word,
  };
  if (departure !== undefined) presence.departure = departure;
  if (session.uncounted === true) presence.uncounted = true;
  if (lastSeenAt !== undefined) presence.lastSeenAt = lastSeenAt;
  if (session.activeAt !== undefined) presence.lastActiveAt = session.activeAt;
  if (nextChangeAt !== undefined) presence.nextChangeAt = nextChangeAt;
  return presence;
}

/** The rank of a session's status: {@link sessionStatus} of what was checked before. */
export function rankOf(session: Facts, table: Table, now: Timestamp, gaps: readonly Gap[]): number {
  const { seenAt, activeAt, firstSeenAt = seenAt, departures } = session;
  if (seenAt === undefined || firstSeenAt === undefined) return table.bottom;
  const rows = standingRows(session, table);
  const rank = worstOfLife(rows, ranFor(seenAt + quietOf(session, table), now, gaps), activeAt, firstSeenAt, now);
  return departures === undefined ? rank : worstOfEnds(rank, departures, rows, now, gaps);
}

/** {@link rankOf} from bare instants, where no transport's end is known and no promise of quiet given. */
export function rankOfLife(
  rows: StandingRows, seenAt: Timestamp, activeAt: Timestamp | undefined, firstSeenAt: Timestamp, now: Timestamp,
): number {
  return worstOfLife(rows, now - seenAt, activeAt, firstSeenAt, now);
}

/** The word that decides: the worst, of equals the first. Absent: the session was never seen alive. */
export function spokenFor(session: Facts, table: Table, now: Timestamp, gaps: readonly Gap[]): Word | undefined {
  if (session.seenAt === undefined) return undefined;
  return foldClocks(session, table, now, gaps, wordier, reportOf(standingRows(session, table), reportedSince(session, table)));
}

/** {@link spokenFor} from bare instants, where no transport's end is known and no promise of quiet given. */
export function spokenForLife(
  rows: StandingRows, seenAt: Timestamp, activeAt: Timestamp | undefined, firstSeenAt: Timestamp, reportedAt: Timestamp, now: Timestamp,
): Word {
  return foldLife(rows, seenAt, activeAt, firstSeenAt, now, noGaps, wordier, reportOf(rows, reportedAt), 0);
}

function reportOf({ allowed, word }: StandingRows, since: Timestamp): Word {
  return { rank: allowed, clock: 'report', cause: '', report: word, since, afterMs: 0, crossedAt: since };
}

function wordier(word: Word, rungs: Rungs, since: Timestamp, gaps: readonly Gap[], now: Timestamp, _: number, clock: Clock, cause: string): Word {
  const rung = rungAt(rungs, since, now, gaps);
  if (rung === undefined || rung.rank < word.rank) return word;
  const said = wordOf(rung, clock, cause, since, crossingOf(since, rung.afterMs, gaps));
  return said.rank > word.rank || precedes(said, word) ? said : word;
}

function wordOf({ rank, afterMs }: Rung, clock: Clock, cause: string, since: Timestamp, crossedAt: Timestamp): Word {
  return { rank, clock, cause, report: '', since, afterMs, crossedAt };
}

/**
 * When the answer about a session of this rank changes if nothing is heard; infinite: never. It is what
 * `nextChangeAt` says, as far as that is an instant.
 */
export function changesAt(session: Facts, table: Table, now: Timestamp, gaps: readonly Gap[], rank: number): number {
  if (!isAhead(session, now)) return worseAt(session, table, now, gaps, rank);
  const word = spokenFor(session, table, now, gaps);
  return (word === undefined ? undefined : nextCrossing(session, table, now, gaps, word)) ?? Number.POSITIVE_INFINITY;
}

/** Is a fact of an instant later than `now`, so that the word may be of such an instant too? */
export function isAhead({ report, setAsideAt, activeAt, firstSeenAt, departures }: Facts, now: Timestamp): boolean {
  for (const cause in departures) if (owns(departures, cause) && isLater(departures[cause], now)) return true;
  return isLater(report?.since, now) || isLater(setAsideAt, now) || isLater(activeAt, now) || isLater(firstSeenAt, now);
}

function isLater(at: Timestamp | undefined, now: Timestamp): boolean {
  return at !== undefined && at > now;
}

/**
 * The first crossing after `now` that changes the verdict: a worse word or, where the word is of an instant later than
 * `now` (another machine's clock is ahead), an earlier one that says the same.
 */
function nextCrossing(session: Facts, table: Table, now: Timestamp, gaps: readonly Gap[], word: Word): Timestamp | undefined {
  let next = worseAt(session, table, now, gaps, word.rank);
  if (word.crossedAt > now) {
    next = foldClocks<number>(session, table, now, gaps, (earliest, rungs, started, stops, at, than, clock, cause) => {
      const rung = rungs.find(({ rank }) => rank === than);
      if (rung === undefined || isPassed(rung, started, at, stops)) return earliest;
      const crossedAt = crossingOf(started, rung.afterMs, stops);
      return crossedAt < earliest && precedes(wordOf(rung, clock, cause, started, crossedAt), word) ? crossedAt : earliest;
    }, next, word.rank);
  }
  return Number.isSafeInteger(next) ? next : undefined;
}

/** When the status gets worse than this rank if nothing is heard; infinite: never. Allocates nothing. */
export function worseAt(session: Facts, table: Table, now: Timestamp, gaps: readonly Gap[], rank: number): number {
  return foldClocks(session, table, now, gaps, firstWorse, Number.POSITIVE_INFINITY, rank);
}

function firstWorse(earliest: number, rungs: Rungs, since: Timestamp, gaps: readonly Gap[], now: Timestamp, than: number): number {
  for (let i = 0, rung = rungs[0]; rung !== undefined; rung = rungs[++i]) {
    if (rung.rank <= than || isPassed(rung, since, now, gaps)) continue;
    const crossedAt = crossingOf(since, rung.afterMs, gaps);
    return crossedAt < earliest ? crossedAt : earliest;
  }
  return earliest;
}

/** The earliest known end of the current connection; of equals the smaller cause. */
function departureOf({ departures }: Facts, table: Table): Departure | undefined {
  if (departures === undefined) return undefined;
  let earliest: Departure | undefined;
  for (const [told, at] of Object.entries(departures)) {
    const cause = causeRead(told, table);
    if (earliest === undefined || at < earliest.at || (at === earliest.at && cause < earliest.cause)) earliest = { cause, at };
  }
  return earliest;
}
