// What a tracker is asked and what it answers.

import type { Change } from '../diff.js';
import type { UserEvidence } from '../evidence.js';
import type { ShownPresence } from '../shown.js';
import type { Connected, Names, Signal, Unstamped } from '../signal.js';
import type { Gap, Timestamp } from '../time.js';
import type { UserPresence } from '../user.js';
import type { Connection } from './connection.js';
import type { TrackerSnapshot } from './snapshot.js';

/** How to make a tracker. */
export interface TrackerOptions {
  /** From `tracker.snapshot()`, perhaps of another process. Default: nobody is known. */
  readonly snapshot?: TrackerSnapshot;
  /**
   * When this host can hear again, in ms: its return plus what clients need to reconnect. From the snapshot until then is a
   * gap. Default: no gap.
   */
  readonly resumedAt?: Timestamp;
  /** The most users kept. Default 16 777 215, as a `Map` holds no more. */
  readonly maxUsers?: number;
  /** The most sessions of one user that are not over. Default 1000: nobody has as many tabs who means well. */
  readonly maxSessionsPerUser?: number;
  /** The most claims of one user that are held. Default 100. */
  readonly maxClaimsPerUser?: number;
  /** Tell session changes too, for operators. Default false. */
  readonly sessionChanges?: boolean;
}

/** Which users: those shown at this status or better. */
export interface AtLeast<N extends Names = Names> {
  /** The worst status that counts. */
  readonly atLeast: N['status'];
}

/** Which users: those shown at exactly this status. */
export interface Exactly<N extends Names = Names> {
  /** The status that counts. */
  readonly status: N['status'];
}

/** What {@link Tracker.open} answers. */
export interface Opened<N extends Names = Names> {
  /** The handle of the connection. */
  readonly connection: Connection<N>;
  /** What is to be told. */
  readonly changes: readonly Change<N>[];
}

/** How much is kept. */
export interface TrackerSize {
  /** Records of users. */
  readonly users: number;
  /** Sessions, those included that are gone and remembered. */
  readonly sessions: number;
}

/** Many users in memory. */
export interface Tracker<N extends Names = Names> {
  /**
   * A transport opened. The handle is the connection: keep it beside the socket.
   *
   * @param hello - Who, which session, and what the client says of itself. Its `at` may be left out.
   * @param now - In whole ms; an earlier one than the tracker's counts as the tracker's. So for every call.
   * @returns The connection and what is to be told. Cost: logarithmic in users, linear in the user's sessions.
   */
  open(hello: Unstamped<Omit<Connected<N>, 'type'>>, now: Timestamp): Opened<N>;
  /**
   * Takes a signal in: what is due strictly before `now` is told first, then what the signal changes.
   *
   * @param signal - Anything that can be said. Its `at` may be left out; its `epoch` too, where there is one receiver.
   * @param now - In whole ms.
   * @returns What is to be told; the shared empty list where that is nothing.
   */
  observe(signal: Unstamped<Signal<N>>, now: Timestamp): readonly Change<N>[];
  /**
   * Moves time and tells every change up to and including `now`, each with its own instant, in time order.
   *
   * @param now - In whole ms. Early and repeated calls do nothing.
   * @param limit - The most crossings, told or not, and the most sessions that are over by then and collected (a thousand, where
   * it is less). Where it is reached, `tracker.now` stays at the instant reached: call again until it is `now` and
   * `nextChangeAt` is later or absent. Default: no limit.
   * @returns What is to be told. Cost: logarithmic in users for each crossing.
   */
  advanceTo(now: Timestamp, limit?: number): readonly Change<N>[];
  /** The instant up to which things were told, in ms. Absent: no call yet. */
  readonly now: Timestamp | undefined;
  /** When to call `advanceTo`, in ms: the earliest of all users'. It may then tell nothing. Absent: nothing is pending. */
  readonly nextChangeAt: Timestamp | undefined;
  /** The status that others were told last; the bottom's for somebody unknown. Cost: constant. */
  status(userId: string): N['status'];
  /** All that others may be sent of a user. Cost: linear in their sessions. */
  shown(userId: string): ShownPresence<N>;
  /** The whole answer about a user, as of what was told. Somebody unknown is at the bottom, by nobody. Cost: linear in their sessions. */
  user(userId: string): UserPresence<N>;
  /**
   * The users kept, those shown at `atLeast` or better where it is given. The tracker may change meanwhile; each user comes
   * at most once. Cost: linear.
   */
  userIds(filter?: AtLeast<N>): Iterable<string>;
  /** How many users are kept, or shown so. Cost: constant. */
  count(filter?: AtLeast<N> | Exactly<N>): number;
  /** How much is kept. Cost: constant. */
  readonly size: TrackerSize;
  /** The observer was not listening: tell it before time passes `until`. It may raise people. Cost: linear in users. */
  gap(gap: Gap): readonly Change<N>[];
  /** What is known of a user. Cost: linear in their sessions. */
  evidence(userId: string): UserEvidence | undefined;
  /** Takes in what another server knows of a user; never rejected. Cost: linear in both. */
  merge(evidence: UserEvidence, now: Timestamp): readonly Change<N>[];
  /** Everything, as plain data. Cost: linear. */
  snapshot(): TrackerSnapshot;
}
