// What is kept of what was said: instants, and nothing that can be derived. It knows no policy and holds no verdict.
// Rule 1: two records of one user merge by a join: commutative, associative, idempotent, without asking for the time.
// Rule 2: to observe is to merge with what that one signal says. Nothing new: the same reference comes back.
// Rule 3: life, interaction and reports belong to the session; only departures and `uncounted` belong to the connection (the epoch).
// Always: sessions and claims are sorted by id in code-unit order, no id twice.

import { assertNone, evidenceIssues, signalIssues } from './check.js';
import { complaint } from './complaint.js';
import { byCodeUnits, canonical, isRecord, sessionIdOf, sortById } from './plain.js';
import type { Draft } from './plain.js';
import { unreachable } from './signal.js';
import type { Activity, Claim, Connected, Heartbeat, Json, Numbered, Signal } from './signal.js';
import type { DurationMs, Timestamp } from './time.js';

/** What a client last said of itself. */
export interface ReportEvidence {
  /** The word, whether or not the policy of today knows it. */
  readonly word: string;
  /** When it was said last, in ms. */
  readonly at: Timestamp;
  /** When it was first said in a row, in ms. It explains and decides nothing. */
  readonly since: Timestamp;
}

/** What is known of one session. */
export interface SessionEvidence {
  /** The session. */
  readonly sessionId: string;
  /** The earliest proof of life, in ms. */
  readonly firstSeenAt?: Timestamp;
  /** The latest proof of life, in ms, whatever its epoch. Absent: never seen alive. */
  readonly seenAt?: Timestamp;
  /** The promise of quiet that came with the latest proof of life, in ms. */
  readonly quietForMs?: DurationMs;
  /** The latest interaction, in ms. */
  readonly activeAt?: Timestamp;
  /** The latest report: the last writer wins; on a tie the smaller word. */
  readonly report?: ReportEvidence;
  /** The latest interaction that carried no report, in ms. It sets aside an earlier report that allows less than `none`. */
  readonly setAsideAt?: Timestamp;
  /** The number of the current connection: the greatest heard of. What stands below belongs to it. */
  readonly epoch: number;
  /** When the current connection ended: by cause the earliest instant, so that a late duplicate restarts no grace. */
  readonly departures?: {
    /** The earliest end told with this cause, in ms. */
    readonly [cause: string]: Timestamp;
  };
  /** The current connection does not count towards the user. */
  readonly uncounted?: true;
}

/** Evidence of a session as far as you have it: ids and epoch may be left out. `{ seenAt: 0 }` will do. */
export type SessionFacts = Omit<SessionEvidence, 'sessionId' | 'epoch'> & {
  /** The session. */
  readonly sessionId?: string;
  /** The number of the current connection. */
  readonly epoch?: number;
};

/** The same as it is read: a field may be there and say nothing. */
export type Facts = {
  readonly [K in keyof SessionFacts]: SessionFacts[K] | undefined;
};

/** The last word on one claim. */
export interface ClaimEvidence {
  /** The claim's id. */
  readonly id: string;
  /** When it was said, in ms. */
  readonly at: Timestamp;
  /** What was claimed. Absent: taken back. */
  readonly claim?: Claim;
}

/** What is known of one user. JSON: store it, send it, merge it. */
export interface UserEvidence {
  /** The user. */
  readonly userId: string;
  /** Every session known, by id. */
  readonly sessions: readonly SessionEvidence[];
  /** Every claim known, taken back or not, by id. */
  readonly claims: readonly ClaimEvidence[];
  /** Claims made at or before this instant are taken back, in ms. */
  readonly clearedAt?: Timestamp;
  /** When sessions that are forgotten by now were last seen, in ms. Written by `forget` alone. */
  readonly seenAt?: Timestamp;
  /** When sessions that are forgotten by now were last active, in ms. Written by `forget` alone. */
  readonly activeAt?: Timestamp;
}

