import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { draw, memoryless, Random, splitMix64 } from '../../../src/testing/random.js';

const count = 100_000;
const many = <T>(of: () => T): readonly T[] => Array.from({ length: count }, of);
const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

describe('splitMix64', () => {
  const number = ([high, low]: readonly [number, number]): bigint => BigInt(high) * 2n ** 32n + BigInt(low);

  it('gives the published numbers', () => {
    // The reference implementation (Vigna, splitmix64.c), as Rosetta Code lists it.
    expect([0, 1, 2, 3, 4].map((index) => number(splitMix64(1_234_567, index)))).toEqual([
      6_457_827_717_110_365_317n, 3_203_168_211_198_807_973n, 9_817_491_932_198_370_423n, 4_593_380_528_125_082_431n, 16_408_922_859_458_223_821n,
    ]);
  });

  it('is the same in whole numbers of any length, for any seed', () => {
    const wide = (value: bigint): bigint => BigInt.asUintN(64, value);
    const known = (seed: number, index: number): bigint => {
      let mixed = wide(BigInt(seed) + BigInt(index + 1) * 0x9e3779b97f4a7c15n);
      mixed = wide((mixed ^ (mixed >> 30n)) * 0xbf58476d1ce4e5b9n);
      mixed = wide((mixed ^ (mixed >> 27n)) * 0x94d049bb133111ebn);
      return mixed ^ (mixed >> 31n);
    };
    fc.assert(fc.property(fc.maxSafeInteger(), fc.nat(), (seed, index) => {
      expect(number(splitMix64(seed, index))).toBe(known(seed, index));
    }), { numRuns: 1_000 });
  });
});

describe('Random', () => {
  it('gives the published numbers', () => {
    // The reference implementation (Blackman and Vigna, xoshiro128starstar.c 1.1), as the tests of rand_xoshiro have it.
    const random = new Random([1, 2, 3, 4]);
    expect(Array.from({ length: 10 }, () => random.bits())).toEqual([
      11_520, 0, 5_927_040, 70_819_200, 2_031_721_883, 1_637_235_492, 1_287_239_034, 3_734_860_849, 3_729_100_597, 4_258_142_804,
    ]);
  });

  it('begins each stream of a seed somewhere else, and always at the same place', () => {
    const begin = (seed: number, stream: number): number => Random.of(seed, stream).bits();
    expect(begin(1, 0)).toBe(begin(1, 0));
    expect(new Set([begin(1, 0), begin(1, 1), begin(2, 0), begin(2, 1), begin(-1, 0)]).size).toBe(5);
  });

  it('draws numbers from 0 up to but not including 1', () => {
    const random = Random.of(1, 0);
    const drawn = many(() => random.unit());
    expect(Math.min(...drawn)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...drawn)).toBeLessThan(1);
    expect(mean(drawn)).toBeCloseTo(1 / 2, 2);
    expect(mean(drawn.map((value) => value * value))).toBeCloseTo(1 / 3, 2);
  });

  it('draws each whole number below a count as often', () => {
    const random = Random.of(2, 0);
    const drawn = many(() => random.below(3));
    expect([...new Set(drawn)].sort()).toEqual([0, 1, 2]);
    for (const value of [0, 1, 2]) expect(drawn.filter((other) => other === value).length / count).toBeCloseTo(1 / 3, 2);
  });

  it('hits with the chance that it is given', () => {
    const random = Random.of(3, 0);
    expect(many(() => random.isHit(0.2)).filter(Boolean).length / count).toBeCloseTo(0.2, 2);
    expect(many(() => random.isHit(0)).filter(Boolean)).toEqual([]);
    expect(many(() => random.isHit(1)).every(Boolean)).toBe(true);
  });
});

describe('a memoryless length', () => {
  it.each([1, 50, 2_000])('of %i ms in the mean is k ms or more with the chance (mean / (1 + mean))^k', (meanMs) => {
    const random = Random.of(4, meanMs);
    const lengths = memoryless(meanMs);
    const drawn = many(() => draw(lengths, random));
    expect(drawn.every((length) => Number.isSafeInteger(length) && length >= 0)).toBe(true);
    expect(mean(drawn) / meanMs).toBeCloseTo(1, 1);
    for (const k of [1, meanMs, 3 * meanMs]) {
      expect(drawn.filter((length) => length >= k).length / count).toBeCloseTo((meanMs / (1 + meanMs)) ** k, 2);
    }
  });

  it('of 0 ms is 0 ms', () => {
    const random = Random.of(5, 0);
    expect(new Set(Array.from({ length: 100 }, () => draw(memoryless(0), random)))).toEqual(new Set([0]));
  });
});
