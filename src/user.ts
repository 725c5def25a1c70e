// Rule 1: a user is as present as their strongest counting session; sessions may be listed in any order.
// Rule 2: claims adjust that, then each status passes through its outward word; `derived`, ladders and claims never do.
// Rule 3: others are shown `shown` and nothing else; while a claim that hides is held, it keeps no trace of the sessions.
//
// Theory of operation: derive every session, pick the winner, ask the claims, cut out what others may see.

import type { SessionBecause } from './because.js';
import { decide, heldClaims } from './claims.js';
import type { Decision, HeldClaim } from './claims.js';
import { assertNone, evidenceIssues } from './check.js';
import { tableOf } from './define.js';
import type { UserEvidence } from './evidence.js';
import { isGoneLong, lastKnown } from './last-seen.js';
import { sessionIdOf, sortById } from './plain.js';
import type { Draft } from './plain.js';
import type { Policy } from './policy.js';
import { presenceOf } from './session.js';
import type { SessionPresence } from './session.js';
import { shownOf } from './shown.js';
import type { ShownPresence } from './shown.js';
import type { Names } from './signal.js';
import { statusOf } from './table.js';
import type { Table } from './table.js';
import { assertInstant, unionOf } from './time.js';
import type { Gap, Timestamp } from './time.js';

/** No session counts and no claim decides. */
export interface BecauseNobody {
  /** Nobody. */
  readonly by: 'nobody';
}

/** The strongest counting session decides. */
export interface BecauseSession<N extends Names = Names> {
  /** A session. */
  readonly by: 'session';
  /** Which: of equals the later active, then the later seen, then the smaller id. */
  readonly sessionId: string;
  /** Why that session has its status. */
  readonly reason: SessionBecause<N>;
}

/** A claim decides. */
export interface BecauseClaim {
  /** A claim. */
  readonly by: 'claim';
  /** Which. */
  readonly claimId: string;
  /** How: it replaced, capped or raised. */
  readonly effect: 'show' | 'atMost' | 'atLeast';
}

/** Why a user has their status. */
export type UserBecause<N extends Names = Names> = BecauseNobody | BecauseSession<N> | BecauseClaim;

/** What a user is at an instant, and why. For the user and the operator; others get `shown`. */
export interface UserPresence<N extends Names = Names> {
  /** The user. */
  readonly userId: string;
  /** The instant asked about, in ms. */
  readonly at: Timestamp;
  /** The derived status after claims, in its outward word. */
  readonly status: N['status'];
  /** The best over counting sessions; the bottom if there are none. */
  readonly derived: N['status'];
  /** Which session or which claim decides. */
  readonly because: UserBecause<N>;
  /** Exactly when anything in this answer changes if nothing is heard, in ms. Absent: never. */
  readonly nextChangeAt?: Timestamp;
  /** When the user was last seen, in ms. Absent: unknown, or too long ago. */
  readonly lastSeenAt?: Timestamp;
  /** When the user was last active, in ms. Absent: unknown, or too long ago. */
  readonly lastActiveAt?: Timestamp;
  /** Every session known, by id. */
  readonly sessions: readonly SessionPresence<N>[];
  /** Every claim held, in the order in which they decide. */
  readonly claims: readonly HeldClaim<N>[];
  /** All that others may be sent. */
  readonly shown: ShownPresence<N>;
}

/**
 * The status of a user with its reason, every session, every claim, and when to ask again.
 *
 * @param evidence - What is known. Somebody unknown is `{ userId, sessions: [], claims: [] }`.
 * @param policy - From `definePolicy`.
 * @param now - The instant asked about, in whole ms.
 * @param gaps - When the observer was not listening. Default: none.
 * @returns Constant until its `nextChangeAt` and different there. Cost: linear in sessions, n log n in claims.
 * @throws TypeError when the evidence breaks its type or an instant is no whole number of milliseconds.
 * @example
 * ```ts
 * import { defaultPolicy, deriveUser } from 'presence-model';
 *
 * deriveUser({ userId: 'ada', sessions: [], claims: [] }, defaultPolicy, 0).status; // => 'offline'
 * ```
 * @group Without a process
 */
export function deriveUser<N extends Names>(evidence: UserEvidence, policy: Policy<N>, now: Timestamp, gaps?: readonly Gap[]): UserPresence<N> {
  assertNone(evidenceIssues(evidence, 'evidence'));
  assertInstant('now', now);
  return userPresenceOf(evidence, tableOf(policy), now, unionOf(gaps)) as UserPresence<N>;
}

