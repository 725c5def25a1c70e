// What a user claims, as it stands in a cell: `q: show dnd 30m; p: cap away sticky; r: off`.
// Rule: an id and what it does, in any order, each once; a semicolon parts one claim from the next.

import type { Policy } from '../../policy.js';
import type { Claim, Claimed, Cleared, Unclaimed } from '../../signal.js';
import type { DurationMs, Timestamp } from '../../time.js';
import { Cursor } from './cell.js';
import type { Said } from './script.js';

/** What is said of claims. */
export type ClaimSignal = Claimed | Unclaimed | Cleared;

/** A signal and where it stands in its cell. */
export interface ClaimItem {
  /** The signal. */
  readonly signal: ClaimSignal;
  /** Where in the cell it begins. */
  readonly offset: number;
}

/** What is being read: the fields of a claim, and what else stands there. */
interface Reading {
  readonly claim: Map<string, unknown>;
  readonly statuses: readonly string[];
  at?: Timestamp;
  lengthMs?: DurationMs;
}

type Read = (reading: Reading, cursor: Cursor) => void;

const aStatus = (field: string): Read => ({ claim, statuses }, cursor) => claim.set(field, cursor.word(field, statuses));

/** The words of a claim and what each reads; a word that says the same as another has its name. */
const clauses: ReadonlyMap<string, { readonly says: string; readonly read: Read }> = new Map([
  ['show', { says: 'show', read: aStatus('show') }],
  ['cap', { says: 'cap', read: aStatus('atMost') }],
  ['raise', { says: 'raise', read: aStatus('atLeast') }],
  ['while', { says: 'while', read: aStatus('whileAtLeast') }],
  ['sticky', { says: 'while', read: ({ claim, statuses }) => claim.set('whileAtLeast', statuses[statuses.length - 1]) }],
  ['on', { says: 'on', read: ({ claim }, cursor) => claim.set('sessionId', cursor.name('sessionId')) }],
  ['until', { says: 'until', read: ({ claim }, cursor) => claim.set('expiresAt', cursor.instant('expiresAt')) }],
  ['priority', { says: 'priority', read: ({ claim }, cursor) => claim.set('priority', readNumber(cursor)) }],
  ['detail', { says: 'detail', read: ({ claim }, cursor) => claim.set('detail', readJson(cursor)) }],
  ['private', { says: 'private', read: ({ claim }) => claim.set('private', true) }],
  ['@', { says: '@', read: (reading, cursor) => (reading.at = cursor.instant('at')) }],
  ['', { says: 'until', read: (reading, cursor) => (reading.lengthMs = cursor.length('expiresAt')) }],
]);

/** The claims of a cell, in order. */
export function claimItems({ at, cell }: Said, userId: string, { statuses }: Policy): readonly ClaimItem[] {
  const cursor = new Cursor(cell);
  const items: ClaimItem[] = [];
  do {
    cursor.space();
    const { offset } = cursor;
    items.push({ signal: readItem(cursor, at, userId, statuses), offset });
    cursor.space();
  } while (cursor.take(/^;/) !== undefined);
  return cursor.isAtEnd ? items : cursor.refuse('cell', '`;` between one claim and the next');
}

function readItem(cursor: Cursor, at: Timestamp, userId: string, statuses: readonly string[]): ClaimSignal {
  const { offset } = cursor;
  if (cursor.take(/^clear(?![^\s;])/) !== undefined) return { type: 'cleared', userId, at: readPlace(cursor) ?? at };
  const id = cursor.sees(/^[\p{L}\p{N}_.@"-]/u) ? cursor.name('cell') : '';
  if (cursor.take(/^:\s*/) === undefined) cursor.refuse('cell', 'a claim such as `q: show dnd 30m` or `q: off`, or `clear`', offset);
  if (cursor.take(/^off(?![^\s;])/) !== undefined) return { type: 'unclaimed', userId, at: readPlace(cursor) ?? at, claimId: id };
  return readClaim(cursor, id, at, userId, statuses);
}

/** `@5s`: at another instant than the column's. */
function readPlace(cursor: Cursor): Timestamp | undefined {
  cursor.space();
  return cursor.take(/^@/) === undefined ? undefined : cursor.instant('at');
}

function readClaim(cursor: Cursor, id: string, columnAt: Timestamp, userId: string, statuses: readonly string[]): Claimed {
  const reading: Reading = { claim: new Map([['id', id]]), statuses };
  const said = new Set<string>();
  while (!cursor.sees(/^(?:;|$)/)) {
    const { offset } = cursor;
    const clause = clauses.get(cursor.sees(/^\d/) ? '' : (cursor.take(/^(?:\p{L}+|@)/u) ?? '?'));
    if (clause === undefined) return cursor.refuse('claim', wish, offset);
    if (said.has(clause.says)) cursor.refuse('claim', 'told each of its words once', offset);
    said.add(clause.says);
    cursor.space();
    clause.read(reading, cursor);
    cursor.space();
  }
  const { claim, at = columnAt, lengthMs } = reading;
  if (lengthMs !== undefined) claim.set('expiresAt', at + lengthMs);
  return { type: 'claimed', userId, at, claim: Object.fromEntries(claim) as unknown as Claim };
}

const wish = 'told by `show`, `cap`, `raise`, `30m`, `until`, `sticky`, `while`, `on`, `priority`, `detail`, `private`, or `off`';

function readNumber(cursor: Cursor): number {
  return Number(cursor.take(/^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?/) ?? cursor.refuse('priority', 'a number'));
}

/** Reads one JSON value. */
function readJson(cursor: Cursor): unknown {
  const { offset, cell: { text } } = cursor;
  let depth = 0;
  let json = '';
  do {
    const part = cursor.take(/^"(?:[^"\\]|\\.)*"/) ?? cursor.take(/^[[\]{}]/) ?? cursor.take(depth > 0 ? /^[^"[\]{}]+/ : /^[^\s;"[\]{}]+/);
    if (part === undefined) return cursor.refuse('detail', 'JSON', offset);
    if (/^[[{]/.test(part)) depth += 1;
    if (/^[\]}]/.test(part)) depth -= 1;
    json = text.slice(offset, cursor.offset);
  } while (depth > 0);
  return cursor.parsed(json, 'detail', offset);
}
