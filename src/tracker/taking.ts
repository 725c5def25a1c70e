// A signal is taken in, or refused; then nothing changed.
// Rule: a signal of a session concerns that session alone: no other is looked at, unless others see a difference.

import { join } from '../evidence.js';
import type { UserEvidence } from '../evidence.js';
import type { Change } from '../diff.js';
import { remember } from '../forget.js';
import { isRecord } from '../plain.js';
import { isOfSession, receive, rejected } from '../receive.js';
import type { Activity, Connected, Disconnected, Heartbeat, Signal, Unstamped } from '../signal.js';
import { isWholeOrAbsent } from '../check.js';
import { takesBeat } from './beat.js';
import { makeRoom, refusalOf } from './limits.js';
import type { Limits, OfClaims } from './limits.js';
import type { Roster } from './roster.js';
import { readSession, writeSession } from './session-evidence.js';
import { replace, tellOf } from './telling.js';
import { judge } from './verdict.js';

type OfSession = Connected | Heartbeat | Activity | Disconnected;

/** Takes a signal in as of the roster's now. Is it heard, not rejected? */
export function take(roster: Roster, limits: Limits, signal: Unstamped<Signal>, out: Change[]): boolean {
  return isOfSession(signal) ? takeOfSession(roster, limits, signal, out) : takeOfClaims(roster, limits, signal, out);
}

function takeOfSession(roster: Roster, limits: Limits, signal: Unstamped<OfSession>, out: Change[]): boolean {
  const { users, sessions, table, time } = roster;
  const { userId, sessionId } = signal;
  const user = roster.find(userId);
  const found = user === -1 ? -1 : users.find(user, sessionId);
  const before: UserEvidence | undefined = found === -1 ? undefined : { userId, sessions: [readSession(sessions, found)], claims: [] };
  const received = receive(before, signal, table, time);
  if (received.rejection !== undefined) {
    out.push(received.rejection);
    return false;
  }
  const session = received.evidence?.sessions[0];
  if (session === undefined || received.evidence === before) return true;
  // What is said in time is younger than a session that is over, so this one is not.
  const isTooMany = found === -1 && user !== -1 && users.sessionsOf(user) >= limits.maxSessionsPerUser;
  const reason = isTooMany ? 'too-many-sessions' : user !== -1 || makeRoom(roster, limits, true) ? undefined : 'too-many-users';
  if (reason !== undefined) {
    out.push(rejected(received.signal, reason, time));
    return false;
  }
  const owner = user === -1 ? roster.make(userId) : user;
  const slot = found === -1 ? roster.makeSession(owner, sessionId) : found;
  writeSession(sessions, slot, session, time);
  judge(roster, slot, roster.asking(owner), out);
  tellOf(roster, owner, slot, userId, sessionId, 'signal', out);
  return true;
}

/** Everything that is known of the user is looked at. Claims are never rejected for being late. */
function takeOfClaims(roster: Roster, limits: Limits, signal: Unstamped<OfClaims>, out: Change[]): boolean {
  const { table, time } = roster;
  const { userId } = signal;
  const user = roster.find(userId);
  const before = known(roster, user);
  const received = receive(before, signal, table, time);
  if (received.evidence === undefined || received.evidence === before) return true;
  // What is said may be over already: a taking back of long ago leaves not even a trace.
  const after = remember(received.evidence, table, time, roster.gaps, roster.asking(user));
  if (after === undefined && user === -1) return true;
  const reason = refusalOf(signal, before, after, roster, limits);
  if (reason !== undefined) {
    out.push(rejected(received.signal, reason, time));
    return false;
  }
  replace(roster, user === -1 ? roster.make(userId) : user, after, 'signal', out);
  return true;
}

/** Takes in what another server knows of a user. */
export function merge(roster: Roster, limits: Limits, evidence: UserEvidence, out: Change[]): void {
  const { userId } = evidence;
  const user = roster.find(userId);
  const before = known(roster, user) ?? { userId, sessions: [], claims: [] };
  const after = remember(join(before, evidence), roster.table, roster.time, roster.gaps, roster.asking(user));
  if (after === before || (after === undefined && user === -1)) return;
  if (user === -1) makeRoom(roster, limits, false);
  replace(roster, user === -1 ? roster.make(userId) : user, after, 'signal', out);
}

/** What is known of a user (-1: nothing), without what is over as of now. */
export function known(roster: Roster, user: number): UserEvidence | undefined {
  return user === -1 ? undefined : remember(roster.read(user), roster.table, roster.time, roster.gaps, roster.asking(user));
}

/** Is it a heartbeat, well formed, that says at most a report and when the human was last active? A quick look, which allocates nothing. */
export function isPlainBeat(signal: unknown): signal is Unstamped<Heartbeat> {
  if (!isRecord(signal) || signal['type'] !== 'heartbeat') return false;
  const { userId, sessionId, at, epoch, report, activeAt, quietForMs, uncounted } = signal;
  return typeof userId === 'string' && typeof sessionId === 'string' && isWholeOrAbsent(at) && isWholeOrAbsent(epoch)
    && (report === undefined || typeof report === 'string') && isWholeOrAbsent(activeAt) && quietForMs === undefined && uncounted === undefined;
}

/** Takes a plain heartbeat in on the short way, if it may. */
export function takesPlainBeat(roster: Roster, signal: Unstamped<Heartbeat>, out: Change[]): boolean {
  const { users, sessions, time, table } = roster;
  const { at, epoch, report, activeAt } = signal;
  const lead = roster.directory.leadOf(signal.userId);
  if (lead === -1) return false;
  const slot = users.findFrom(lead, signal.sessionId);
  if (slot === -1) return false;
  const lateMs = at === undefined || at > time ? 0 : time - at;
  if (lateMs >= table.keepSessionMs || (epoch !== undefined && epoch !== sessions.epochOf(slot))) return false;
  return takesBeat(roster, slot, signal, lateMs, report, activeAt, out);
}
