// How much a tracker takes in, and who makes room. A refused signal is answered, and leaves the tracker as it was.

import { isHeld } from '../claims.js';
import { complaint } from '../complaint.js';
import type { RejectionReason } from '../diff.js';
import type { UserEvidence } from '../evidence.js';
import { byCodeUnits } from '../plain.js';
import type { Claimed, Cleared, Unclaimed, Unstamped } from '../signal.js';
import type { Timestamp } from '../time.js';
import type { Roster } from './roster.js';

/** What is said of claims. */
export type OfClaims = Claimed | Unclaimed | Cleared;

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

/** Why what is said of claims and makes `after` of `before` is one too many, if it is. Where it may be taken in, somebody made room. */
export function refusalOf(
  { type, userId }: Unstamped<OfClaims>, before: UserEvidence | undefined, after: UserEvidence | undefined, roster: Roster, limits: Limits,
): RejectionReason | undefined {
  const user = roster.find(userId);
  const isClaim = type === 'claimed';
  if (isClaim) {
    const now = roster.asking(user);
    const held = heldOf(after, now);
    if (held > limits.maxClaimsPerUser && held > heldOf(before, now)) return 'too-many-claims';
  }
  if (user !== -1) return undefined;
  return makeRoom(roster, limits, isClaim) || !isClaim ? undefined : 'too-many-users';
}

/**
 * Makes room for one more record, if it can: those of whom only a last seen or a trace is left go, the longest unseen first.
 * Where they are too few, nobody goes for a record that `mustFit`. Cost: linear in users, where there is no room.
 */
export function makeRoom(roster: Roster, { maxUsers }: Limits, mustFit: boolean): boolean {
  const { users } = roster;
  const excess = users.size - maxUsers + 1;
  if (excess <= 0) return true;
  const ghosts = roster.everybody().filter((user) => users.sessionsOf(user) === 0 && heldOf(roster.read(user), roster.asking(user)) === 0);
  if (ghosts.length < excess && mustFit) return false;
  const unseen = (user: number): number => users.seenAtOf(user) ?? Number.NEGATIVE_INFINITY;
  ghosts.sort((a, b) => unseen(a) - unseen(b) || byCodeUnits(users.idOf(a), users.idOf(b)));
  for (const ghost of ghosts.slice(0, excess)) roster.drop(ghost);
  return ghosts.length >= excess;
}

function heldOf(evidence: UserEvidence | undefined, now: Timestamp): number {
  let held = 0;
  for (const claim of evidence?.claims ?? []) if (isHeld(claim, evidence?.clearedAt, now)) held++;
  return held;
}
