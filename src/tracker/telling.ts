// What others are told of a user, once some of their sessions, or everything that is known of them, was judged anew.
// Rule: who has no claims is shown the outward word of the best rank at which a session counts, and a last seen; nobody
// else's answer, and no reason, is made up unless it is told.

import type { Change } from '../diff.js';
import { shownDiff } from '../diff.js';
import { lastSeenOf } from '../evidence.js';
import type { UserEvidence } from '../evidence.js';
import { tracesOverAt } from '../forget.js';
import { isGoneLong, isLater } from '../last-seen.js';
import type { ShownPresence } from '../shown.js';
import { statusOf } from '../table.js';
import type { Timestamp } from '../time.js';
import { aheadBy, asOf, unknown, userPresenceOf } from '../user.js';
import type { UserBecause, UserPresence } from '../user.js';
import type { Roster } from './roster.js';
import { writeSession } from './session-evidence.js';
import { absent, fieldBits } from './session-field.js';
import * as field from './session-field.js';
import * as state from './session-state.js';
import { inPage, pageBits } from './sizes.js';
import { userFields } from './user-field.js';
import * as userField from './user-field.js';
import * as userState from './user-state.js';
import { bestIn } from './users.js';
import type { Rest } from './users.js';
import { judge, reasonOf } from './verdict.js';

const never = Number.POSITIVE_INFINITY;

/** Tells what others see differently of a user whose sessions were judged. */
export function tell(roster: Roster, user: number, cause: 'signal' | 'time', out: Change[]): void {
  tellOf(roster, user, -1, roster.users.idOf(user), '', cause, out);
}

/**
 * {@link tell}, with the session that was judged last, or -1. Its id and its user's come with it: who asks for them early,
 * together with what else is far away in memory, waits once and not each time.
 */
export function tellOf(
  roster: Roster, user: number, slot: number, userId: string, sessionId: string, cause: 'signal' | 'time', out: Change[],
): void {
  const { users, table } = roster;
  const page = users.records.pages[user >>> pageBits] as Int32Array;
  const here = (user & inPage) * userFields;
  const bits = page[here + userField.state] as number;
  if ((bits & userState.hasRest) !== 0) {
    tellWhole(roster, user, cause, out);
    return;
  }
  const counts = page[here + userField.counts] as number;
  const derived = (bits & userState.hasMany) === 0 ? bestIn(counts, table.bottom) : users.bestOf(user);
  const rank = roster.outward[derived] as number;
  if (derived === table.bottom) {
    tellOfNobody(roster, user, slot, rank, userId, cause, out);
    return;
  }
  if (page[here + userField.place] !== -1) roster.setEnding(user, never);
  const before = bits & userState.told;
  if (rank === before) return;

  const { sessions } = roster;
  const isAlone = slot !== -1 && ((counts >>> (derived * 4)) & 0xf) === 1 && decidesAlone(roster, slot, derived);
  const winner = isAlone ? slot : lookThrough(roster, user, slot, derived);
  const at = roster.time;
  const seenAt = isAlone ? at : roster.found[0] as number;
  const reason = reasonOf(roster, winner, roster.asking(user));
  const because: UserBecause = { by: 'session', sessionId: winner === slot ? sessionId : sessions.idOf(winner), reason };
  const status = statusOf(rank, table);
  // somebody who is there was seen
  const shown: ShownPresence = { userId, at, status, lastSeenAt: seenAt };
  out.push({ type: 'user', userId, at, from: statusOf(before, table), to: status, cause, because, shown });
  page[here + userField.state] = (bits & ~userState.told) | rank;
  roster.counts.move(before, rank);
}

/** Does a session decide that is the only one at the user's best rank, and seen at this very instant, so that none was seen later? */
function decidesAlone(roster: Roster, slot: number, derived: number): boolean {
  const { sessions, clock } = roster;
  const page = sessions.records.pages[slot >>> pageBits] as Int32Array;
  const here = (slot & inPage) << fieldBits;
  const bits = page[here + field.state] as number;
  if ((bits & state.isCounted) === 0 || (bits & state.rank) !== derived || (bits & (state.isSpilled | state.cause)) !== 0) return false;
  return sessions.beginningOf(slot) + (page[here + field.seenAt] as number) === clock[0] && roster.isSeenByNow;
}

