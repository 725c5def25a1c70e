// What a value must look like, as data: its fields, and how each is looked at. Whoever was given something else reads what was
// expected and what came; a parser at the trust boundary gathers all of it, everybody else throws the first.

import { complaint } from './complaint.js';
import type { Issue } from './complaint.js';
import { isRecord } from './plain.js';

/** The words that a value may use; any policy has them. */
export interface Words {
  readonly statuses: readonly string[];
  readonly reports: object;
  readonly departures: object;
}

/** How strictly to look. */
export interface Strictness {
  /** Session signals must carry their epoch. */
  readonly numbered?: boolean | undefined;
  /** Signals must carry their instant. */
  readonly stamped?: boolean | undefined;
  /** Only these words are known. */
  readonly words?: Words | undefined;
}

/** How strictly to look, and what was found. */
export interface Looking extends Strictness {
  readonly issues: Issue[];
}

/** Looks at a value and notes what is wrong. */
export type Check = (value: unknown, path: string, looking: Looking) => void;

interface Field {
  readonly check: Check;
  readonly required: boolean;
}

/** Its fields by name; every other key of a value is foreign and left alone. */
export type Shape = readonly (readonly [name: string, field: Field])[];

/** Notes what is wrong. */
export function issue(path: string, wish: string, value: unknown, { issues }: Looking): void {
  issues.push({ path, message: complaint(path, wish, value) });
}

/** A check of one question. */
export function expecting(wish: string, isRight: (value: unknown) => boolean): Check {
  return (value, path, looking) => {
    if (!isRight(value)) issue(path, wish, value, looking);
  };
}

export const string: Check = /* @__PURE__ */ expecting('a string', (value) => typeof value === 'string');
export const instant: Check = /* @__PURE__ */ expecting('whole milliseconds', Number.isSafeInteger);
export const whole: Check = /* @__PURE__ */ expecting('a whole number', Number.isSafeInteger);
export const length: Check = /* @__PURE__ */ expecting('whole milliseconds, 0 or more', (value) => Number.isSafeInteger(value) && Number(value) >= 0);
export const flag: Check = /* @__PURE__ */ expecting('true or false', (value) => typeof value === 'boolean');

/** The fields that must be there, and those that may. */
export function fields(required: Readonly<Record<string, Check>>, optional: Readonly<Record<string, Check>> = {}): Shape {
  return [
    ...Object.entries(required).map(([name, check]) => [name, { check, required: true }] as const),
    ...Object.entries(optional).map(([name, check]) => [name, { check, required: false }] as const),
  ];
}

/** A check of an object that has these fields. */
export function shaped(shape: Shape): Check {
  return (value, path, looking) => {
    if (!isRecord(value)) issue(path, 'an object', value, looking);
    else checkFields(value, shape, path, looking);
  };
}

/** Looks at each field, at the value itself where the path is empty. */
export function checkFields(value: Readonly<Record<string, unknown>>, shape: Shape, path: string, looking: Looking): void {
  for (const [name, { check, required }] of shape) {
    const part = value[name];
    if (part !== undefined || required) check(part, path === '' ? name : `${path}.${name}`, looking);
  }
}

/** Throws the first issue as a `TypeError`. */
export function assertNone(issues: readonly Issue[]): void {
  const first = issues[0];
  if (first !== undefined) throw new TypeError(first.message);
}

/** A whole number, if it is there. */
export function isWholeOrAbsent(value: unknown): boolean {
  return value === undefined || Number.isSafeInteger(value);
}
