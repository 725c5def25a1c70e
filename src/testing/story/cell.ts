// One cell of a story, and how it is read: from left to right, and what is wrong is shown where it stands.

import { complaint } from '../../complaint.js';
import type { DurationMs, Timestamp } from '../../time.js';
import { widthOf } from '../grid.js';

/** A piece of a line, without the space around it. */
export interface Cell {
  /** What it says. */
  readonly text: string;
  /** The whole line. */
  readonly line: string;
  /** Where the cell's text begins in it. */
  readonly start: number;
  /** Which cell that is, in words. */
  readonly where: string;
}

/** Throws what is wrong with a cell, under the line that it stands in. */
export function refuse(cell: Cell, offset: number, message: string): never {
  refuseAt([cell.line], widthOf(cell.line.slice(0, cell.start + offset)), cell.where, message);
}

/** Throws what is wrong at a column of the last of these lines. */
export function refuseAt(lines: readonly string[], column: number, where: string, message: string): never {
  const indent = Math.min(...lines.map((line) => line.length - line.trimStart().length));
  const shown = lines.map((line) => line.slice(indent).trimEnd().replace(/\t/g, ' '));
  const mark = `${' '.repeat(column - indent)}▲`;
  throw new TypeError(`${message.replace(/\.$/, '')}, in ${where}:${[...shown, mark].map((line) => `\n  ${line}`).join('')}`);
}

const units: ReadonlyMap<string, DurationMs> = new Map([['ms', 1], ['s', 1_000], ['m', 60_000], ['h', 3_600_000], ['d', 86_400_000]]);

/** `1m30s` as milliseconds; a bare number is milliseconds. */
function msOf(length: string): DurationMs {
  if (/^\d+$/.test(length)) return Number(length);
  return [...length.matchAll(/(\d+)(ms|[dhms])/g)].reduce((sum, [, count, unit]) => sum + Number(count) * Number(units.get(String(unit))), 0);
}

const length = /^(?:(?:\d+(?:ms|[dhms]))+|\d+)(?![\p{L}\p{N}_.])/u;

/** Reads a cell from left to right. */
export class Cursor {
  readonly cell: Cell;
  /** How far it has read. */
  offset = 0;

  constructor(cell: Cell) {
    this.cell = cell;
  }

  /** Is everything read? */
  get isAtEnd(): boolean {
    return this.offset >= this.cell.text.length;
  }

  /** What is not read yet. */
  get rest(): string {
    return this.cell.text.slice(this.offset);
  }

  /** Reads what the pattern, which begins with `^`, finds here; `undefined` where it finds nothing. */
  take(pattern: RegExp): string | undefined {
    const found = pattern.exec(this.rest)?.[0];
    if (found !== undefined) this.offset += found.length;
    return found;
  }

  /** Does the pattern, which begins with `^`, find something here? */
  sees(pattern: RegExp): boolean {
    return pattern.test(this.rest);
  }

  /** Reads space. Was there any? */
  space(): boolean {
    return this.take(/^\s+/) !== undefined;
  }

  /** Throws: here stands something else than was expected. */
  refuse(field: string, wish: string, offset: number = this.offset): never {
    const found = this.cell.text.slice(offset).split(/\s/, 1).join('');
    refuse(this.cell, offset, complaint(field, wish, found === '' ? undefined : found));
  }

  /** Reads a length: `1m30s`, `500ms`, or a bare number of milliseconds. */
  length(field: string): DurationMs {
    const { offset } = this;
    const found = this.take(length);
    const lengthMs = found === undefined ? Number.NaN : msOf(found);
    return Number.isSafeInteger(lengthMs) ? lengthMs : this.refuse(field, 'a length such as 15s, 1m30s or 500ms', offset);
  }

  /** Reads an instant: a length since `0s`, also before it, and lengths added to it or taken away: `4m-1ms`. */
  instant(field: string): Timestamp {
    const { offset } = this;
    let at = 0;
    let sign: string | undefined = this.take(/^-/) ?? '+';
    while (sign !== undefined) {
      const found = this.take(length);
      at += (sign === '-' ? -1 : 1) * (found === undefined ? Number.NaN : msOf(found));
      sign = this.take(/^[+-]/);
    }
    return Number.isSafeInteger(at) ? at : this.refuse(field, 'an instant such as 15s, 1m30s or 4m-1ms', offset);
  }

  /** Reads an id: as it is, or as a JSON string. */
  name(field: string): string {
    const { offset } = this;
    return this.take(/^[\p{L}\p{N}_.@-]+/u) ?? this.string() ?? this.refuse(field, 'an id, in quotes if it has other signs than letters, digits and _ . @ -', offset);
  }

  /** Reads a word of the policy. One in quotes is taken as it is, whether or not the policy knows it. */
  word(field: string, words: readonly string[], isKnownOnly = false): string {
    const { offset } = this;
    const bare = this.take(/^[\p{L}\p{N}_.-]+/u);
    const word = bare ?? this.string();
    const isKnown = word !== undefined && (words.includes(word) || (bare === undefined && !isKnownOnly));
    return isKnown ? word : this.refuse(field, `one of ${words.join(', ')}`, offset);
  }

  /** Reads a JSON string, if one begins here. */
  string(): string | undefined {
    const { offset } = this;
    const found = this.take(/^"(?:[^"\\]|\\.)*"/);
    return found === undefined ? undefined : (this.parsed(found, 'name', offset) as string);
  }

  /** What JSON says. */
  parsed(text: string, field: string, offset: number): unknown {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      return this.refuse(field, 'JSON', offset);
    }
  }
}
