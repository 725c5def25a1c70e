// Time passes: what is due is told, each at its own instant, and what is over is collected.
// Rule: what is over is collected as soon as time reaches it, so that when time was advanced makes no difference.

import type { Change } from '../diff.js';
import { remember } from '../forget.js';
import { byCodeUnits } from '../plain.js';
import type { Timestamp } from '../time.js';
import type { Roster } from './roster.js';
import * as state from './session-state.js';
import { readAhead } from './read-ahead.js';
import { aheadAtOnce, farSessions, fewCollected, inPage, pageBits } from './sizes.js';
import { collectSession, keep, replace, tell, tellOf } from './telling.js';
import { userFields } from './user-field.js';
import * as userField from './user-field.js';
import { judge, judgeSteady } from './verdict.js';

/** Time reaches `now`: tells what is due strictly before it, and collects. An earlier `now` counts as the roster's. */
export function arrive(roster: Roster, now: Timestamp, out: Change[]): void {
  if (!roster.isLater(now)) return;
  while (roster.isDueBefore(now)) reach(roster, roster.firstAt, Number.POSITIVE_INFINITY, out);
  roster.moveTo(now);
  collect(roster, now);
}

/**
 * Time passes `now`: tells what is due up to and including it, at most `limit` crossings. Where there is a limit, it stops as well
 * once as many are collected, and no few.
 */
export function pass(roster: Roster, now: Timestamp, limit: number, out: Change[]): void {
  const end = roster.isLater(now) ? now : roster.time;
  const most = Math.max(limit, fewCollected);
  let crossings = 0;
  let collected = 0;
  while (roster.isDueBefore(end + 1)) {
    const at = roster.firstAt;
    if (crossings === limit) return;
    if (limit !== Number.POSITIVE_INFINITY) collected += collectBefore(roster, at, most - collected);
    if (collected >= most) return;
    crossings += reach(roster, at, limit - crossings, out);
  }
  if (limit !== Number.POSITIVE_INFINITY) collected += collectBefore(roster, end, most - collected);
  if (collected < most) settleAt(roster, end);
}

/** Time reaches one instant before `end` after another at which somebody is over, until so many are collected. How many that were. */
function collectBefore(roster: Roster, end: Timestamp, most: number): number {
  let collected = 0;
  for (let at = roster.overAt; at < end && collected < most; at = roster.overAt) collected += settleAt(roster, at);
  return collected;
}

/** Time reaches an instant by which all that was due is told. How many are collected? */
function settleAt(roster: Roster, at: Timestamp): number {
  roster.moveTo(at);
  roster.isReached = true;
  return collect(roster, at);
}

/** Time reaches `at`, the first instant at which somebody is due: tells of so many of them, and answers how many that were. */
function reach(roster: Roster, at: Timestamp, most: number, out: Change[]): number {
  const { sessions, deadlines, endings } = roster;
  const isFar = sessions.size >= farSessions;
  roster.moveTo(at);
  for (let crossings = 0; ; crossings++) {
    collect(roster, at); // takes nobody who is due
    if (crossings === most) return crossings;
    if (isFar && crossings % aheadAtOnce === 0) readAhead(roster);
    const slot = deadlines.dueNow;
    if (slot !== -1) cross(roster, slot, at, out);
    else if (endings.isDueBy(at)) end(roster, endings.first, at, out);
    else return crossings;
  }
}

/** A claim or the last seen of a user ends, and what else is due of them happens. */
function end(roster: Roster, user: number, at: Timestamp, out: Change[]): void {
  roster.setTold(user);
  replace(roster, user, remember(roster.read(user), roster.table, at, roster.gaps), 'time', out);
}

/** What is due of a session's user at this instant happens, together. The session is due. */
function cross(roster: Roster, slot: number, at: Timestamp, out: Change[]): void {
  const { users, sessions, deadlines, endings } = roster;
  // All of this is far away in memory: it is asked for at once, and waited for once.
  const sessionId = sessions.idOf(slot);
  const sibling = users.siblings.after(slot);
  const user = sessions.userOf(slot);
  const userId = users.idOf(user);
  const page = users.records.pages[user >>> pageBits] as Int32Array;
  const here = (user & inPage) * userFields;
  const place = page[here + userField.place] as number;
  if (place !== -1 && endings.at(place) === at) {
    end(roster, user, at, out);
    return;
  }
  roster.setTold(user);
  if (roster.tellsSessions || users.hasMany(user)) {
    for (const due of dueOf(roster, user)) crossSession(roster, user, due, at, out);
    tell(roster, user, 'time', out);
    return;
  }
  crossSession(roster, user, slot, at, out);
  for (let other = sibling; other !== slot; other = users.siblings.after(other)) {
    if (deadlines.isDueNow(other)) crossSession(roster, user, other, at, out);
  }
  tellOf(roster, user, slot, userId, sessionId, 'time', out);
}

/**
 * The sessions of a user that are due now, by id. Of those who have many it is sooner found among all that are due now,
 * unless these are even more.
 */
function dueOf({ users, sessions, deadlines }: Roster, user: number): readonly number[] {
  const all = users.hasMany(user) ? deadlines.allDueNow(users.sessionsOf(user)) : undefined;
  const due = all === undefined
    ? users.slotsOf(user).filter((slot) => deadlines.isDueNow(slot))
    : all.filter((slot) => sessions.userOf(slot) === user);
  return due.sort((a, b) => byCodeUnits(sessions.idOf(a), sessions.idOf(b)));
}

function crossSession(roster: Roster, user: number, slot: number, at: Timestamp, out: Change[]): void {
  if (roster.sessions.has(slot, state.isSteady)) judgeSteady(roster, user, slot, 0, false, out);
  else judge(roster, slot, at, out);
}

/** Drops what is over as of `at`, and tells nothing of it. How many times was something dropped? */
function collect(roster: Roster, at: Timestamp): number {
  const { leavings, traces } = roster;
  let collected = 0;
  for (; leavings.isDueBy(at); collected++) {
    if (!collectSession(roster, leavings.first)) forget(roster, roster.sessions.userOf(leavings.first), at);
  }
  for (; traces.isDueBy(at); collected++) forget(roster, traces.first, at);
  return collected;
}

function forget(roster: Roster, user: number, at: Timestamp): void {
  keep(roster, user, remember(roster.read(user), roster.table, at, roster.gaps, roster.asking(user)));
}
