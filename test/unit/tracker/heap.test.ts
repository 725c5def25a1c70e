// The heap against its twin, a list that is sorted; and how its instants are written, near each other and far apart.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Heap } from '../../../src/tracker/heap.js';
import { rangeMs } from '../../../src/tracker/sizes.js';

const ids = 30;

class Both {
  readonly places = new Map<number, number>();
  readonly heap = new Heap({ place: (id, position) => { this.places.set(id, position); }, precedes: (id, other) => id < other });
  readonly twin = new Map<number, number>();

  set(id: number, at: number): void {
    this.heap.set(id, this.places.get(id) ?? -1, at);
    this.twin.set(id, at);
  }

  remove(id: number): void {
    const place = this.places.get(id) ?? -1;
    if (place !== -1) this.heap.remove(place);
    this.twin.delete(id);
  }

  agree(): void {
    const { heap } = this;
    const inOrder = [...this.twin].sort(([id, at], [other, otherAt]) => at - otherAt || id - other);
    const [first, firstAt] = inOrder[0] ?? [-1, Infinity];
    expect([heap.size, heap.first, heap.firstAt]).toEqual([inOrder.length, first, firstAt]);
    if (first !== -1) {
      expect([heap.isDueBefore(firstAt), heap.isDueBefore(firstAt + 1)]).toEqual([false, true]);
      expect([heap.isDueBy(firstAt - 1), heap.isDueBy(firstAt)]).toEqual([false, true]);
    }
    expect(heap.inOrder()).toEqual(inOrder.map(([id]) => id));
    for (let id = 0; id < ids; id++) expect(heap.at(this.places.get(id) ?? -1)).toBe(this.twin.get(id) ?? Infinity);
    expect([heap.at(-1), heap.at(inOrder.length), heap.at(2 ** 31 - 1)]).toEqual([Infinity, Infinity, Infinity]);
  }

  get isWide(): boolean {
    return (this.heap as unknown as { readonly isWide: boolean }).isWide;
  }
}

describe.each([0, 1_790_000_000_000, -1_790_000_000_001])('a heap of instants about %d', (from) => {
  const far = fc.constantFrom(-rangeMs, rangeMs - 1, rangeMs, 2 * rangeMs - 2, 2 * rangeMs, 2 ** 33);
  const after = fc.oneof({ weight: 8, arbitrary: fc.nat({ max: 9 }) }, { weight: 1, arbitrary: far });
  const isRemoved = fc.constantFrom(true, false, false);
  const steps = fc.array(fc.record({ id: fc.nat({ max: ids - 1 }), after, isRemoved }), { maxLength: 60 });

  it('agrees with its twin', () => {
    fc.assert(fc.property(steps, (list) => {
      const both = new Both();
      for (const step of list) {
        if (step.isRemoved) both.remove(step.id);
        else both.set(step.id, from + step.after);
        both.agree();
      }
    }));
  });

  it('writes them in half the room while they are within days of each other', () => {
    const both = new Both();
    both.set(0, from + 5 * rangeMs);
    both.set(1, from + 3 * rangeMs + 2);
    both.agree();
    expect(both.isWide).toBe(false);
    both.set(2, from + 3 * rangeMs + 1);
    both.agree();
    expect(both.isWide).toBe(true);
  });

  it('keeps who stands in it when it grows', () => {
    const both = new Both();
    for (let id = 0; id < ids; id++) both.set(id, from + ((id * 7) % ids));
    both.agree();
  });

  it('goes on in half the room while time passes', () => {
    const both = new Both();
    for (let step = 0; step < 20; step++) {
      both.remove(step - 2);
      both.set(step, from + step * rangeMs);
      both.agree();
      expect(both.isWide).toBe(false);
    }
  });
});
