import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scaleOf, ticksOf } from '../../../src/testing/svg-scale.js';

const days = 86_400_000;

describe('scaleOf', () => {
  it('places instants between the edges, and those beyond at the edges', () => {
    const { x, called } = scaleOf({ from: 1_000, until: 2_000 }, 100, 200);
    expect([0, 1_000, 1_500, 2_000, 9_000].map(x)).toEqual([100, 100, 150, 200, 200]);
    expect([1_000, 2_500, 0].map(called)).toEqual(['0s', '1s500ms', '-1s']);
  });

  it('places everything at the left edge where there is no length', () => {
    expect(scaleOf({ from: 5, until: 5 }, 100, 200).x(5)).toBe(100);
  });
});

describe('ticksOf', () => {
  const of = (until: number, leastPx = 50): readonly number[] => ticksOf(scaleOf({ from: 0, until }, 0, 500), leastPx);

  it.each([
    [10, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]],
    [11, [0, 2, 4, 6, 8, 10]],
    [60_000, [0, 10_000, 20_000, 30_000, 40_000, 50_000, 60_000]],
    [150_000, [0, 15_000, 30_000, 45_000, 60_000, 75_000, 90_000, 105_000, 120_000, 135_000, 150_000]],
    [7 * days, [0, days, 2 * days, 3 * days, 4 * days, 5 * days, 6 * days, 7 * days]],
    [300 * days, [0, 56 * days, 112 * days, 168 * days, 224 * days, 280 * days]],
    [0, [0]],
  ])('names round instants of a range of %d ms', (until, ticks) => {
    expect(of(until)).toEqual(ticks);
  });

  it('begins at the beginning, and keeps its distance, however long the range is', () => {
    fc.assert(fc.property(fc.integer(), fc.oneof(fc.nat(), fc.maxSafeNat()), fc.integer({ min: 10, max: 500 }), (from, length, leastPx) => {
      const scale = scaleOf({ from, until: from + length }, 0, 500);
      const places = ticksOf(scale, leastPx).map(scale.x);
      expect(places[0]).toBe(0);
      for (let i = 1; i < places.length; i++) expect(places[i]! - places[i - 1]!).toBeGreaterThanOrEqual(leastPx - 1e-6);
    }));
  });
});
