// The deadlines of a tracker against their twin, near and far, few and many.

import fc from 'fast-check';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Deadlines } from '../../../src/tracker/deadlines.js';
import { Records } from '../../../src/tracker/records.js';
import { fieldBits } from '../../../src/tracker/session-field.js';
import * as field from '../../../src/tracker/session-field.js';
import { farPlaceBits, fewDeadlines, reachBits } from '../../../src/tracker/sizes.js';
import { DueList } from '../../support/due-list.js';
import { checkDeadlines } from '../../support/invariants.js';

// A crowd is small here, and nobody comes near before they must.
vi.mock('../../../src/tracker/sizes.js', async (real) => (await import('../../support/sizes-with.js')).sizesWith(await real(), {
  fewDeadlines: 30, fewMoves: 1,
}));

/** How many ms ahead the near wheel reaches, how many one place of the far one is, and how many all its places are. */
const [reachMs, placeMs, farReachMs] = [2 ** reachBits, 2 ** farPlaceBits, 2 ** (reachBits + farPlaceBits)];

let deadlines: Deadlines;
let twin: DueList;

function begin(now: number): void {
  const records = new Records(1 << fieldBits);
  deadlines = new Deadlines(records);
  twin = new DueList();
  for (let slot = 0; slot < 2 * fewDeadlines; slot++) {
    records.reach(slot);
    records.set(slot, field.next, -1);
  }
  deadlines.moveTo(now);
}

function set(slot: number, at: number): void {
  deadlines.set(slot, at);
  twin.set(slot, at);
}

/** What can be asked; a question may put things in order, so each is the first one now and then. */
const questions = [
  (): void => { expect(deadlines.first).toBe(twin.first); },
  (): void => { expect(deadlines.firstAt).toBe(twin.firstAt); },
  (): void => { for (const by of [-1, 0, 1]) expect(deadlines.isDueBefore(twin.firstAt + by)).toBe(twin.firstAt < twin.firstAt + by); },
];
let turn = 0;
function agree(): void {
  turn++;
  for (let i = 0; i < questions.length; i++) questions[(turn + i) % questions.length]!();
}

/** More than a few, so that there are wheels from now on. */
function crowd(now: number): void {
  for (let slot = fewDeadlines; slot <= 2 * fewDeadlines; slot++) set(slot - 1, now + reachMs + slot);
  for (let slot = 13; slot < fewDeadlines; slot++) set(slot, now + reachMs + slot * 997);
}

/** So many were due, and are no longer. */
function wasCrowd(now: number, many: number): void {
  for (let slot = 0; slot < many; slot++) deadlines.set(slot, now + reachMs + slot * 997);
  for (let slot = 0; slot < many; slot++) deadlines.clear(slot);
}
const withNear = fewDeadlines + 1;
const withFar = fewDeadlines + 2;

/** An instant near the end of what is near, which is that of the last place of the far wheel that the near one reaches to the end. */
const atNearEnd = (now: number, by: number): number => Math.floor((now + reachMs) / placeMs) * placeMs + by;

const instants = (now: number): fc.Arbitrary<number> => fc.oneof(
  fc.nat({ max: 4 }), fc.nat({ max: 5_000 }),
  fc.constantFrom(0, 31, 32, 1_023, 1_024, 32_767, 32_768, 2 ** 31 - 1, 2 ** 31, 2 ** 32, 2 ** 40),
  fc.tuple(fc.constantFrom(reachMs - placeMs, reachMs, 2 * reachMs, farReachMs - placeMs, farReachMs), fc.oneof(fc.integer({ min: -2, max: 2 }), fc.nat({ max: placeMs })))
    .map(([ms, by]) => ms + by),
).map((after) => now + after);

type Step = { readonly do: 'set' | 'ahead' | 'near'; readonly slot: number; readonly after: number } | { readonly do: 'clear' | 'renew'; readonly slot: number }
  | { readonly do: 'move'; readonly part: number } | { readonly do: 'take' };
const slots = fc.nat({ max: 12 });
const steps: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constantFrom('set' as const, 'ahead' as const), slot: slots, after: instants(0) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('near' as const), slot: slots, after: fc.integer({ min: -2, max: 2 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('clear' as const, 'renew' as const), slot: slots }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('move' as const), part: fc.constantFrom(0.01, 0.5, 0.999, 1) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('take' as const) }) },
);

