// Many users in memory. Stateful, and still without a clock, a timer or a callback: every call says what time it is and
// answers what is to be told, so a caller can never be called back in the middle of a change.
// Rule 1: a call that is refused (a TypeError, a rejection) leaves everything as it was, but for the time.
// Rule 2: reads are the model's answer for what has been told.

import { assertNone, evidenceIssues, signalIssues } from '../check.js';
import { complaint } from '../complaint.js';
import { defaultPolicy, tableOf } from '../define.js';
import { noChanges } from '../diff.js';
import type { Change } from '../diff.js';
import type { UserEvidence } from '../evidence.js';
import { isRecord } from '../plain.js';
import type { DefaultNames, Policy } from '../policy.js';
import type { ShownPresence } from '../shown.js';
import type { Connected, Names, Signal, Unstamped } from '../signal.js';
import { assertInstant } from '../time.js';
import type { Gap, Timestamp } from '../time.js';
import type { UserPresence } from '../user.js';
import { Handle } from './connection.js';
import type { Receiver } from './connection.js';
import { limitsOf } from './limits.js';
import type { Limits } from './limits.js';
import { arrive, pass } from './passing.js';
import { Roster } from './roster.js';
import { mostStatuses } from './session-state.js';
import { restore, save } from './snapshot.js';
import type { TrackerSnapshot } from './snapshot.js';
import { isPlainBeat, known, merge, take, takesPlainBeat } from './taking.js';
import { replace } from './telling.js';
import { keepTurns, turnsOf } from './turns.js';
import type { AtLeast, Exactly, Opened, Tracker, TrackerOptions, TrackerSize } from './tracker.js';

/**
 * Makes a tracker: presence of many users in memory, with no clock of its own.
 *
 * @param options - `policy` (default: the default policy; at most 1024 statuses), limits, a snapshot to go on from.
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
  out: Change[] = [];

  constructor(options: TrackerOptions & { readonly policy?: Policy }) {
    const given: unknown = options;
    if (!isRecord(given)) throw new TypeError(complaint('options', 'an object', given));
    const { policy = defaultPolicy, snapshot, resumedAt, sessionChanges = false, maxUsers, maxSessionsPerUser, maxClaimsPerUser } = options;
    if (typeof sessionChanges !== 'boolean') throw new TypeError(complaint('sessionChanges', 'true or false', sessionChanges));
    this.limits = limitsOf({ maxUsers, maxSessionsPerUser, maxClaimsPerUser });
    const table = tableOf(policy);
    const { length } = table.statuses;
    if (length > mostStatuses) throw new TypeError(complaint('policy.statuses', `at most ${String(mostStatuses)} statuses in a tracker`, length));
    this.roster = new Roster(table, sessionChanges);
    if (snapshot !== undefined) restore(snapshot, resumedAt, this.roster, this.out);
  }

  open(hello: Unstamped<Omit<Connected, 'type'>>, now: Timestamp): Opened {
    const signal = { ...hello, type: 'connected' as const };
    assertNone(signalIssues(signal));
    assertInstant('now', now);
    this.arrive(now);
    const at = this.roster.time;
    const session = this.roster.sessionOf(hello.userId, hello.sessionId);
    const epoch = hello.epoch ?? (session === undefined ? at : Math.max(at, session.epoch + 1));
    const numbered = { ...signal, at: Math.min(hello.at ?? at, at), epoch };
    const isTaken = this.take(numbered);
    return { connection: new Handle(numbered, this, !isTaken), changes: this.tell() };
  }

  observe(signal: Unstamped<Signal>, now: Timestamp): readonly Change[] {
    const isPlain = isPlainBeat(signal);
    if (!isPlain) assertNone(signalIssues(signal));
    assertInstant('now', now);
    this.arrive(now);
    if (!isPlain || !takesPlainBeat(this.roster, signal, this.out)) this.take(signal);
    return this.tell();
  }

  advanceTo(now: Timestamp, limit: number = Number.POSITIVE_INFINITY): readonly Change[] {
    assertInstant('now', now);
    if (limit !== Number.POSITIVE_INFINITY && (!Number.isSafeInteger(limit) || limit < 1)) {
      throw new TypeError(complaint('limit', 'a whole number, 1 or more', limit));
    }
    pass(this.roster, now, limit, this.out);
    return this.tell();
  }

  get now(): Timestamp | undefined {
    return this.roster.now;
  }

  get nextChangeAt(): Timestamp | undefined {
    const { firstAt } = this.roster;
    return firstAt === Number.POSITIVE_INFINITY ? undefined : firstAt;
  }

  status(userId: string): string {
    checkId(userId);
    return this.roster.shownStatus(userId);
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
    return chosen(roster.directory.userIds(), (userId) => {
      const user = roster.find(userId);
      return user !== -1 && roster.users.toldOf(user) <= worst;
    });
  }

  count(filter?: AtLeast | Exactly): number {
    const { users, counts } = this.roster;
    if (filter === undefined) return users.size;
    return 'status' in filter ? counts.at(this.rankOf('status', filter.status)) : counts.atLeast(this.rankOf('atLeast', filter.atLeast));
  }

  get size(): TrackerSize {
    return { users: this.roster.users.size, sessions: this.roster.sessions.size };
  }

  gap(gap: Gap): readonly Change[] {
    const given: unknown = gap;
    if (!isRecord(given)) throw new TypeError(complaint('gap', '{ from, until }', given));
    const { from, until } = given;
    assertInstant('from', from);
    assertInstant('until', until);
    const { roster, out } = this;
    roster.addGaps([{ from, until }]);
    const turns = turnsOf(roster);
    for (const user of roster.everybody()) replace(roster, user, known(roster, user), 'signal', out);
    keepTurns(roster, turns);
    return this.tell();
  }

  evidence(userId: string): UserEvidence | undefined {
    checkId(userId);
    const user = this.roster.find(userId);
    return user === -1 ? undefined : this.roster.read(user);
  }

  merge(evidence: UserEvidence, now: Timestamp): readonly Change[] {
    assertNone(evidenceIssues(evidence, 'evidence'));
    assertInstant('now', now);
    this.arrive(now);
    merge(this.roster, this.limits, evidence, this.out);
    return this.tell();
  }

  snapshot(): TrackerSnapshot {
    return save(this.roster);
  }

  // ---- the receiver of connections

  arrive(now: Timestamp): void {
    arrive(this.roster, now, this.out);
  }

  tell(): readonly Change[] {
    const { out } = this;
    if (out.length === 0) return noChanges;
    if (out.length === 1) return [out.pop() as Change]; // a list that has grown has room for many
    this.out = [];
    return out;
  }

  take(signal: Unstamped<Signal>): boolean {
    return take(this.roster, this.limits, signal, this.out);
  }

  private rankOf(field: string, status: string): number {
    const rank = this.roster.table.ranks.get(status);
    if (rank === undefined) throw new TypeError(complaint(field, `one of ${this.roster.table.statuses.join(', ')}`, status));
    return rank;
  }
}

function checkId(userId: unknown): void {
  if (typeof userId !== 'string') throw new TypeError(complaint('userId', 'a string', userId));
}

function* chosen(userIds: readonly string[], isChosen: (userId: string) => boolean): Generator<string, void, undefined> {
  for (const userId of userIds) if (isChosen(userId)) yield userId;
}
