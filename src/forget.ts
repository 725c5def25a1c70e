// What is over, and what of it is kept.
// Rule 1: a session is over when it is at the bottom for good (it departed, or is silent to the bottom) and that is `keepSessionMs` ago.
// Rule 2: forgetting is told by nothing and changes no status: what is over is neutral. Only a last seen survives it.
// Rule 3: a taking back, an expiry and a clearing leave a trace for `keepSessionMs`, so that no older version of a claim returns.

import { assertNone, evidenceIssues } from './check.js';
import { tableOf } from './define.js';
import { quietOf, standingRows } from './clocks.js';
import { lastSeenOf } from './evidence.js';
import type { ClaimEvidence, Facts, SessionEvidence, UserEvidence } from './evidence.js';
import type { Rung } from './ladder.js';
import type { Draft } from './plain.js';
import type { Policy } from './policy.js';
import { rankOf, spokenFor } from './session.js';
import type { StandingRows, Table } from './table.js';
import { assertInstant, crossingOf, isDue, noGaps, unionOf } from './time.js';
import type { Gap, Timestamp } from './time.js';
import { isGoneLong, lastKnown } from './last-seen.js';
import type { LastKnown, LastOfSession } from './last-seen.js';

/**
 * Drops what is over: sessions gone for `keepSessionMs`, traces of claims as old, a last seen past `keepLastSeenMs`.
 *
 * @param evidence - What is known. Never changed.
 * @param policy - From `definePolicy`.
 * @param now - The instant as of which to forget, in whole ms.
 * @param gaps - When the observer was not listening. Default: none.
 * @returns What is left; the same reference when nothing is over, `undefined` when nothing is left. Cost: linear.
 * @throws TypeError when the evidence breaks its type or an instant is no whole number of milliseconds.
 * @example
 * ```ts
 * import { defaultPolicy, forget, observe } from 'presence-model';
 *
 * const seen = observe(undefined, { type: 'connected', userId: 'ada', sessionId: 'tab', epoch: 1, at: 0 });
 * const gone = observe(seen, { type: 'disconnected', userId: 'ada', sessionId: 'tab', epoch: 1, at: 0, cause: 'left' });
 * forget(gone, defaultPolicy, 899_999) === gone; // => true
 * forget(gone, defaultPolicy, 900_000); // => { userId: 'ada', sessions: [], claims: [], seenAt: 0 }
 * ```
 * @group Without a process
 */
export function forget(evidence: UserEvidence, policy: Policy, now: Timestamp, gaps?: readonly Gap[]): UserEvidence | undefined {
  assertNone(evidenceIssues(evidence, 'evidence'));
  assertInstant('now', now);
  return remember(evidence, tableOf(policy), now, unionOf(gaps));
}

/**
 * {@link forget} of what was checked before. The end of a last seen is a threshold: facts of its instant come before it,
 * so it is asked at an instant of its own.
 */
export function remember(
  evidence: UserEvidence, table: Table, now: Timestamp, gaps: readonly Gap[], fadeAt: Timestamp = now,
): UserEvidence | undefined {
  const { sessions, claims } = evidence;
  const keptSessions = keep(sessions, (session) => !isOver(session, table, now, gaps));
  const { clearedAt } = evidence;
  const clearing = clearedAt === undefined || isDue(clearedAt + table.keepSessionMs, now) ? undefined : clearedAt;
  const keptClaims = keep(claims, (claim) => {
    const over = claimOverAt(claim, clearedAt, table);
    return over === undefined || !isDue(over, now);
  });
  const last = lastSeenKept(evidence, keptSessions, table, fadeAt, gaps);
  const isSame = keptSessions === sessions && keptClaims === claims && clearing === clearedAt;
  if (isSame && last.seenAt === evidence.seenAt && last.activeAt === evidence.activeAt) return isEmpty(evidence) ? undefined : evidence;

  const kept: Draft<UserEvidence> = { userId: evidence.userId, sessions: keptSessions, claims: keptClaims };
  if (clearing !== undefined) kept.clearedAt = clearing;
  if (last.seenAt !== undefined) kept.seenAt = last.seenAt;
  if (last.activeAt !== undefined) kept.activeAt = last.activeAt;
  return isEmpty(kept) ? undefined : kept;
}

function keep<T>(items: readonly T[], isKept: (item: T) => boolean): readonly T[] {
  return items.every(isKept) ? items : items.filter(isKept);
}

function isEmpty({ sessions, claims, clearedAt, seenAt, activeAt }: UserEvidence): boolean {
  return sessions.length === 0 && claims.length === 0 && clearedAt === undefined && seenAt === undefined && activeAt === undefined;
}

/**
 * When a session is over if nothing is heard of it; absent while it is not at the bottom, or not for good. It is for good
 * when the session departed or is silent to the bottom; gaps do not stop the age of that.
 */
