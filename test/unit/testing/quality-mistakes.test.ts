import { describe, expect, it } from 'vitest';
import { detectedAt, overlap, runsOf, sideBySide } from '../../../src/testing/quality-mistakes.js';
import type { Ranked } from '../../../src/testing/quality-mistakes.js';

/** `[at, rank]` in short. */
const steps = (...said: readonly (readonly [at: number, rank: number])[]): readonly Ranked[] => said.map(([at, rank]) => ({ at, rank }));

describe('sideBySide', () => {
  it('cuts where either changes', () => {
    expect(sideBySide(steps([0, 4], [10, 0], [30, 1]), steps([0, 0], [20, 1]), 50)).toEqual([
      { from: 0, until: 10, shown: 4, should: 0 },
      { from: 10, until: 20, shown: 0, should: 0 },
      { from: 20, until: 30, shown: 0, should: 1 },
      { from: 30, until: 50, shown: 1, should: 1 },
    ]);
  });

  it('ends at the end, wherever changes lie', () => {
    expect(sideBySide(steps([0, 0], [10, 1]), steps([0, 0]), 10)).toEqual([{ from: 0, until: 10, shown: 0, should: 0 }]);
    expect(sideBySide(steps([0, 0], [9, 1], [70, 2]), steps([0, 0], [60, 1]), 10).map(({ from, until }) => [from, until])).toEqual([[0, 9], [9, 10]]);
  });

  it('gives one piece where both change at once', () => {
    expect(sideBySide(steps([0, 0], [5, 1]), steps([0, 0], [5, 2]), 8)).toEqual([
      { from: 0, until: 5, shown: 0, should: 0 },
      { from: 5, until: 8, shown: 1, should: 2 },
    ]);
  });

  it('takes the last of what is said of one instant', () => {
    expect(sideBySide(steps([0, 4], [0, 0]), steps([0, 0]), 8)).toEqual([{ from: 0, until: 8, shown: 0, should: 0 }]);
  });
});

describe('runsOf', () => {
  const pieces = sideBySide(steps([0, 0], [10, 1], [20, 2], [30, 0], [40, 3]), steps([0, 0]), 50);

  it('joins adjoining pieces', () => {
    expect(runsOf(pieces, ({ shown }) => shown > 0)).toEqual([{ from: 10, until: 30 }, { from: 40, until: 50 }]);
    expect(runsOf(pieces, ({ shown }) => shown === 2)).toEqual([{ from: 20, until: 30 }]);
    expect(runsOf(pieces, () => false)).toEqual([]);
  });
});

describe('overlap', () => {
  it.each([
    [0, 10, 0], [0, 20, 0], [0, 21, 1], [25, 26, 1], [19, 31, 10], [29, 40, 1], [30, 40, 0], [31, 40, 0],
  ])('of %i to %i with 20 to 30 is %i', (from, until, ms) => {
    expect(overlap({ from, until }, { from: 20, until: 30 })).toBe(ms);
    expect(overlap({ from: 20, until: 30 }, { from, until })).toBe(ms);
  });
});

describe('detectedAt', () => {
  it.each([
    { name: 'the first instant at that rank', shown: steps([0, 0], [120, 1], [150, 2]), rank: 1, at: 120 },
    { name: 'the first instant at a worse one', shown: steps([0, 0], [120, 3]), rank: 1, at: 120 },
    { name: 'the last beginning', shown: steps([0, 0], [110, 1], [130, 0], [140, 2]), rank: 1, at: 140 },
    { name: 'at once where it was suspected before and stayed so', shown: steps([0, 0], [90, 1], [130, 2]), rank: 1, at: 100 },
    { name: 'never where a better one is shown in the end', shown: steps([0, 0], [110, 1], [130, 0]), rank: 1, at: undefined },
    { name: 'never where it never was', shown: steps([0, 0]), rank: 1, at: undefined },
  ])('is $name', ({ shown, rank, at }) => {
    expect(detectedAt(shown, rank, 100)).toBe(at);
  });
});
