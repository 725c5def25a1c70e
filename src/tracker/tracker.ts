// Many users in memory. Stateful, and still without a clock, a timer or a callback: every call says what time it is and
// answers what is to be told, so a caller can never be called back in the middle of a change.
// Rule 1: a call that is refused (a TypeError, a rejection) leaves everything as it was, but for the time.
// Rule 2: reads are the model's answer for what has been told.

import { assertNone, evidenceIssues, isWholeOrAbsent, signalIssues } from '../check.js';
import { complaint } from '../complaint.js';
import { defaultPolicy, tableOf } from '../define.js';
import { noChanges } from '../diff.js';
import type { Change } from '../diff.js';
import { join } from '../evidence.js';
import type { UserEvidence } from '../evidence.js';
import { remember } from '../forget.js';
import { isRecord } from '../plain.js';
import type { DefaultNames, Policy } from '../policy.js';
import { receive, rejected } from '../receive.js';
import type { ShownPresence } from '../shown.js';
import type { Connected, Heartbeat, Names, Signal, Unstamped } from '../signal.js';
import { assertInstant, isDue } from '../time.js';
import type { Gap, Timestamp } from '../time.js';
import type { UserPresence } from '../user.js';
import { Handle } from './connection.js';
import type { Connection, Receiver } from './connection.js';
import { limitsOf, makeRoom, refusalOf } from './limits.js';
import type { Limits } from './limits.js';
import { Roster } from './roster.js';
import { restore, save } from './snapshot.js';
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
   * @param limit - The most crossings, told or not. Where it is reached, `tracker.now` stays at the instant reached: call
   * again until it is `now` and `nextChangeAt` is later or absent. Default: no limit.
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

/**
 * Makes a tracker: presence of many users in memory, with no clock of its own.
 *
 * @param options - `policy` (default: the default policy), limits, a snapshot to go on from.
 * @returns The tracker.
 * @throws TypeError when an option breaks its type.
 * @example
 * ```ts
 * import { createTracker } from 'presence-model';
 *
 * const tracker = createTracker();
 * const { connection } = tracker.open({ userId: 'ada', sessionId: 'laptop' }, 0);
 * connection.heartbeat(9_000); // => []
 * tracker.nextChangeAt; // => 24_000
 * tracker.advanceTo(24_000).map(({ at }) => at); // => [24_000]
 * tracker.status('ada'); // => 'idle'
 * ```
 * @group Start here
 */
export function createTracker(options?: TrackerOptions): Tracker<DefaultNames>;
/**
 * Makes a tracker with a policy of one's own.
 *
 * @param options - `policy`, limits, a snapshot to go on from.
 * @returns The tracker.
 */
export function createTracker<N extends Names>(
  options: TrackerOptions & {
    /** From `definePolicy`. */
    readonly policy: Policy<N>;
  },
): Tracker<N>;
export function createTracker(options: TrackerOptions & { readonly policy?: Policy } = {}): Tracker {
  return new InMemory(options);
}

class InMemory implements Tracker, Receiver {
  readonly roster: Roster;
  private readonly limits: Limits;
  /** What a call gathers; before the first call, what a restore has to tell. Always empty between calls, but for that. */
  private out: Change[] = [];

  constructor(options: TrackerOptions & { readonly policy?: Policy }) {
    const given: unknown = options;
    if (!isRecord(given)) throw new TypeError(complaint('options', 'an object', given));
    const { policy = defaultPolicy, snapshot, resumedAt, sessionChanges = false, maxUsers, maxSessionsPerUser, maxClaimsPerUser } = options;
    if (typeof sessionChanges !== 'boolean') throw new TypeError(complaint('sessionChanges', 'true or false', sessionChanges));
    this.limits = limitsOf({ maxUsers, maxSessionsPerUser, maxClaimsPerUser });
    this.roster = new Roster(tableOf(policy), sessionChanges);
    if (snapshot !== undefined) restore(snapshot, resumedAt, this.roster, this.out);
  }

  open(hello: Unstamped<Omit<Connected, 'type'>>, now: Timestamp): Opened {
    const signal = { ...hello, type: 'connected' as const };
    assertNone(signalIssues(signal));
    assertInstant('now', now);
    const at = this.arrive(now);
    const session = this.roster.known(hello.userId)?.sessions.find(({ sessionId }) => sessionId === hello.sessionId);
    const epoch = hello.epoch ?? (session === undefined ? at : Math.max(at, session.epoch + 1));
    const numbered = { ...signal, at: Math.min(hello.at ?? at, at), epoch };
    const isTaken = this.take(numbered);
    return { connection: new Handle(numbered, this, !isTaken), changes: this.tell() };
  }

  observe(signal: Unstamped<Signal>, now: Timestamp): readonly Change[] {
    if (!isQuietBeat(signal)) assertNone(signalIssues(signal));
    assertInstant('now', now);
    this.arrive(now);
    this.take(signal);
    return this.tell();
  }

  advanceTo(now: Timestamp, limit: number = Number.POSITIVE_INFINITY): readonly Change[] {
    assertInstant('now', now);
    if (limit !== Number.POSITIVE_INFINITY && (!Number.isSafeInteger(limit) || limit < 1)) {
      throw new TypeError(complaint('limit', 'a whole number, 1 or more', limit));
    }
    this.roster.pass(now, limit, this.out);
    return this.tell();
  }

  get now(): Timestamp | undefined {
    return this.roster.now;
  }

