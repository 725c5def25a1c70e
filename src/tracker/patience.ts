// What a heartbeat that says nothing else can change, asked ahead so that the heartbeat itself need not ask.
// Rule: it starts the clock of silence anew and nothing else; where that leaves the status, only the next alarm moves.

import { standingRows } from '../clocks.js';
import type { Facts } from '../evidence.js';
import { rankOf, worseAt } from '../session.js';
import type { Table } from '../table.js';
import type { DurationMs, Gap, Timestamp } from '../time.js';
import type { LiveSession } from './live-session.js';

/**
 * For how long the session may be silent after a heartbeat before its status gets worse, in ms; infinite: for ever. NaN where a
 * heartbeat may change more: it may raise the status, end a departure, or move the order of reasons. `asked` is the instant as of
 * which the session is judged: `now`, or just before it.
 */
export function patienceOf(session: LiveSession, table: Table, asked: Timestamp, now: Timestamp, gaps: readonly Gap[]): DurationMs {
  const rank = rankOf(session, table, asked, gaps);
  const isPlain = session.departures === undefined && session.firstSeenAt !== undefined && !session.isAheadOf(now);
  if (!isPlain || rank === table.bottom || rank !== rankOf(heardAt(asked, session), table, asked, gaps)) return Number.NaN;
  return standingRows(session, table).silence.find((rung) => rung.rank > rank)?.afterMs ?? Number.POSITIVE_INFINITY;
}

/** When the status gets worse by another clock than that of silence, in ms; infinite: never. */
export function otherAtOf(session: LiveSession, table: Table, now: Timestamp, gaps: readonly Gap[]): number {
  return worseAt(heardAt(Number.POSITIVE_INFINITY, session), table, now, gaps, rankOf(session, table, now, gaps));
}

/** The session as if it had been heard at another instant. */
function heardAt(seenAt: Timestamp, { firstSeenAt, activeAt, report, setAsideAt, departures }: LiveSession): Facts {
  const plain = { sessionId: undefined, epoch: undefined, uncounted: undefined, quietForMs: undefined };
  return { ...plain, seenAt, firstSeenAt, activeAt, report, setAsideAt, departures };
}
