// A timeline as text: a table whose columns are instants, one row for each user and session, a cell where a status changes.

import { compact } from '../duration.js';
import type { SessionBecause } from '../because.js';
import type { Names } from '../signal.js';
import type { UserBecause } from '../user.js';
import type { Segment, Timeline, UserLane } from './timeline.js';

/** How to print. */
export interface RenderOptions {
  /** The longest line, in characters; longer tables go on below. Default 110. */
  readonly width?: number;
}

interface Row {
  readonly name: string;
  /** Cells by instant. */
  readonly cells: ReadonlyMap<number, string>;
}

/**
 * Prints a timeline: for each user a table whose columns are the instants, counted from the timeline's beginning, at which
 * a status changes; a blank cell is no change. Behind a status stands its reason, where there is one to tell.
 *
 * @param timeline - From `timeline`.
 * @param options - How wide.
 * @returns Lines of text without a newline at the end. Cost: rows times instants.
 * @example
 * ```ts
 * import { defaultPolicy } from 'presence-model';
 * import { renderTimeline, timeline } from 'presence-model/testing';
 *
 * const spans = timeline([{ type: 'connected', userId: 'ada', sessionId: 'tab', at: 0 }], defaultPolicy, { from: 0, until: 60_000 });
 * renderTimeline(spans).split('\n')[1]; // => '= ada     | active | idle (tab: silence)'
 * ```
 */
export function renderTimeline(timeline: Timeline, options: RenderOptions = {}): string {
  const { width = 110 } = options;
  return timeline.users.map((user) => tablesOf(user, timeline.from, width).join('\n')).join('\n\n');
}

function tablesOf(user: UserLane, from: number, width: number): string[] {
  const rows: Row[] = [
    row(named(user.userId), user.segments, userReason),
    ...user.sessions.map(({ sessionId, segments }) => row(`${named(user.userId)}/${named(sessionId)}`, segments, sessionReason)),
  ];
  const instants = [...new Set(rows.flatMap(({ cells }) => [...cells.keys()]))].sort((a, b) => a - b);
  const head = ['time', ...rows.map(({ name }) => `= ${name}`)];
  const columns = instants.map((at) => [compact(at - from), ...rows.map(({ cells }) => cells.get(at) ?? '')]);
  const lines: string[] = [];
  let block = [head];
  for (const column of columns) {
    if (block.length > 1 && widthOf([...block, column]) > width) {
      lines.push(...linesOf(block), '');
      block = [head];
    }
    block.push(column);
  }
  return [...lines, ...linesOf(block)];
}

/** A cell where the status changes; a new reason alone is no news. */
function row<B>(name: string, segments: readonly Segment<Names, B>[], reason: (because: B) => string): Row {
  const cells = new Map<number, string>();
  let last: string | undefined;
  for (const { from, status, because } of segments) {
    if (status !== last) cells.set(from, `${status}${reason(because)}`);
    last = status;
  }
  return { name, cells };
}

function userReason(because: UserBecause): string {
  if (because.by === 'claim') return ` (claim ${named(because.claimId)})`;
  if (because.by === 'nobody' || isPlain(because.reason)) return '';
  return ` (${named(because.sessionId)}: ${clockOf(because.reason)})`;
}

function sessionReason(because: SessionBecause): string {
  return isPlain(because) ? '' : ` (${clockOf(because)})`;
}

/** Is there no reason to tell: nothing speaks against the status, and nobody reported anything? */
function isPlain(because: SessionBecause): boolean {
  return because.clock === 'none' || (because.clock === 'report' && because.report === 'none');
}

function clockOf(because: SessionBecause): string {
  if (because.clock === 'departure') return because.cause;
  return because.clock === 'report' ? because.report : because.clock;
}

/** Ids are foreign: what could be taken for the table's own signs is quoted. */
function named(id: string): string {
  return /^[\w.@-]+$/.test(id) ? id : JSON.stringify(id).replace(/\|/g, '\\u007c');
}

function widthOf(columns: readonly (readonly string[])[]): number {
  return columns.reduce((sum, column) => sum + Math.max(...column.map((cell) => cell.length)) + 3, -3);
}

function linesOf(columns: readonly (readonly string[])[]): string[] {
  const widths = columns.map((column) => Math.max(...column.map((cell) => cell.length)));
  const rows = columns[0] ?? [];
  return rows.map((_, i) => columns.map((column, j) => (column[i] ?? '').padEnd(widths[j] ?? 0)).join(' | ').trimEnd());
}
