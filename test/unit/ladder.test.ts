import { describe, expect, it } from 'vitest';
import { isPassed, rungAt, rungsOf, worsened, worseningOf } from '../../src/ladder.js';
import { noGaps } from '../../src/time.js';

const never = Number.POSITIVE_INFINITY;
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

describe('worseningOf', () => {
  it.each([
    { case: 'a row of every status', ladder: { idle: 10, away: 20, offline: 30 }, row: [10, 20, 30, never] },
    { case: 'a row that skips statuses', ladder: { offline: 30 }, row: [30, 30, 30, never] },
    { case: 'a row that ends early', ladder: { idle: 10 }, row: [10, never, never, never] },
    { case: 'a row that says something at once', ladder: { idle: 0, offline: 5 }, row: [-never, 5, 5, never] },
    { case: 'no row', ladder: {}, row: [] },
  ])('of $case is $row', ({ ladder, row }) => {
    expect([...worseningOf(rungsOf(ladder, statuses))]).toEqual(row);
  });

  it('has room for four more where there are more statuses', () => {
    const many = ['a', 'b', 'c', 'd', 'e', 'f'];
    expect([...worseningOf(rungsOf({ b: 1, c: 2, d: 3, e: 4, f: 5 }, many))]).toEqual([1, 2, 3, 4, 5, never, never, never]);
  });
});

describe('worsened', () => {
  const row = worseningOf(rungsOf({ idle: 10, offline: 20 }, statuses));
  it.each([
    { rank: 0, ranMs: -1, worst: 0 },
    { rank: 0, ranMs: 9, worst: 0 },
    { rank: 0, ranMs: 10, worst: 1 },
    { rank: 0, ranMs: 11, worst: 1 },
    { rank: 0, ranMs: 19, worst: 1 },
    { rank: 0, ranMs: 20, worst: 3 },
    { rank: 0, ranMs: 21, worst: 3 },
    { rank: 2, ranMs: 10, worst: 2 },
    { rank: 2, ranMs: 20, worst: 3 },
    { rank: 3, ranMs: 20, worst: 3 },
  ])('from $rank is $worst where the clock ran for $ranMs', ({ rank, ranMs, worst }) => {
    expect(worsened(rank, row, ranMs)).toBe(worst);
  });

  it('passes a rung at 0 whatever the clock reads', () => {
    const atOnce = worseningOf(rungsOf({ away: 0 }, statuses));
    expect([-5, 0, -0, 5].map((ranMs) => worsened(0, atOnce, ranMs))).toEqual([2, 2, 2, 2]);
  });

  it('counts beyond four statuses', () => {
    const many = ['a', 'b', 'c', 'd', 'e', 'f'];
    const long = worseningOf(rungsOf({ b: 1, c: 2, d: 3, e: 4, f: 5 }, many));
    expect([0, 1, 2, 3, 4, 5, 6].map((ranMs) => worsened(0, long, ranMs))).toEqual([0, 1, 2, 3, 4, 5, 5]);
  });

  it('leaves a rank alone where there is no row', () => {
    expect(worsened(2, worseningOf([]), 1_000_000)).toBe(2);
  });
});
