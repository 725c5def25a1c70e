// A tracker as plain data. Rule: what was told is part of it, so that after a restore changes chain on.

import { evidenceIssues } from '../check.js';
import { complaint } from '../complaint.js';
import type { Change } from '../diff.js';
import type { UserEvidence } from '../evidence.js';
import { isRecord } from '../plain.js';
import type { ShownPresence } from '../shown.js';
import { assertInstant } from '../time.js';
import type { Gap, Timestamp } from '../time.js';
import type { Roster } from './roster.js';

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
  /** What operators were told, session by session in the order of the evidence. */
  readonly sessions: readonly (readonly [status: string, departed: boolean])[];
}

interface Saved extends TrackerSnapshot {
  readonly isReached: boolean;
  readonly gaps: readonly Gap[];
  readonly users: readonly SavedUser[];
}

const version = 1;

/** Saves everything a tracker knows, in the order in which it came to know it. Cost: linear. */
export function save(roster: Roster): TrackerSnapshot {
  const { now, isReached, gaps } = roster;
  const users = [...roster.users.values()].map((user): SavedUser => ({
    evidence: user.read(),
    told: user.told,
    isTold: user.toldAt !== undefined && user.toldAt === now,
    sessions: user.sessions.map(({ toldStatus, toldDeparted }) => [toldStatus, toldDeparted]),
  }));
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
  roster.addGaps([...saved.gaps, ...sleep], out);
  if (at !== undefined) roster.moveTo(at);
  roster.isReached = saved.isReached;
  for (const { evidence, told, isTold, sessions } of users) roster.resume(evidence, told, isTold ? at : undefined, sessions, out);
}

function checked(snapshot: TrackerSnapshot): Saved {
  const given: unknown = snapshot;
  if (!isRecord(given)) throw new TypeError(complaint('snapshot', 'an object', given));
  if (given['version'] !== version) throw new TypeError(complaint('snapshot.version', String(version), given['version']));
  if (given['at'] !== undefined) assertInstant('snapshot.at', given['at']);
  if (!Array.isArray(given['users'])) throw new TypeError(complaint('snapshot.users', 'a list', given['users']));
  given['users'].forEach((user: unknown, i) => { checkUser(user, `snapshot.users[${String(i)}]`); });
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
