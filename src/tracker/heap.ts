// Who is due when, for what lies far ahead or is few: a binary heap in flat arrays that tells everybody where they stand.
// Rule: an instant is written as ms after a beginning, in half the room, for as long as all are within days of each other.
// Always: no entry is later than those below it, nor, of one instant, to come after them.
// Always: whoever stands at a position was told so.

import type { Timestamp } from '../time.js';
import { noPage, sizeOfPage } from './records.js';
import { inPage, pageBits, rangeMs } from './sizes.js';

/** What a heap needs to know of those who stand in it. */
export interface Entries {
  /** Remembers where in the heap somebody stands; -1: not in it. */
  place(id: number, position: number): void;
  /** Who comes first, where both are due at one instant? */
  precedes(id: number, other: number): boolean;
}

export class Heap {
  size = 0;
  private ats: (Int32Array | Float64Array)[] = [];
  /** From when on instants are written; 0 once they are written as they are. */
  private beginning = 0;
  private isWide = false;
  private readonly ids: Int32Array[] = [];
  private readonly entries: Entries;

  constructor(entries: Entries) {
    this.entries = entries;
  }

  /** The earliest instant; infinite: nobody is due. */
  get firstAt(): number {
    return this.size === 0 ? Number.POSITIVE_INFINITY : this.atOf(0);
  }

  /** Is somebody due earlier than that instant? Like a look at `firstAt`, but that no instant is handed over, which might need a box. */
  isDueBefore(at: Timestamp): boolean {
    return this.size > 0 && this.atOf(0) < at;
  }

  /** The same, or at that instant. */
  isDueBy(at: Timestamp): boolean {
    return this.size > 0 && this.atOf(0) <= at;
  }

  /** Who is due first; -1: nobody. */
  get first(): number {
    return this.size === 0 ? -1 : this.idOf(0);
  }

  /** When whoever stands at the position is due; infinite: never, as nobody stands there. */
  at(position: number): number {
    return position < 0 || position >= this.size ? Number.POSITIVE_INFINITY : this.atOf(position);
  }

  /** Somebody who stands at `position` (-1: nowhere) is due at this instant. Cost: logarithmic, once in days linear. */
  set(id: number, position: number, at: Timestamp): void {
    if (!this.isWide && !this.isNear(at)) this.makeRoomFor(at);
    if (position !== -1) {
      this.settle(id, at, position);
      return;
    }
    this.reach(this.size);
    this.settle(id, at, this.size++);
  }

  /** Whoever stands at the position is due no longer. Cost: logarithmic. */
  remove(position: number): void {
    const id = this.idOf(position);
    const last = --this.size;
    if (position !== last) this.settle(this.idOf(last), this.atOf(last), position);
    this.entries.place(id, -1);
  }

  /** Puts an entry where its instant belongs, starting from `position`. */
  private settle(id: number, at: Timestamp, position: number): void {
    let here = position;
    while (here > 0) {
      const above = (here - 1) >> 1;
      if (!this.isBefore(id, at, above)) break;
      this.move(above, here);
      here = above;
    }
    for (let below = this.firstBelow(here); below !== -1 && !this.isBefore(id, at, below); below = this.firstBelow(here)) {
      this.move(below, here);
      here = below;
    }
    this.write(here, id, at);
  }

  /** The earlier of the two entries below, or -1. */
  private firstBelow(position: number): number {
    const left = position * 2 + 1;
    if (left >= this.size) return -1;
    const right = left + 1;
    return right < this.size && this.isBefore(this.idOf(right), this.atOf(right), left) ? right : left;
  }

  private isBefore(id: number, at: Timestamp, position: number): boolean {
    const there = this.atOf(position);
    return at !== there ? at < there : this.entries.precedes(id, this.idOf(position));
  }

  private move(from: number, to: number): void {
    this.write(to, this.idOf(from), this.atOf(from));
  }

  private write(position: number, id: number, at: Timestamp): void {
    (this.ids[position >>> pageBits] as Int32Array)[position & inPage] = id;
    (this.ats[position >>> pageBits] as Float64Array)[position & inPage] = at - this.beginning;
    this.entries.place(id, position);
  }

  private idOf(position: number): number {
    return (this.ids[position >>> pageBits] as Int32Array)[position & inPage] as number;
  }

  private atOf(position: number): Timestamp {
    return this.beginning + ((this.ats[position >>> pageBits] as Float64Array)[position & inPage] as number);
  }

  /** Can an instant be written after the beginning? */
  private isNear(at: Timestamp): boolean {
    return Math.abs(at - this.beginning) < rangeMs;
  }

  /** Moves the beginning to where all can be written after it, with this instant; where that is nowhere, they are written as they are. */
  private makeRoomFor(at: Timestamp): void {
    let [earliest, latest] = [at, at];
    for (let position = 0; position < this.size; position++) {
      earliest = Math.min(earliest, this.atOf(position));
      latest = Math.max(latest, this.atOf(position));
    }
    this.isWide = latest - earliest > 2 * (rangeMs - 1);
    this.rewrite(this.isWide ? 0 : earliest + rangeMs - 1);
  }

  private rewrite(beginning: number): void {
    const by = this.beginning - beginning;
    this.beginning = beginning;
    this.ats = this.ats.map((page) => {
      const written = this.pageOf(page.length);
      for (let i = 0; i < page.length; i++) written[i] = (page[i] as number) + by;
      return written;
    });
  }

  private pageOf(size: number): Int32Array | Float64Array {
    return this.isWide ? new Float64Array(size) : new Int32Array(size);
  }

  /** Everybody, in the order in which they are due. Cost: a sort. */
  inOrder(): number[] {
    const positions = Array.from({ length: this.size }, (_, position) => position);
    positions.sort((a, b) => (this.isBefore(this.idOf(a), this.atOf(a), b) ? -1 : 1));
    return positions.map((position) => this.idOf(position));
  }

  /** Makes sure that there is room at a position, page by page. */
  private reach(position: number): void {
    const { ids, ats } = this;
    const index = position >>> pageBits;
    const had = ids[index] ?? noPage;
    if (had.length > (position & inPage)) return;
    const size = sizeOfPage(index, (position & inPage) + 1);
    const [moreIds, moreAts] = [new Int32Array(size), this.pageOf(size)];
    moreIds.set(had);
    moreAts.set(ats[index] ?? noPage);
    ids[index] = moreIds;
    ats[index] = moreAts;
  }
}
