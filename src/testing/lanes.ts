// The spans of one user: of the status, of every session, of every claim, and the alarms that stood.
// Rule 1: a span is the answer at its first instant; another status or another reason begins another.
// Rule 2: forgetting is told by nothing and changes no status: a session that is forgotten stays at the bottom, with the
//         reason it had, until it is heard again.

import type { SessionBecause } from '../because.js';
import { byCodeUnits } from '../plain.js';
import type { Departure } from '../session.js';
import type { Claim, Names, Signal } from '../signal.js';
import type { Table } from '../table.js';
import type { Gap, Timestamp } from '../time.js';
import type { UserBecause, UserPresence } from '../user.js';
import { replay } from './replay.js';
import type { Span } from './replay.js';

const never = Number.POSITIVE_INFINITY;

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

/** A span during which the end of a session's connection is known: of grace, and what comes after it. */
export interface DepartedSpan<N extends Names = Names> extends Departure<N> {
  /** Its first instant in the range, in ms. */
  readonly from: Timestamp;
  /** The first instant after it, in ms: it is back, or forgotten. */
  readonly until: Timestamp;
}

/** A span during which a claim is held and says one thing. */
export interface ClaimSpan<N extends Names = Names> {
  /** Its first instant in the range, in ms. */
  readonly from: Timestamp;
  /** The first instant after it, in ms. */
  readonly until: Timestamp;
  /** What is claimed. */
  readonly claim: Claim<N>;
  /** Does it do anything? */
  readonly inForce: boolean;
}

/** The spans of one session, from the first signal about it. */
export interface SessionLane<N extends Names = Names> {
  /** The session. */
  readonly sessionId: string;
  /** Its spans, in order, without holes. While it is forgotten it is at the bottom, with the reason it had. */
  readonly segments: readonly Segment<N, SessionBecause<N>>[];
  /** When the end of its current connection was known, in order. */
  readonly departed: readonly DepartedSpan<N>[];
  /** When it was forgotten, in order. */
  readonly forgotten: readonly Span[];
}

/** The spans of one claim. */
export interface ClaimLane<N extends Names = Names> {
  /** The claim. */
  readonly claimId: string;
  /** When it is held, in order. */
  readonly segments: readonly ClaimSpan<N>[];
}

/** An alarm as it stood until something in the answer changed, or the range ended. */
export interface Alarm {
  /** Until when it stood, in ms. */
  readonly until: Timestamp;
  /** The answer's `nextChangeAt` by then, in ms: where it is `until`, the alarm rang; where it is later, a signal came first. */
  readonly nextChangeAt: Timestamp;
}

/** The spans of one user, their sessions and their claims. */
export interface UserLane<N extends Names = Names> {
  /** The user. */
  readonly userId: string;
  /** Their spans, in order, over the whole range. */
  readonly segments: readonly Segment<N, UserBecause<N>>[];
  /** Every session with a span in the range, by id. */
  readonly sessions: readonly SessionLane<N>[];
  /** Every claim held in the range, by id. */
  readonly claims: readonly ClaimLane<N>[];
  /** What was heard in the range, in time order. */
  readonly signals: readonly Signal<N>[];
  /** The alarms that stood when a span ended, in order; none where the answer was never to change. */
  readonly alarms: readonly Alarm[];
}

/** The spans of one user. `signals` are checked, of this user, in time order, and before the end of the range. */
export function lanesOf(userId: string, signals: readonly Signal[], table: Table, range: Span, gaps: readonly Gap[]): UserLane {
  const user = new UserLanes(range);
  const alarms: Alarm[] = [];
  const end = replay(userId, signals, table, range, gaps, (presence, stood) => {
    const isOther = user.visit(presence);
    if (isOther && presence.at > range.from && stood < never) alarms.push({ until: presence.at, nextChangeAt: stood });
  });
  if (end < never) alarms.push({ until: range.until, nextChangeAt: end });
  return {
    userId,
    segments: user.segments.spans,
    sessions: inOrder(user.sessions).map(([sessionId, { segments, departed, forgotten }]) =>
      ({ sessionId, segments: segments.spans, departed: departed.spans, forgotten: forgotten.spans })),
    claims: inOrder(user.claims).map(([claimId, { spans }]) => ({ claimId, segments: spans })),
    signals: signals.filter(({ at }) => at >= range.from),
    alarms,
  };
}

