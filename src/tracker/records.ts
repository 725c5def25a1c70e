// Records of whole numbers in flat arrays, page by page, so that growth copies nothing that was there before.
// Always: a page is whole or not there, but for the first, which doubles until it is, so that a small tracker stays small.
// Where speed matters, a record is read where it lies: `pages[slot >>> pageBits]`, from `(slot & inPage) * stride` on.

import { inPage, pageBits } from './sizes.js';

const firstSize = 16;
/**
 * From so many bytes of its memory on a page begins: glibc gives large blocks from 16 bytes after a cache line began, and so a record of
 * eight numbers lies on one line, where half of them would lie on two.
 */
const toLine = 48;
/** What stands where no page is. */
export const noPage: Int32Array = new Int32Array(0);

export class Records {
  readonly pages: Int32Array[] = [];
  private readonly stride: number;

  /** `stride` is how many numbers a record has. */
  constructor(stride: number) {
    this.stride = stride;
  }

  /** Has the slot a record? */
  has(slot: number): boolean {
    return (slot & inPage) * this.stride < (this.pages[slot >>> pageBits] ?? noPage).length;
  }

  get(slot: number, field: number): number {
    return (this.pages[slot >>> pageBits] as Int32Array)[(slot & inPage) * this.stride + field] as number;
  }

  set(slot: number, field: number, value: number): void {
    (this.pages[slot >>> pageBits] as Int32Array)[(slot & inPage) * this.stride + field] = value;
  }

  /** Makes sure that the slot has a record; a new one is all zeros. Cost: constant, now and then a page. */
  reach(slot: number): void {
    const { pages, stride } = this;
    const index = slot >>> pageBits;
    while (pages.length <= index) pages.push(noPage);
    const page = pages[index] as Int32Array;
    const needed = (slot & inPage) + 1;
    if (needed * stride <= page.length) return;
    const length = sizeOfPage(index, needed) * stride;
    const grown = new Int32Array(new ArrayBuffer(toLine + length * Int32Array.BYTES_PER_ELEMENT), toLine, length);
    grown.set(page);
    pages[index] = grown;
  }
}

/** How many slots a page has that needs so many. */
export function sizeOfPage(index: number, needed: number): number {
  return index > 0 ? inPage + 1 : 2 ** Math.ceil(Math.log2(Math.max(firstSize, needed)));
}
