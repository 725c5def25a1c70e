// The rows that stand under each report, by the number that its word has in a tracker, and what of them is asked again and
// again: after how many ms a clock says something worse than a rank.

import type { Worsening } from '../ladder.js';
import type { StandingRows, Table } from '../table.js';
import { absent } from './session-field.js';
import type { Words } from './words.js';

/**
 * The rows of one report as a tracker reads them. Lengths are in ms, rank by rank: after how many ms something worse than the
 * rank is said; infinite where nothing is, minus infinite where it is always.
 */
export interface Standing {
  readonly rows: StandingRows;
  /** How many rows there are of sessions that were never touched: where there is none, it matters to nobody when they were first seen. */
  readonly untouchedRows: number;
  readonly silentMs: readonly number[];
  readonly inactiveMs: readonly number[];
  readonly untouchedMs: readonly number[];
}

/** Does a clock that started at `since` say something worse than the rank, by the lengths of one of its rows? */
export function saysWorse(lengths: readonly number[], rank: number, since: number, now: number): boolean {
  return since + (lengths[rank] as number) <= now;
}

/**
 * When the clocks of a session first say something worse than this rank, whether that is past or not; infinite: never. So the
 * rank that they say is the best, of those that the report allows, of which this has not come yet. `activeAt` may be absent,
 * then `firstSeenAt` counts.
 */
export function worseFrom(
  { silentMs, inactiveMs, untouchedMs }: Standing, rank: number, seenAt: number, activeAt: number, firstSeenAt: number,
): number {
  const silentAt = seenAt + (silentMs[rank] as number);
  const otherAt = activeAt === absent ? firstSeenAt + (untouchedMs[rank] as number) : activeAt + (inactiveMs[rank] as number);
  return silentAt < otherAt ? silentAt : otherAt;
}

/** The same for a session that is quick, in ms from `seenAt` on. */
export function quickAheadMs({ silentMs, inactiveMs }: Standing, rank: number, seenAt: number, activeAt: number): number {
  const silent = silentMs[rank] as number;
  if (activeAt === absent) return silent;
  const inactive = activeAt - seenAt + (inactiveMs[rank] as number);
  return inactive < silent ? inactive : silent;
}

export class StandingByWord {
  /** Those that were asked for, and those before them. */
  readonly known: Standing[] = [];
  private readonly table: Table;
  private readonly words: Words;

  constructor(table: Table, words: Words) {
    this.table = table;
    this.words = words;
  }

  /** The rows that stand while the word of this number does; 0: none does. */
  of(word: number): Standing {
    return this.known[word] ?? this.read(word);
  }

  private read(word: number): Standing {
    while (this.known.length <= word) {
      const rows = this.table.reports.get(this.words.wordOf(this.known.length)) ?? this.table.none;
      const { silence, inactivity, untouched } = rows.worse;
      this.known.push({
        rows,
        untouchedRows: untouched.length,
        silentMs: this.lengthsOf(silence),
        inactiveMs: this.lengthsOf(inactivity),
        untouchedMs: this.lengthsOf(untouched),
      });
    }
    return this.of(word);
  }

  private lengthsOf(row: Worsening): readonly number[] {
    return this.table.statuses.map((_, rank) => row[rank] ?? Number.POSITIVE_INFINITY);
  }
}
