// The surface as it was decided, as declarations. What src exports is held against it in surface.test-d.ts; a change here
// needs a decision record.

export type Timestamp = number;
export type DurationMs = number;
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export interface Names { readonly status: string; readonly report: string; readonly cause: string }
export interface DefaultNames extends Names {
  readonly status: 'active' | 'idle' | 'away' | 'stale' | 'offline';
  readonly report: 'none' | 'active' | 'idle' | 'background';
  readonly cause: 'dropped' | 'closed' | 'left';
}
export type Ladder<S extends string = string> = { readonly [K in S]?: DurationMs };

interface Rows<S extends string, C extends string> {
  readonly silence?: Ladder<S>;
  readonly inactivity?: Ladder<S>;
  readonly untouched?: Ladder<S>;
  readonly departures?: { readonly [K in C]?: Ladder<S> };
}
interface OtherRows<S extends string, R extends string, C extends string> {
  readonly inactivity?: Ladder<S>;
  readonly untouched?: Ladder<S>;
  readonly whileReported?: { readonly [K in Only<R>]?: Rows<S, Only<C>> };
  readonly shownAs?: { readonly [K in S]?: S };
  readonly maxQuietMs?: DurationMs;
  readonly keepSessionMs?: DurationMs;
  readonly keepLastSeenMs?: DurationMs;
}
type Reports<S extends string, R extends string> = { readonly [K in R]: S } & { readonly none: S };
type Departures<S extends string, C extends string> = { readonly [K in C]: Ladder<S> } & { readonly dropped: Ladder<S> };
type Only<T> = [T][T extends unknown ? 0 : never];

export interface PolicyChanges<R extends string = DefaultNames['report'], C extends string = DefaultNames['cause']>
  extends OtherRows<DefaultNames['status'], R, C> {
  readonly statuses?: undefined;
  readonly silence?: Ladder<DefaultNames['status']>;
  readonly reports?: Reports<DefaultNames['status'], R>;
  readonly departures?: Departures<DefaultNames['status'], C>;
}
export interface PolicyInput<
  S extends readonly string[] = readonly string[], R extends string = string, C extends string = string,
>
  extends OtherRows<S[number], R, C> {
  readonly statuses: S;
  readonly silence: Ladder<S[number]>;
  readonly reports: Reports<S[number], R>;
  readonly departures: Departures<S[number], C>;
}
export interface Policy<N extends Names = Names> {
  readonly statuses: readonly N['status'][];
  readonly silence: Ladder<N['status']>;
  readonly inactivity: Ladder<N['status']>;
  readonly untouched: Ladder<N['status']>;
  readonly reports: { readonly [K in N['report']]: N['status'] };
  readonly departures: { readonly [K in N['cause']]: Ladder<N['status']> };
  readonly whileReported: { readonly [K in N['report']]?: Rows<N['status'], N['cause']> };
  readonly shownAs: { readonly [K in N['status']]?: N['status'] };
  readonly maxQuietMs: DurationMs;
  readonly keepSessionMs: DurationMs;
  readonly keepLastSeenMs: DurationMs;
}
export type NamesOf<P> = P extends Policy<infer N> ? N : never;

interface About { readonly userId: string; readonly at: Timestamp }
interface OfSession extends About { readonly sessionId: string; readonly epoch?: number }
export interface Says<N extends Names = Names> {
  readonly report?: N['report'];
  readonly activeAt?: Timestamp;
  readonly quietForMs?: DurationMs;
  readonly uncounted?: boolean;
}
export interface Connected<N extends Names = Names> extends OfSession, Says<N> { readonly type: 'connected' }
export interface Heartbeat<N extends Names = Names> extends OfSession, Says<N> { readonly type: 'heartbeat' }
export interface Activity<N extends Names = Names> extends OfSession {
  readonly type: 'activity';
  readonly report?: N['report'];
  readonly uncounted?: boolean;
}
export interface Disconnected<N extends Names = Names> extends OfSession {
  readonly type: 'disconnected';
  readonly cause?: N['cause'];
}
export interface Claimed<N extends Names = Names> extends About {
  readonly type: 'claimed';
  readonly claim: Claim<N>;
}
export interface Unclaimed extends About { readonly type: 'unclaimed'; readonly claimId: string }
export interface Cleared extends About { readonly type: 'cleared' }
export type Signal<N extends Names = Names> =
  | Connected<N> | Heartbeat<N> | Activity<N> | Disconnected<N> | Claimed<N> | Unclaimed | Cleared;
export type Unstamped<S> = S extends { readonly at: Timestamp } ? Omit<S, 'at'> & { readonly at?: Timestamp } : never;
export type Numbered<S> = S extends { readonly sessionId: string } ? S & { readonly epoch: number } : S;

interface ClaimCommon<N extends Names> {
  readonly id: string;
  readonly whileAtLeast?: N['status'];
  readonly sessionId?: string;
  readonly priority?: number;
  readonly expiresAt?: Timestamp;
  readonly detail?: Json;
  readonly private?: true;
}
export type Claim<N extends Names = Names> = ClaimCommon<N> &
  (
    | { readonly show: N['status']; readonly atMost?: never; readonly atLeast?: never }
    | { readonly show?: never; readonly atMost?: N['status']; readonly atLeast?: N['status'] }
  );

export interface Beat<N extends Names = Names> {
  readonly type: 'connected' | 'heartbeat' | 'disconnected';
  readonly sessionId: string;
  readonly epoch: number;
  readonly report?: N['report'];
  readonly inactiveForMs?: DurationMs;
  readonly quietForMs?: DurationMs;
  readonly cause?: N['cause'];
}
export interface Issue { readonly path: string; readonly message: string }
export type Parsed<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly issues: readonly Issue[] };

