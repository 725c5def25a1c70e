// The statuses alone that one user's signals come to: what `replay` answers without reasons, alarms and last seens. For those
// who read many signals.
// Rule 1: a status is decided where all others are; what is left out is only who is named for it.
// Rule 2: a signal that leaves its session on its rank moves an alarm and nothing else. It is heard, and nobody is asked.

import { decide, heldClaims } from '../claims.js';
import type { SessionEvidence, UserEvidence } from '../evidence.js';
import { remember } from '../forget.js';
import type { Draft } from '../plain.js';
import { isOfSession, receive } from '../receive.js';
import { rankOf, worseAt } from '../session.js';
import type { Heartbeat, Signal } from '../signal.js';
import { statusOf } from '../table.js';
import type { Table } from '../table.js';
import type { Gap, Timestamp } from '../time.js';
import { isPlainBeat, pass } from './replay.js';
import type { Hearer, Span } from './replay.js';

const never = Number.POSITIVE_INFINITY;

/** What is shown of a user from an instant on, and the status of each session known. */
export interface Statuses {
  readonly at: Timestamp;
  readonly status: string;
  readonly sessions: readonly { readonly sessionId: string; readonly status: string }[];
}

/**
 * Hears one user's signals and visits the statuses at `from`, then in time order at every instant at which one may change.
 * Cost: for a heartbeat that changes no status, a look at the user's sessions; for every other signal that changes none,
 * hearing it; for every other instant, linear in what is known of the user.
 *
 * @param signals - Checked, of this user alone, in time order.
 * @param gaps - A union (see `unionOf`).
 */
export function replayStatuses(
  userId: string, signals: readonly Signal[], table: Table, span: Span, gaps: readonly Gap[], visit: (statuses: Statuses) => void,
): void {
  pass(new HeardStatuses(userId, table, gaps), signals, span, visit);
}

/** A session as it was judged last. Its evidence is this reader's own. */
interface Judged {
  session: Draft<SessionEvidence>;
  readonly rank: number;
  /** When it gets worse if nothing is heard; infinite: never. */
  alarm: number;
}

/**
 * Always: while nothing is stale, `judged` are the sessions known, and perhaps some that were forgotten since, which stay at
 * the bottom; their ranks are right until `nextChangeAt`.
 */
class HeardStatuses implements Hearer<Statuses> {
  nextChangeAt: number = never;
  /** What is over is at the bottom, whether or not it is forgotten yet. */
  readonly forgettingAt: number = never;

  private evidence: UserEvidence | undefined;
  private judged: readonly Judged[] = [];
  /** When the first claim ends; infinite: never. */
  private expiresAt: number = never;
  private isStale = false;
  private readonly nobody: UserEvidence;
  private readonly table: Table;
  private readonly gaps: readonly Gap[];

  constructor(userId: string, table: Table, gaps: readonly Gap[]) {
    this.nobody = { userId, sessions: [], claims: [] };
    this.table = table;
    this.gaps = gaps;
  }

  isToAsk(at: Timestamp): boolean {
    return this.isStale || at >= this.nextChangeAt;
  }

  hear(signal: Signal): void {
    const judged = this.isStale || !isOfSession(signal) ? undefined : this.judged.find(({ session }) => session.sessionId === signal.sessionId);
    if (judged !== undefined && isPlainBeat(signal) && this.isQuiet(signal, judged)) {
      judged.session.seenAt = signal.at + 0;
      this.judge(judged, signal.at);
      return;
    }
    const known = this.mayForget() ? this.remembered(signal.at) : this.evidence;
    this.evidence = receive(known, signal, this.table, signal.at).evidence;
    const session = this.evidence?.sessions.find(({ sessionId }) => sessionId === judged?.session.sessionId);
    if (this.isStale || judged === undefined || session === undefined || session.uncounted !== judged.session.uncounted) {
      this.isStale = true;
      return;
    }
    judged.session = session;
    this.judge(judged, signal.at);
  }

  ask(at: Timestamp): Statuses {
    const { table, gaps } = this;
    this.evidence = this.remembered(at);
    const evidence = this.evidence ?? this.nobody;
    this.judged = evidence.sessions.map((session) => {
      const rank = rankOf(session, table, at, gaps);
      return { session, rank, alarm: worseAt(session, table, at, gaps, rank) };
    });
    const counting = this.judged.filter(({ session }) => session.uncounted !== true);
    const derived = counting.reduce((best, { rank }) => Math.min(best, rank), table.bottom);
    const isThere = (id: string): boolean => this.judged.some(({ session, rank }) => session.sessionId === id && rank < table.bottom);
    const claims = heldClaims(evidence, derived, table, at, isThere);
    this.expiresAt = claims.reduce((earliest, { claim }) => Math.min(earliest, claim.expiresAt ?? never), never);
    this.isStale = false;
    this.setAlarm();
    return {
      at,
      status: table.outward[decide(derived, claims, table).rank] as string,
      sessions: this.judged.map(({ session: { sessionId }, rank }) => ({ sessionId, status: statusOf(rank, table) })),
    };
  }

  /** Does a plain beat say no more than that its session, which is there, goes on? */
  private isQuiet({ epoch }: Heartbeat, { session, rank }: Judged): boolean {
    if (session.departures !== undefined || session.quietForMs !== undefined || rank === this.table.bottom) return false;
    return epoch === undefined || epoch === session.epoch;
  }

  /** May something be over? Only what is at the bottom is, and what is said of claims. */
  private mayForget(): boolean {
    const { evidence, judged, table } = this;
    if (this.isStale || evidence === undefined) return true;
    return evidence.claims.length > 0 || evidence.clearedAt !== undefined || judged.some(({ rank }) => rank === table.bottom);
  }

  private remembered(at: Timestamp): UserEvidence | undefined {
    return this.evidence && remember(this.evidence, this.table, at, this.gaps);
  }

  /** Something was heard of a session: is its rank another one, and when does it get worse? */
  private judge(judged: Judged, at: Timestamp): void {
    const { table, gaps } = this;
    this.isStale = rankOf(judged.session, table, at, gaps) !== judged.rank;
    judged.alarm = worseAt(judged.session, table, at, gaps, judged.rank);
    this.setAlarm();
  }

  private setAlarm(): void {
    let next = this.expiresAt;
    for (const { alarm } of this.judged) if (alarm < next) next = alarm;
    this.nextChangeAt = next;
  }
}
