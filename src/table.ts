// A policy as it is read: words become ranks, rows become lists of rungs, and each report has the rows that stand while it does.
// Rule: evidence outlives policies. A report that the policy does not know reads as `none`, a cause as `dropped`.

import { owns } from './plain.js';
import { rungsOf, worseningOf } from './ladder.js';
import type { Rungs, Worsening } from './ladder.js';
import type { Policy } from './policy.js';
import type { DurationMs } from './time.js';

/** The rows that stand while one report does. */
export interface StandingRows {
  readonly word: string;
  /** The rank that the report allows at best. */
  readonly allowed: number;
  readonly silence: Rungs;
  readonly inactivity: Rungs;
  readonly untouched: Rungs;
  readonly departures: ReadonlyMap<string, Rungs>;
  readonly worse: WorseRows;
}

/** The same rows, as they are asked for a rank. */
export interface WorseRows {
  readonly silence: Worsening;
  readonly inactivity: Worsening;
  readonly untouched: Worsening;
  readonly departures: ReadonlyMap<string, Worsening>;
  /** For a cause that the policy does not know. */
  readonly dropped: Worsening;
}

/** Always: `statuses[bottom]` is the bottom; `outward[rank]` is the word shown for it. */
export interface Table {
  readonly statuses: readonly string[];
  readonly bottom: number;
  readonly ranks: ReadonlyMap<string, number>;
  readonly outward: readonly string[];
  readonly none: StandingRows;
  readonly reports: ReadonlyMap<string, StandingRows>;
  readonly maxQuietMs: DurationMs;
  readonly keepSessionMs: DurationMs;
  readonly keepLastSeenMs: DurationMs;
}

/** The status of a rank. */
export function statusOf(rank: number, table: Table): string {
  return table.statuses[rank] ?? (table.statuses[table.bottom] as string);
}

/** The cause as the policy reads it. */
export function causeRead(cause: string, table: Table): string {
  return table.none.departures.has(cause) ? cause : 'dropped';
}

/** The row of a cause under a standing report. */
export function departureRungs(cause: string, rows: StandingRows): Rungs {
  return rows.departures.get(cause) ?? rows.departures.get('dropped') ?? [];
}

// Kept at the policy itself, where no copy, JSON or comparison sees it: a module must hold no state.
const key: unique symbol = Symbol('table');
interface WithTable {
  readonly [key]?: Table;
}

/** The table that a policy from `definePolicy` carries. */
export function attachedTable(policy: Policy): Table | undefined {
  return (policy as WithTable | undefined)?.[key];
}

/** Freezes a checked policy, in depth, with its table attached. */
export function attachTable(policy: Policy): Policy {
  Object.defineProperty(policy, key, { value: tableFrom(policy), enumerable: false });
  return deepFreeze(policy);
}

/** Reads a checked policy. */
export function tableFrom(policy: Policy): Table {
  const { statuses, maxQuietMs, keepSessionMs, keepLastSeenMs } = policy;
  const ranks = new Map(statuses.map((status, rank) => [status, rank]));
  const bottom = statuses.length - 1;
  const reports = new Map(Object.keys(policy.reports).map((word) => [word, rowsWhile(word, policy, ranks)]));
  return {
    statuses: [...statuses], // a copy, as V8 reads frozen lists slowly
    bottom,
    ranks,
    outward: statuses.map((status) => (owns(policy.shownAs, status) ? policy.shownAs[status] : undefined) ?? status),
    none: reports.get('none') ?? rowsWhile('none', policy, ranks),
    reports,
    maxQuietMs,
    keepSessionMs,
    keepLastSeenMs,
  };
}

function rowsWhile(word: string, policy: Policy, ranks: ReadonlyMap<string, number>): StandingRows {
  const instead = (owns(policy.whileReported, word) ? policy.whileReported[word] : undefined) ?? {};
  const row = (name: 'silence' | 'inactivity' | 'untouched'): Rungs => rungsOf(instead[name] ?? policy[name], policy.statuses);
  const departures = Object.entries(policy.departures).map(([cause, ladder]): [string, Rungs] => {
    const replaced = instead.departures !== undefined && owns(instead.departures, cause) ? instead.departures[cause] : undefined;
    return [cause, rungsOf(replaced ?? ladder, policy.statuses)];
  });
  const [silence, inactivity, untouched] = [row('silence'), row('inactivity'), row('untouched')];
  const worseDepartures = new Map(departures.map(([cause, rungs]) => [cause, worseningOf(rungs)]));
  return {
    word,
    allowed: ranks.get(policy.reports[word] ?? '') ?? 0,
    silence,
    inactivity,
    untouched,
    departures: new Map(departures),
    worse: {
      silence: worseningOf(silence),
      inactivity: worseningOf(inactivity),
      untouched: worseningOf(untouched),
      departures: worseDepartures,
      dropped: worseDepartures.get('dropped') as Worsening,
    },
  };
}

function deepFreeze<T extends object>(value: T): T {
  for (const part of Object.values(value)) if (typeof part === 'object' && part !== null) deepFreeze(part as object);
  return Object.freeze(value);
}
