// Who is to be collected when: a list of those who wait, in the order in which they are over. Nearly everybody comes last, as
// they went last. Who would have to go far to find their place in it is in a heap instead.
// Rule: the list costs no memory: who waits has no deadline, so what a record says of one is free (see session-field.ts).
// Always: nobody in the list is over later than who comes after them, and all of them within `spanMs`, so that the lowest
// bits of an instant tell it.

import type { Timestamp } from '../time.js';
import { Heap } from './heap.js';
import * as field from './session-field.js';
import * as state from './session-state.js';
import type { Sessions } from './sessions.js';
import { fewSteps, spanBits } from './sizes.js';

const spanMs: number = 2 ** spanBits;
const lowest = spanMs - 1;
/** Of `field.next`, so that no position of the heap of deadlines is meant. */
const mark = -(2 ** 31);
/** The places before the first, and in the heap. */
const [nobody, far] = [-1, -2];
const [first, last] = [0, 1];

export class Leavings {
  /** How many are in the list. */
  private listed = 0;
  private head = nobody;
  private tail = nobody;
  /** When the first and the last of the list are over; numbers in flat arrays are kept in no box. */
  private readonly ends = new Float64Array(2);
  private readonly heap: Heap;
  private readonly sessions: Sessions;

  constructor(sessions: Sessions) {
    this.sessions = sessions;
    this.heap = new Heap({
      place: (slot, position) => { sessions.records.set(slot, field.due, position); },
      precedes: () => false, // of one instant nobody can tell who was collected first
    });
  }

  /** How many there are. */
  get size(): number {
    return this.listed + this.heap.size;
  }

  /** When somebody is over first; infinite: nobody waits. */
  get firstAt(): number {
    return this.head === nobody ? this.heap.firstAt : Math.min(this.ends[first] as number, this.heap.firstAt);
  }

  /** Is somebody over at that instant? */
  isDueBy(at: Timestamp): boolean {
    return (this.head !== nobody && (this.ends[first] as number) <= at) || this.heap.isDueBy(at);
  }

  /** Who is over first; -1: nobody waits. */
  get first(): number {
    return this.head === nobody || this.heap.isDueBefore(this.ends[first] as number) ? this.heap.first : this.head;
  }

  /** When a session is over; infinite: it is not among them. */
  at(slot: number): number {
    const { records } = this.sessions;
    if (!this.sessions.has(slot, state.isLeaving)) return Number.POSITIVE_INFINITY;
    const next = records.get(slot, field.next);
    return next === -1 ? this.heap.at(records.get(slot, field.due)) : this.listedAt(next);
  }

  /** A session that has no deadline, nor is among them, is over at this instant. Cost: constant; logarithmic where it comes far before others. */
  add(slot: number, at: Timestamp): void {
    this.sessions.setFlag(slot, state.isLeaving, true);
    const before = this.placeOf(at);
    if (before === far) this.heap.set(slot, -1, at);
    else this.link(slot, at, before);
  }

  /** A session, if it is among them, is so no longer. Cost: as that of `add`. */
  remove(slot: number): void {
    const { sessions } = this;
    if (!sessions.has(slot, state.isLeaving)) return;
    sessions.setFlag(slot, state.isLeaving, false);
    if (sessions.records.get(slot, field.next) === -1) this.heap.remove(sessions.records.get(slot, field.due));
    else this.unlink(slot);
  }

  /** Who comes before somebody who is over at that instant. */
  private placeOf(at: Timestamp): number {
    const { ends, sessions: { records } } = this;
    if (this.listed === 0) return nobody;
    if (Math.max(at, ends[last] as number) - Math.min(at, ends[first] as number) >= spanMs) return far;
    let before = this.tail;
    for (let steps = 0; steps < fewSteps; steps++) {
      if (before === nobody || this.listedAt(records.get(before, field.next)) <= at) return before;
      before = records.get(before, field.previous);
    }
    return far;
  }

  /** The instant of which `field.next` has the lowest bits. */
  private listedAt(next: number): number {
    const from = this.ends[first] as number;
    return from + ((next - (from & lowest)) & lowest);
  }

  private link(slot: number, at: Timestamp, before: number): void {
    const { ends, sessions: { records } } = this;
    const after = before === nobody ? this.head : records.get(before, field.due);
    records.set(slot, field.next, mark | (at & lowest));
    records.set(slot, field.previous, before);
    records.set(slot, field.due, after);
    this.listed++;
    if (before === nobody) {
      this.head = slot;
      ends[first] = at;
    } else records.set(before, field.due, slot);
    if (after === nobody) {
      this.tail = slot;
      ends[last] = at;
    } else records.set(after, field.previous, slot);
  }

  private unlink(slot: number): void {
    const { ends, sessions: { records } } = this;
    const before = records.get(slot, field.previous);
    const after = records.get(slot, field.due);
    records.set(slot, field.next, -1);
    this.listed--;
    if (after !== nobody) records.set(after, field.previous, before);
    else {
      this.tail = before;
      if (before !== nobody) ends[last] = this.listedAt(records.get(before, field.next));
    }
    if (before !== nobody) records.set(before, field.due, after);
    else {
      this.head = after;
      if (after !== nobody) ends[first] = this.listedAt(records.get(after, field.next));
    }
  }
}