/**
 * Takes one signal in. Signals may come late, twice and in any order: the evidence is the same. Pure: it neither asks
 * what time it is nor refuses what is late; `advanceUser` and the tracker add that.
 *
 * @param evidence - What was known before; `undefined` for somebody unknown. Never changed.
 * @param signal - Stamped, and numbered where it is of a session.
 * @returns The evidence with it; the same reference when it says nothing new. Cost: linear in the user's sessions.
 * @throws TypeError when the signal breaks its type or is of another user.
 * @example
 * ```ts
 * import { observe } from 'presence-model';
 *
 * const seen = observe(undefined, { type: 'heartbeat', userId: 'ada', sessionId: 'tab', epoch: 1, at: 5 });
 * seen.sessions[0]?.seenAt; // => 5
 * observe(seen, { type: 'heartbeat', userId: 'ada', sessionId: 'tab', epoch: 1, at: 4 }).sessions[0]?.firstSeenAt; // => 4
 * ```
 * @group Without a process
 */
export function observe(evidence: UserEvidence | undefined, signal: Numbered<Signal>): UserEvidence {
  assertNone(signalIssues(signal, { numbered: true, stamped: true }));
  if (evidence !== undefined) checkRecord(evidence);
  const fact = factOf(signal);
  return evidence === undefined ? fact : join(evidence, fact);
}

/** A quick look: is it a record of a user at all? `mergeEvidence` and `parseEvidence` look closely. */
function checkRecord(evidence: unknown): void {
  const isIt = isRecord(evidence) && Array.isArray(evidence['sessions']) && Array.isArray(evidence['claims']);
  if (!isIt) throw new TypeError(complaint('evidence', 'the evidence of a user', evidence));
}

/** What one signal says, as evidence. `reportSince` is for a report that repeats the one before. */
export function factOf(signal: Numbered<Signal>, reportSince?: Timestamp): UserEvidence {
  const { userId } = signal;
  const at = signal.at + 0; // -0 is 0, as JSON has it
  switch (signal.type) {
    case 'connected':
    case 'heartbeat':
    case 'activity':
      return { userId, sessions: [lifeOf(signal, reportSince)], claims: [] };
    case 'disconnected': {
      const { sessionId, epoch, cause = 'dropped' } = signal;
      return { userId, sessions: [{ sessionId, epoch, departures: Object.fromEntries([[cause, at]]) }], claims: [] };
    }
    case 'claimed':
      return { userId, sessions: [], claims: [{ id: signal.claim.id, at, claim: signal.claim }] };
    case 'unclaimed':
      return { userId, sessions: [], claims: [{ id: signal.claimId, at }] };
    case 'cleared':
      return { userId, sessions: [], claims: [], clearedAt: at };
    default:
      return unreachable(signal);
  }
}

function lifeOf(signal: Numbered<Connected | Heartbeat | Activity>, reportSince: Timestamp | undefined): SessionEvidence {
  const { sessionId, epoch, report } = signal;
  const at = signal.at + 0;
  const session: Draft<SessionEvidence> = { sessionId, firstSeenAt: at, seenAt: at, epoch };
  if (signal.type === 'activity') {
    session.activeAt = at;
    if (report === undefined) session.setAsideAt = at;
  } else {
    if (signal.activeAt !== undefined) session.activeAt = Math.min(signal.activeAt, at) + 0;
    if (signal.quietForMs !== undefined && signal.quietForMs > 0) session.quietForMs = signal.quietForMs;
  }
  if (report !== undefined) session.report = { word: report, at, since: reportSince ?? at };
  if (signal.uncounted === true) session.uncounted = true;
  return session;
}

