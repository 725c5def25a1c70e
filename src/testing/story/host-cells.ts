// When the observer was not listening, as it stands in the row `> host`: `gap`, then `back`.

import type { Gap, Timestamp } from '../../time.js';
import { Cursor } from './cell.js';
import type { Said } from './script.js';

/** The gaps of the row. One that does not end lasts until `until`. */
export function gapsOf(cells: readonly Said[], until: Timestamp): readonly Gap[] {
  const gaps: Gap[] = [];
  let from: Timestamp | undefined;
  for (const { at: columnAt, cell } of cells) {
    const cursor = new Cursor(cell);
    do {
      const { offset } = cursor;
      const word = cursor.take(/^(?:gap|back)(?![^\s@])/);
      if (word !== (from === undefined ? 'gap' : 'back')) cursor.refuse('cell', from === undefined ? '`gap`' : '`back`', offset);
      const at = cursor.take(/^@/) === undefined ? columnAt : cursor.instant('at');
      if (from === undefined) from = at;
      else {
        if (at < from) cursor.refuse('cell', '`back` later than `gap`', offset);
        gaps.push({ from, until: at });
        from = undefined;
      }
      if (!cursor.isAtEnd && !cursor.space()) cursor.refuse('cell', '`gap` and `back` with space between');
    } while (!cursor.isAtEnd);
  }
  return from === undefined ? gaps : [...gaps, { from, until: Math.max(from, until) }];
}
