// What others may be shown, and nothing else of it.
// Rule: while a claim that hides is held, nothing that sessions do shows: no last seen, and of the details only those of
// claims that hold whether or not anybody is there.

import { hides, sticks } from './claims.js';
import type { HeldClaim } from './claims.js';
import type { Draft } from './plain.js';
import type { Json, Names } from './signal.js';
import type { Table } from './table.js';
import type { Timestamp } from './time.js';

/** All that others may be sent. For one audience: who may see it is the host's to decide. */
export interface ShownPresence<N extends Names = Names> {
  /** The user. */
  readonly userId: string;
  /** The instant at which this was so, in ms. */
  readonly at: Timestamp;
  /** The status, in its outward word. */
  readonly status: N['status'];
  /** When the user was last seen, in ms. Absent: unknown, too long ago, or hidden. */
  readonly lastSeenAt?: Timestamp;
  /** The details of claims in force that are not private, by claim id. Absent: none. */
  readonly details?: {
    /** What the claim of this id carries. */
    readonly [claimId: string]: Json;
  };
}

/** What a presence is cut down to. */
export interface Showable {
  readonly userId: string;
  readonly at: Timestamp;
  readonly status: string;
  readonly lastSeenAt?: Timestamp;
  readonly claims: readonly HeldClaim[];
}

/** Cuts out what others may see. */
export function shownOf({ userId, at, status, lastSeenAt, claims }: Showable, table: Table): ShownPresence {
  const isHidden = claims.some(({ claim }) => hides(claim, table));
  const details: [string, Json][] = [];
  for (const { claim, inForce } of claims) {
    if (!inForce || claim.private === true || claim.detail === undefined) continue;
    if (!isHidden || sticks(claim, table)) details.push([claim.id, claim.detail]);
  }
  const shown: Draft<ShownPresence> = { userId, at, status };
  if (lastSeenAt !== undefined && !isHidden) shown.lastSeenAt = lastSeenAt;
  if (details.length > 0) shown.details = Object.fromEntries(details);
  return shown;
}
