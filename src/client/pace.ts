// When the next beat is due.
// Rule 1: a receiver may not have heard of the last `toleratedLosses` beats. So it is kept content with what any of them said:
//         after a change what the old word needs stands until the new one must have been heard.
// Rule 2: an interaction is no message. It waits for the next beat, unless the receiver would take the human for inactive.
// Rule 3: timers that are late do not add up: intervals count from when a beat was meant to be sent.
// Rule 4: who is back after a while says so at once.

import { firstShowing } from '../hold.js';
import type { Policy } from '../policy.js';
import type { Table } from '../table.js';
import type { DurationMs, Timestamp } from '../time.js';
import { hiddenTimersMs } from './plan.js';
import type { HeartbeatPlan, Planned } from './plan.js';

/** What one beat said, and when. */
export interface Said {
  /** When it was sent. */
  readonly at: Timestamp;
  /** When it was meant to be: a late timer does not put off those that follow. */
  readonly meantAt: Timestamp;
  readonly report: string;
  readonly quietForMs: DurationMs;
  readonly touchedAt: Timestamp | undefined;
}

/** How fast a client speaks. */
export interface Pace {
  /** So many beats are sent for one that is heard. */
  readonly tries: number;
  /** The longest interval, by report. */
  readonly plan: HeartbeatPlan;
  /** How old the last interaction that was told may get while there is a newer one, by report; infinite: as old as it likes. */
  readonly freshMs: ReadonlyMap<string, DurationMs>;
  /** The reports under which a page that nobody ever touched looks worse after a while: there the first touch is told at once. */
  readonly tellsFirst: ReadonlySet<string>;
}

/** Interactions are told at most once a second. */
const coalescedMs = 1_000;

/** The pace of a plan. */
export function paceOf(plan: HeartbeatPlan, { toleratedLosses, marginMs }: Planned, policy: Policy, table: Table): Pace {
  const tries = toleratedLosses + 1;
  const freshMs = new Map(Object.keys(policy.reports).map((report) => {
    const afterMs = firstShowing('inactivity', report, policy, table)?.afterMs ?? Number.POSITIVE_INFINITY;
    return [report, Math.max(Math.floor((afterMs - marginMs) / tries), coalescedMs)];
  }));
  const tellsFirst = new Set(Object.keys(policy.reports).filter((report) => firstShowing('untouched', report, policy, table) !== undefined));
  return { tries, plan, freshMs, tellsFirst };
}

/** Adds what was said last and drops what a receiver has left behind. */
export function afterSaying(said: readonly Said[], last: Said, { tries }: Pace): readonly Said[] {
  return [...said.slice(Math.max(0, said.length + 1 - tries)), last];
}

/** When to send again, if nothing else changes. `said` is what a receiver may believe, `last` the newest of it. */
export function dueAt(said: readonly Said[], last: Said, touchedAt: Timestamp | undefined, { plan, freshMs, tellsFirst }: Pace): Timestamp {
  const leastOf = (lengthMs: (report: string) => DurationMs): DurationMs =>
    said.reduce((least, { report }) => Math.min(least, lengthMs(report)), Number.POSITIVE_INFINITY);
  const due = after(last, leastOf((report) => plan[report] as DurationMs));
  if (touchedAt === undefined || said.every((beat) => beat.touchedAt === touchedAt)) return due;
  const fresh = leastOf((report) => freshMs.get(report) as DurationMs);
  if (last.touchedAt === touchedAt) return Math.min(due, after(last, fresh)); // told, perhaps in vain
  if (last.touchedAt === undefined && tellsFirst.has(last.report)) return last.at;
  return Math.min(due, (last.touchedAt ?? touchedAt) + fresh); // no touch was told yet: no clock of the receiver runs
}

/** So long after a beat was meant to be sent; where that is over already, after it was. */
function after({ at, meantAt }: Said, lengthMs: DurationMs): Timestamp {
  return meantAt + lengthMs > at ? meantAt + lengthMs : at + lengthMs;
}

/**
 * How long a hidden page promises quiet with a beat: the timer of the next may be late. Where the interval is shorter than its
 * timers allow, so much more for each beat that may be lost. No more than counts.
 */
export function hiddenQuietMs(report: string, { tries, plan }: Pace, { maxQuietMs }: Policy): DurationMs {
  const tooSlowMs = Math.max(0, hiddenTimersMs - (plan[report] as DurationMs));
  return Math.min(hiddenTimersMs + (tries - 1) * tooSlowMs, maxQuietMs);
}
