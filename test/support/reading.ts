// How laws read answers: without what moves with every ms, as ranks, at instants.

import { defaultPolicy, deriveUser, observe } from 'presence-model';
import type { Gap, Policy, SessionPresence, UserEvidence, UserPresence } from 'presence-model';
import type { Fact } from './arbitraries.js';

export const nobody: UserEvidence = { userId: 'ada', sessions: [], claims: [] };

/** The evidence of facts, in the order given. */
export function evidenceOf(facts: readonly Fact[]): UserEvidence {
  return facts.reduce(observe, nobody);
}

/** An answer without the instant it was asked at, so that two instants compare. */
export function timeless(presence: UserPresence): unknown {
  const { at: _, sessions, shown, ...rest } = presence;
  return { ...rest, sessions: sessions.map(timelessSession), shown: { ...shown, at: 0 } };
}

export function timelessSession(presence: SessionPresence): unknown {
  return { ...presence, at: 0 };
}

/** 0 is the best. */
export function rankOf(status: string, policy: Policy = defaultPolicy): number {
  const rank = policy.statuses.indexOf(status);
  if (rank === -1) throw new Error(`${status} is no status of the policy.`);
  return rank;
}

export function bottomOf(policy: Policy): string {
  return policy.statuses[policy.statuses.length - 1] ?? '';
}

/** The rank of the derived status. */
export function derivedRank(evidence: UserEvidence, policy: Policy, now: number, gaps?: readonly Gap[]): number {
  return rankOf(deriveUser(evidence, policy, now, gaps).derived, policy);
}

/** Freezes in depth and returns its argument. */
export function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach(frozen);
    Object.freeze(value);
  }
  return value;
}
