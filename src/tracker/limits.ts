// How much a tracker takes in, and who makes room. A refused signal is answered, and leaves the tracker as it was.

import { isHeld } from '../claims.js';
import { complaint } from '../complaint.js';
import type { RejectionReason } from '../diff.js';
import type { UserEvidence } from '../evidence.js';
import { byCodeUnits } from '../plain.js';
import { isOfSession } from '../receive.js';
import type { Signal } from '../signal.js';
import type { Timestamp } from '../time.js';
import type { Roster } from './roster.js';

/** The most of each. */
export interface Limits {
  readonly maxUsers: number;
  readonly maxSessionsPerUser: number;
  readonly maxClaimsPerUser: number;
}

/** A `Map` ends at 2^24 keys; nobody has a thousand tabs or a hundred statuses who means well. */
const defaults: Limits = { maxUsers: 2 ** 24 - 1, maxSessionsPerUser: 1_000, maxClaimsPerUser: 100 };

/** Checks what was given and fills in the rest. */
export function limitsOf(given: { readonly [K in keyof Limits]?: number | undefined }): Limits {
  const { maxUsers = defaults.maxUsers, maxSessionsPerUser = defaults.maxSessionsPerUser, maxClaimsPerUser = defaults.maxClaimsPerUser } = given;
  const limits: Limits = { maxUsers, maxSessionsPerUser, maxClaimsPerUser };
  for (const [name, value] of Object.entries(limits)) {
    if (!Number.isSafeInteger(value) || value < 1) throw new TypeError(complaint(name, 'a whole number, 1 or more', value));
  }
  return limits;
}

/** Why a signal that makes `after` of `before` is one too many, if it is. Where it may be taken in, somebody made room. */
export function refusalOf(
  signal: Signal, before: UserEvidence | undefined, after: UserEvidence | undefined, roster: Roster, limits: Limits,
): RejectionReason | undefined {
  const user = roster.users.get(signal.userId);
  if (isOfSession(signal)) {
    const sessions = before?.sessions.length ?? 0;
    if ((after?.sessions.length ?? 0) > sessions && sessions >= limits.maxSessionsPerUser) return 'too-many-sessions';
  } else if (signal.type === 'claimed') {
    const now = roster.asking(user);
    const held = heldOf(after, now);
    if (held > limits.maxClaimsPerUser && held > heldOf(before, now)) return 'too-many-claims';
  }
  if (user !== undefined) return undefined;
  const isRefusable = isOfSession(signal) || signal.type === 'claimed';
  return makeRoom(roster, limits, isRefusable) || !isRefusable ? undefined : 'too-many-users';
}

/**
 * Makes room for one more record, if it can: those of whom only a last seen or a trace is left go, the longest unseen first.
 * Where they are too few, nobody goes for a record that `mustFit`. Cost: linear in users, where there is no room.
 */
export function makeRoom(roster: Roster, { maxUsers }: Limits, mustFit: boolean): boolean {
  const excess = roster.users.size - maxUsers + 1;
  if (excess <= 0) return true;
  const ghosts = [...roster.users.values()].filter((user) => user.sessions.length === 0 && heldOf(user.read(), roster.asking(user)) === 0);
  if (ghosts.length < excess && mustFit) return false;
  const unseen = new Map(ghosts.map((user) => [user, user.read().seenAt ?? Number.NEGATIVE_INFINITY]));
  ghosts.sort((a, b) => (unseen.get(a) ?? 0) - (unseen.get(b) ?? 0) || byCodeUnits(a.userId, b.userId));
  for (const ghost of ghosts.slice(0, excess)) roster.drop(ghost);
  return ghosts.length >= excess;
}

function heldOf(evidence: UserEvidence | undefined, now: Timestamp): number {
  let held = 0;
  for (const claim of evidence?.claims ?? []) if (isHeld(claim, evidence?.clearedAt, now)) held++;
  return held;
}