/** {@link deriveUser} of what was checked before. */
export function userPresenceOf(evidence: UserEvidence, table: Table, now: Timestamp, gaps: readonly Gap[]): UserPresence {
  const { userId } = evidence;
  const sessions = sortById(evidence.sessions.map((session) => presenceOf(session, table, now, gaps)), sessionIdOf);
  const winner = strongest(sessions, table);
  const derived = winner === undefined ? table.bottom : rank(winner.status, table);
  const claims = evidence.claims.length === 0 ? [] : heldClaims(evidence, derived, table, now, thereAmong(sessions, table));
  const decision = decide(derived, claims, table);
  const last = lastKnown(evidence, sessions);
  const isLong = isGoneLong(derived, last.seenAt, table, now);
  const lastSeenAt = isLong ? undefined : last.seenAt;
  const lastActiveAt = isLong ? undefined : last.activeAt;

  const presence: Draft<UserPresence> = {
    userId,
    at: now,
    status: table.outward[decision.rank] ?? statusOf(decision.rank, table),
    derived: statusOf(derived, table),
    because: becauseOf(decision, winner),
    sessions,
    claims,
    shown: { userId, at: now, status: '' },
  };
  let nextChangeAt = derived === table.bottom && lastSeenAt !== undefined ? earlier(undefined, lastSeenAt + table.keepLastSeenMs) : undefined;
  for (const session of sessions) nextChangeAt = earlier(nextChangeAt, session.nextChangeAt);
  for (const { claim } of claims) nextChangeAt = earlier(nextChangeAt, claim.expiresAt);
  if (nextChangeAt !== undefined) presence.nextChangeAt = nextChangeAt;
  if (lastSeenAt !== undefined) presence.lastSeenAt = lastSeenAt;
  if (lastActiveAt !== undefined) presence.lastActiveAt = lastActiveAt;
  presence.shown = shownOf(presence, table);
  return presence;
}

/** The same answer told at `now`: what was judged as of just before it is so until its thresholds are told. */
export function asOf(now: Timestamp, presence: UserPresence): UserPresence {
  if (presence.at === now) return presence;
  const sessions = presence.sessions.map((session) => ({ ...session, at: now }));
  return { ...presence, at: now, sessions, shown: { ...presence.shown, at: now } };
}

/** The best of the counting sessions; of equals the later active, then the later seen, then the smaller id. */
function strongest(sessions: readonly SessionPresence[], table: Table): SessionPresence | undefined {
  let winner: SessionPresence | undefined;
  for (const session of sessions) {
    if (session.uncounted !== true && (winner === undefined || isStronger(session, winner, table))) winner = session;
  }
  return winner;
}

function isStronger(a: SessionPresence, b: SessionPresence, table: Table): boolean {
  return a.status === b.status ? decides(a, b) : rank(a.status, table) < rank(b.status, table);
}

/** Does `a` decide rather than `b`, where both are of one rank? The later active, then the later seen, then the smaller id. */
function decides(a: SessionPresence, b: SessionPresence): boolean {
  const ahead = aheadBy(a.lastActiveAt ?? unknown, a.lastSeenAt ?? unknown, b.lastActiveAt ?? unknown, b.lastSeenAt ?? unknown);
  return ahead === 0 ? a.sessionId < b.sessionId : ahead > 0;
}

/** In place of an instant that is not known: earlier than all. */
export const unknown: number = Number.NEGATIVE_INFINITY;

/** By how much one session is ahead of another of the same rank: by activity, or else by life; 0: the smaller id decides. */
export function aheadBy(activeAt: number, seenAt: number, otherActiveAt: number, otherSeenAt: number): number {
  return activeAt !== otherActiveAt ? activeAt - otherActiveAt : seenAt !== otherSeenAt ? seenAt - otherSeenAt : 0;
}

function rank(status: string, table: Table): number {
  return table.ranks.get(status) ?? table.bottom;
}

function becauseOf({ by }: Decision, winner: SessionPresence | undefined): UserBecause {
  if (by !== undefined) return { by: 'claim', ...by };
  return winner === undefined ? { by: 'nobody' } : { by: 'session', sessionId: winner.sessionId, reason: winner.because };
}

/** Tells whether a session is above the bottom. */
function thereAmong(sessions: readonly SessionPresence[], table: Table): (sessionId: string) => boolean {
  const there = new Set(sessions.filter(({ status }) => rank(status, table) < table.bottom).map(({ sessionId }) => sessionId));
  return (sessionId) => there.has(sessionId);
}

/** The earlier of two instants, of which either may be absent, and the second none. */
function earlier(earliest: Timestamp | undefined, at: Timestamp | undefined): Timestamp | undefined {
  return at !== undefined && Number.isSafeInteger(at) && (earliest === undefined || at < earliest) ? at : earliest;
}
