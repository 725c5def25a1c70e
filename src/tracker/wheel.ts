// The near future, a place for each of the next 2^18 ms: who is due at an instant stands in a ring at its place, in the
// order in which they came. Nobody is ever moved, so nothing that others do costs a session anything.
// Always: whoever is in the wheel is due within its reach from now, so a place stands for one instant alone.
// Instants come as their lowest 32 bits (`at | 0`), which tell places apart and are kept in no box.

import { Occupancy } from './occupancy.js';
import { inPage } from './records.js';
import type { Records } from './records.js';
import { field, fieldBits } from './session-fields.js';
import { pageBits, reachBits } from './sizes.js';

/** How many ms ahead the wheel reaches. */
export const reachMs: number = 1 << reachBits;
const mask = reachMs - 1;

export class Wheel {
  /** For each place its first, plus 1; 0: nobody. */
  private readonly heads = new Int32Array(reachMs);
  private readonly taken = new Occupancy();
  private readonly pages: readonly Int32Array[];

  constructor({ pages }: Records) {
    this.pages = pages;
  }

  /** How many ms after `low` somebody is due first; -1: nobody is in the wheel. */
  firstAfter(low: number): number {
    const place = this.taken.next(low & mask);
    return place === -1 ? -1 : (place - low) & mask;
  }

  /** Who is due first at that instant; -1: nobody. */
  firstAt(low: number): number {
    return (this.heads[low & mask] as number) - 1;
  }

  /** Everybody who is due at that instant, in order; absent: they are more than `most`. */
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

  /** Puts somebody who is not in the wheel last at the place of the instant. */
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

  /** Puts somebody last at the place of the instant, unless they are there. Answers false, and does nothing, for those in the heap. */
  moves(slot: number, low: number): boolean {
    const page = this.pages[slot >>> pageBits] as Int32Array;
    const here = (slot & inPage) << fieldBits;
    const next = page[here + field.next] as number;
    if (next < -1) return false;
    if (next !== -1) {
      if (page[here + field.due] === low) return true;
      this.unlink(page, here, slot, next);
    }
    this.link(page, here, slot, low);
    return true;
  }

  private link(page: Int32Array, here: number, slot: number, low: number): void {
    const { heads, pages } = this;
    const head = (heads[low & mask] as number) - 1;
    page[here + field.due] = low;
    if (head === -1) {
      heads[low & mask] = slot + 1;
      this.taken.add(low & mask);
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
    const { heads, pages } = this;
    const place = (page[here + field.due] as number) & mask;
    if (next === slot) {
      heads[place] = 0;
      this.taken.remove(place);
      return;
    }
    const previous = page[here + field.previous] as number;
    (pages[previous >>> pageBits] as Int32Array)[((previous & inPage) << fieldBits) + field.next] = next;
    (pages[next >>> pageBits] as Int32Array)[((next & inPage) << fieldBits) + field.previous] = previous;
    if (heads[place] === slot + 1) heads[place] = next + 1;
  }

  /** Everybody, in the order in which they are due from `low` on. */
  inOrder(low: number): number[] {
    const slots: number[] = [];
    for (let from = 0; from < reachMs;) {
      const after = this.firstAfter(low + from);
      if (after === -1 || from + after >= reachMs) break; // nobody, or those whom it began with
      for (const slot of this.allAt(low + from + after, Number.POSITIVE_INFINITY) as number[]) slots.push(slot);
      from += after + 1;
    }
    return slots;
  }
}
