import { describe, expect, it } from 'vitest';
import { isPassed, rungAt, rungsOf } from '../../src/ladder.js';
import { noGaps } from '../../src/time.js';

const statuses = ['active', 'idle', 'away', 'offline'];

describe('rungsOf', () => {
  it('reads cells in the order of the statuses, whatever order they are written in', () => {
    expect(rungsOf({ offline: 30, idle: 10 }, statuses)).toEqual([{ rank: 1, afterMs: 10 }, { rank: 3, afterMs: 30 }]);
  });

  it('leaves out cells that are missing, undefined or of other words', () => {
    expect(rungsOf({ away: undefined, dnd: 5 }, statuses)).toEqual([]);
  });

  it('takes no word from a prototype', () => {
    expect(rungsOf({}, ['here', 'constructor', '__proto__'])).toEqual([]);
  });
});

describe('isPassed', () => {
  const rung = { rank: 1, afterMs: 10 };
  it.each([
    { case: 'one before', since: 5, now: 14, passed: false },
    { case: 'at', since: 5, now: 15, passed: true },
    { case: 'one after', since: 5, now: 16, passed: true },
    { case: 'before the clock starts', since: 50, now: 15, passed: false },
  ])('$case: $passed', ({ since, now, passed }) => {
    expect(isPassed(rung, since, now, noGaps)).toBe(passed);
  });

  it('passes a rung at 0 at once, even where the clock starts later than now', () => {
    expect(isPassed({ rank: 1, afterMs: 0 }, 100, 99, noGaps)).toBe(true);
    expect(isPassed({ rank: 1, afterMs: 0 }, 100, 99, [{ from: 0, until: 1_000 }])).toBe(true);
  });

  it('waits for the end of a gap', () => {
    const gaps = [{ from: 10, until: 100 }];
    expect(isPassed(rung, 5, 104, gaps)).toBe(false);
    expect(isPassed(rung, 5, 105, gaps)).toBe(true);
  });
});

describe('rungAt', () => {
  const rungs = rungsOf({ idle: 10, away: 20, offline: 20 }, statuses);
  it.each([
    { now: 9, rank: undefined },
    { now: 10, rank: 1 },
    { now: 11, rank: 1 },
    { now: 19, rank: 1 },
    { now: 20, rank: 3 },
    { now: 21, rank: 3 },
  ])('at $now is of rank $rank: the worst that was passed', ({ now, rank }) => {
    expect(rungAt(rungs, 0, now, noGaps)?.rank).toBe(rank);
  });

  it('is none of an empty row', () => {
    expect(rungAt([], 0, 1_000_000, noGaps)).toBeUndefined();
  });
});
