// What is written down of a session whenever its facts or its thresholds say something new: its rank, when that changes,
// when it is over, and what a beat may rely on until then.
// Rule: all of it is the pure core's answer. Where nothing is rare, the core is asked in small numbers, ms after the
// beginning that its instants have: shifting every instant by k shifts every answer by k.

import { becauseNone, becauseOf } from '../because.js';
import type { SessionBecause, Word } from '../because.js';
import { isSetAside, reportedSince } from '../clocks.js';
import type { Change } from '../diff.js';
import { lifeOverAt, overAt } from '../forget.js';
import { changesAt, isAhead, rankOf, spokenFor, spokenForLife } from '../session.js';
import { statusOf } from '../table.js';
import { noGaps } from '../time.js';
import type { Timestamp } from '../time.js';
import { readSession } from './session-evidence.js';
import type { Roster } from './roster.js';
import { absent, fieldBits } from './session-field.js';
import * as field from './session-field.js';
import * as state from './session-state.js';
import { inPage, pageBits, rangeMs } from './sizes.js';
import { saysWorse, worseFrom } from './standing.js';
import type { Standing } from './standing.js';

/** Silence does not decide, or not alone. */
const none = -1;

/** Judges a session as of an instant, writes the verdict down, and tells operators of it where they asked to be told. */
export function judge(roster: Roster, slot: number, asked: Timestamp, out: Change[]): void {
  const { sessions, table } = roster;
  const isPlain = roster.isPlain(slot);
  const facts = isPlain ? roster.view.of(slot) : readSession(sessions, slot);
  const from = isPlain ? sessions.beginningOf(slot) : 0;
  const gaps = isPlain ? noGaps : roster.gaps;

  const rank = rankOf(facts, table, asked - from, gaps);
  const nextAt = from + changesAt(facts, table, asked - from, gaps, rank);
  const isDue = Number.isSafeInteger(nextAt);
  // Of what is at the bottom only a reason may still change, long before it is over; then it is judged again.
  const over = rank === table.bottom && !isDue ? overAt(facts, table, roster.time - from, gaps) : undefined;
  // Facts of this very instant are ahead as of just before it, but of nobody who is heard or due later.
  const { seenAt = asked - from } = facts;
  const settledAt = Math.max(asked - from, Math.min(seenAt, roster.time - from));
  const isSteady = isPlain && facts.departures === undefined && (facts.quietForMs ?? 0) === 0 && !isAhead(facts, settledAt);
  const wasAt = sessions.rankOf(slot);
  roster.setLeaving(slot, undefined);
  setRank(roster, slot, rank);
  roster.deadlines.set(slot, isDue ? nextAt : Number.POSITIVE_INFINITY);
  if (over !== undefined) roster.setLeaving(slot, from + over);
  sessions.setFlag(slot, state.isSetAside, isSetAside(facts, table));
  sessions.setFlag(slot, state.isSteady, isSteady);
  const standing = standingIn(roster, sessions.records.get(slot, field.state));
  const isQuick = isSteady && rank < table.bottom && isHeardAs(rank, standing, sessions.records.get(slot, field.seenAt), asked - from)
    && isTouched(standing, sessions.records.get(slot, field.activeAt));
  sessions.setFlag(slot, state.isQuick, isQuick);
  note(roster, slot, wasAt, asked, out);
}

/**
 * {@link judge}, of a session that is steady: a few numbers are read, a few written, no object is made. `isHeard`: it was heard
 * of since, so that its clocks may say something better than they did.
 */
export function judgeSteady(roster: Roster, user: number, slot: number, lagMs: number, isHeard: boolean, out: Change[]): void {
  const { sessions, clock } = roster;
  const page = sessions.records.pages[slot >>> pageBits] as Int32Array;
  const here = (slot & inPage) << fieldBits;
  const bits = page[here + field.state] as number;
  const standing = standingIn(roster, bits);
  const now = (clock[0] as number) - sessions.beginningOf(slot);
  const seenAt = page[here + field.seenAt] as number;
  const activeAt = page[here + field.activeAt] as number;
  const firstSeenAt = activeAt === absent && standing.untouchedRows > 0 ? sessions.firstSeenOf(slot) : 0;
  const asked = now - lagMs;
  const wasAt = bits & state.rank;
  let rank = isHeard ? standing.rows.allowed : wasAt;
  let worseAt = worseFrom(standing, rank, seenAt, activeAt, firstSeenAt);
  while (worseAt <= asked) worseAt = worseFrom(standing, ++rank, seenAt, activeAt, firstSeenAt);
  const isLast = rank === roster.table.bottom;
  if ((!isLast && !(worseAt - now < rangeMs)) || (bits & state.isLeaving) !== 0) {
    judge(roster, slot, (clock[0] as number) - lagMs, out); // an object is made for what is rare
    return;
  }
  const isQuick = !isLast && isHeardAs(rank, standing, seenAt, asked) && isTouched(standing, activeAt) ? state.isQuick : 0;
  page[here + field.state] = (bits & ~(state.rank | state.isQuick)) | rank | isQuick;
  if (isLast) leave(roster, slot, standing, asked);
  else roster.deadlines.setAhead(slot, (worseAt - now) | 0);
  if (rank !== wasAt && (bits & state.isCounted) !== 0) roster.users.move(user, wasAt, rank);
  if (rank !== wasAt && roster.tellsSessions) note(roster, slot, wasAt, (clock[0] as number) - lagMs, out);
}