/**
 * The session that decides of a user whose best rank is `derived`; -1: none counts. Where a session of theirs is known, that
 * is `judged`, they are looked through from there on. When the user was last seen is left in `roster.found`, as a number in a
 * flat array needs no box.
 */
function lookThrough(roster: Roster, user: number, judged: number, derived: number): number {
  const { users, sessions, found } = roster;
  const { pages } = sessions.records;
  let winner = -1;
  let [winnerActiveAt, winnerSeenAt] = [unknown, unknown];
  let seenAt = users.seenAtOf(user) ?? unknown;
  const began = judged === -1 || users.hasMany(user) ? users.firstOf(user) : judged;
  for (let slot = began, passed = 1; slot !== -1; slot = users.nextOf(user, slot, passed++, began)) {
    const page = pages[slot >>> pageBits] as Int32Array;
    const here = (slot & inPage) << fieldBits;
    const bits = page[here + field.state] as number;
    if ((bits & state.uncounted) !== 0) continue;
    const isAlive = (bits & (state.isSpilled | state.cause)) === 0;
    const from = sessions.beginningOf(slot);
    const lastAt = isAlive ? from + (page[here + field.seenAt] as number) : sessions.lastSeenOf(slot) ?? unknown;
    if (lastAt > seenAt) seenAt = lastAt;
    if ((bits & state.rank) !== derived) continue;
    const known = page[here + field.activeAt] as number;
    const activeAt = (bits & state.isSpilled) !== 0 ? sessions.activeAtOf(slot) ?? unknown : known === absent ? unknown : from + known;
    const ahead = winner === -1 ? 1 : aheadBy(activeAt, lastAt, winnerActiveAt, winnerSeenAt);
    if (ahead < 0 || (ahead === 0 && sessions.idOf(winner) < sessions.idOf(slot))) continue;
    winner = slot;
    winnerActiveAt = activeAt;
    winnerSeenAt = lastAt;
  }
  found[0] = seenAt;
  return winner;
}

function tellOfNobody(
  roster: Roster, user: number, slot: number, rank: number, userId: string, cause: 'signal' | 'time', out: Change[],
): void {
  const { users, sessions, table } = roster;
  const before = users.toldOf(user);
  const asked = roster.asking(user);
  const at = roster.time;
  const winner = lookThrough(roster, user, slot, table.bottom);
  const seenAt = roster.found[0] as number;
  const isUnknown = seenAt === unknown || isGoneLong(table.bottom, seenAt, table, asked);
  endAt(roster, user, isUnknown ? undefined : seenAt);
  if (rank === before) return;
  const because: UserBecause = winner === -1 ? { by: 'nobody' } : { by: 'session', sessionId: sessions.idOf(winner), reason: reasonOf(roster, winner, asked) };
  const status = statusOf(rank, table);
  const shown: ShownPresence = isUnknown ? { userId, at, status } : { userId, at, status, lastSeenAt: seenAt };
  out.push({ type: 'user', userId, at, from: statusOf(before, table), to: status, cause, because, shown });
  roster.setShown(user, rank);
}

/** Nobody is there: their last seen ends one day, and where it has ended, nothing is kept of it. */
function endAt(roster: Roster, user: number, seenAt: Timestamp | undefined): void {
  const at = seenAt === undefined ? never : seenAt + roster.table.keepLastSeenMs;
  roster.setEnding(user, Number.isSafeInteger(at) ? at : never);
  if (seenAt === undefined) roster.users.setLast(user, undefined, undefined);
}

/** The whole answer is made and held against what was told: for those who claim something, or did. */
function tellWhole(roster: Roster, user: number, cause: 'signal' | 'time', out: Change[]): void {
  const { users, table } = roster;
  const presence = asOf(roster.time, userPresenceOf(roster.read(user), table, roster.asking(user), roster.gaps));
  out.push(...shownDiff(told(roster, user), presence, cause));
  roster.setShown(user, table.ranks.get(presence.shown.status) as number);
  if (presence.derived === table.statuses[table.bottom] && presence.lastSeenAt === undefined) users.setLast(user, undefined, undefined);
  roster.setEnding(user, endingOf(presence, roster));
  const rest = users.restOf(user) as Rest;
  rest.told = presence.shown.details === undefined ? undefined : presence.shown;
  if (rest.claims.length === 0 && rest.clearedAt === undefined && rest.told === undefined) users.setRest(user, undefined);
}

