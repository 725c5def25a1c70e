// How laws read answers: without what moves with every ms, as ranks, in their outward words.

import { deriveUser, forget, observe } from '../index.js';
import type { Change, Gap, Policy, SessionPresence, UserEvidence, UserPresence } from '../index.js';
import { owns } from '../plain.js';
import { userId } from './facts.js';
import type { Fact } from './facts.js';
import { proven } from './proof.js';

/** What is known of somebody unknown. */
export const nobody: UserEvidence = { userId, sessions: [], claims: [] };

/** The evidence of facts, in the order given. */
export function evidenceOf(facts: readonly Fact[]): UserEvidence {
  return facts.reduce(observe, nobody);
}

/** What is left of evidence as of `now`. */
export function forgotten(evidence: UserEvidence, policy: Policy, now: number): UserEvidence {
  return forget(evidence, policy, now) ?? nobody;
}

/** An answer without the instant it was asked at, so that two instants compare. */
export function timeless(presence: UserPresence): UserPresence {
  const { sessions, shown, ...rest } = presence;
  return { ...rest, at: 0, sessions: sessions.map(timelessSession), shown: { ...shown, at: 0 } };
}

/** The same of a session. */
export function timelessSession(presence: SessionPresence): SessionPresence {
  return { ...presence, at: 0 };
}

/** The same answer without when it changes. */
export function endless<P extends { readonly nextChangeAt?: number }>({ nextChangeAt: _, ...rest }: P): Omit<P, 'nextChangeAt'> {
  return rest;
}

/** Places of the policy: 0 is the best. */
export function rankOf(status: string | undefined, policy: Policy): number {
  const rank = policy.statuses.findIndex((one) => one === status);
  proven(rank !== -1, `${String(status)} is a status of the policy`);
  return rank;
}

/** The rank of "nobody there". */
export function bottomRank(policy: Policy): number {
  return policy.statuses.length - 1;
}

/** The status at a rank; the bottom for what is worse. */
export function statusAt(rank: number, policy: Policy): string {
  return policy.statuses.slice(0, rank + 1).slice(-1).join('');
}

/** "Nobody there". */
export function bottomOf(policy: Policy): string {
  return statusAt(bottomRank(policy), policy);
}

/** The word that others see. */
export function outwardOf(status: string, policy: Policy): string {
  return (owns(policy.shownAs, status) ? policy.shownAs[status] : undefined) ?? status;
}

/** The rank of the derived status. */
export function derivedRank(evidence: UserEvidence, policy: Policy, now: number, gaps?: readonly Gap[]): number {
  return rankOf(deriveUser(evidence, policy, now, gaps).derived, policy);
}

/** The worst rank that a row says once its clock has run for so long. */
export function worstOf(row: Readonly<Record<string, number | undefined>>, ranMs: number, policy: Policy): number {
  return policy.statuses.reduce((worst, status, rank) => ((row[status] ?? Number.POSITIVE_INFINITY) <= ranMs ? rank : worst), 0);
}

/** Collecting shows in who is named for a bottom, and nowhere else. */
export function withoutBottomReasons(changes: readonly Change[], policy: Policy): unknown {
  const bottom = outwardOf(bottomOf(policy), policy);
  return changes.map((change) => (change.type === 'user' && change.to === bottom && change.because.by !== 'claim' ? { ...change, because: 'nobody there' } : change));
}

/** Freezes in depth and returns its argument. */
export function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach(frozen);
    Object.freeze(value);
  }
  return value;
}

/** There and back. */
export function json<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}