export interface SessionEvidence {
  readonly sessionId: string;
  readonly firstSeenAt?: Timestamp;
  readonly seenAt?: Timestamp;
  readonly quietForMs?: DurationMs;
  readonly activeAt?: Timestamp;
  readonly report?: { readonly word: string; readonly at: Timestamp; readonly since: Timestamp };
  readonly setAsideAt?: Timestamp;
  readonly epoch: number;
  readonly departures?: { readonly [cause: string]: Timestamp };
  readonly uncounted?: true;
}
export type SessionFacts = Omit<SessionEvidence, 'sessionId' | 'epoch'> & { readonly sessionId?: string; readonly epoch?: number };
export interface ClaimEvidence { readonly id: string; readonly at: Timestamp; readonly claim?: Claim }
export interface UserEvidence {
  readonly userId: string;
  readonly sessions: readonly SessionEvidence[];
  readonly claims: readonly ClaimEvidence[];
  readonly clearedAt?: Timestamp;
  readonly seenAt?: Timestamp;
  readonly activeAt?: Timestamp;
}

interface Crossed { readonly since: Timestamp; readonly afterMs: DurationMs; readonly crossedAt: Timestamp }
export type SessionBecause<N extends Names = Names> =
  | { readonly clock: 'none' }
  | { readonly clock: 'never' }
  | ({ readonly clock: 'silence' | 'inactivity' | 'untouched' } & Crossed)
  | ({ readonly clock: 'departure'; readonly cause: N['cause'] } & Crossed)
  | { readonly clock: 'report'; readonly report: N['report']; readonly since: Timestamp };
export type UserBecause<N extends Names = Names> =
  | { readonly by: 'nobody' }
  | { readonly by: 'session'; readonly sessionId: string; readonly reason: SessionBecause<N> }
  | { readonly by: 'claim'; readonly claimId: string; readonly effect: 'show' | 'atMost' | 'atLeast' };
export interface SessionPresence<N extends Names = Names> {
  readonly sessionId: string;
  readonly at: Timestamp;
  readonly status: N['status'];
  readonly because: SessionBecause<N>;
  readonly report: N['report'];
  readonly departure?: { readonly cause: N['cause']; readonly at: Timestamp };
  readonly uncounted?: true;
  readonly lastSeenAt?: Timestamp;
  readonly lastActiveAt?: Timestamp;
  readonly nextChangeAt?: Timestamp;
}
export interface HeldClaim<N extends Names = Names> {
  readonly claim: Claim<N>;
  readonly at: Timestamp;
  readonly inForce: boolean;
}
export interface ShownPresence<N extends Names = Names> {
  readonly userId: string;
  readonly at: Timestamp;
  readonly status: N['status'];
  readonly lastSeenAt?: Timestamp;
  readonly details?: { readonly [claimId: string]: Json };
}
export interface UserPresence<N extends Names = Names> {
  readonly userId: string;
  readonly at: Timestamp;
  readonly status: N['status'];
  readonly derived: N['status'];
  readonly because: UserBecause<N>;
  readonly nextChangeAt?: Timestamp;
  readonly lastSeenAt?: Timestamp;
  readonly lastActiveAt?: Timestamp;
  readonly sessions: readonly SessionPresence<N>[];
  readonly claims: readonly HeldClaim<N>[];
  readonly shown: ShownPresence<N>;
}
export interface Gap { readonly from: Timestamp; readonly until: Timestamp }

interface Told { readonly userId: string; readonly at: Timestamp }
export interface UserChange<N extends Names = Names> extends Told {
  readonly type: 'user';
  readonly from: N['status'];
  readonly to: N['status'];
  readonly cause: 'signal' | 'time';
  readonly because: UserBecause<N>;
  readonly shown: ShownPresence<N>;
}
export interface ClaimChange<N extends Names = Names> extends Told {
  readonly type: 'claim';
  readonly claimId: string;
  readonly shown: ShownPresence<N>;
}
export interface SessionChange<N extends Names = Names> extends Told {
  readonly type: 'session';
  readonly sessionId: string;
  readonly from: { readonly status: N['status']; readonly departed: boolean };
  readonly to: { readonly status: N['status']; readonly departed: boolean };
  readonly because: SessionBecause<N>;
  readonly shown?: undefined;
}
export type RejectionReason = 'too-late' | 'too-many-users' | 'too-many-sessions' | 'too-many-claims';
export interface Rejection<N extends Names = Names> extends Told {
  readonly type: 'rejected';
  readonly reason: RejectionReason;
  readonly signal: Signal<N>;
  readonly shown?: undefined;
}
export type Change<N extends Names = Names> = UserChange<N> | ClaimChange<N> | SessionChange<N> | Rejection<N>;

export interface UserRow {
  readonly evidence: UserEvidence;
  readonly toldAt: Timestamp;
  readonly told: ShownPresence;
}
export interface Advanced<N extends Names = Names> {
  readonly row: UserRow | undefined;
  readonly changes: readonly Change<N>[];
  readonly presence: UserPresence<N>;
}

export interface Settler<N extends Names = Names> {
  push(changes: readonly Change<N>[], now: Timestamp): readonly Change<N>[];
  advanceTo(now: Timestamp): readonly Change<N>[];
  readonly nextChangeAt: Timestamp | undefined;
}
