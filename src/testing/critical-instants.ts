// Where anything can change: the only instants worth testing before, at and after.
// Rule 1: every clock starts at an instant that one signal says. So the instants of many signals are those of each alone,
//         and hold for every selection of them: whatever is lost on its way, nothing changes anywhere else.
// Rule 2: a clock is held against the rows of every report, since any may stand by then.

import { foldClocks, quietOf } from '../clocks.js';
import { tableOf } from '../define.js';
import { factOf } from '../evidence.js';
import type { ClaimEvidence, SessionEvidence } from '../evidence.js';
import type { Policy } from '../policy.js';
import { isOfSession } from '../receive.js';
import type { Names, Signal } from '../signal.js';
import type { Table } from '../table.js';
import { crossingOf, unionOf } from '../time.js';
import type { Gap, Timestamp } from '../time.js';
import { assertSignals } from './by-user.js';

/**
 * Every instant at which anything can change, whichever of the signals are heard: a status, a reason, what is shown, a last
 * seen, what is kept. Test one millisecond before each, at it, and after it, and no boundary is left out. Some of them
 * change nothing where all signals are heard: those are where a lost one would show.
 *
 * @param signals - Stamped, in any order; each is heard at its instant.
 * @param policy - From `definePolicy`.
 * @param gaps - When the observer was not listening. Default: none.
 * @returns Instants in order, each once. Between two neighbours every answer stands. Cost: for each signal the cells of the
 * rows that it starts, and a sort.
 * @throws TypeError when a signal or a gap breaks its type, before anything is done.
 * @example
 * ```ts
 * import { definePolicy } from 'presence-model';
 * import { criticalInstants } from 'presence-model/testing';
 *
 * const policy = definePolicy({ silence: { idle: 15_000, offline: 60_000 }, keepSessionMs: 120_000, keepLastSeenMs: 600_000 });
 * // heard · idle · offline · forgotten, counted from when it was heard or was offline · the last seen ends
 * criticalInstants([{ type: 'heartbeat', userId: 'ada', sessionId: 'tab', at: 0 }], policy); // => [0, 15_000, 60_000, 120_000, 180_000, 600_000]
 * ```
 */
export function criticalInstants<N extends Names>(signals: readonly Signal<N>[], policy: Policy<N>, gaps?: readonly Gap[]): readonly Timestamp[] {
  assertSignals(signals);
  const table = tableOf(policy);
  const union = unionOf(gaps);
  const instants = new Set<Timestamp>();
  for (const signal of signals) {
    // What is before its signal is heard changes nothing, and what no clock can show is never reached.
    const add = (at: Timestamp): unknown => at >= signal.at && Number.isSafeInteger(at) && instants.add(at + 0);
    add(signal.at);
    const { sessions, claims, clearedAt } = factOf(isOfSession(signal) ? { ...signal, epoch: signal.epoch ?? 0 } : signal);
    for (const session of sessions) instantsOfSession(session, signal.at, table, union, add);
    for (const claim of claims) instantsOfClaim(claim, table, add);
    if (clearedAt !== undefined) add(clearedAt + table.keepSessionMs);
  }
  return [...instants].sort((a, b) => a - b);
}

function instantsOfSession(session: SessionEvidence, at: Timestamp, table: Table, gaps: readonly Gap[], add: (at: Timestamp) => unknown): void {
  const { seenAt, departures = {} } = session;
  for (const word of table.reports.keys()) {
    const facts = { ...session, seenAt: seenAt ?? at, report: { word, at, since: at } };
    foldClocks(facts, table, at, gaps, (found, rungs, since, stops, _, __, clock) => {
      if (seenAt === undefined && clock !== 'departure') return found; // the end of a connection is no proof of life
      for (const { rank, afterMs } of rungs) {
        const crossing = crossingOf(since, afterMs, stops);
        found(crossing);
        if (rank === table.bottom) found(crossing + table.keepSessionMs);
      }
      return found;
    }, add);
  }
  for (const end of Object.values(departures)) add(end + table.keepSessionMs);
  if (seenAt !== undefined) add(seenAt + quietOf(session, table) + table.keepSessionMs);
  add(at + table.keepLastSeenMs);
}

function instantsOfClaim({ at, claim }: ClaimEvidence, table: Table, add: (at: Timestamp) => unknown): void {
  if (claim === undefined) add(at + table.keepSessionMs);
  if (claim?.expiresAt === undefined) return;
  add(claim.expiresAt);
  add(Math.max(claim.expiresAt, at) + table.keepSessionMs);
}