function run(from: number, list: readonly Step[]): void {
  let now = from;
  for (const step of list) {
    switch (step.do) {
      case 'set': set(step.slot, now + step.after); break;
      case 'near': set(step.slot, atNearEnd(now, step.after)); break;
      case 'ahead':
        deadlines.setAhead(step.slot, step.after);
        twin.set(step.slot, now + step.after);
        break;
      case 'clear': set(step.slot, Infinity); break;
      case 'renew': deadlines.renew(step.slot); twin.renew(step.slot); break;
      case 'move':
        if (twin.firstAt !== Infinity) now = Math.floor(now + (twin.firstAt - now) * step.part);
        deadlines.moveTo(now);
        break;
      case 'take':
        if (twin.first === -1) break;
        now = twin.firstAt;
        deadlines.moveTo(now);
        agree();
        set(twin.first, Infinity);
    }
    agree();
  }
  checkDeadlines(deadlines);
  expect(deadlines.inOrder()).toEqual(twin.inOrder());
  for (let slot = 0; slot <= 12; slot++) expect(deadlines.of(slot)).toBe(twin.of(slot));
}

describe.each([0, -1, -(2 ** 31), 2 ** 31 - 3, 1_790_000_000_000, -1_790_000_000_001])('deadlines from %d', (from) => {
  beforeEach(() => { begin(from); });

  it('of a few agree with their twin', () => {
    fc.assert(fc.property(fc.array(steps, { maxLength: 40 }), (list) => {
      begin(from);
      run(from, list);
    }));
  });

  it('of a few that are left of many agree with their twin', () => {
    fc.assert(fc.property(fc.array(steps, { maxLength: 40 }), fc.nat({ max: 2 * placeMs }), fc.constantFrom(withNear, withFar), (list, after, many) => {
      begin(from);
      wasCrowd(from, many);
      deadlines.moveTo(from + after);
      run(from + after, list);
    }), { numRuns: 200 });
  });

  it('of many agree with their twin', () => {
    crowd(from);
    fc.assert(fc.property(fc.array(steps, { maxLength: 40 }), (list) => {
      for (let slot = 0; slot <= 12; slot++) set(slot, Infinity);
      run(from, list.filter((step) => step.do !== 'move' && step.do !== 'take'));
    }), { numRuns: 30 });
  });

  it('agree while time passes over many of them', () => {
    crowd(from);
    const list = fc.sample(fc.array(steps, { minLength: 300, maxLength: 300 }), { seed: 5, numRuns: 1 })[0]!;
    run(from, list);
  });

  it('keep their order where they become many', () => {
    for (const slot of [3, 1, 2]) set(slot, from + 10);
    for (const slot of [6, 5, 4]) set(slot, from + reachMs + 10);
    crowd(from);
    set(0, from + 10);
    agree();
    deadlines.moveTo(from + 10);
    set(7, from + reachMs + 10);
    expect(deadlines.inOrder().slice(0, 8)).toEqual([3, 1, 2, 0, 6, 5, 4, 7]);
    for (const slot of [3, 1, 2, 0, 6, 5, 4, 7]) {
      agree();
      set(slot, Infinity);
    }
  });

  it.each(['few', 'many'])('of one instant keep their order where one is given again, of %s', (how) => {
    if (how === 'many') crowd(from);
    for (const slot of [1, 2, 3]) set(slot, from + 10);
    deadlines.setAhead(1, 10);
    deadlines.set(2, from + 10);
    expect(deadlines.inOrder().slice(0, 3)).toEqual([1, 2, 3]);
  });

  it('of one instant keep their order where one is first of what is far, and both come near', () => {
    wasCrowd(from, withFar);
    for (const slot of [2, 1, 3]) {
      set(slot, from + 2 * reachMs);
      agree();
    }
    deadlines.moveTo(from + reachMs + placeMs);
    agree();
    expect(deadlines.inOrder()).toEqual([2, 1, 3]);
  });

  it('of one place come near together, and those of the next place after them', () => {
    wasCrowd(from, withFar);
    const start = Math.ceil((from + 3 * reachMs) / placeMs) * placeMs;
    set(1, start + 9);
    set(2, start + 2 * placeMs - 1);
    deadlines.moveTo(start + 9);
    agree();
    set(2, Infinity);
    set(3, start + 2 * placeMs - 1);
    set(1, Infinity);
    agree();
    expect([2, 3].map((slot) => deadlines.of(slot))).toEqual([Infinity, start + 2 * placeMs - 1]);
  });

  it('of one instant are told in the order in which they were given, near or far', () => {
    crowd(from);
    const at = from + reachMs + 5;
    set(2, at);
    deadlines.moveTo(from + 5);
    set(1, at);
    deadlines.moveTo(from + 6);
    set(3, at);
    expect(deadlines.inOrder().slice(0, 3)).toEqual([2, 1, 3]);
  });
});
