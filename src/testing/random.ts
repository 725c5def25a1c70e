// Chance that is decided by a number. The same seed gives the same draws in every engine: all of it is integer arithmetic and
// multiplication, which the language defines to the last bit; `Math.log` and `Math.exp` may differ in theirs and are not used.

import type { DurationMs } from '../time.js';

/** 64 bits, in two words of 32. (Not a `bigint`: the QuickJS that the tests use has `BigInt.asUintN(64, …)` below 0.) */
export type Wide = readonly [high: number, low: number];

const gamma: Wide = [0x9e3779b9, 0x7f4a7c15];
const first: Wide = [0xbf58476d, 0x1ce4e5b9];
const second: Wide = [0x94d049bb, 0x133111eb];

/** The `index`th number, from 0, of SplitMix64 (Steele, Lea and Flood 2014) begun with `seed`. It seeds other generators. */
export function splitMix64(seed: number, index: number): Wide {
  const begun: Wide = [Math.floor(seed / 2 ** 32) >>> 0, seed >>> 0];
  const step = plus(begun, times(gamma, [0, index + 1]));
  return folded(times(folded(times(folded(step, 30), first), 27), second), 31);
}

/** What is left of a sum in 64 bits. */
function plus([aHigh, aLow]: Wide, [bHigh, bLow]: Wide): Wide {
  const low = aLow + bLow;
  return [(aHigh + bHigh + (low >= 2 ** 32 ? 1 : 0)) >>> 0, low >>> 0];
}

/** What is left of a product in 64 bits. */
function times([aHigh, aLow]: Wide, [bHigh, bLow]: Wide): Wide {
  const high = upperOf(aLow, bLow) + Math.imul(aHigh, bLow) + Math.imul(aLow, bHigh);
  return [high >>> 0, Math.imul(aLow, bLow) >>> 0];
}

/** The upper 32 bits of a product of two words, of the products of their halves. */
function upperOf(a: number, b: number): number {
  const [aUpper, aLower, bUpper, bLower] = [a >>> 16, a & 0xffff, b >>> 16, b & 0xffff];
  const carried = ((aLower * bLower) >>> 16) + aUpper * bLower;
  const middle = (carried & 0xffff) + aLower * bUpper;
  return aUpper * bUpper + Math.floor(carried / 2 ** 16) + Math.floor(middle / 2 ** 16);
}

/** `value ^ (value >>> by)` */
function folded([high, low]: Wide, by: number): Wide {
  return [(high ^ (high >>> by)) >>> 0, (low ^ ((low >>> by) | (high << (32 - by)))) >>> 0];
}

/** xoshiro128** 1.1 (Blackman and Vigna 2018): 32 bits at a time, period 2^128 - 1. */
export class Random {
  private readonly state: Uint32Array;

  /** From four words, not all of them 0. */
  constructor(words: readonly [number, number, number, number]) {
    this.state = Uint32Array.from(words);
  }

  /** The stream of this number among those of a seed. Streams of one seed do not meet in practice: each begins at a random place of 2^128. */
  static of(seed: number, stream: number): Random {
    return new Random([...splitMix64(seed, 2 * stream), ...splitMix64(seed, 2 * stream + 1)]);
  }

  /** The next 32 bits, as a number from 0 up to but not including 2^32. */
  bits(): number {
    const { state } = this;
    const [a = 0, b = 0, c = 0, d = 0] = state;
    const drawn = Math.imul(rotated(Math.imul(b, 5), 7), 9) >>> 0;
    state[0] = a ^ b ^ d;
    state[1] = a ^ b ^ c;
    state[2] = a ^ c ^ (b << 9);
    state[3] = rotated(b ^ d, 11);
    return drawn;
  }

  /** A number from 0 up to but not including 1, of 53 bits. */
  unit(): number {
    return ((this.bits() >>> 5) * 2 ** 26 + (this.bits() >>> 6)) / 2 ** 53;
  }

  /** A whole number from 0 up to but not including `count`. */
  below(count: number): number {
    return Math.floor(this.unit() * count);
  }

  /** Yes with this chance. */
  isHit(chance: number): boolean {
    return this.unit() < chance;
  }
}

function rotated(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by));
}

/** The powers …, q⁴, q², q of a memoryless length: the chance that it is …, 4, 2, 1 ms or longer. */
export type Memoryless = readonly number[];

/** A memoryless length with this mean: the exponential distribution on whole milliseconds (the geometric one). */
export function memoryless(meanMs: number): Memoryless {
  const powers: number[] = [];
  // Beyond 2^-64 no draw of 53 bits reaches.
  for (let power = meanMs / (1 + meanMs); power > 2 ** -64; power *= power) powers.unshift(power);
  return powers;
}

/** Draws such a length, in ms: the greatest k for which q^k exceeds a draw, found bit by bit. */
export function draw(lengths: Memoryless, random: Random): DurationMs {
  const unit = random.unit();
  let reached = 1;
  let length = 0;
  for (const power of lengths) {
    const further = reached * power;
    const isReached = further > unit;
    if (isReached) reached = further;
    length = 2 * length + (isReached ? 1 : 0);
  }
  return length;
}
