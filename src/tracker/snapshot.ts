// A tracker as plain data. Rule: what was told is part of it, so that after a restore changes chain on.

import { evidenceIssues } from '../check.js';
import { complaint } from '../complaint.js';
import type { Change } from '../diff.js';
import type { UserEvidence } from '../evidence.js';
import { isRecord } from '../plain.js';
import type { ShownPresence } from '../shown.js';
import { assertInstant } from '../time.js';
import type { Gap, Timestamp } from '../time.js';
import { statusOf } from '../table.js';
import type { Roster } from './roster.js';
import { writeSession } from './session-evidence.js';
import * as state from './session-state.js';
import { known } from './taking.js';
import { keepTurns, turnsOf } from './turns.js';
import { replace, setRest, told } from './telling.js';

/** A tracker as plain data, versioned. Store it, and give it to `createTracker`; look inside at your own risk. */
export interface TrackerSnapshot {
  /** The version of the format. */
  readonly version: number;
  /** The tracker's `now`, in ms. Absent: it was never called. */
  readonly at?: Timestamp;
}

interface SavedUser {
  readonly evidence: UserEvidence;
  readonly told: ShownPresence;
  /** The thresholds of `at` were told of this user. */
  readonly isTold: boolean;
  /**
   * Session by session, in the order of the evidence, what operators were told, and when its turn is among all that are due
   * at one instant.
   */
  readonly sessions: readonly (readonly [status: string, departed: boolean, turn?: number])[];
}

interface Saved extends TrackerSnapshot {
  readonly isReached: boolean;
  readonly gaps: readonly Gap[];
  readonly users: readonly SavedUser[];
}

const version = 1;

/** Saves everything a tracker knows, in the order in which it came to know it. Cost: linear. */
export function save(roster: Roster): TrackerSnapshot {
  const { now, isReached, gaps, sessions, table } = roster;
  const turns = turnsOf(roster);
  const users = roster.everybody().map((user): SavedUser => {
    const evidence = roster.read(user);
    const slots = evidence.sessions.map(({ sessionId }) => roster.users.find(user, sessionId));
    return {
      evidence,
      told: told(roster, user),
      isTold: roster.isTold(user),
      sessions: slots.map((slot): readonly [string, boolean, number?] => {
        const turn = turns.get(slot);
        const was = [statusOf(sessions.rankOf(slot), table), sessions.has(slot, state.toldDeparted)] as const;
        return turn === undefined ? was : [...was, turn];
      }),
    };
  });
  const saved: Saved = { version, ...(now === undefined ? {} : { at: now }), isReached, gaps: [...gaps], users };
  return saved;
}

/** Fills an empty tracker. What reads differently since (another policy) is told by `out`. */
export function restore(snapshot: TrackerSnapshot, resumedAt: Timestamp | undefined, roster: Roster, out: Change[]): void {
  const saved = checked(snapshot);
  const { at, users } = saved;
  if (resumedAt !== undefined) {
    assertInstant('resumedAt', resumedAt);
    if (at !== undefined && resumedAt < at) throw new TypeError(complaint('resumedAt', `${String(at)} or later, as the snapshot is`, resumedAt));
  }
  const sleep = at === undefined || resumedAt === undefined ? [] : [{ from: at, until: resumedAt }];
  roster.addGaps([...saved.gaps, ...sleep]);
  if (at === undefined) return;
  roster.moveTo(at);
  roster.isReached = saved.isReached;
  const turns = new Map<number, number>();
  for (const user of users) resume(roster, user, turns, out);
  keepTurns(roster, turns);
}

/** Takes up somebody with what was told of them, and tells what reads differently since. */
function resume(roster: Roster, { evidence, told: before, isTold, sessions }: SavedUser, turns: Map<number, number>, out: Change[]): void {
  const { ranks, bottom } = roster.table;
  const user = roster.make(evidence.userId);
  const shown = ranks.get(before.status);
  roster.setShown(user, shown ?? bottom);
  if (shown === undefined || before.details !== undefined) roster.users.setRest(user, { claims: [], clearedAt: undefined, told: before, place: -1 });
  if (isTold) roster.setTold(user);
  evidence.sessions.forEach((session, i) => {
    const slot = roster.makeSession(user, session.sessionId);
    const [status = '', departed = false, turn] = sessions[i] ?? [];
    const rank = ranks.get(status);
    writeSession(roster.sessions, slot, session, roster.time);
    roster.sessions.setRank(slot, rank ?? bottom);
    roster.sessions.setFlag(slot, state.toldDeparted, departed);
    if (turn !== undefined) turns.set(slot, turn);
    if (rank === undefined && sessions[i] !== undefined) roster.foreign.set(slot, status);
  });
  setRest(roster, user, evidence);
  replace(roster, user, known(roster, user), 'signal', out);
  roster.foreign.clear();
}

function checked(snapshot: TrackerSnapshot): Saved {
  const given: unknown = snapshot;
  if (!isRecord(given)) throw new TypeError(complaint('snapshot', 'an object', given));
  if (given['version'] !== version) throw new TypeError(complaint('snapshot.version', String(version), given['version']));
  if (given['at'] !== undefined) assertInstant('snapshot.at', given['at']);
  if (!Array.isArray(given['users'])) throw new TypeError(complaint('snapshot.users', 'a list', given['users']));
  given['users'].forEach((user: unknown, i) => { checkUser(user, `snapshot.users[${String(i)}]`); });
  if (given['at'] === undefined && given['users'].length > 0) throw new TypeError(complaint('snapshot.at', 'whole milliseconds, as somebody is known', undefined));
  if (!Array.isArray(given['gaps'])) throw new TypeError(complaint('snapshot.gaps', 'a list', given['gaps']));
  return given as unknown as Saved;
}

function checkUser(user: unknown, path: string): void {
  if (!isRecord(user)) throw new TypeError(complaint(path, 'an object', user));
  const first = evidenceIssues(user['evidence'], `${path}.evidence`)[0];
  if (first !== undefined) throw new TypeError(first.message);
  if (!isRecord(user['told']) || typeof user['told']['status'] !== 'string') throw new TypeError(complaint(`${path}.told`, 'what others were shown', user['told']));
  if (!Array.isArray(user['sessions'])) throw new TypeError(complaint(`${path}.sessions`, 'a list', user['sessions']));
}