/**
 * Joins two records of one user, from two servers or two shards. Commutative, associative, idempotent.
 *
 * @param a - One record. Never changed.
 * @param b - The other. Never changed.
 * @returns What both know; `a` itself when `b` adds nothing. Cost: linear in both.
 * @throws TypeError when a record breaks its type or they are of different users.
 * @example
 * ```ts
 * import { mergeEvidence, observe } from 'presence-model';
 *
 * const here = observe(undefined, { type: 'connected', userId: 'ada', sessionId: 'tab', epoch: 1, at: 0 });
 * const there = observe(undefined, { type: 'disconnected', userId: 'ada', sessionId: 'tab', epoch: 1, at: 9 });
 * mergeEvidence(here, there).sessions[0]?.departures; // => { dropped: 9 }
 * mergeEvidence(here, here) === here; // => true
 * ```
 * @group Replicas
 */
export function mergeEvidence(a: UserEvidence, b: UserEvidence): UserEvidence {
  assertNone(evidenceIssues(a, 'a'));
  assertNone(evidenceIssues(b, 'b'));
  return join(a, b);
}

/** {@link mergeEvidence} of records that are known to be records. */
export function join(a: UserEvidence, b: UserEvidence): UserEvidence {
  if (a.userId !== b.userId) throw new TypeError(complaint('userId', `that of the evidence, ${JSON.stringify(a.userId)}`, b.userId));
  const sessions = joinSorted(a.sessions, b.sessions, sessionIdOf, joinSessions);
  const claims = joinSorted(a.claims, b.claims, claimIdOf, laterClaim);
  const clearedAt = latest(a.clearedAt, b.clearedAt);
  const seenAt = latest(a.seenAt, b.seenAt);
  const activeAt = latest(a.activeAt, b.activeAt);
  const isSame = sessions === a.sessions && claims === a.claims;
  if (isSame && clearedAt === a.clearedAt && seenAt === a.seenAt && activeAt === a.activeAt) return a;
  const joined: Draft<UserEvidence> = { userId: a.userId, sessions, claims };
  if (clearedAt !== undefined) joined.clearedAt = clearedAt;
  if (seenAt !== undefined) joined.seenAt = seenAt;
  if (activeAt !== undefined) joined.activeAt = activeAt;
  return joined;
}

function claimIdOf(claim: ClaimEvidence): string {
  return claim.id;
}

/** Joins two lists by id; the first itself where the second adds nothing. */
function joinSorted<T>(a: readonly T[], b: readonly T[], idOf: (item: T) => string, joinItems: (a: T, b: T) => T): readonly T[] {
  if (b.length === 0) return a;
  if (a.length === 0) return b.length === 1 ? b : sortById([...b], idOf);
  const places = b.length === 1 ? undefined : new Map(a.map((item, place) => [idOf(item), place]));
  const joined = [...a];
  let isSame = true;
  for (const item of b) {
    const id = idOf(item);
    const place = places === undefined ? a.findIndex((other) => idOf(other) === id) : places.get(id) ?? -1;
    const other = a[place];
    const both = other === undefined ? item : joinItems(other, item);
    if (both === other) continue;
    isSame = false;
    joined[other === undefined ? joined.length : place] = both;
  }
  return isSame ? a : sortById(joined, idOf);
}

function joinSessions(a: SessionEvidence, b: SessionEvidence): SessionEvidence {
  const seen = laterLife(a, b);
  const current = a.epoch >= b.epoch ? a : b;
  const joined: Draft<SessionEvidence> = { sessionId: a.sessionId, epoch: current.epoch };
  const firstSeenAt = earliest(a.firstSeenAt, b.firstSeenAt);
  const activeAt = latest(a.activeAt, b.activeAt);
  const report = laterReport(a.report, b.report);
  const setAsideAt = latest(a.setAsideAt, b.setAsideAt);
  const departures = a.epoch === b.epoch ? joinDepartures(a.departures, b.departures) : current.departures;
  if (firstSeenAt !== undefined) joined.firstSeenAt = firstSeenAt;
  if (seen.seenAt !== undefined) joined.seenAt = seen.seenAt;
  if (seen.quietForMs !== undefined && seen.quietForMs > 0) joined.quietForMs = seen.quietForMs;
  if (activeAt !== undefined) joined.activeAt = activeAt;
  if (report !== undefined) joined.report = report;
  if (setAsideAt !== undefined) joined.setAsideAt = setAsideAt;
  if (departures !== undefined) joined.departures = departures;
  if (current.uncounted === true || (a.epoch === b.epoch && b.uncounted === true)) joined.uncounted = true;
  return saysTheSame(joined, a) ? a : joined;
}