export function overAt(session: Facts, table: Table, now: Timestamp, gaps: readonly Gap[]): Timestamp | undefined {
  if (rankOf(session, table, now, gaps) !== table.bottom) return undefined;
  const { seenAt, departures } = session;
  const lifeEnds = seenAt === undefined ? Number.NEGATIVE_INFINITY : seenAt + quietOf(session, table);
  const endedAt = departures === undefined ? Number.NEGATIVE_INFINITY : Math.max(...Object.values(departures));
  const silentAt = endedAt !== Number.NEGATIVE_INFINITY ? endedAt : silentToTheBottomAt(session, lifeEnds, table, gaps);
  if (silentAt === undefined) return undefined;
  const crossedAt = spokenFor(session, table, now, gaps)?.crossedAt ?? Number.NEGATIVE_INFINITY;
  return overFrom(Math.max(lifeEnds, endedAt, crossedAt), silentAt, table);
}

function overFrom(goneAt: Timestamp, silentAt: Timestamp, { keepSessionMs }: Table): Timestamp {
  return Math.max(goneAt + keepSessionMs, silentAt);
}

/** {@link overAt} of a session at the bottom since `crossedAt`, where no transport's end is known, no promise of quiet given and no gap. */
export function lifeOverAt(rows: StandingRows, seenAt: Timestamp, crossedAt: Timestamp, table: Table): Timestamp | undefined {
  const bottom = bottomOf(rows, table);
  return bottom === undefined ? undefined : overFrom(Math.max(seenAt, crossedAt), crossingOf(seenAt, bottom.afterMs, noGaps), table);
}

function bottomOf({ silence }: StandingRows, table: Table): Rung | undefined {
  const worst = silence[silence.length - 1];
  return worst?.rank === table.bottom ? worst : undefined;
}

function isOver(session: SessionEvidence, table: Table, now: Timestamp, gaps: readonly Gap[]): boolean {
  const over = overAt(session, table, now, gaps);
  return over !== undefined && isDue(over, now);
}

function silentToTheBottomAt(session: Facts, lifeEnds: Timestamp, table: Table, gaps: readonly Gap[]): Timestamp | undefined {
  const bottom = bottomOf(standingRows(session, table), table);
  return session.seenAt === undefined || bottom === undefined ? undefined : crossingOf(lifeEnds, bottom.afterMs, gaps);
}

/** When a claim is remembered no longer; absent while it stands. It leaves a trace after it was taken back, cleared or expired. */
function claimOverAt({ at, claim }: ClaimEvidence, clearedAt: Timestamp | undefined, table: Table): Timestamp | undefined {
  const ends: Timestamp[] = [];
  if (claim === undefined) ends.push(at);
  else if (claim.expiresAt !== undefined) ends.push(Math.max(claim.expiresAt, at));
  if (clearedAt !== undefined && claim !== undefined && at <= clearedAt) ends.push(clearedAt);
  return ends.length === 0 ? undefined : Math.min(...ends) + table.keepSessionMs;
}

/** When something of this evidence is over if nothing is heard: the alarm of a host that collects. Absent: not as things stand. */
export function forgettingAt(evidence: UserEvidence, table: Table, now: Timestamp, gaps: readonly Gap[]): Timestamp | undefined {
  return earliest([...evidence.sessions.map((session) => overAt(session, table, now, gaps)), tracesOverAt(evidence, table)]);
}

/** When the next trace of these claims is over. Absent: not as things stand. */
export function tracesOverAt({ claims, clearedAt }: Pick<UserEvidence, 'claims' | 'clearedAt'>, table: Table): Timestamp | undefined {
  return earliest([
    ...claims.map((claim) => claimOverAt(claim, clearedAt, table)),
    clearedAt === undefined ? undefined : clearedAt + table.keepSessionMs,
  ]);
}

function earliest(instants: readonly (Timestamp | undefined)[]): Timestamp | undefined {
  return instants.reduce((a, b) => (a === undefined || (b !== undefined && b < a) ? b : a), undefined);
}

/** The last seen to keep: that of what was forgotten, now and before, until nobody is there and it is too old. */
function lastSeenKept(evidence: UserEvidence, kept: readonly SessionEvidence[], table: Table, now: Timestamp, gaps: readonly Gap[]): LastKnown {
  const { sessions, seenAt, activeAt } = evidence;
  if (kept === sessions && seenAt === undefined && activeAt === undefined) return {}; // nothing was forgotten
  const last = lastKnown(evidence, sessions.map(lastOf));
  const counting = sessions.filter(({ uncounted }) => uncounted !== true);
  const derived = counting.reduce((best, session) => Math.min(best, rankOf(session, table, now, gaps)), table.bottom);
  if (isGoneLong(derived, last.seenAt, table, now)) return {};
  if (last.seenAt === undefined) return {};
  const remembered = new Set(kept);
  return lastKnown(evidence, sessions.filter((session) => !remembered.has(session)).map(lastOf));
}

function lastOf(session: SessionEvidence): LastOfSession {
  return { uncounted: session.uncounted, lastSeenAt: lastSeenOf(session), lastActiveAt: session.activeAt };
}