/** A steady session is at the bottom, so it is over one day. */
function leave(roster: Roster, slot: number, standing: Standing, asked: number): void {
  const { sessions, deadlines, table } = roster;
  const from = sessions.beginningOf(slot);
  const seenAt = sessions.records.get(slot, field.seenAt);
  const silence = soleSilence(roster, slot, standing, table.bottom, asked);
  const crossedAt = silence === none ? wordOf(roster, slot, standing, table.bottom, asked).crossedAt : seenAt + silence;
  const over = lifeOverAt(standing.rows, seenAt, crossedAt, table);
  deadlines.clear(slot);
  if (over !== undefined) roster.setLeaving(slot, from + over);
}

/** Is the rank no matter of silence, so that being heard again changes nothing? */
function isHeardAs(rank: number, { silentMs }: Standing, silentSince: number, asked: number): boolean {
  return rank === 0 || !saysWorse(silentMs, rank - 1, silentSince, asked);
}

/** Is it no matter when the session was first seen? */
function isTouched({ untouchedRows }: Standing, activeAt: number): boolean {
  return untouchedRows === 0 || activeAt !== absent;
}

/** The rows that stand for a session that was judged. `bits` is its state. */
export function standingIn({ standing }: Roster, bits: number): Standing {
  return standing.of((bits & state.isSetAside) === 0 ? (bits & state.word) >>> state.wordShift : 0);
}

function setRank({ sessions, users }: Roster, slot: number, rank: number): void {
  const user = sessions.userOf(slot);
  users.discount(user, slot);
  sessions.setRank(slot, rank);
  users.count(user, slot);
}

/** Notes what operators would be told of a session, and tells them where they asked to be told. */
function note(roster: Roster, slot: number, wasAt: number, asked: Timestamp, out: Change[]): void {
  const { sessions, users, table } = roster;
  const rank = sessions.rankOf(slot);
  const departed = sessions.isDeparted(slot);
  const hadDeparted = sessions.has(slot, state.toldDeparted);
  const foreign = roster.foreign.get(slot);
  if (rank === wasAt && departed === hadDeparted && foreign === undefined) return;
  sessions.setFlag(slot, state.toldDeparted, departed);
  roster.foreign.delete(slot);
  if (!roster.tellsSessions) return;
  out.push({
    type: 'session',
    userId: users.idOf(sessions.userOf(slot)),
    at: roster.time,
    sessionId: sessions.idOf(slot),
    from: { status: foreign ?? statusOf(wasAt, table), departed: hadDeparted },
    to: { status: statusOf(rank, table), departed },
    because: reasonOf(roster, slot, asked),
  });
}

/** Why a session has its status. */
export function reasonOf(roster: Roster, slot: number, asked: Timestamp): SessionBecause {
  const { sessions, table } = roster;
  const bits = sessions.records.get(slot, field.state);
  if ((bits & state.isSteady) !== 0) return steadyReasonOf(roster, slot, bits, asked);
  const isPlain = roster.isPlain(slot);
  const from = isPlain ? sessions.beginningOf(slot) : 0;
  const word = isPlain
    ? spokenFor(roster.view.of(slot), table, asked - from, noGaps)
    : spokenFor(readSession(sessions, slot), table, asked, roster.gaps);
  return word === undefined ? { clock: 'never' } : becauseOf(word, from);
}

/** {@link reasonOf}, of a session that is steady: only what decides is read. */
function steadyReasonOf(roster: Roster, slot: number, bits: number, asked: Timestamp): SessionBecause {
  const { sessions } = roster;
  const rank = bits & state.rank;
  if (rank === 0) return becauseNone();
  const from = sessions.beginningOf(slot);
  const standing = standingIn(roster, bits);
  const afterMs = soleSilence(roster, slot, standing, rank, asked - from);
  if (afterMs === none) return becauseOf(wordOf(roster, slot, standing, rank, asked - from), from);
  const since = from + sessions.records.get(slot, field.seenAt);
  return { clock: 'silence', since, afterMs, crossedAt: since + afterMs };
}

/** After how many ms of silence a steady session got its rank, where nothing else says that rank: `none`, where something does. */
function soleSilence(
  { sessions }: Roster, slot: number, { rows, untouchedRows, silentMs, inactiveMs, untouchedMs }: Standing, rank: number, asked: number,
): number {
  const seenAt = sessions.records.get(slot, field.seenAt);
  const activeAt = sessions.records.get(slot, field.activeAt);
  if (rank === rows.allowed || !saysWorse(silentMs, rank - 1, seenAt, asked)) return none;
  const isElsewhere = activeAt === absent
    ? untouchedRows > 0 && saysWorse(untouchedMs, rank - 1, sessions.firstSeenOf(slot), asked)
    : saysWorse(inactiveMs, rank - 1, activeAt, asked);
  return isElsewhere ? none : Math.max(0, silentMs[rank - 1] as number);
}

/** What decides of a steady session. Instants are after its beginning. */
function wordOf(roster: Roster, slot: number, standing: Standing, rank: number, asked: number): Word {
  const { sessions, view, table } = roster;
  const { rows, untouchedRows } = standing;
  const known = sessions.records.get(slot, field.activeAt);
  const firstSeenAt = known === absent && untouchedRows > 0 ? sessions.firstSeenOf(slot) : 0;
  const reportedAt = rank === rows.allowed ? reportedSince(view.of(slot), table) : 0; // else a clock says something worse
  return spokenForLife(rows, sessions.records.get(slot, field.seenAt), known === absent ? undefined : known, firstSeenAt, reportedAt, asked);
}
