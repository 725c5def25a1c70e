// One user's whole life without a process: a row in a store, a call per signal or alarm, and no other call needed.
// Rule 1: every crossing since the row was last told is told, each with its own instant, however late the call.
// Rule 2: facts of one instant come before thresholds of that instant.
// Rule 3: what a later gap or another policy changes is told first of all.
//
// Theory of operation. Time moves in steps from one `nextChangeAt` to the next, up to but not including `now`; then the
// signal is taken in and judged as of just before `now`; then `now` itself is reached. Instants are whole, so "just
// before" is `now - 1`: a fact of `now` is then a clock that reads 0.

import { assertNone, evidenceIssues, signalIssues } from './check.js';
import { complaint } from './complaint.js';
import { tableOf } from './define.js';
import { noChanges, shownDiff } from './diff.js';
import type { Change } from './diff.js';
import type { UserEvidence } from './evidence.js';
import { remember } from './forget.js';
import { isRecord } from './plain.js';
import type { Policy } from './policy.js';
import { receive } from './receive.js';
import type { ShownPresence } from './shown.js';
import type { Names, Signal, Unstamped } from './signal.js';
import type { Table } from './table.js';
import { assertInstant, unionOf } from './time.js';
import type { Gap, Timestamp } from './time.js';
import { asOf, userPresenceOf } from './user.js';
import type { UserPresence } from './user.js';

/** What a store keeps of a user between calls. JSON. */
export interface UserRow {
  /** What is known. */
  readonly evidence: UserEvidence;
  /** The instant up to which, and including which, everything was told, in ms. */
  readonly toldAt: Timestamp;
  /** What others were told last. */
  readonly told: ShownPresence;
}

/** What {@link advanceUser} answers. */
export interface Advanced<N extends Names = Names> {
  /** The row to store; `undefined`: nothing is left to know, delete it. */
  readonly row: UserRow | undefined;
  /** What to tell, in the order in which it happened. */
  readonly changes: readonly Change<N>[];
  /** The answer as of now; its `nextChangeAt` is when to call again. */
  readonly presence: UserPresence<N>;
}

/**
 * Moves one user's row to `now`, taking a signal in on the way: the receiving rules, late alarms, every crossing since
 * the row was last told, forgetting. A store needs no other call: load the row, call, store the row, publish the changes,
 * set an alarm for `presence.nextChangeAt`.
 *
 * @param userId - The user.
 * @param row - What the last call answered; `undefined` for somebody unknown. Never changed.
 * @param policy - From `definePolicy`.
 * @param now - The host's instant, in whole ms. An earlier one than the row's counts as the row's.
 * @param signal - What was heard, if anything. Its `at` may be left out (it is then `now`), one beyond `now` is cut to it.
 * @param gaps - When the observer was not listening. Give a gap with every call that looks back over it. Default: none.
 * @returns The new row, what to tell, and the answer as of now. Cost: linear in what is known, times crossings passed.
 * @throws TypeError when an argument breaks its type or names another user, before anything happened.
 * @example
 * ```ts
 * import { advanceUser, defaultPolicy } from 'presence-model';
 *
 * const first = advanceUser('ada', undefined, defaultPolicy, 0, { type: 'connected', userId: 'ada', sessionId: 'tab' });
 * first.presence.status; // => 'active'
 * first.presence.nextChangeAt; // => 15_000
 * const later = advanceUser('ada', first.row, defaultPolicy, 70_000);
 * later.changes.map(({ at }) => at); // => [15_000, 60_000]
 * later.presence.status; // => 'away'
 * ```
 * @group Without a process
 */
export function advanceUser<N extends Names>(
  userId: string,
  row: UserRow | undefined,
  policy: Policy<N>,
  now: Timestamp,
  signal?: Unstamped<Signal<N>>,
  gaps?: readonly Gap[],
): Advanced<N> {
  checkArguments(userId, row, now, signal);
  const table = tableOf(policy);
  return advance({ userId, table, gaps: unionOf(gaps) }, row, Math.max(now, row?.toldAt ?? now), signal) as Advanced<N>;
}

interface Asking {
  readonly userId: string;
  readonly table: Table;
  readonly gaps: readonly Gap[];
}

function advance(asking: Asking, row: UserRow | undefined, now: Timestamp, signal: Unstamped<Signal> | undefined): Advanced {
  const { table, gaps } = asking;
  const changes: Change[] = [];
  let shown = row?.told ?? ask(asking, undefined, now).shown;
  const tell = (after: UserPresence, cause: 'signal' | 'time'): UserPresence => {
    changes.push(...shownDiff(shown, after, cause));
    shown = after.shown;
    return after;
  };
  const recall = (evidence: UserEvidence | undefined, at: Timestamp, fadeAt = at): UserEvidence | undefined =>
    evidence === undefined ? undefined : remember(evidence, table, at, gaps, fadeAt);

  let evidence = row?.evidence;
  if (row !== undefined) {
    evidence = recall(evidence, row.toldAt);
    let next = tell(ask(asking, evidence, row.toldAt), 'signal').nextChangeAt;
    while (next !== undefined && next < now) {
      evidence = recall(evidence, next);
      next = tell(ask(asking, evidence, next), 'time').nextChangeAt;
    }
  }
  if (signal !== undefined) {
    const before = row?.toldAt === now ? now : now - 1;
    evidence = recall(evidence, now, before);
    const received = receive(evidence, signal, table, now);
    if (received.rejection !== undefined) changes.push(received.rejection);
    else {
      evidence = received.evidence;
      tell(asOf(now, ask(asking, evidence, before)), 'signal');
    }
  }
  evidence = recall(evidence, now);
  const presence = tell(ask(asking, evidence, now), 'time');
  return {
    row: evidence === undefined ? undefined : { evidence, toldAt: now, told: presence.shown },
    changes: changes.length === 0 ? noChanges : changes,
    presence,
  };
}

function ask({ userId, table, gaps }: Asking, evidence: UserEvidence | undefined, at: Timestamp): UserPresence {
  return userPresenceOf(evidence ?? { userId, sessions: [], claims: [] }, table, at, gaps);
}

function checkArguments(userId: unknown, row: unknown, now: unknown, signal: unknown): void {
  if (typeof userId !== 'string') throw new TypeError(complaint('userId', 'a string', userId));
  assertInstant('now', now);
  if (signal !== undefined) {
    assertNone(signalIssues(signal));
    checkUser('signal.userId', userId, signal);
  }
  if (row === undefined) return;
  if (!isRecord(row)) throw new TypeError(complaint('row', 'an object or undefined', row));
  assertInstant('row.toldAt', row['toldAt']);
  assertNone(evidenceIssues(row['evidence'], 'row.evidence'));
  checkUser('row.evidence.userId', userId, row['evidence']);
  if (!isRecord(row['told']) || typeof row['told']['status'] !== 'string') throw new TypeError(complaint('row.told', 'what others were shown last', row['told']));
}

function checkUser(path: string, userId: string, value: unknown): void {
  const named = isRecord(value) ? value['userId'] : undefined;
  if (named !== userId) throw new TypeError(complaint(path, `${JSON.stringify(userId)}, as \`userId\` is`, named));
}
