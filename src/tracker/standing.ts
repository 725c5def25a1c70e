// The rows that stand under each report, by the number that its word has in a tracker, and what of them is asked again and
// again: after how many ms a clock says something worse than a rank.

import type { Rungs } from '../ladder.js';
import type { StandingRows, Table } from '../table.js';
import { absent } from './session-fields.js';
import type { Words } from './words.js';

/** The rows of one report as a tracker reads them. Lengths are in ms, rank by rank; infinite where nothing worse is said. */
export interface Standing {
  readonly rows: StandingRows;
  /** Does it matter when a session that was never touched was first seen? */
  readonly isUntouchedRead: boolean;
  readonly silentMs: readonly number[];
  readonly inactiveMs: readonly number[];
  readonly untouchedMs: readonly number[];
}

/**
 * When a session of this rank gets worse if nothing is heard: as it is the worst that its clocks say, none of them has passed
 * anything worse. Infinite: never. `activeAt` may be absent, then `firstSeenAt` counts.
 */
export function worseFrom(
  { silentMs, inactiveMs, untouchedMs }: Standing, rank: number, seenAt: number, activeAt: number, firstSeenAt: number,
): number {
  const silentAt = seenAt + (silentMs[rank] as number);
  const otherAt = activeAt === absent ? firstSeenAt + (untouchedMs[rank] as number) : activeAt + (inactiveMs[rank] as number);
  return silentAt < otherAt ? silentAt : otherAt;
}

export class StandingByWord {
  private readonly table: Table;
  private readonly words: Words;
  private readonly known: Standing[] = [];

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
      const { silence, inactivity, untouched } = rows;
      this.known.push({
        rows,
        isUntouchedRead: untouched.length > 0,
        silentMs: this.lengthsOf(silence),
        inactiveMs: this.lengthsOf(inactivity),
        untouchedMs: this.lengthsOf(untouched),
      });
    }
    return this.of(word);
  }

  private lengthsOf(rungs: Rungs): readonly number[] {
    return this.table.statuses.map((_, rank) => rungs.find((rung) => rung.rank > rank)?.afterMs ?? Number.POSITIVE_INFINITY);
  }
}
