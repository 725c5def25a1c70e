// Who is due when: a binary heap of slots by instant, which knows where each slot stands.
// Always: no entry is later than those below it; of one instant, who entered first comes first, so that the order of what is told
// does not depend on how time was advanced. Always: `heap[position[slot]] === slot`, or `position[slot]` is -1 and `at[slot]` infinite.
// Instants stay in arrays: a number above 2^31 that is passed from function to function costs an object.

import { Slots } from './slots.js';

export class Deadlines {
  /** When each slot is due, in ms; infinite: never. Whoever writes here calls `settle` next. */
  at: Float64Array = new Float64Array(Slots.firstSize).fill(Number.POSITIVE_INFINITY);

  /** When each slot was entered, counted from 0. */
  private turn: Float64Array = new Float64Array(Slots.firstSize);
  private heap: Int32Array = new Int32Array(Slots.firstSize);
  private position: Int32Array = new Int32Array(Slots.firstSize).fill(-1);
  private length = 0;
  private entered = 0;

  /** The earliest deadline; infinite: none. */
  get firstAt(): number {
    return this.length === 0 ? Number.POSITIVE_INFINITY : (this.at[this.first] ?? Number.POSITIVE_INFINITY);
  }

  /** The slot that is due first, where any is. */
  get first(): number {
    return this.heap[0] ?? 0;
  }

  /** Is somebody due before the instant that stands at `index`? */
  isDueBefore(instants: Float64Array, index: number): boolean {
    return this.length > 0 && (this.at[this.first] ?? 0) < (instants[index] ?? 0);
  }

  /** Is somebody due by the instant that stands at `index`? */
  isDueBy(instants: Float64Array, index: number): boolean {
    return this.length > 0 && (this.at[this.first] ?? 0) <= (instants[index] ?? 0);
  }

  /** Takes up a slot, which is never due as yet. */
  enter(slot: number): void {
    if (slot >= this.at.length) this.grow(slot);
    this.turn[slot] = this.entered++;
  }

  /** Sets when the slot is due, in ms; infinite: never. */
  set(slot: number, at: number): void {
    this.at[slot] = at;
    this.settle(slot);
  }

  /** Puts the slot where its instant belongs. Cost: logarithmic in slots. */
  settle(slot: number): void {
    const position = this.position[slot] ?? -1;
    if (this.at[slot] === Number.POSITIVE_INFINITY) this.remove(slot, position);
    else if (position === -1) this.sift(slot, this.length++);
    else this.sift(slot, position);
  }

  private remove(slot: number, position: number): void {
    if (position === -1) return;
    const last = this.heap[--this.length] ?? 0;
    this.position[slot] = -1;
    if (last !== slot) this.sift(last, position);
  }

  private sift(slot: number, position: number): void {
    const { heap } = this;
    let here = position;
    while (here > 0) {
      const above = heap[(here - 1) >> 1] ?? 0;
      if (!this.isBefore(slot, above)) break;
      this.put(above, here);
      here = (here - 1) >> 1;
    }
    for (let below = here * 2 + 1; below < this.length; below = here * 2 + 1) {
      if (below + 1 < this.length && this.isBefore(heap[below + 1] ?? 0, heap[below] ?? 0)) below++;
      const child = heap[below] ?? 0;
      if (this.isBefore(slot, child)) break;
      this.put(child, here);
      here = below;
    }
    this.put(slot, here);
  }

  private isBefore(a: number, b: number): boolean {
    const first = this.at[a] ?? 0;
    const second = this.at[b] ?? 0;
    return first < second || (first === second && (this.turn[a] ?? 0) < (this.turn[b] ?? 0));
  }

  private put(slot: number, position: number): void {
    this.heap[position] = slot;
    this.position[slot] = position;
  }

  private grow(slot: number): void {
    const { at, turn, heap, position } = this;
    const size = Slots.sizeFor(slot, at.length);
    this.at = new Float64Array(size).fill(Number.POSITIVE_INFINITY);
    this.turn = new Float64Array(size);
    this.heap = new Int32Array(size);
    this.position = new Int32Array(size).fill(-1);
    this.at.set(at);
    this.turn.set(turn);
    this.heap.set(heap);
    this.position.set(position);
  }
}
