// What a user declares, and what it does to what was derived.
// Rule 1: of the `show` in force the first decides; then every `atLeast` raises; then every `atMost` caps. Caps compose, so
//         no claim ever uncovers someone who hides.
// Rule 2: a claim is in force only while the user is there, unless it says otherwise: no claim brings back someone who is gone.

import type { ClaimEvidence, UserEvidence } from './evidence.js';
import { byCodeUnits } from './plain.js';
import type { Claim, Names } from './signal.js';
import type { Table } from './table.js';
import { isDue } from './time.js';
import type { Timestamp } from './time.js';

/** A claim that is neither taken back nor expired. */
export interface HeldClaim<N extends Names = Names> {
  /** What was claimed. */
  readonly claim: Claim<N>;
  /** When, in ms. */
  readonly at: Timestamp;
  /** Does it do anything at the moment? A settings page wants to know, a badge does not. */
  readonly inForce: boolean;
}

/** What claims made of a rank, and by which of them. */
export interface Decision {
  readonly rank: number;
  readonly by?: { readonly claimId: string; readonly effect: 'show' | 'atMost' | 'atLeast' };
}

/** Is the claim neither taken back, nor cleared, nor expired? */
export function isHeld({ at, claim }: ClaimEvidence, clearedAt: Timestamp | undefined, now: Timestamp): boolean {
  if (claim === undefined || (clearedAt !== undefined && at <= clearedAt)) return false;
  return claim.expiresAt === undefined || !isDue(claim.expiresAt, now);
}

/** The claims held, in the order in which they decide. `isThere` tells whether a session is above the bottom. */
export function heldClaims(
  evidence: UserEvidence, derived: number, table: Table, now: Timestamp, isThere: (sessionId: string) => boolean,
): readonly HeldClaim[] {
  const held: HeldClaim[] = [];
  for (const said of evidence.claims) {
    const { at, claim } = said;
    if (claim !== undefined && isHeld(said, evidence.clearedAt, now)) held.push({ claim, at, inForce: isInForce(claim, derived, table, isThere) });
  }
  return held.sort(inDecidingOrder);
}

/** Higher priority, later, smaller id. */
function inDecidingOrder(a: HeldClaim, b: HeldClaim): number {
  return (b.claim.priority ?? 0) - (a.claim.priority ?? 0) || b.at - a.at || byCodeUnits(a.claim.id, b.claim.id);
}

function isInForce(claim: Claim, derived: number, table: Table, isThere: (sessionId: string) => boolean): boolean {
  if (hides(claim, table)) return true; // whatever else it says: what hides must not fail open
  for (const status of [claim.show, claim.atMost, claim.atLeast]) if (status !== undefined && !table.ranks.has(status)) return false;
  const worst = worstWhile(claim, table);
  if (worst === undefined || derived > worst) return false;
  return claim.sessionId === undefined || isThere(claim.sessionId);
}

/** The worst derived rank at which the claim holds; absent where it names a status that the policy does not know. */
function worstWhile(claim: Claim, table: Table): number | undefined {
  if (hides(claim, table)) return table.bottom;
  return claim.whileAtLeast === undefined ? table.bottom - 1 : table.ranks.get(claim.whileAtLeast);
}

/** A claim hides when it caps at the bottom and is bound to no session. That is *invisible*. */
export function hides(claim: Claim, table: Table): boolean {
  return claim.atMost === table.statuses[table.bottom] && claim.sessionId === undefined;
}

/** Does the claim hold at the bottom too, whatever becomes of any session? */
export function sticks(claim: Claim, table: Table): boolean {
  return worstWhile(claim, table) === table.bottom && claim.sessionId === undefined;
}

/** What the claims in force make of the derived rank, and which of them is to be named. `held` is in deciding order. */
export function decide(derived: number, held: readonly HeldClaim[], table: Table): Decision {
  if (held.length === 0) return { rank: derived };
  const inForce = held.filter((claim) => claim.inForce).map(({ claim }) => claim);
  const rank = (status: string | undefined): number | undefined => (status === undefined ? undefined : table.ranks.get(status));

  const showing = inForce.find((claim) => claim.show !== undefined);
  const base = rank(showing?.show) ?? derived;
  let raised = base;
  for (const claim of inForce) raised = Math.min(raised, rank(claim.atLeast) ?? raised);
  let capped = raised;
  for (const claim of inForce) capped = Math.max(capped, rank(claim.atMost) ?? capped);

  if (capped > raised) return named(capped, inForce.find((claim) => rank(claim.atMost) === capped), 'atMost');
  if (raised < base) return named(raised, inForce.find((claim) => rank(claim.atLeast) === raised), 'atLeast');
  return named(base, showing, 'show');
}

function named(rank: number, claim: Claim | undefined, effect: 'show' | 'atMost' | 'atLeast'): Decision {
  return claim === undefined ? { rank } : { rank, by: { claimId: claim.id, effect } };
}
