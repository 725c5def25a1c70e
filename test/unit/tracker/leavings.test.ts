// Who waits to be collected against their twin: a list that is sorted, few and many, near and far.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Leavings } from '../../../src/tracker/leavings.js';
import * as field from '../../../src/tracker/session-field.js';
import { Sessions } from '../../../src/tracker/sessions.js';
import { fewSteps, spanBits } from '../../../src/tracker/sizes.js';
import { LeavingList } from '../../support/leaving-list.js';

const most = 40;
const spanMs = 2 ** spanBits;

class Both {
  readonly sessions = new Sessions();
  readonly leavings = new Leavings(this.sessions);
  readonly twin = new LeavingList();

  constructor() {
    for (let slot = 0; slot < most; slot++) this.sessions.take(`tab${slot}`, 0, 0);
  }

  add(slot: number, at: number): void {
    this.remove(slot);
    this.leavings.add(slot, at);
    this.twin.add(slot, at);
  }

  remove(slot: number): void {
    this.leavings.remove(slot);
    this.twin.remove(slot);
    expect(this.sessions.records.get(slot, field.next), 'nothing is left that could be taken for a deadline').toBe(-1);
  }

  agree(): void {
    const { leavings, twin } = this;
    expect(leavings.size).toBe(twin.size);
    expect(leavings.at(leavings.first === -1 ? most - 1 : leavings.first)).toBe(leavings.first === -1 ? Infinity : twin.firstAt);
    expect(leavings.first === -1).toBe(twin.size === 0);
    for (const at of [twin.firstAt - 1, twin.firstAt, twin.firstAt + 1]) if (Number.isFinite(at)) expect(leavings.isDueBy(at)).toBe(at >= twin.firstAt);
    for (let slot = 0; slot < most; slot++) {
      const next = this.sessions.records.get(slot, field.next);
      expect(leavings.at(slot)).toBe(twin.at(slot));
      expect(next === -1 || next < -(2 ** 30), 'nobody who waits could be taken for somebody with a deadline').toBe(true);
    }
  }

  /** How many are where a step takes logarithmic time. */
  get inHeap(): number {
    return this.leavings.size - (this.leavings as unknown as { readonly listed: number }).listed;
  }
}

type Step = { readonly do: 'last' | 'anywhere'; readonly slot: number; readonly after: number } | { readonly do: 'remove'; readonly slot: number } | { readonly do: 'collect' };
const slots = fc.nat({ max: most - 2 });
const steps: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('last' as const), slot: slots, after: fc.nat({ max: 3 }) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('anywhere' as const), slot: slots, after: fc.oneof(fc.nat({ max: 20 }), fc.constantFrom(spanMs - 1, spanMs, spanMs + 1, 2 ** 31, 2 ** 33, -5, -spanMs + 20, -spanMs)) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('remove' as const), slot: slots }) },
  { weight: 3, arbitrary: fc.constant({ do: 'collect' as const }) },
);

describe.each([0, -1, 2 ** 30 - 3, -(2 ** 31), 1_790_000_000_000, -1_790_000_000_001])('who waits from %d', (from) => {
  it('is collected as by the twin', () => {
    fc.assert(fc.property(fc.array(steps, { maxLength: 80 }), (list) => {
      const both = new Both();
      let latest = from;
      for (const step of list) {
        switch (step.do) {
          case 'last': both.add(step.slot, latest += step.after); break;
          case 'anywhere': both.add(step.slot, from + step.after); break;
          case 'remove': both.remove(step.slot); break;
          case 'collect': if (both.leavings.first !== -1) both.remove(both.leavings.first);
        }
        both.agree();
      }
    }));
  });

  it.each([[fewSteps, 0], [fewSteps + 1, 1]])('stands in the list, unless far from its end: %d steps', (stepsBack, inHeap) => {
    const both = new Both();
    for (let slot = 0; slot < 20; slot++) both.add(slot, from + slot);
    both.add(20, from + 20 - stepsBack);
    both.agree();
    expect(both.inHeap).toBe(inHeap);
  });

  it('stands in the list within its span', () => {
    const both = new Both();
    both.add(0, from);
    both.add(1, from + spanMs - 1);
    expect(both.inHeap).toBe(0);
    both.add(2, from + spanMs);
    both.add(3, from - 1);
    expect(both.inHeap).toBe(2);
    both.agree();
    for (const first of [3, 0, 1, 2]) {
      expect(both.leavings.first).toBe(first);
      both.remove(first);
      both.agree();
    }
  });

  it('makes room when the first or the last is gone', () => {
    const both = new Both();
    for (const [slot, at] of [from, from + 5, from + spanMs - 1].entries()) both.add(slot, at);
    both.remove(2);
    both.add(3, from - 1);
    expect(both.inHeap).toBe(0);
    both.remove(3);
    both.remove(0);
    both.add(4, from + spanMs + 4);
    both.agree();
    expect(both.inHeap).toBe(0);
  });

  it('comes before all others within a few steps', () => {
    const both = new Both();
    both.add(0, from + 5);
    both.add(1, from + 3);
    both.add(2, from + 4);
    expect(both.inHeap).toBe(0);
    for (const first of [1, 2, 0]) {
      both.agree();
      expect(both.leavings.first).toBe(first);
      both.remove(first);
    }
  });
});