  get nextChangeAt(): Timestamp | undefined {
    const { firstAt } = this.roster.deadlines;
    return firstAt === Number.POSITIVE_INFINITY ? undefined : firstAt;
  }

  status(userId: string): string {
    checkId(userId);
    const { table, users } = this.roster;
    return users.get(userId)?.told.status ?? table.outward[table.bottom] ?? '';
  }

  shown(userId: string): ShownPresence {
    return this.user(userId).shown;
  }

  user(userId: string): UserPresence {
    checkId(userId);
    return this.roster.ask(userId);
  }

  userIds(filter?: AtLeast): Iterable<string> {
    const { roster } = this;
    const worst = filter === undefined ? roster.table.bottom : this.rankOf('atLeast', filter.atLeast);
    return chosen([...roster.users.keys()], (userId) => {
      const user = roster.users.get(userId);
      return user !== undefined && roster.shownRank(user) <= worst;
    });
  }

  count(filter?: AtLeast | Exactly): number {
    const { users, counts } = this.roster;
    if (filter === undefined) return users.size;
    return 'status' in filter ? counts.at(this.rankOf('status', filter.status)) : counts.atLeast(this.rankOf('atLeast', filter.atLeast));
  }

  get size(): TrackerSize {
    return { users: this.roster.users.size, sessions: this.roster.sessions };
  }

  gap(gap: Gap): readonly Change[] {
    const given: unknown = gap;
    if (!isRecord(given)) throw new TypeError(complaint('gap', '{ from, until }', given));
    const { from, until } = given;
    assertInstant('from', from);
    assertInstant('until', until);
    this.roster.addGaps([{ from, until }], this.out);
    return this.tell();
  }

  evidence(userId: string): UserEvidence | undefined {
    checkId(userId);
    return this.roster.users.get(userId)?.read();
  }

  merge(evidence: UserEvidence, now: Timestamp): readonly Change[] {
    assertNone(evidenceIssues(evidence, 'evidence'));
    assertInstant('now', now);
    const { roster, out } = this;
    const at = this.arrive(now);
    const { userId } = evidence;
    const user = roster.users.get(userId);
    const before = roster.known(userId) ?? { userId, sessions: [], claims: [] };
    const after = remember(join(before, evidence), roster.table, at, roster.gaps, roster.asking(user));
    if (after === before || (after === undefined && user === undefined)) return this.tell();
    if (user === undefined) makeRoom(roster, this.limits, false);
    roster.replace(user ?? roster.make(userId), after, 'signal', out);
    return this.tell();
  }

  snapshot(): TrackerSnapshot {
    return save(this.roster);
  }

  // ---- the receiver of connections

  arrive(now: Timestamp): Timestamp {
    return this.roster.arrive(now, this.out);
  }

  tell(): readonly Change[] {
    const { out } = this;
    if (out.length === 0) return noChanges;
    this.out = [];
    return out;
  }

  take(signal: Unstamped<Signal>): boolean {
    const { roster, out } = this;
    const now = roster.now ?? 0;
    const { userId } = signal;
    const user = roster.users.get(userId);
    if (user !== undefined && isQuietBeat(signal)) {
      const session = user.session(signal.sessionId);
      const at = Math.min(signal.at ?? now, now);
      const isCurrent = session !== undefined && (signal.epoch === undefined || signal.epoch === session.epoch);
      if (isCurrent && !isDue(at + roster.table.keepSessionMs, now) && roster.beat(user, session, at)) return true;
    }
    const before = roster.known(userId);
    const received = receive(before, signal, roster.table, now);
    if (received.rejection !== undefined) {
      out.push(received.rejection);
      return false;
    }
    if (received.evidence === undefined || received.evidence === before) return true;
    // What is said may be over already: a taking back of long ago leaves not even a trace.
    const after = remember(received.evidence, roster.table, now, roster.gaps, roster.asking(user));
    if (after === undefined && user === undefined) return true;
    const refusal = refusalOf(received.signal, before, after, roster, this.limits);
    if (refusal !== undefined) {
      out.push(rejected(received.signal, refusal, now));
      return false;
    }
    roster.replace(user ?? roster.make(userId), after, 'signal', out);
    return true;
  }

  private rankOf(field: string, status: string): number {
    const rank = this.roster.table.ranks.get(status);
    if (rank === undefined) throw new TypeError(complaint(field, `one of ${this.roster.table.statuses.join(', ')}`, status));
    return rank;
  }
}

/** Is it a heartbeat, well formed, that says nothing but that the session is alive? A quick look, which allocates nothing. */
function isQuietBeat(signal: unknown): signal is Unstamped<Heartbeat> {
  if (!isRecord(signal) || signal['type'] !== 'heartbeat') return false;
  const { userId, sessionId, at, epoch, report, activeAt, quietForMs, uncounted } = signal;
  const isPlaced = typeof userId === 'string' && typeof sessionId === 'string' && isWholeOrAbsent(at) && isWholeOrAbsent(epoch);
  return isPlaced && report === undefined && activeAt === undefined && quietForMs === undefined && uncounted === undefined;
}

function checkId(userId: unknown): void {
  if (typeof userId !== 'string') throw new TypeError(complaint('userId', 'a string', userId));
}

function* chosen(userIds: readonly string[], isChosen: (userId: string) => boolean): Generator<string, void, undefined> {
  for (const userId of userIds) if (isChosen(userId)) yield userId;
}
