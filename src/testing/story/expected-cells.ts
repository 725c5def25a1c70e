// What a story expects, as it stands in a cell: `active`, `dnd (claim q)`, `idle (tab2: inactivity)`, of a session `idle (inactivity)`.
// Rule: a reason has the words that `renderTimeline` prints.

import type { Policy } from '../../policy.js';
import { clockWord, clockWords, named } from '../words.js';
import { Cursor } from './cell.js';
import type { Cell } from './cell.js';

/** A status, and why where that is expected too. */
export interface Expected {
  /** The status. */
  readonly status: string;
  /** Why, as it is printed. */
  readonly reason?: string;
}

/** Reads the cell of a user or a session. */
export function expectedIn(cell: Cell, policy: Policy, isOfSession: boolean): Expected {
  const cursor = new Cursor(cell);
  const status = cursor.word('status', policy.statuses, true);
  cursor.space();
  if (cursor.isAtEnd) return { status };
  if (cursor.take(/^\(/) === undefined) cursor.refuse('cell', 'a status, and a reason in brackets behind it');
  const reason = readReason(cursor, policy, isOfSession);
  if (cursor.take(/^\)$/) === undefined) cursor.refuse('reason', '`)` and nothing else behind it');
  return { status, reason };
}

function readReason(cursor: Cursor, policy: Policy, isOfSession: boolean): string {
  if (isOfSession) return readClock(cursor, policy);
  if (cursor.take(/^claim\s+/) !== undefined) return `claim ${named(cursor.name('reason'))}`;
  const sessionId = cursor.name('reason');
  if (cursor.take(/^:\s*/) === undefined) cursor.refuse('reason', '`claim id`, or `session: ` and what it says');
  return `${named(sessionId)}: ${readClock(cursor, policy)}`;
}

/** A clock as it is; a report or a cause of the policy, in quotes where a clock has its name. */
function readClock(cursor: Cursor, { reports, departures }: Policy): string {
  const { offset } = cursor;
  const clock = cursor.take(/^(?:silence|inactivity|untouched|never)(?=\))/);
  if (clock !== undefined) return clock;
  const words = [...Object.keys(reports).filter((report) => report !== 'none'), ...Object.keys(departures)];
  const word = cursor.word('reason', [...clockWords, ...words]);
  return words.includes(word) ? clockWord(word) : cursor.refuse('reason', `one of ${[...clockWords, ...words].join(', ')}`, offset);
}
