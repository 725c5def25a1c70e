// Who speaks: the options of a beacon, checked once, and what follows from them.
// Rule: the page says that its human is idle when the policy allows no better anyway. So the word lowers nobody; it only
// says that fewer beats will do.

import { complaint } from '../complaint.js';
import { checkedPolicy, tableOf } from '../define.js';
import { firstAtLeast } from '../hold.js';
import { isRecord, owns } from '../plain.js';
import type { Policy } from '../policy.js';
import type { Names } from '../signal.js';
import type { StandingRows } from '../table.js';
import { assertInstant } from '../time.js';
import type { DurationMs, Timestamp } from '../time.js';
import { paceOf } from './pace.js';
import type { Pace } from './pace.js';
import { assertReport, planOf, planOptionsOf } from './plan.js';

/** What a page says of itself as it changes. */
export interface PageReports<N extends Names = Names> {
  /** While it may be seen. Default `active` where the policy has it, else `none`. */
  readonly visible?: N['report'];
  /**
   * While it may be seen and the human has done nothing for so long that the policy allows no better anyway: so fewer beats will
   * do. Default `idle`, where the policy has it.
   */
  readonly idle?: N['report'];
  /** While it is hidden. Default `background` where the policy has it, else what it says while it may be seen. */
  readonly hidden?: N['report'];
}

/** What a beacon needs to know. */
export interface BeaconOptions<N extends Names = Names> {
  /** The policy of who listens, from `definePolicy`. */
  readonly policy: Policy<N>;
  /** The tab, device or agent: stable over reconnects and refreshes, and its own. */
  readonly sessionId: string;
  /** The number of the first connection, a whole number; greater than that of any before. Later ones count on from there. */
  readonly epoch: number;
  /** When the page began, in ms on its own clock. */
  readonly at: Timestamp;
  /** So many beats may be lost in a row, 0 to 1000. Default 1. */
  readonly toleratedLosses?: number;
  /** How much later one beat may be than another, in ms, 0 and up. Default 1 s. */
  readonly marginMs?: DurationMs;
  /** What a page says of itself. Default: the words of the default policy, where the policy has them. */
  readonly reports?: PageReports<N>;
}

/** Options that were checked, and what follows from them. */
export interface Speaker {
  readonly policy: Policy;
  readonly sessionId: string;
  readonly epoch: number;
  readonly at: Timestamp;
  readonly pace: Pace;
  readonly visible: string;
  readonly idle: string;
  readonly hidden: string;
  /** When the human has done nothing for so long, the page says `idle`; infinite: never. */
  readonly idleAfterMs: DurationMs;
  /** The same for a page that nobody ever touched. */
  readonly untouchedAfterMs: DurationMs;
}

/** Checks the options of a beacon. Throws before anything is done. */
export function speakerOf(options: unknown): Speaker {
  if (!isRecord(options)) throw new TypeError(complaint('options', '{ policy, sessionId, epoch, at }', options));
  const { sessionId, epoch, at, reports = {}, toleratedLosses, marginMs } = options;
  const policy = checkedPolicy(options['policy'] as Policy);
  if (typeof sessionId !== 'string') throw new TypeError(complaint('sessionId', 'a string', sessionId));
  if (!Number.isSafeInteger(epoch)) throw new TypeError(complaint('epoch', 'a whole number', epoch));
  assertInstant('at', at);
  if (!isRecord(reports)) throw new TypeError(complaint('reports', '{ visible?, idle?, hidden? }', reports));
  const word = (name: keyof PageReports, usual: string): string | undefined => {
    const given = reports[name];
    if (given !== undefined) assertReport(`reports.${name}`, given, policy);
    return given ?? (owns(policy.reports, usual) ? usual : undefined);
  };
  const visible = word('visible', 'active') ?? 'none';
  const idle = word('idle', 'idle') ?? visible;
  const hidden = word('hidden', 'background');
  const planned = planOptionsOf({ toleratedLosses, marginMs, hidden }, policy);
  const table = tableOf(policy);
  const rankOf = (report: string): number => (table.reports.get(report) as StandingRows).allowed;
  const idleRank = rankOf(idle);
  const isWorse = idleRank > rankOf(visible);
  const afterMs = (clock: 'inactivity' | 'untouched'): number =>
    (isWorse ? firstAtLeast(clock, visible, idleRank, policy, table)?.afterMs : undefined) ?? Number.POSITIVE_INFINITY;
  return {
    policy, sessionId, epoch: Number(epoch), at, visible, idle, hidden: hidden ?? visible,
    pace: paceOf(planOf(policy, planned), planned, policy, table),
    idleAfterMs: afterMs('inactivity'),
    untouchedAfterMs: afterMs('untouched'),
  };
}
