// What a session says, as it stands in a cell: `+idle`, `o~1h`, `*`, `-left`, `-dropped#1`, `x`.
// Rule: a sign says what happened, its marks say the rest, each once and in any order; space parts one item from the next.

import { complaint } from '../../complaint.js';
import type { Draft } from '../../plain.js';
import type { Policy } from '../../policy.js';
import type { DurationMs, Timestamp } from '../../time.js';
import { Cursor, refuse } from './cell.js';
import type { Cell } from './cell.js';
import type { Said } from './script.js';

/** Connect, beat, activity, an end, a crash: each with the marks that may follow it. */
const signs = { '+': ':~*#!@', o: ':~*#!@', '*': ':#!@', '-': '#@', x: '@' } as const;

/** What happened. */
export type Sign = keyof typeof signs;

/** One thing that a session says. */
export interface SessionItem {
  /** What happened. */
  readonly sign: Sign;
  /** When, in ms. */
  readonly at: Timestamp;
  /** The report; of an end its cause. */
  readonly word?: string;
  /** `~1h`: a promise of quiet, in ms. */
  readonly quietForMs?: DurationMs;
  /** `*50s`: when the human last interacted, in ms. */
  readonly activeAt?: Timestamp;
  /** `#1`: the connection that says it. */
  readonly number?: number;
  /** `!uncounted`, `!counted`. */
  readonly uncounted?: boolean;
  /** Where it stands. */
  readonly cell: Cell;
  /** Where in the cell it begins. */
  readonly offset: number;
}

/** The items of a cell, in order. */
export function sessionItems({ at, cell }: Said, policy: Policy): readonly SessionItem[] {
  const cursor = new Cursor(cell);
  const items: SessionItem[] = [];
  do items.push(readItem(cursor, at, policy)); while (!cursor.isAtEnd);
  return items;
}

/** How a report or a cause begins. */
const aWord = /^[\p{L}\p{N}_."-]/u;

function readItem(cursor: Cursor, at: Timestamp, policy: Policy): SessionItem {
  const { offset, cell } = cursor;
  const loose = looseWord(cursor, policy);
  if (loose.length > 0) cursor.refuse('cell', `${loose.join(' or ')}, as an item begins with its sign and has no spaces`);
  const sign = cursor.take(/^[+o*x-]/) as Sign | undefined;
  if (sign === undefined) return cursor.refuse('cell', '`+` connect, `o` beat, `*` activity, `-cause` end, or `x` crash, and an item has no spaces');
  const item: Draft<SessionItem> = { sign, at, cell, offset };
  if (sign === '-' && cursor.sees(aWord)) item.word = cursor.word('cause', Object.keys(policy.departures));
  if (sign === '+' && cursor.sees(aWord)) item.word = cursor.word('report', Object.keys(policy.reports));
  const marks = new Set<string>(sign === '+' && item.word !== undefined ? ':' : '');
  while (!cursor.isAtEnd && !cursor.space()) {
    const from = cursor.offset;
    const mark = cursor.take(/^[:~*#!@]/) ?? '';
    if (mark === '' || !signs[sign].includes(mark)) cursor.refuse('cell', wishAfter(sign), from);
    if (marks.has(mark)) refuse(cell, from, complaint(mark, 'said once of a signal', cell.text.slice(from)));
    marks.add(mark);
    readMark(mark, item, cursor, policy);
  }
  return item;
}

/** A word of the policy that no sign stands before, as in `+ idle`: the items that may be meant. None where there is no such word. */
function looseWord(cursor: Cursor, { reports, departures }: Policy): readonly string[] {
  const [word = ''] = /^[\p{L}\p{N}_][\p{L}\p{N}_.-]+/u.exec(cursor.rest) ?? [];
  const ofReport = Object.keys(reports).includes(word) ? ['+', 'o:', '*:'] : [];
  const ofCause = Object.keys(departures).includes(word) ? ['-'] : [];
  return [...ofReport, ...ofCause].map((sign) => `\`${sign}${word}\``);
}

function wishAfter(sign: Sign): string {
  const marks = Array.from(signs[sign], (mark) => `\`${mark}\``).join(' ');
  return sign === '-' ? `\`-\` with a cause and no more than ${marks}` : `\`${sign}\` with no more than ${marks} behind it`;
}

function readMark(mark: string, item: Draft<SessionItem>, cursor: Cursor, policy: Policy): void {
  if (mark === ':') item.word = cursor.word('report', Object.keys(policy.reports));
  else if (mark === '~') item.quietForMs = cursor.length('quietForMs');
  else if (mark === '*') item.activeAt = cursor.instant('activeAt');
  else if (mark === '@') item.at = cursor.instant('at');
  else if (mark === '#') item.number = Number(cursor.take(/^-?\d+/) ?? cursor.refuse('epoch', 'the number of a connection'));
  else item.uncounted = (cursor.take(/^(?:un)?counted/) ?? cursor.refuse('!', '`!uncounted` or `!counted`')) === 'uncounted';
}
