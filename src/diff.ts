// What is told. Rule 1: only what others see: a change of the outward status, or of shown details. Rule 2: within one
// instant claims come by id, then the user. A new last seen alone is told to nobody.

import { canonical, byCodeUnits, owns } from './plain.js';
import type { SessionBecause } from './because.js';
import type { Json, Names, Signal } from './signal.js';
import type { Timestamp } from './time.js';
import type { ShownPresence } from './shown.js';
import type { UserBecause, UserPresence } from './user.js';

/** What every change says. */
export interface Told {
  /** The user. */
  readonly userId: string;
  /** When it changed, in ms. */
  readonly at: Timestamp;
}

/** The status that others see changed. */
export interface UserChange<N extends Names = Names> extends Told {
  /** Others see another status. */
  readonly type: 'user';
  /** The status before, in its outward word. */
  readonly from: N['status'];
  /** The status now; never the same word. */
  readonly to: N['status'];
  /** Something was said, or a threshold was crossed. */
  readonly cause: 'signal' | 'time';
  /** Which session or which claim decides now. For the user and the operator. */
  readonly because: UserBecause<N>;
  /** All that others may be sent. */
  readonly shown: ShownPresence<N>;
}

/** The details shown of one claim changed. */
export interface ClaimChange<N extends Names = Names> extends Told {
  /** Others see other details. */
  readonly type: 'claim';
  /** Which claim. */
  readonly claimId: string;
  /** All that others may be sent. */
  readonly shown: ShownPresence<N>;
}

/** What a session was or is, for operators. */
export interface SessionState<N extends Names = Names> {
  /** Its status. */
  readonly status: N['status'];
  /** Did its current connection end? */
  readonly departed: boolean;
}

/** A session changed. On request only; for operators. */
export interface SessionChange<N extends Names = Names> extends Told {
  /** A session changed. */
  readonly type: 'session';
  /** Which. */
  readonly sessionId: string;
  /** What it was. */
  readonly from: SessionState<N>;
  /** What it is. */
  readonly to: SessionState<N>;
  /** Why. */
  readonly because: SessionBecause<N>;
  /** Never: this is not for others. */
  readonly shown?: undefined;
}

/** Why a signal was refused. */
export type RejectionReason = 'too-late' | 'too-many-users' | 'too-many-sessions' | 'too-many-claims';

/** A signal was refused, and nothing changed. */
export interface Rejection<N extends Names = Names> extends Told {
  /** A signal was refused. */
  readonly type: 'rejected';
  /** Why. */
  readonly reason: RejectionReason;
  /** The signal as it was placed on the receiver's clock. */
  readonly signal: Signal<N>;
  /** Never: this is not for others. */
  readonly shown?: undefined;
}

/** Everything that is told. Publishing is: `if (change.shown) send(change.shown)`. */
export type Change<N extends Names = Names> = UserChange<N> | ClaimChange<N> | SessionChange<N> | Rejection<N>;

/** Nothing to tell: one shared empty list. */
export const noChanges: readonly never[] = Object.freeze([]);

/**
 * What others are told between two answers about one user.
 *
 * @param before - The earlier answer.
 * @param after - The later answer.
 * @param cause - Was something said, or did time pass?
 * @returns Changes of claims by id, then that of the user; empty when others see the same. Cost: linear in shown details.
 * @example
 * ```ts
 * import { defaultPolicy, deriveUser, diff, observe } from 'presence-model';
 *
 * const nobody = deriveUser({ userId: 'ada', sessions: [], claims: [] }, defaultPolicy, 0);
 * const seen = observe(undefined, { type: 'connected', userId: 'ada', sessionId: 'tab', epoch: 1, at: 0 });
 * diff(nobody, deriveUser(seen, defaultPolicy, 0), 'signal').length; // => 1
 * ```
 * @group Without a process
 */
export function diff<N extends Names>(before: UserPresence<N>, after: UserPresence<N>, cause: 'signal' | 'time'): readonly Change<N>[] {
  return shownDiff(before.shown, after, cause);
}

/** {@link diff}, where of the earlier answer only what was shown is known. */
export function shownDiff<N extends Names>(before: ShownPresence<N>, after: UserPresence<N>, cause: 'signal' | 'time'): readonly Change<N>[] {
  const { userId, at, because, shown } = after;
  const changes: Change<N>[] = [];
  for (const claimId of changedDetails(before, shown)) changes.push({ type: 'claim', userId, at, claimId, shown });
  if (before.status !== shown.status) {
    changes.push({ type: 'user', userId, at, from: before.status, to: shown.status, cause, because, shown });
  }
  return changes.length === 0 ? noChanges : changes;
}

/** The ids of claims whose shown details differ, in code-unit order. */
export function changedDetails(a: ShownPresence, b: ShownPresence): readonly string[] {
  if (a.details === b.details) return noChanges;
  const ids = new Set([...Object.keys(a.details ?? {}), ...Object.keys(b.details ?? {})]);
  return [...ids].filter((id) => canonical(detailOf(a, id)) !== canonical(detailOf(b, id))).sort(byCodeUnits);
}

function detailOf({ details }: ShownPresence, id: string): Json | undefined {
  return details !== undefined && owns(details, id) ? details[id] : undefined;
}
