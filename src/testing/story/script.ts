// What a story says, row by row: the rows of several tables are one row where they are of the same name.

import { complaint } from '../../complaint.js';
import { compact } from '../../duration.js';
import type { DurationMs, Timestamp } from '../../time.js';
import { named } from '../words.js';
import { Cursor, refuse } from './cell.js';
import type { Cell } from './cell.js';
import type { Instant, Row, Table } from './table.js';

/** Of what a row speaks. */
export type Lane =
  | { readonly kind: 'host' }
  | { readonly kind: 'claims'; readonly userId: string }
  | { readonly kind: 'session'; readonly userId: string; readonly sessionId: string; readonly everyMs?: DurationMs; readonly isUnnumbered: boolean }
  | { readonly kind: 'expected'; readonly userId: string; readonly sessionId?: string };

/** A cell that says something, and its instant. */
export interface Said {
  /** The instant of its column, in ms. */
  readonly at: Timestamp;
  /** What stands in it. */
  readonly cell: Cell;
}

/** A row over all tables. */
export interface ScriptRow<L extends Lane = Lane> {
  /** Of what it speaks. */
  readonly lane: L;
  /** How it is named, with its options. */
  readonly title: string;
  /** Where it stands first. */
  readonly head: Cell;
  /** The cells that say something, by instant; of one instant in the order of the tables. */
  readonly cells: readonly Said[];
}

/** A story as it is told. */
export interface Script {
  /** The first instant that heads a column, in ms. */
  readonly from: Timestamp;
  /** The first instant after the last of them, in ms. */
  readonly until: Timestamp;
  /** Every instant that heads a column, in order. */
  readonly instants: readonly Instant[];
  /** The rows, as they stand one below the other. */
  readonly rows: readonly ScriptRow[];
}

/** Reads tables as one. */
export function scriptOf(tables: readonly Table[]): Script {
  const labels = new Map<Timestamp, string>();
  const rows = new Map<string, ScriptRow & { readonly cells: Said[]; readonly tables: Set<Table> }>();
  for (const table of tables) {
    for (const { at, label } of table.instants) if (!labels.has(at)) labels.set(at, label);
    for (const { head, cells } of table.rows) {
      const lane = laneOf(head);
      const title = titleOf(lane);
      const name = nameOf(lane);
      const known = rows.get(name);
      if (known?.tables.has(table) === true) refuse(head, 0, complaint('row', 'named once in a table', title));
      if (known !== undefined && title !== known.title && title !== name) refuse(head, 0, complaint('row', `\`${known.title}\`, as above`, title));
      const row = known ?? { lane, title, head, cells: [], tables: new Set() };
      row.tables.add(table);
      row.cells.push(...saidIn(cells, table));
      rows.set(name, row);
    }
  }
  return {
    from: Math.min(...labels.keys()),
    until: Math.max(...labels.keys()) + 1,
    instants: [...labels].map(([at, label]) => ({ at, label })).sort((a, b) => a.at - b.at),
    rows: [...rows.values()].map(({ lane, title, head, cells }) => ({ lane, title, head, cells: [...cells].sort((a, b) => a.at - b.at) })),
  };
}

/** The rows of one kind. */
export function rowsOf<K extends Lane['kind']>({ rows }: Script, kind: K): readonly ScriptRow<Extract<Lane, { readonly kind: K }>>[] {
  return rows.filter(({ lane }) => lane.kind === kind) as unknown as readonly ScriptRow<Extract<Lane, { readonly kind: K }>>[];
}

function saidIn(cells: Row['cells'], { instants }: Table): readonly Said[] {
  return instants.flatMap(({ at }, i) => {
    const cell = cells[i];
    return cell === undefined || cell.text === '' ? [] : [{ at, cell }];
  });
}

/** `> host`, `> user`, `> user/session ~10s unnumbered`, `= user`, `= user/session`. */
function laneOf(head: Cell): Lane {
  const cursor = new Cursor(head);
  const isExpected = head.text.startsWith('=');
  cursor.take(/^[>=]\s*/);
  if (!isExpected && cursor.take(/^host$/) !== undefined) return { kind: 'host' };
  const userId = cursor.name('user');
  const sessionId = cursor.take(/^\//) === undefined ? undefined : cursor.name('session');
  let everyMs: DurationMs | undefined;
  let isUnnumbered = false;
  while (cursor.space()) {
    const { offset } = cursor;
    if (cursor.take(/^~/) !== undefined) {
      everyMs = cursor.length('~');
      if (everyMs === 0) cursor.refuse('~', 'longer than 0s', offset);
    } else if (cursor.take(/^unnumbered(?!\S)/) !== undefined) isUnnumbered = true;
    else cursor.refuse('row', 'a name, and for a session `~10s` or `unnumbered`');
    if (sessionId === undefined || isExpected) cursor.refuse('row', 'a name and nothing else', offset);
  }
  if (!cursor.isAtEnd) cursor.refuse('row', 'a name, an id in quotes if it has other signs than letters, digits and _ . @ -');
  if (isExpected) return { kind: 'expected', userId, ...(sessionId === undefined ? {} : { sessionId }) };
  if (sessionId === undefined) return { kind: 'claims', userId };
  return { kind: 'session', userId, sessionId, isUnnumbered, ...(everyMs === undefined ? {} : { everyMs }) };
}

/** The row's name, without its options. */
export function nameOf(lane: Lane): string {
  if (lane.kind === 'host') return '> host';
  // The bare word is the observer: a user of that name stands in quotes.
  if (lane.kind === 'claims') return `> ${lane.userId === 'host' ? '"host"' : named(lane.userId)}`;
  const session = lane.sessionId === undefined ? '' : `/${named(lane.sessionId)}`;
  return `${lane.kind === 'session' ? '>' : '='} ${named(lane.userId)}${session}`;
}

/** The row's name with its options, as a story has it. */
export function titleOf(lane: Lane): string {
  if (lane.kind !== 'session') return nameOf(lane);
  const rhythm = lane.everyMs === undefined ? '' : ` ~${compact(lane.everyMs)}`;
  return `${nameOf(lane)}${rhythm}${lane.isUnnumbered ? ' unnumbered' : ''}`;
}