/** The later proof of life with its promise; on a tie the longer promise. */
function laterLife(a: SessionEvidence, b: SessionEvidence): SessionEvidence {
  if (a.seenAt === undefined || b.seenAt === undefined) return a.seenAt === undefined ? b : a;
  if (a.seenAt !== b.seenAt) return a.seenAt > b.seenAt ? a : b;
  return (a.quietForMs ?? 0) >= (b.quietForMs ?? 0) ? a : b;
}

/** The last writer wins; on a tie the smaller word, then the earlier beginning. */
function laterReport(a: ReportEvidence | undefined, b: ReportEvidence | undefined): ReportEvidence | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  if (a.at !== b.at) return a.at > b.at ? a : b;
  if (a.word !== b.word) return a.word < b.word ? a : b;
  return a.since <= b.since ? a : b;
}

/** By cause the earliest end. */
function joinDepartures(a: SessionEvidence['departures'], b: SessionEvidence['departures']): SessionEvidence['departures'] {
  if (a === undefined || b === undefined || a === b) return a ?? b;
  const causes = new Map(Object.entries(a));
  for (const [cause, at] of Object.entries(b)) causes.set(cause, Math.min(causes.get(cause) ?? at, at));
  if (Object.keys(a).length === causes.size && Object.entries(a).every(([cause, at]) => causes.get(cause) === at)) return a;
  return Object.fromEntries([...causes].sort(([x], [y]) => byCodeUnits(x, y)));
}

/** The later word on one claim; on a tie taken back wins, then the later end, then the smaller JSON. */
function laterClaim(a: ClaimEvidence, b: ClaimEvidence): ClaimEvidence {
  if (a.at !== b.at) return a.at > b.at ? a : b;
  if (a.claim === undefined || b.claim === undefined) return a.claim === undefined ? a : b;
  const aEnds = a.claim.expiresAt ?? Number.POSITIVE_INFINITY;
  const bEnds = b.claim.expiresAt ?? Number.POSITIVE_INFINITY;
  if (aEnds !== bEnds) return aEnds > bEnds ? a : b;
  return canonical(a.claim as unknown as Json) <= canonical(b.claim as unknown as Json) ? a : b;
}

/** Are all parts the same? Parts that are objects come unchanged from where nothing newer was known, so identity will do. */
function saysTheSame(a: SessionEvidence, b: SessionEvidence): boolean {
  return (
    a.epoch === b.epoch &&
    a.seenAt === b.seenAt &&
    (a.quietForMs ?? 0) === (b.quietForMs ?? 0) &&
    a.firstSeenAt === b.firstSeenAt &&
    a.activeAt === b.activeAt &&
    a.report === b.report &&
    a.setAsideAt === b.setAsideAt &&
    a.departures === b.departures &&
    (a.uncounted === true) === (b.uncounted === true)
  );
}

/** The later of the last proof of life and the earliest end of the current connection; absent for a session never seen alive. */
export function lastSeenOf({ seenAt, departures }: Facts): Timestamp | undefined {
  const ends = seenAt === undefined || departures === undefined ? [] : Object.values(departures);
  return seenAt === undefined || ends.length === 0 ? seenAt : Math.max(seenAt, ends.reduce((a, b) => Math.min(a, b)));
}

function latest(a: Timestamp | undefined, b: Timestamp | undefined): Timestamp | undefined {
  return a === undefined ? b : b === undefined || a >= b ? a : b;
}

function earliest(a: Timestamp | undefined, b: Timestamp | undefined): Timestamp | undefined {
  return a === undefined ? b : b === undefined || a <= b ? a : b;
}
