// What is said. A signal is a fact with an instant, true by itself: it may come late, twice, and in any order.

import type { DurationMs, Timestamp } from './time.js';

/** The words of a policy. One type parameter carries them through signals, presences and changes. */
export interface Names {
  /** The statuses, as a union. */
  readonly status: string;
  /** What clients may report, as a union. */
  readonly report: string;
  /** Why transports end, as a union. */
  readonly cause: string;
}

/** What JSON can say. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** What every signal says: about whom, and when. */
export interface About {
  /** The user. Any string; compared by code units, never interpreted. */
  readonly userId: string;
  /** When it was so, in ms on the receiver's clock. */
  readonly at: Timestamp;
}

/** What the signals of a session say besides. */
export interface OfSession extends About {
  /** The tab, device or agent; unique within its user and stable over reconnects. Any string. */
  readonly sessionId: string;
  /**
   * Numbers the connections of this session, growing (a safe integer). It makes the late end of an old connection
   * harmless. Number all signals of a session or none.
   */
  readonly epoch?: number;
}

/** What a sign of life may say about the client. */
export interface Says<N extends Names = Names> {
  /** The client's own word about itself, a key of the policy's `reports`. Left out: the standing report stays. */
  readonly report?: N['report'];
  /** When the human last interacted, in ms; cut to the signal's `at`. */
  readonly activeAt?: Timestamp;
  /** "Expect nothing from me for so long", in ms; the policy's `maxQuietMs` bounds what counts. Default 0. */
  readonly quietForMs?: DurationMs;
  /** This connection is known but does not count towards the user (a bot, background sync). Default false. */
  readonly uncounted?: boolean;
}

/** A transport for this session opened. It is no interaction. */
export interface Connected<N extends Names = Names> extends OfSession, Says<N> {
  /** A new connection. */
  readonly type: 'connected';
}

/** The session is alive. */
export interface Heartbeat<N extends Names = Names> extends OfSession, Says<N> {
  /** A sign of life. */
  readonly type: 'heartbeat';
}

/** The human did something, so the session is alive too. */
export interface Activity<N extends Names = Names> extends OfSession {
  /** An interaction. */
  readonly type: 'activity';
  /** The client's own word about itself. Left out: an earlier report that allows less than `none` is set aside. */
  readonly report?: N['report'];
  /** This connection is known but does not count towards the user. Default false. */
  readonly uncounted?: boolean;
}

/** The transport of this epoch ended. */
export interface Disconnected<N extends Names = Names> extends OfSession {
  /** The end of a connection. */
  readonly type: 'disconnected';
  /** Why, a key of the policy's `departures`. Default `dropped`: transport lost, may be back. */
  readonly cause?: N['cause'];
}

/** The user, or software for them, declares something. */
export interface Claimed<N extends Names = Names> extends About {
  /** A declaration. */
  readonly type: 'claimed';
  /** What is declared. A later claim of the same id replaces it. */
  readonly claim: Claim<N>;
}

/** One claim is taken back. */
export interface Unclaimed extends About {
  /** One declaration ends. */
  readonly type: 'unclaimed';
  /** Which. */
  readonly claimId: string;
}

/** Every claim made until now is taken back. */
export interface Cleared extends About {
  /** All declarations end. */
  readonly type: 'cleared';
}

/** Everything that can be said. */
export type Signal<N extends Names = Names> =
  | Connected<N>
  | Heartbeat<N>
  | Activity<N>
  | Disconnected<N>
  | Claimed<N>
  | Unclaimed
  | Cleared;

/** A signal whose `at` may be left out; a receiver stamps it. */
export type Unstamped<S> = S extends { readonly at: Timestamp } ? Omit<S, 'at'> & { readonly at?: Timestamp } : never;

/** A signal that says its `epoch`, where it is of a session. */
export type Numbered<S> = S extends { readonly sessionId: string } ? S & { readonly epoch: number } : S;

/** What every claim may say. */
export interface ClaimCommon<N extends Names> {
  /** Names the claim among those of its user. Any string. */
  readonly id: string;
  /** In force only while the derived status is at least this. Default: anything above the bottom; give the bottom to make it stick. */
  readonly whileAtLeast?: N['status'];
  /** In force only while this session of the user is above the bottom. Default: bound to no session. */
  readonly sessionId?: string;
  /** Of the claims in force the highest decides. Any finite number; default 0. */
  readonly priority?: number;
  /** The claim ends exactly at this instant, in ms. Default: when it is taken back. */
  readonly expiresAt?: Timestamp;
  /** What others may be shown with it, such as the game being watched. Any JSON. */
  readonly detail?: Json;
  /** The detail is not shown to others. */
  readonly private?: true;
}

/** A claim that replaces the derived status. */
export interface Showing<N extends Names> {
  /** The status to show instead of the derived one. */
  readonly show: N['status'];
  /** Not together with `show`. */
  readonly atMost?: never;
  /** Not together with `show`. */
  readonly atLeast?: never;
}

/** A claim that raises or caps the status, or only carries a detail. */
export interface Bounding<N extends Names> {
  /** Not together with `atMost` or `atLeast`. */
  readonly show?: never;
  /** Caps: the status is this at best. The bottom makes the user invisible. */
  readonly atMost?: N['status'];
  /** Raises: the status is this at worst. */
  readonly atLeast?: N['status'];
}

/** What a user, or software for them, declares: `show` replaces, `atLeast` raises, `atMost` caps, none of them only carries `detail`. */
export type Claim<N extends Names = Names> = ClaimCommon<N> & (Showing<N> | Bounding<N>);

/** What a client sent: lengths of time and no instants, so that the receiver's clock places them. */
export interface Beat<N extends Names = Names> {
  /** What happened. */
  readonly type: 'connected' | 'heartbeat' | 'disconnected';
  /** The tab, device or agent. */
  readonly sessionId: string;
  /** The number of the connection, growing. */
  readonly epoch: number;
  /** The client's own word about itself. Not said of a `disconnected`. */
  readonly report?: N['report'];
  /** How long ago the human last interacted, in ms. Not said of a `disconnected`. */
  readonly inactiveForMs?: DurationMs;
  /** "Expect nothing from me for so long", in ms. Not said of a `disconnected`. */
  readonly quietForMs?: DurationMs;
  /** Why the transport ends. Only said of a `disconnected`; default `dropped`. */
  readonly cause?: N['cause'];
}

/** Proof for the compiler that all kinds are handled. */
export function unreachable(value: never): never {
  throw new TypeError(`Expected nothing else, received ${JSON.stringify(value)}.`);
}
