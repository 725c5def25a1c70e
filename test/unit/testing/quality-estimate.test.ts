import { describe, expect, it } from 'vitest';
import { meanOf, oneMinus, quantileOf, rateOf, shareOf, student } from '../../../src/testing/quality-estimate.js';

const ones = (count: number): readonly number[] => Array.from({ length: count }, () => 1);

describe('rateOf', () => {
  // Exact limits of a Poisson mean, 95 %: Garwood, "Fiducial Limits for the Poisson Distribution", Biometrika 28 (1936).
  it.each([
    { count: 0, low: 0, high: 3.69 },
    { count: 1, low: 0.025, high: 5.57 },
    { count: 2, low: 0.242, high: 7.22 },
    { count: 5, low: 1.62, high: 11.67 },
    { count: 10, low: 4.8, high: 18.39 },
    { count: 50, low: 37.11, high: 65.92 },
  ])('is near the exact limits for a count of $count', ({ count, low, high }) => {
    const rate = rateOf(ones(count), 1, 1);
    expect(rate.estimate).toBe(count);
    expect(Math.abs(rate.low - low)).toBeLessThan(0.02);
    expect(Math.abs(rate.high - high)).toBeLessThan(0.03);
  });

  it('is per unit of exposure', () => {
    expect(rateOf(ones(10), 5, 1)).toEqual({ estimate: 2, low: 0.95749, high: 3.67829 });
  });

  it('weighs what was seen: equal weights scale the limits', () => {
    const { low, high } = rateOf(ones(10), 1, 1);
    const tripled = rateOf(ones(10).map((one) => one * 3), 1, 3);
    expect(tripled.estimate).toBe(30);
    expect(tripled.low).toBeCloseTo(3 * low, 3);
    expect(tripled.high).toBeCloseTo(3 * high, 3);
  });

  it('is wider where the same sum came in fewer, heavier portions', () => {
    const even = rateOf(ones(10), 1, 1);
    const uneven = rateOf([...ones(5), 5], 1, 1);
    expect(uneven.estimate).toBe(even.estimate);
    expect(uneven.low).toBeLessThan(even.low);
    expect(uneven.high).toBeGreaterThan(even.high);
  });

  it('is the interval of Fay and Feuer, worked by hand', () => {
    // Sum 10, squares 30: the gamma distribution of shape 10²/30 = 3.333. With one more of 5: 15, 55, 15²/55 = 4.091.
    const { low, high } = rateOf([...ones(5), 5], 1, 5);
    expect(low).toBeCloseTo(10 * (1 - 1 / 30 - 1.96 / (3 * Math.sqrt(10 / 3))) ** 3, 2);
    expect(high).toBeCloseTo(15 * (1 - 55 / (9 * 225) + 1.96 / (3 * Math.sqrt(225 / 55))) ** 3, 2);
  });

  it('has room for portions that were not seen, as heavy as any may be', () => {
    expect(rateOf([], 100, 1).high).toBeCloseTo(0.0367, 3);
    expect(rateOf([], 100, 50).high).toBeCloseTo(50 * 0.0367, 2);
    expect(rateOf(ones(2), 1, 50).high).toBeGreaterThan(150);
    expect(rateOf(ones(2), 1, 50).low).toBe(rateOf(ones(2), 1, 1).low);
  });
});

describe('student', () => {
  it.each([
    [1, 12.706], [2, 4.303], [3, 3.182], [4, 2.776], [5, 2.571], [6, 2.447], [7, 2.365], [8, 2.306], [9, 2.262], [10, 2.228],
    [14, 2.145], [20, 2.086], [30, 2.042], [60, 2], [120, 1.98], [100_000, 1.96],
  ])('is near the table for %i degrees of freedom', (freedom, point) => {
    expect(Math.abs(student(freedom) / point - 1)).toBeLessThan(0.0015);
  });
});

describe('meanOf', () => {
  it('says nothing of fewer than two', () => {
    expect(meanOf([])).toBeUndefined();
    expect(meanOf([1])).toBeUndefined();
  });

  it('is the mean with Student\'s interval', () => {
    // s² = 2.5, s/√5 = 0.7071; 2.7756 times that is 1.9626.
    expect(meanOf([1, 2, 3, 4, 5])).toEqual({ estimate: 3, low: 1.03737, high: 4.96263 });
    expect(meanOf([7, 7, 7])).toEqual({ estimate: 7, low: 7, high: 7 });
    expect(meanOf([0, 8])).toMatchObject({ estimate: 4, low: 0 });
  });
});

describe('meanOf with room for what was not seen', () => {
  it('widens upwards where that matters more than scatter', () => {
    // Of none in 10 Wilson's upper bound is 27.75 %.
    expect(meanOf(ones(10), 100)).toEqual({ estimate: 1, low: 1, high: 28.7533 });
    expect(meanOf([1, 2, 3, 4, 5], 1)).toEqual(meanOf([1, 2, 3, 4, 5]));
  });
});

describe('shareOf', () => {
  it.each([
    // Wilson's score, from Newcombe, Statistics in Medicine 17 (1998), table I.
    { hits: 81, count: 263, low: 0.2553, high: 0.3662 },
    { hits: 15, count: 148, low: 0.0624, high: 0.1605 },
    { hits: 0, count: 20, low: 0, high: 0.1611 },
    { hits: 1, count: 29, low: 0.0061, high: 0.1718 },
  ])('gives the published interval for $hits of $count', ({ hits, count, low, high }) => {
    const share = shareOf(hits, count);
    expect(share.estimate).toBeCloseTo(hits / count, 5);
    expect(share.low).toBeCloseTo(low, 4);
    expect(share.high).toBeCloseTo(high, 4);
  });

  it('stays between 0 and 1', () => {
    expect(shareOf(0, 5).low).toBe(0);
    expect(shareOf(5, 5).high).toBe(1);
  });
});

describe('quantileOf', () => {
  const hundred = Array.from({ length: 100 }, (_, i) => i + 1);

  it('takes order statistics', () => {
    // Of 100, between 41 and 60 lie below the median with a chance of 95.4 %, so it lies between the 41st and the 61st.
    expect(quantileOf(hundred, 0.5)).toEqual({ estimate: 50, low: 41, high: 61 });
  });

  it('ends at the least and the greatest', () => {
    expect(quantileOf([3], 0.5)).toEqual({ estimate: 3, low: 3, high: 3 });
    expect(quantileOf(hundred, 0.99)).toEqual({ estimate: 99, low: 98, high: 100 });
    expect(quantileOf(hundred, 0.01)).toEqual({ estimate: 1, low: 1, high: 4 });
  });
});

describe('oneMinus', () => {
  it('turns the bounds round', () => {
    expect(oneMinus({ estimate: 0.1, low: 0.05, high: 0.2 })).toEqual({ estimate: 0.9, low: 0.8, high: 0.95 });
  });
});
