// A ring of places for the time ahead: who is due within the same span of 2^placeBits ms stands in a ring at one place, in the
// order in which they came. Nobody is ever moved, so nothing that others do costs a session anything.
// Always: nobody is due a whole turn ahead, so a place stands for one span alone.
// Instants come as their lowest 32 bits (`at | 0`), which tell places apart and are kept in no box.

import { Occupancy } from './occupancy.js';
import type { Records } from './records.js';
import { fieldBits } from './session-field.js';
import * as field from './session-field.js';
import { headBits, inHeads, inPage, inPlaces, pageBits, places } from './sizes.js';

/** What stands where nobody is. Never written. */
const noHeads = new Int32Array(1 << headBits);

export class Wheel {
  /** For each place its first, plus 1; 0: nobody. In pages, which are there only while somebody is at one of their places. */
  private readonly heads: Int32Array[] = Array.from({ length: places >>> headBits }, () => noHeads);
  /** At how many places of each page somebody is. */
  private readonly used = new Int32Array(places >>> headBits);
  /** Pages that are not used now, all zeros. */
  private readonly spare: Int32Array[] = [];
  private readonly taken = new Occupancy();
  private readonly pages: readonly Int32Array[];
  private readonly placeBits: number;

  /** `placeBits` is how many ms are one place, as a power of two. */
  constructor({ pages }: Records, placeBits: number) {
    this.pages = pages;
    this.placeBits = placeBits;
  }

  /** How many places after that of `low` the first is taken; -1: nobody is in the wheel. */
  firstAfter(low: number): number {
    const place = this.placeOf(low);
    const first = this.taken.next(place);
    return first === -1 ? -1 : (first - place) & inPlaces;
  }

  /** Who came first to the place of that instant; -1: nobody. */
  firstAt(low: number): number {
    const place = this.placeOf(low);
    return ((this.heads[place >>> headBits] as Int32Array)[place & inHeads] as number) - 1;
  }

  /** Everybody at the place of that instant, in order; absent: they are more than `most`. */
  allAt(low: number, most: number): number[] | undefined {
    const slots: number[] = [];
    const head = this.firstAt(low);
    for (let slot = head; slot !== -1; slot = this.after(slot, head)) {
      if (slots.length === most) return undefined;
      slots.push(slot);
    }
    return slots;
  }

  /** Who stands in the ring after that one; -1: the ring began with them. */
  private after(slot: number, head: number): number {
    const next = (this.pages[slot >>> pageBits] as Int32Array)[((slot & inPage) << fieldBits) + field.next] as number;
    return next === head ? -1 : next;
  }

  private placeOf(low: number): number {
    return (low >>> this.placeBits) & inPlaces;
  }

  /** Puts somebody who is in no wheel last at the place of the instant. */
  put(slot: number, low: number): void {
    this.link(this.pages[slot >>> pageBits] as Int32Array, (slot & inPage) << fieldBits, slot, low);
  }

  /** Takes somebody out. */
  remove(slot: number): void {
    const page = this.pages[slot >>> pageBits] as Int32Array;
    const here = (slot & inPage) << fieldBits;
    this.unlink(page, here, slot, page[here + field.next] as number);
    page[here + field.next] = -1;
  }

  /**
   * Puts somebody who is in this wheel, or nowhere, last at the place of the instant, unless it is the one they are due at. Their
   * record is at `here` on the page, and says `next`.
   */
  move(page: Int32Array, here: number, slot: number, next: number, low: number): void {
    if (next !== -1) {
      if (page[here + field.due] === low) return;
      this.unlink(page, here, slot, next);
    }
    this.link(page, here, slot, low);
  }

  private link(page: Int32Array, here: number, slot: number, low: number): void {
    const { pages } = this;
    const place = this.placeOf(low);
    const head = ((this.heads[place >>> headBits] as Int32Array)[place & inHeads] as number) - 1;
    page[here + field.due] = low;
    if (head === -1) {
      this.begin(place, slot);
      page[here + field.next] = slot;
      page[here + field.previous] = slot;
      return;
    }
    const headPage = pages[head >>> pageBits] as Int32Array;
    const headHere = (head & inPage) << fieldBits;
    const tail = headPage[headHere + field.previous] as number;
    (pages[tail >>> pageBits] as Int32Array)[((tail & inPage) << fieldBits) + field.next] = slot;
    page[here + field.previous] = tail;
    page[here + field.next] = head;
    headPage[headHere + field.previous] = slot;
  }

  private unlink(page: Int32Array, here: number, slot: number, next: number): void {
    const { pages } = this;
    const place = this.placeOf(page[here + field.due] as number);
    if (next === slot) {
      this.end(place);
      return;
    }
    const heads = this.heads[place >>> headBits] as Int32Array;
    const previous = page[here + field.previous] as number;
    (pages[previous >>> pageBits] as Int32Array)[((previous & inPage) << fieldBits) + field.next] = next;
    (pages[next >>> pageBits] as Int32Array)[((next & inPage) << fieldBits) + field.previous] = previous;
    if (heads[place & inHeads] === slot + 1) heads[place & inHeads] = next + 1;
  }

  /** Somebody comes to a place where nobody is. */
  private begin(place: number, slot: number): void {
    const { heads, used } = this;
    const index = place >>> headBits;
    if (used[index] === 0) heads[index] = this.spare.pop() ?? new Int32Array(1 << headBits);
    used[index] = (used[index] as number) + 1;
    (heads[index] as Int32Array)[place & inHeads] = slot + 1;
    this.taken.add(place);
  }

  /** Nobody is left at a place. */
  private end(place: number): void {
    const { heads, used } = this;
    const index = place >>> headBits;
    const page = heads[index] as Int32Array;
    page[place & inHeads] = 0;
    this.taken.remove(place);
    used[index] = (used[index] as number) - 1;
    if (used[index] !== 0) return;
    this.spare.push(page);
    heads[index] = noHeads;
  }

  /** Everybody, place by place from that of `low` on. */
  inOrder(low: number): number[] {
    const slots: number[] = [];
    for (let passed = 0; passed < places;) {
      const from = low + passed * 2 ** this.placeBits;
      const after = this.firstAfter(from);
      if (after === -1 || passed + after >= places) break; // nobody, or those whom it began with
      for (const slot of this.allAt(from + after * 2 ** this.placeBits, Number.POSITIVE_INFINITY) as number[]) slots.push(slot);
      passed += after + 1;
    }
    return slots;
  }
}
