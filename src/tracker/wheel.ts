// A ring of places for the time ahead: who is due within the same span of 2^placeBits ms stands in a list at one place, in the
// order in which they came. Nobody is ever moved, so nothing that others do costs a session anything.
// Always: nobody is due a whole turn ahead, so a place stands for one span alone.
// Always: a list ends, both ways, with who leads to themselves.
// Instants come as their lowest 32 bits (`at | 0`), which tell places apart and are kept in no box.

import { Occupancy } from './occupancy.js';
import type { Records } from './records.js';
import { fieldBits } from './session-field.js';
import * as field from './session-field.js';
import { inPage, inPlaces, pageBits, places } from './sizes.js';

export class Wheel {
  /** Who is first and who is last at each place, plus 1; 0: nobody. The system keeps no memory for parts that were never written to. */
  private readonly firsts = new Int32Array(places);
  private readonly lasts = new Int32Array(places);
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
    return (this.firsts[this.placeOf(low)] as number) - 1;
  }

  /** Everybody at the place of that instant, in order; absent: they are more than `most`. */
  allAt(low: number, most: number): number[] | undefined {
    const slots: number[] = [];
    for (let slot = this.firstAt(low), next = -1; slot !== -1; slot = next === slot ? -1 : next) {
      if (slots.length === most) return undefined;
      slots.push(slot);
      next = (this.pages[slot >>> pageBits] as Int32Array)[((slot & inPage) << fieldBits) + field.next] as number;
    }
    return slots;
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

  /** Puts somebody who is in this wheel last at the place of another instant. Their record is at `here` on the page, and says `next`. */
  move(page: Int32Array, here: number, slot: number, next: number, low: number): void {
    this.unlink(page, here, slot, next);
    this.link(page, here, slot, low);
  }

  /** {@link put}, of a record that is at `here` on the page. */
  link(page: Int32Array, here: number, slot: number, low: number): void {
    const place = this.placeOf(low);
    const last = (this.lasts[place] as number) - 1;
    this.lasts[place] = slot + 1;
    page[here + field.due] = low;
    page[here + field.next] = slot;
    if (last === -1) {
      page[here + field.previous] = slot;
      this.firsts[place] = slot + 1;
      this.taken.add(place);
      return;
    }
    page[here + field.previous] = last;
    (this.pages[last >>> pageBits] as Int32Array)[((last & inPage) << fieldBits) + field.next] = slot;
  }

  /**
   * Those beside them are written to, though who is first now need not be: where all beat in turn they are who beats next, and
   * their record is on its way by then. A beat by handle takes a third more without.
   */
  private unlink(page: Int32Array, here: number, slot: number, next: number): void {
    const { pages } = this;
    const place = this.placeOf(page[here + field.due] as number);
    const previous = page[here + field.previous] as number;
    if (previous !== slot) {
      (pages[previous >>> pageBits] as Int32Array)[((previous & inPage) << fieldBits) + field.next] = next === slot ? previous : next;
    } else if (next !== slot) this.firsts[place] = next + 1;
    else {
      this.end(place);
      return;
    }
    if (next !== slot) {
      (pages[next >>> pageBits] as Int32Array)[((next & inPage) << fieldBits) + field.previous] = previous === slot ? next : previous;
    } else this.lasts[place] = previous + 1;
  }

  /** Nobody is left at a place. */
  private end(place: number): void {
    this.firsts[place] = 0;
    this.lasts[place] = 0;
    this.taken.remove(place);
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