/** What others were told last. */
export function told({ users, table, time }: Roster, user: number): ShownPresence {
  return users.restOf(user)?.told ?? { userId: users.idOf(user), at: time, status: statusOf(users.toldOf(user), table) };
}

/** When a claim or the last seen ends. */
function endingOf({ claims, derived, lastSeenAt }: UserPresence, { table }: Roster): number {
  let ending = never;
  for (const { claim } of claims) if (claim.expiresAt !== undefined && claim.expiresAt < ending) ending = claim.expiresAt;
  if (derived === table.statuses[table.bottom] && lastSeenAt !== undefined) ending = Math.min(ending, lastSeenAt + table.keepLastSeenMs);
  return Number.isSafeInteger(ending) ? ending : never;
}

/** Replaces what is known of a user and tells what others see of that. */
export function replace(roster: Roster, user: number, evidence: UserEvidence | undefined, cause: 'signal' | 'time', out: Change[]): void {
  const { users } = roster;
  const known = evidence ?? { userId: users.idOf(user), sessions: [], claims: [] };
  keepSessions(roster, user, known);
  setRest(roster, user, known);
  roster.noteSeen(known.seenAt);
  const asked = roster.asking(user);
  for (const session of known.sessions) {
    const found = users.find(user, session.sessionId);
    const slot = found === -1 ? roster.makeSession(user, session.sessionId) : found;
    roster.noteSeen(lastSeenOf(session));
    users.discount(user, slot);
    writeSession(roster.sessions, slot, session, roster.time);
    judge(roster, slot, asked, out);
  }
  tell(roster, user, cause, out);
  if (evidence === undefined) roster.drop(user);
}

/** Keeps what is left of a user, of which nobody is told. */
export function keep(roster: Roster, user: number, evidence: UserEvidence | undefined): void {
  if (evidence === undefined) {
    roster.drop(user);
    return;
  }
  keepSessions(roster, user, evidence);
  setRest(roster, user, evidence);
}

/** Sessions that are no longer known are gone. */
function keepSessions(roster: Roster, user: number, { sessions }: UserEvidence): void {
  const known = new Set(sessions.map(({ sessionId }) => sessionId));
  for (const slot of roster.users.slotsOf(user)) if (!known.has(roster.sessions.idOf(slot))) roster.dropSession(user, slot);
}

/** Replaces what is known besides sessions. */
export function setRest(roster: Roster, user: number, evidence: UserEvidence): void {
  const { users, table } = roster;
  const { claims, clearedAt, seenAt, activeAt } = evidence;
  users.setLast(user, seenAt, activeAt);
  const before = users.restOf(user);
  if (before === undefined && claims.length === 0 && clearedAt === undefined) return;
  users.setRest(user, { claims, clearedAt, told: before?.told, place: before?.place ?? -1 });
  roster.setTrace(user, tracesOverAt(evidence, table));
}

/**
 * A session that is over is known no longer; of one that counted the last seen stays known. Nobody is told. Answers false,
 * and does nothing, where what stays known depends on more than that session. Cost: constant.
 */
export function collectSession(roster: Roster, slot: number): boolean {
  const { sessions, users, table } = roster;
  const user = sessions.userOf(slot);
  const isLastKnown = users.bestOf(user) !== table.bottom || users.records.get(user, userField.place) !== -1; // else it ended
  if (!isLastKnown || users.restOf(user) !== undefined) return false;
  if (!sessions.has(slot, state.uncounted)) {
    users.setLast(user, later(users.seenAtOf(user), sessions.lastSeenOf(slot)), later(users.activeAtOf(user), sessions.activeAtOf(slot)));
  }
  roster.dropSession(user, slot);
  return true;
}

function later(a: Timestamp | undefined, b: Timestamp | undefined): Timestamp | undefined {
  return isLater(b, a) ? b : a;
}
