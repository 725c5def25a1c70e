// A story's text, cut into tables of cells that know where they stand.
// Rule 1: a table begins with a `time` row. Empty lines say nothing.
// Rule 2: a bar within quotes is no border.
// Rule 3: every row has a cell for every instant, and instants rise.

import { complaint } from '../../complaint.js';
import type { Timestamp } from '../../time.js';
import { Cursor, refuse } from './cell.js';
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

/** Cuts a text. There is one table at least. */
export function tablesOf(text: string): readonly Table[] {
  const tables: { readonly instants: readonly Instant[]; readonly comment: string; readonly rows: Row[] }[] = [];
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue;
    const [head, ...cells] = cut(line);
    const table = tables[tables.length - 1];
    if (head.text === 'time') tables.push({ ...readTime(cells, head), rows: [] });
    else if (!/^[>=]/.test(head.text)) refuse(head, 0, complaint('row', '`time`, `> user/session`, `> user`, `> host`, `= user` or `= user/session`', head.text));
    else if (table === undefined) refuse(head, 0, complaint('row', '`time`, as a table begins with its instants', head.text));
    else table.rows.push(readRow(head, cells, table.instants));
  }
  if (tables.length === 0) throw new TypeError(complaint('story', 'a table that begins with `time`', undefined));
  return tables;
}

/** The cells of a line. Of the instants a bar is always a border, as a comment may have quotes of its own. */
function cut(line: string): readonly [head: Cell, ...cells: Cell[]] {
  const isTime = /^\s*time\b/.test(line);
  const borders = [...line.matchAll(isTime ? /\|/g : /"(?:[^"\\]|\\.)*"|\|/g)].filter(([sign]) => sign === '|').map(({ index }) => index);
  const cellFrom = (from: number, border: number | undefined): Cell => {
    const text = line.slice(from, border);
    const before = text.trim() === '' ? 1 : text.length - text.trimStart().length;
    return { text: text.trim(), line, start: from + before, where: isTime ? '`time`' : 'the first cell' };
  };
  return [cellFrom(0, borders[0]), ...borders.map((border, i) => cellFrom(border + 1, borders[i + 1]))];
}

function readTime(cells: readonly Cell[], head: Cell): Pick<Table, 'instants' | 'comment'> {
  const last = cells[cells.length - 1];
  if (last === undefined) return refuse(head, head.text.length, complaint('time', 'followed by `|` and an instant', undefined));
  const comment = /\s{2,}(.*)$/.exec(last.text)?.[1] ?? '';
  const instants: Instant[] = [];
  for (const cell of cells) {
    const label = cell === last ? cell.text.replace(/\s{2,}.*$/, '') : cell.text;
    const cursor = new Cursor({ ...cell, text: label });
    const at = cursor.instant('time');
    if (!cursor.isAtEnd) cursor.refuse('time', 'an instant such as 15s, 1m30s or 4m-1ms', 0);
    const before = instants[instants.length - 1];
    if (before !== undefined && at <= before.at) refuse(cell, 0, complaint('time', `later than ${before.label}, which stands before it`, label));
    instants.push({ at, label });
  }
  return { instants, comment };
}

function readRow(head: Cell, cells: readonly Cell[], instants: readonly Instant[]): Row {
  const where = `\`${head.text}\``;
  if (cells.length !== instants.length) {
    const last = cells[cells.length - 1] ?? head;
    refuse({ ...last, where }, 0, complaint('cells', `${String(instants.length)}, one for each instant`, cells.length));
  }
  return {
    head: { ...head, where },
    cells: instants.flatMap(({ label }, i) => cells.slice(i, i + 1).map((cell) => ({ ...cell, where: `${where} at ${label}` }))),
  };
}
