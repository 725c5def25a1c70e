// Ids by slot, page by page, so that growth copies none of them.

import { inPage } from './records.js';
import { pageBits } from './sizes.js';

export class Ids {
  private readonly pages: string[][] = [];

  /** The id of whoever has the slot. */
  of(slot: number): string {
    return (this.pages[slot >>> pageBits] as string[])[slot & inPage] as string;
  }

  set(slot: number, id: string): void {
    const { pages } = this;
    const index = slot >>> pageBits;
    while (pages.length <= index) pages.push([]);
    (pages[index] as string[])[slot & inPage] = id;
  }
}
