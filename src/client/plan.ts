// How often to send a heartbeat: the longest interval that nobody sees.
// Rule 1: losing as many beats in a row as are tolerated, a healthy session is heard again before its first threshold.
// Rule 2: a hidden page's timers run at most once a minute, so an interval under a minute is none for what it reports.
// Rule 3: a policy that cannot be held is refused at once, with every threshold that is too short.
//
// Theory of operation. Of all thresholds of silence only the first that shows matters, and what it takes to hold that is the
// same sum that `checkPolicy` does (hold.ts). The second of two beats that are heard may be `marginMs` later than it was meant
// to be. One of a hidden page may be a whole timer late; a promise of quiet covers that, and what it does not cover comes off.

import { complaint } from '../complaint.js';
import type { Issue } from '../complaint.js';
import { checkedPolicy, PolicyError, tableOf } from '../define.js';
import { firstShowing, leastThresholdMs, longestIntervalMs } from '../hold.js';
import { isRecord, owns } from '../plain.js';
import type { Policy } from '../policy.js';
import type { Names } from '../signal.js';
import type { DurationMs } from '../time.js';

/** What a client wants to survive. */
export interface PlanOptions<N extends Names = Names> {
  /** So many beats may be lost in a row, 0 to 1000. Default 1, as one in a row is ordinary and two are an outage. */
  readonly toleratedLosses?: number;
  /**
   * How much later one beat may be than another, on its way and by a busy page's timers, in ms, 0 and up. Default 1 s: ordinary
   * delays were 1 to 300 ms where they were recorded, and a packet that is sent again takes up to a second.
   */
  readonly marginMs?: DurationMs;
  /** What hidden pages report, a key of the policy's `reports`. Default `background`, where the policy has it. */
  readonly hidden?: N['report'];
}

/** How long a client may wait from one beat to the next, by what it reports. */
export type HeartbeatPlan<N extends Names = Names> = {
  /** While this is reported, in ms. */
  readonly [R in N['report']]: DurationMs;
};

/** The timers of a hidden page run at most this often, in ms: measured in Chromium, from about a minute after it was hidden. */
export const hiddenTimersMs = 60_000;

/** The longest time that a timer can wait: `setTimeout` fires at once where it is longer, in ms. */
const longestDelayMs = 2 ** 31 - 1;

/**
 * The longest interval between heartbeats, for each report, that never lets a healthy session decay although so many beats in a
 * row are lost. Count intervals from when a beat was meant to be sent, not from when a late timer sent it. A hidden page must
 * promise a minute of quiet (`quietForMs`) with each beat, as its timers are throttled. `createBeacon` does both.
 *
 * @param policy - From `definePolicy`.
 * @param options - What to survive. Default: one lost beat, and a second of delay.
 * @returns Whole ms, 1 and up, by report; 2 147 483 647, as long as a timer can wait, where silence never shows. Cost: linear in the table.
 * @throws PolicyError when no interval of 1 ms or more (of a minute or more for what hidden pages report) is short enough, with
 * every threshold that is too short.
 * @throws TypeError when an option breaks its type.
 * @example
 * ```ts
 * import { defaultPolicy } from 'presence-model';
 * import { heartbeatPlan } from 'presence-model/client';
 *
 * heartbeatPlan(defaultPolicy); // => { none: 7_000, active: 7_000, idle: 29_500, background: 89_500 }
 * heartbeatPlan(defaultPolicy, { toleratedLosses: 0 }).active; // => 14_000
 * ```
 */
export function heartbeatPlan<N extends Names>(policy: Policy<N>, options: PlanOptions<N> = {}): HeartbeatPlan<N> {
  const given = checkedPolicy(policy);
  return planOf(given, planOptionsOf(options, given));
}

/** {@link heartbeatPlan} of what was checked before. */
export function planOf(given: Policy, { toleratedLosses, marginMs, hidden }: Planned): HeartbeatPlan {
  const table = tableOf(given);
  const tooShort = new Map<string, { readonly neededMs: DurationMs; readonly issue: Issue }>();
  const plan = Object.keys(given.reports).map((report): readonly [string, DurationMs] => {
    const threshold = firstShowing('silence', report, given, table);
    if (threshold === undefined) return [report, longestDelayMs];
    const isHidden = report === hidden;
    const hearing = isHidden
      ? { toleratedLosses, lateMs: marginMs + hiddenTimersMs, promisedMs: Math.min(hiddenTimersMs, given.maxQuietMs) }
      : { toleratedLosses, lateMs: marginMs, promisedMs: 0 };
    const leastMs = isHidden ? hiddenTimersMs : 1;
    const intervalMs = longestIntervalMs(threshold.afterMs, hearing);
    if (intervalMs < leastMs) {
      const { path, afterMs } = threshold;
      const neededMs = leastThresholdMs(leastMs, hearing);
      const issue = { path, message: complaint(path, `${String(neededMs)} or more, ${why(toleratedLosses + 1, isHidden)}`, afterMs) };
      if (neededMs > (tooShort.get(path)?.neededMs ?? 0)) tooShort.set(path, { neededMs, issue });
    }
    return [report, Math.min(intervalMs, longestDelayMs)];
  });
  if (tooShort.size > 0) throw new PolicyError([...tooShort.values()].map(({ issue }) => issue));
  return Object.fromEntries(plan);
}

function why(tries: number, isHidden: boolean): string {
  const heard = tries === 1 ? 'every beat' : `one of ${String(tries)} beats`;
  return isHidden ? `as a hidden page's timers run once a minute and ${heard} is heard` : `as ${heard} is heard`;
}

/** Options with everything that was left out. */
export interface Planned {
  readonly toleratedLosses: number;
  readonly marginMs: DurationMs;
  readonly hidden: string | undefined;
}

/** Checks the options of a plan. Throws `TypeError` at the first that is none. */
export function planOptionsOf(options: unknown, policy: Policy): Planned {
  if (!isRecord(options)) throw new TypeError(complaint('options', 'an object', options));
  const { toleratedLosses = 1, marginMs = 1_000, hidden } = options;
  if (!isWholeWithin(toleratedLosses, 1_000)) throw new TypeError(complaint('toleratedLosses', 'a whole number, 0 to 1000', toleratedLosses));
  if (!isWholeWithin(marginMs, Number.MAX_SAFE_INTEGER)) throw new TypeError(complaint('marginMs', 'whole milliseconds, 0 or more', marginMs));
  if (hidden !== undefined) assertReport('hidden', hidden, policy);
  return { toleratedLosses, marginMs, hidden: hidden ?? (owns(policy.reports, 'background') ? 'background' : undefined) };
}

/** Throws `TypeError`, naming the field, unless the policy has this report. */
export function assertReport(field: string, value: unknown, { reports }: Policy): asserts value is string {
  if (typeof value === 'string' && owns(reports, value)) return;
  throw new TypeError(complaint(field, `one of ${Object.keys(reports).join(', ')}`, value));
}

function isWholeWithin(value: unknown, most: number): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0 && Number(value) <= most;
}
