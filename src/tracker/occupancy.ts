// Which of many places are taken: a bit for each, a bit for each 32 of those, a bit for each 32 of these.
// Always: a bit of a summary is set exactly where a bit below it is.

import { reachBits } from './sizes.js';

export class Occupancy {
  private readonly bits = new Int32Array(1 << (reachBits - 5));
  private readonly words = new Int32Array(1 << (reachBits - 10));
  private readonly blocks = new Int32Array(1 << (reachBits - 15));

  add(place: number): void {
    this.bits[place >>> 5] = (this.bits[place >>> 5] as number) | (1 << place);
    this.words[place >>> 10] = (this.words[place >>> 10] as number) | (1 << (place >>> 5));
    this.blocks[place >>> 15] = (this.blocks[place >>> 15] as number) | (1 << (place >>> 10));
  }

  remove(place: number): void {
    const { bits, words, blocks } = this;
    const left = (bits[place >>> 5] as number) & ~(1 << place);
    bits[place >>> 5] = left;
    if (left !== 0) return;
    const leftAbove = (words[place >>> 10] as number) & ~(1 << (place >>> 5));
    words[place >>> 10] = leftAbove;
    if (leftAbove === 0) blocks[place >>> 15] = (blocks[place >>> 15] as number) & ~(1 << (place >>> 10));
  }

  /** The first place taken at `from` or after it; then, from the beginning, before it; -1: none is. */
  next(from: number): number {
    const after = this.atOrAfter(from);
    return after !== -1 || from === 0 ? after : this.atOrAfter(0);
  }

  private atOrAfter(from: number): number {
    const { bits, words, blocks } = this;
    const bit = from >>> 5;
    const here = (bits[bit] as number) & (-1 << from);
    if (here !== 0) return (bit << 5) + lowest(here);
    const word = bit >>> 5;
    const near = (words[word] as number) & above(bit);
    if (near !== 0) return this.within((word << 5) + lowest(near));
    let block = word >>> 5;
    let far = (blocks[block] as number) & above(word);
    while (far === 0) {
      if (++block >= blocks.length) return -1;
      far = blocks[block] as number;
    }
    const found = (block << 5) + lowest(far);
    return this.within((found << 5) + lowest(words[found] as number));
  }

  private within(bit: number): number {
    return (bit << 5) + lowest(this.bits[bit] as number);
  }
}

/** The number of the lowest bit that is set. */
function lowest(bits: number): number {
  return 31 - Math.clz32(bits & -bits);
}

/** All bits above that of `place`. */
function above(place: number): number {
  return (place & 31) === 31 ? 0 : -1 << ((place & 31) + 1);
}
