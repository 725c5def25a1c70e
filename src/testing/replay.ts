// One user's signals, heard each at its instant: the answer wherever it may change. `timeline` and `comparePolicies` read
// it, so that both say what a receiver says.
// Rule 1: facts of an instant come before its thresholds; what is over by then is forgotten, as a receiver does.
// Rule 2: time moves from alarm to alarm and nothing is sampled. An alarm too early asks once more than needed; none is too late.
// Rule 3: a heartbeat that moves nothing but an alarm is written down, and nobody is asked. Most are.

import type { UserEvidence } from '../evidence.js';
import { forgettingAt, remember } from '../forget.js';
import { receive } from '../receive.js';
import { rankOf, worseAt } from '../session.js';
import type { Heartbeat, Signal } from '../signal.js';
import { statusOf } from '../table.js';
import type { Table } from '../table.js';
import type { Gap, Timestamp } from '../time.js';
import { userPresenceOf } from '../user.js';
import type { UserPresence } from '../user.js';

const never = Number.POSITIVE_INFINITY;

/** A span of time. */
export interface Span {
  /** Its first instant, in ms. */
  readonly from: Timestamp;
  /** The first instant after it, in ms. */
  readonly until: Timestamp;
}

/**
 * Is called with the answer at `from`, then in time order with that at every instant at which a status, a reason, a claim,
 * a departure, or what is listed may change, up to but not including `until`. Between two calls the earlier answer stands,
 * but for the last seen and the alarm of sessions that went on beating. `stood` is `nextChangeAt` as it stood just before
 * this instant, with every beat until then; infinite: never.
 */
export type Visit = (presence: UserPresence, stood: number) => void;

/**
 * Hears one user's signals, each at its instant, and visits the answers. Cost: for a heartbeat that moves nothing but an
 * alarm, a look at the user's sessions; for every other instant, hearing and deriving, linear in what is known of the user.
 *
 * @param signals - Checked, of this user alone, in time order; those of one instant in the order in which they are heard.
 * @param gaps - A union (see `unionOf`).
 * @returns `nextChangeAt` as it stands at the end of the range; infinite: never.
 */
export function replay(
  userId: string, signals: readonly Signal[], table: Table, { from, until }: Span, gaps: readonly Gap[], visit: Visit,
): number {
  return pass(new Replayed(userId, table, gaps), signals, { from, until }, visit);
}

/** Somebody's signals, as they are heard, and what is answered. */
export interface Hearer<A> {
  /** When the last answer changes if nothing is heard, or earlier; infinite: never. */
  readonly nextChangeAt: number;
  /** When something is over that the answer lists if nothing is heard, or earlier; infinite: never. */
  readonly forgettingAt: number;
  /** Takes in what is said at its instant. */
  hear(signal: Signal): void;
  /** May the answer be another one by now? */
  isToAsk(at: Timestamp): boolean;
  /** The answer, with all that is due at its instant. */
  ask(at: Timestamp): A;
}

/** Moves time from signal to alarm and visits what is answered, as {@link replay} says. */
export function pass<A>(user: Hearer<A>, signals: readonly Signal[], { from, until }: Span, visit: (answer: A, stood: number) => void): number {
  let isInside = false;
  for (let i = 0; from < until;) {
    const stood = user.nextChangeAt;
    const at = Math.min(signals[i]?.at ?? until, stood, user.forgettingAt, isInside ? until : from);
    if (at >= until) break;
    for (let signal = signals[i]; signal?.at === at; signal = signals[++i]) user.hear(signal);
    const isFirst = at >= from && !isInside;
    if (isFirst) isInside = true;
    if (!isFirst && !user.isToAsk(at)) continue;
    const answer = user.ask(at);
    if (isInside) visit(answer, stood);
  }
  return user.nextChangeAt;
}

/** What is known of one user, and the last answer. */
class Replayed implements Hearer<UserPresence> {
  nextChangeAt: number = never;
  forgettingAt: number = never;

