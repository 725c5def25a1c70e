// How names, words and reasons stand in a table, for those who print one and those who read one.
// Rule 1: what could be taken for a sign of the table stands in quotes, as a JSON string.
// Rule 2: what is printed can be pasted into a template: no bar, no backtick and no `${` is left in it as it is.

import type { SessionBecause } from '../because.js';
import type { Json } from '../signal.js';
import type { UserBecause } from '../user.js';

/** An id, in quotes where it must be. */
export function named(id: string): string {
  return /^[\p{L}\p{N}_.@-]+$/u.test(id) ? id : quoted(id);
}

/** A word of a policy, in quotes where it must be. An `@` must, as it places things in a cell. */
export function spelled(word: string): string {
  return /^[\p{L}\p{N}_.-]+$/u.test(word) ? word : quoted(word);
}

/** JSON without the signs of a table or a template: they can only stand in its strings. */
export function quoted(value: Json): string {
  return JSON.stringify(value).replace(/[|`]|\$(?=\{)/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Clocks that are named as they are: a report or a cause of the same name stands in quotes. */
export const clockWords: readonly string[] = ['silence', 'inactivity', 'untouched', 'never'];

/** Why a user has a status, as it stands in brackets behind it; nothing where there is no reason to tell. */
export function userReason(because: UserBecause): string {
  if (because.by === 'claim') return `claim ${named(because.claimId)}`;
  if (because.by === 'nobody' || isPlain(because.reason)) return '';
  return `${named(because.sessionId)}: ${clockOf(because.reason)}`;
}

/** The same of a session. */
export function sessionReason(because: SessionBecause): string {
  return isPlain(because) ? '' : clockOf(because);
}

/** A status with its reason. */
export function statusCell(status: string, reason: string): string {
  return reason === '' ? spelled(status) : `${spelled(status)} (${reason})`;
}

/** Is there no reason to tell: nothing speaks against the status, and nobody reported anything? */
function isPlain(because: SessionBecause): boolean {
  return because.clock === 'none' || (because.clock === 'report' && because.report === 'none');
}

function clockOf(because: SessionBecause): string {
  if (because.clock === 'departure') return clockWord(because.cause);
  return because.clock === 'report' ? clockWord(because.report) : because.clock;
}

/** A report or a cause as a reason. */
export function clockWord(word: string): string {
  return clockWords.includes(word) ? quoted(word) : spelled(word);
}