function inOrder<L>(lanes: ReadonlyMap<string, L>): readonly (readonly [string, L])[] {
  return [...lanes].sort(([a], [b]) => byCodeUnits(a, b));
}

interface SessionSpans {
  readonly segments: Spans<Segment<Names, SessionBecause>>;
  readonly departed: Spans<DepartedSpan>;
  readonly forgotten: Spans<Span>;
}

/** Collects answers about one user, which come in time order. */
class UserLanes {
  readonly segments = new Spans<Segment<Names, UserBecause>>();
  readonly sessions = new Map<string, SessionSpans>();
  readonly claims = new Map<string, Spans<ClaimSpan>>();
  private readonly until: Timestamp;
  private last: UserPresence | undefined;

  constructor({ until }: Span) {
    this.until = until;
  }

  /** From its instant on the answer is this. Is it another one, to whoever reads spans? */
  visit(presence: UserPresence): boolean {
    const { until, last } = this;
    const { at: from, status, because } = presence;
    const changes = [this.segments.put({ from, until, status, because })];
    const listed = new Set<string>();
    for (const session of presence.sessions) {
      const lane = this.sessionLane(session.sessionId);
      const { departure } = session;
      changes.push(lane.segments.put({ from, until, status: session.status, because: session.because }), lane.forgotten.end(from));
      changes.push(departure === undefined ? lane.departed.end(from) : lane.departed.put({ from, until, ...departure }));
      listed.add(session.sessionId);
    }
    const held = new Set<string>();
    for (const { claim, inForce } of presence.claims) {
      changes.push(this.claimLane(claim.id).put({ from, until, claim, inForce }));
      held.add(claim.id);
    }
    for (const { sessionId } of last?.sessions ?? []) {
      if (listed.has(sessionId)) continue;
      const { departed, forgotten } = this.sessionLane(sessionId);
      changes.push(departed.end(from), forgotten.put({ from, until }));
    }
    for (const { claim } of last?.claims ?? []) if (!held.has(claim.id)) changes.push(this.claimLane(claim.id).end(from));
    this.last = presence;
    return changes.includes(true);
  }

  private sessionLane(sessionId: string): SessionSpans {
    const known = this.sessions.get(sessionId);
    if (known !== undefined) return known;
    const lane = { segments: new Spans<Segment<Names, SessionBecause>>(), departed: new Spans<DepartedSpan>(), forgotten: new Spans<Span>() };
    this.sessions.set(sessionId, lane);
    return lane;
  }

  private claimLane(claimId: string): Spans<ClaimSpan> {
    const known = this.claims.get(claimId);
    if (known !== undefined) return known;
    const lane = new Spans<ClaimSpan>();
    this.claims.set(claimId, lane);
    return lane;
  }
}

/** Spans in order. The last one may be open: then it goes on until the end of the range, or until it is told to end. */
class Spans<S extends Span> {
  readonly spans: S[] = [];
  private isOpen = false;

  /** From its first instant on it is this. Was it something else before? */
  put(span: S): boolean {
    const last = this.spans[this.spans.length - 1];
    if (this.isOpen && last !== undefined && saysTheSame(last, span)) return false;
    this.end(span.from);
    this.spans.push(span);
    this.isOpen = true;
    return true;
  }

  /** From this instant on it is nothing. Was it something before? */
  end(at: Timestamp): boolean {
    const last = this.spans[this.spans.length - 1];
    if (!this.isOpen || last === undefined) return false;
    this.spans[this.spans.length - 1] = { ...last, until: at };
    this.isOpen = false;
    return true;
  }
}

/** Do both say the same, whenever? */
function saysTheSame(a: Span, b: Span): boolean {
  return isEqual(a, b, true);
}

/** What spans carry is JSON, and what did not change is most often the same object. */
function isEqual(a: unknown, b: unknown, isWhenever = false): boolean {
  if (a === b) return true;
  if (!isObject(a) || !isObject(b) || Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => (isWhenever && (key === 'from' || key === 'until')) || isEqual(a[key], b[key]));
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
