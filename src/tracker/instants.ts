// An instant for some of the slots, in flat arrays, page by page.

import type { Timestamp } from '../time.js';
import { sizeOfPage } from './records.js';
import { inPage, pageBits } from './sizes.js';

export class Instants {
  private readonly pages: Float64Array[] = [];

  get(slot: number): Timestamp | undefined {
    const at = this.pages[slot >>> pageBits]?.[slot & inPage];
    return at === undefined || Number.isNaN(at) ? undefined : at;
  }

  set(slot: number, at: Timestamp | undefined): void {
    const { pages } = this;
    const index = slot >>> pageBits;
    if (at === undefined && pages[index] === undefined) return;
    while (pages.length <= index) pages.push(new Float64Array(0));
    const page = pages[index] as Float64Array;
    if (page.length <= (slot & inPage)) {
      const grown = new Float64Array(sizeOfPage(index, (slot & inPage) + 1)).fill(Number.NaN);
      grown.set(page);
      pages[index] = grown;
    }
    (pages[index] as Float64Array)[slot & inPage] = at ?? Number.NaN;
  }
}
