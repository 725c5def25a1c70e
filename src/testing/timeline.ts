// What signals amounted to, as exact spans: computed from crossings, never by sampling.
// Rule: at an instant its facts come before its thresholds; a span is the answer at its first instant.

import { assertNone, signalIssues } from '../check.js';
import { complaint } from '../complaint.js';
import { tableOf } from '../define.js';
import type { UserEvidence } from '../evidence.js';
import { remember } from '../forget.js';
import { byCodeUnits, isRecord } from '../plain.js';
import type { Policy } from '../policy.js';
import { receive } from '../receive.js';
import type { SessionBecause } from '../because.js';
import type { Names, Signal } from '../signal.js';
import type { Table } from '../table.js';
import { assertInstant, unionOf } from '../time.js';
import type { Gap, Timestamp } from '../time.js';
import { userPresenceOf } from '../user.js';
import type { UserBecause, UserPresence } from '../user.js';

/** Which span of time to look at. */
export interface Range {
  /** Its first instant, in ms. */
  readonly from: Timestamp;
  /** The first instant after it, in ms. */
  readonly until: Timestamp;
  /** When the observer was not listening. Default: none. */
  readonly gaps?: readonly Gap[];
}

/** A span with one answer: from `from`, up to but not including `until`. */
export interface Segment<N extends Names, B> {
  /** Its first instant, in ms. */
  readonly from: Timestamp;
  /** The first instant after it, in ms. */
  readonly until: Timestamp;
  /** The status during it. */
  readonly status: N['status'];
  /** Why. */
  readonly because: B;
}

/** The spans of one session, from the first signal about it. */
export interface SessionLane<N extends Names = Names> {
  /** The session. */
  readonly sessionId: string;
  /** Its spans, in order, without holes. */
  readonly segments: readonly Segment<N, SessionBecause<N>>[];
}

/** The spans of one user and their sessions. */
export interface UserLane<N extends Names = Names> {
  /** The user. */
  readonly userId: string;
  /** Their spans, in order, over the whole range. */
  readonly segments: readonly Segment<N, UserBecause<N>>[];
  /** Every session with a span in the range, by id. */
  readonly sessions: readonly SessionLane<N>[];
}

/** What signals amounted to in a range. */
export interface Timeline<N extends Names = Names> {
  /** The first instant, in ms. */
  readonly from: Timestamp;
  /** The first instant after it, in ms. */
  readonly until: Timestamp;
  /** Every user that a signal names, by id. */
  readonly users: readonly UserLane<N>[];
}

/**
 * Every span of every session and user, with its status and reason: what a receiver answers that hears each signal at its
 * instant. Signals may be listed in any order; those of one instant are taken in the order listed.
 *
 * @param signals - Stamped. Those at or after `until` are left out; those before `from` count.
 * @param policy - From `definePolicy`.
 * @param range - Which span of time to look at.
 * @returns Exact spans. Cost: linear in signals and crossings, times the sessions of a user.
 * @throws TypeError when a signal breaks its type or the range ends before it begins.
 * @example
 * ```ts
 * import { defaultPolicy } from 'presence-model';
 * import { timeline } from 'presence-model/testing';
 *
 * const { users } = timeline([{ type: 'connected', userId: 'ada', sessionId: 'tab', at: 0 }], defaultPolicy, { from: 0, until: 60_000 });
 * users[0]?.segments.map(({ from, status }) => [from, status]); // => [[0, 'active'], [15_000, 'idle']]
 * ```
 */
export function timeline<N extends Names>(signals: readonly Signal<N>[], policy: Policy<N>, range: Range): Timeline<N> {
  const given: readonly unknown[] = [signals, range];
  if (!Array.isArray(given[0])) throw new TypeError(complaint('signals', 'a list', given[0]));
  if (!isRecord(given[1])) throw new TypeError(complaint('range', '{ from, until }', given[1]));
  const { from, until } = range;
  assertInstant('from', from);
  assertInstant('until', until);
  if (until < from) throw new TypeError(complaint('until', `${String(from)} or later, as \`from\` is`, until));
  const users = new Map<string, Signal[]>();
  signals.forEach((signal, i) => {
    assertNone(signalIssues(signal, { stamped: true }).map(({ path, message }) => ({ path, message: `signals[${String(i)}]: ${message}` })));
    const known = users.get(signal.userId);
    if (known === undefined) users.set(signal.userId, [signal]);
    else known.push(signal);
  });
  const table = tableOf(policy);
  const gaps = unionOf(range.gaps);
  const lanes = [...users].sort(([a], [b]) => byCodeUnits(a, b)).map(([userId, said]) => lanesOf(userId, said, table, range, gaps));
  return { from, until, users: lanes } as unknown as Timeline<N>;
}

function lanesOf(userId: string, signals: readonly Signal[], table: Table, { from, until }: Range, gaps: readonly Gap[]): UserLane {
  const user = new Lane<UserBecause>(from, until);
  const sessions = new Map<string, Lane<SessionBecause>>();
  const nobody: UserEvidence = { userId, sessions: [], claims: [] };
  let evidence: UserEvidence | undefined;
  const ask = (at: Timestamp): UserPresence => {
    const presence = userPresenceOf(evidence ?? nobody, table, at, gaps);
    user.add(at, presence.status, presence.because);
    for (const { sessionId, status, because } of presence.sessions) {
      const lane = sessions.get(sessionId) ?? new Lane<SessionBecause>(from, until);
      sessions.set(sessionId, lane.add(at, status, because));
    }
    return presence;
  };

  const heard = signals.filter(({ at }) => at < until).sort((a, b) => a.at - b.at);
  let next = ask(Math.min(from, heard[0]?.at ?? from)).nextChangeAt;
  const passTo = (end: Timestamp): void => {
    while (next !== undefined && next < end) next = ask(next).nextChangeAt;
  };
  heard.forEach((signal, i) => {
    passTo(signal.at);
    const kept = evidence === undefined ? undefined : remember(evidence, table, signal.at, gaps);
    evidence = receive(kept, signal, table, signal.at).evidence;
    if (heard[i + 1]?.at !== signal.at) next = ask(signal.at).nextChangeAt;
  });
  passTo(until);
  const lanes = [...sessions].sort(([a], [b]) => byCodeUnits(a, b)).map(([sessionId, { segments }]) => ({ sessionId, segments }));
  return { userId, segments: user.segments, sessions: lanes.filter(({ segments }) => segments.length > 0) };
}

/** Collects answers in time order and cuts them to the range. */
class Lane<B> {
  readonly segments: Segment<Names, B>[] = [];
  private readonly from: Timestamp;
  private readonly until: Timestamp;

  constructor(from: Timestamp, until: Timestamp) {
    this.from = from;
    this.until = until;
  }

  /** From `at` on the answer is this. */
  add(at: Timestamp, status: string, because: B): this {
    const from = Math.max(at, this.from);
    const last = this.segments[this.segments.length - 1];
    if (from >= this.until || (last?.status === status && sameReason(last.because, because))) return this;
    if (last !== undefined) this.segments.pop();
    if (last !== undefined && last.from < from) this.segments.push({ ...last, until: from });
    this.segments.push({ from, until: this.until, status, because });
    return this;
  }
}

/** Reasons are small and flat, but for the one of a user's session. */
function sameReason(a: unknown, b: unknown): boolean {
  if (!isRecord(a) || !isRecord(b)) return a === b;
  return Object.keys(a).length === Object.keys(b).length && Object.keys(a).every((key) => sameReason(a[key], b[key]));
}
