// Ids by slot, page by page, so that growth copies none of them.

import { sizeOfPage } from './records.js';
import { inPage, pageBits } from './sizes.js';

export class Ids {
  private readonly pages: string[][] = [];

  /** The id of whoever has the slot. */
  of(slot: number): string {
    return (this.pages[slot >>> pageBits] as string[])[slot & inPage] as string;
  }

  /** Is an id known at the slot? It is looked for where it stands, and not read itself. */
  has(slot: number): boolean {
    return this.pages[slot >>> pageBits]?.[slot & inPage] !== undefined;
  }

  set(slot: number, id: string): void {
    const { pages } = this;
    const index = slot >>> pageBits;
    while (pages.length <= index) pages.push([]);
    const page = pages[index] as string[];
    const needed = (slot & inPage) + 1;
    // A page is made as long as it will be: an array that grows by itself has room for a third more than it needs.
    if (page.length < needed) pages[index] = page.concat(Array.from({ length: sizeOfPage(index, needed) - page.length }, () => ''));
    (pages[index] as string[])[slot & inPage] = id;
  }
}
