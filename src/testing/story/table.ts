// A story's text, cut into tables of cells that know where they stand.
// Rule 1: a table begins with a `time` row. Empty lines say nothing.
// Rule 2: a bar within quotes is no border.
// Rule 3: every row has a cell for every instant, and instants rise.
// Rule 4: a comment begins with a word and has no bar, so that an instant without its bar is none.

import { complaint } from '../../complaint.js';
import type { Timestamp } from '../../time.js';
import { widthOf } from '../grid.js';
import { Cursor, refuse, refuseAt } from './cell.js';
import type { Cell } from './cell.js';

/** An instant as it is written. */
export interface Instant {
  /** The instant, in ms. */
  readonly at: Timestamp;
  /** As it is written. */
  readonly label: string;
}

/** A row below the instants. */
export interface Row {
  /** Its first cell: which row it is. */
  readonly head: Cell;
  /** Its other cells, one for each instant. */
  readonly cells: readonly Cell[];
}

/** One table. */
export interface Table {
  /** Rising. */
  readonly instants: readonly Instant[];
  /** What stands behind the last instant. */
  readonly comment: string;
  /** The others, in order. */
  readonly rows: readonly Row[];
}

/** A line, cut. */
interface Line {
  readonly line: string;
  readonly head: Cell;
  readonly cells: readonly Cell[];
  /** At which columns of the page its bars stand. */
  readonly bars: readonly number[];
}

/** Cuts a text. There is one table at least. */
export function tablesOf(text: string): readonly Table[] {
  const tables: { readonly time: Line; readonly instants: readonly Instant[]; readonly comment: string; readonly rows: Row[] }[] = [];
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue;
    const row = cut(line);
    const { head } = row;
    const table = tables[tables.length - 1];
    if (/^time\b/.test(head.text)) tables.push({ time: row, ...readTime(row), rows: [] });
    else if (!/^[>=]/.test(head.text)) refuse(head, 0, complaint('row', '`time`, `> user/session`, `> user`, `> host`, `= user` or `= user/session`', head.text));
    else if (table === undefined) refuse(head, 0, complaint('row', '`time`, as a table begins with its instants', head.text));
    else table.rows.push(readRow(row, table.time, table.instants));
  }
  if (tables.length === 0) throw new TypeError(complaint('story', 'a table that begins with `time`', undefined));
  return tables;
}

/** The cells of a line. Of the instants a bar is always a border, as a comment may have quotes of its own. */
function cut(line: string): Line {
  const isTime = /^\s*time\b/.test(line);
  const borders = [...line.matchAll(isTime ? /\|/g : /"(?:[^"\\]|\\.)*"|\|/g)].filter(([sign]) => sign === '|').map(({ index }) => index);
  const cellFrom = (from: number, border: number | undefined): Cell => {
    const text = line.slice(from, border);
    const before = text.trim() === '' ? 1 : text.length - text.trimStart().length;
    return { text: text.trim(), line, start: from + before, where: isTime ? '`time`' : 'the first cell' };
  };
  const cells = borders.map((border, i) => cellFrom(border + 1, borders[i + 1]));
  return { line, head: cellFrom(0, borders[0]), cells, bars: borders.map((border) => widthOf(line.slice(0, border))) };
}

function readTime({ head, cells }: Line): Pick<Table, 'instants' | 'comment'> {
  const last = cells[cells.length - 1];
  const title = new Cursor(head);
  title.take(/^time\s*/);
  if (last === undefined || !title.isAtEnd) return title.refuse('time', 'followed by `|` and an instant');
  const instants: Instant[] = [];
  let comment = '';
  for (const cell of cells) {
    const cursor = new Cursor(cell);
    const at = cursor.instant('time');
    const label = cell.text.slice(0, cursor.offset);
    if (!cursor.isAtEnd && !cursor.sees(/^\s(?:\s|[+-]?\d)/)) cursor.refuse('time', 'an instant such as 15s, 1m30s or 4m-1ms', 0);
    cursor.space();
    if (cursor.sees(/^[+-]?\d/)) cursor.refuse('time', 'told with `|` before every instant, and a comment that begins with a word');
    if (!cursor.isAtEnd && cell !== last) cursor.refuse('time', 'told with its comment behind the last instant, and no `|` in that');
    comment = cell.text.slice(cursor.offset);
    const before = instants[instants.length - 1];
    if (before !== undefined && at <= before.at) refuse(cell, 0, complaint('time', `later than ${before.label}, which stands before it`, label));
    instants.push({ at, label });
  }
  return { instants, comment };
}

function readRow(row: Line, time: Line, instants: readonly Instant[]): Row {
  const { line, head, cells } = row;
  const where = `\`${head.text}\``;
  if (cells.length !== instants.length) {
    refuseAt([time.line, line], strayColumn(row, time), where, complaint('cells', `${String(instants.length)}, one for each instant`, cells.length));
  }
  return {
    head: { ...head, where },
    cells: instants.flatMap(({ label }, i) => cells.slice(i, i + 1).map((cell) => ({ ...cell, where: `${where} at ${label}` }))),
  };
}

/**
 * Where a row has a bar too few or too many: at the first place where its bars and those of the instants part. In a table whose
 * columns are out of line that says nothing: there it is the end of the row, or the first bar over none.
 */
function strayColumn({ line, bars }: Line, { bars: above }: Line): number {
  const hasMore = bars.length > above.length;
  if (bars[0] !== above[0]) return hasMore ? Math.min(...bars.slice(above.length)) : widthOf(line.trimEnd());
  return Math.min(...(hasMore ? bars : above).filter((column, i) => column !== (hasMore ? above : bars)[i]));
}