  private evidence: UserEvidence | undefined;
  private answer: UserPresence;
  /** Was something heard that may have changed the answer? */
  private isStale = false;
  /** When each session gets worse if nothing is heard, in the order of the answer; infinite: never. */
  private alarms: number[] = [];
  private readonly nobody: UserEvidence;
  private readonly table: Table;
  private readonly gaps: readonly Gap[];

  constructor(userId: string, table: Table, gaps: readonly Gap[]) {
    this.table = table;
    this.gaps = gaps;
    this.nobody = { userId, sessions: [], claims: [] };
    this.answer = userPresenceOf(this.nobody, table, 0, gaps);
  }

  isToAsk(at: Timestamp): boolean {
    return this.isStale || at >= this.nextChangeAt || at >= this.forgettingAt;
  }

  hear(signal: Signal): void {
    const { at } = signal;
    if (isPlainBeat(signal) && !this.isToAsk(at) && this.beat(signal)) return;
    // Facts come first: what ends at this instant, such as a last seen, is still known.
    const known = this.evidence && remember(this.evidence, this.table, at, this.gaps, at - 1);
    this.evidence = receive(known, signal, this.table, at).evidence;
    this.isStale = true;
  }

  ask(at: Timestamp): UserPresence {
    const { table, gaps } = this;
    const evidence = this.evidence && remember(this.evidence, table, at, gaps);
    this.evidence = evidence;
    this.answer = userPresenceOf(evidence ?? this.nobody, table, at, gaps);
    this.isStale = false;
    this.nextChangeAt = this.answer.nextChangeAt ?? never;
    this.forgettingAt = forgettingAt(evidence ?? this.nobody, table, at, gaps) ?? never;
    this.alarms = this.answer.sessions.map(({ nextChangeAt = never }) => nextChangeAt);
    return this.answer;
  }

  /**
   * Writes a beat down that moves only the last seen of its session and the alarm; false where more may change. It moves
   * no more where the session stands as it was heard last, silence is not what its status comes from, and somebody is
   * there, so that no last seen is about to end.
   */
  private beat({ sessionId, epoch, at }: Heartbeat): boolean {
    const { answer, evidence, table, gaps } = this;
    if (evidence === undefined) return false;
    const i = evidence.sessions.findIndex((session) => session.sessionId === sessionId);
    const known = evidence.sessions[i];
    const told = answer.sessions[i];
    if (known?.seenAt === undefined || known.departures !== undefined || known.quietForMs !== undefined) return false;
    if (told === undefined || told.because.clock === 'silence' || answer.derived === statusOf(table.bottom, table)) return false;
    if (epoch !== undefined && epoch !== known.epoch) return false;
    const session = { ...known, seenAt: at + 0 };
    this.evidence = { ...evidence, sessions: evidence.sessions.map((other, j) => (j === i ? session : other)) };
    const alarm = worseAt(session, table, at, gaps, rankOf(session, table, at, gaps));
    this.alarms[i] = Number.isSafeInteger(alarm) ? alarm : never;
    let next = never;
    for (const other of this.alarms) if (other < next) next = other;
    for (const { claim: { expiresAt = never } } of answer.claims) if (expiresAt < next) next = expiresAt;
    this.nextChangeAt = next;
    // Of equals the later seen decides, so one that went on beating may be named instead.
    const { because } = answer;
    this.isStale = because.by === 'session' && because.sessionId !== sessionId && told.uncounted !== true && told.status === answer.derived;
    return true;
  }
}

/** Does it say that the session is alive, and nothing else? */
export function isPlainBeat(signal: Signal): signal is Heartbeat {
  if (signal.type !== 'heartbeat') return false;
  const { report, activeAt, quietForMs, uncounted } = signal;
  return report === undefined && activeAt === undefined && quietForMs === undefined && uncounted === undefined;
}
