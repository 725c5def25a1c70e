// What a law says of what came out. Each throws where it is not so, and says where the difference begins.

import { owns } from '../plain.js';

/** Are both the same plain data, absent fields absent? */
export function equal(actual: unknown, expected: unknown): void {
  const found = differenceOf(actual, expected);
  if (found === undefined) return;
  const place = found.path.length === 0 ? 'It' : `At ${found.path.join('.')} it`;
  throw new Error(`${place} was ${shortly(found.actual)}, expected was ${shortly(found.expected)}.`);
}

/** Do they differ in anything? */
export function different(actual: unknown, other: unknown): void {
  if (differenceOf(actual, other) === undefined) throw new Error(`Nothing differed from ${shortly(other)}.`);
}

/** Is it so? */
export function proven(isSo: boolean, sentence: string): asserts isSo {
  if (!isSo) throw new Error(`It was not so that ${sentence}.`);
}

/** Is the call refused as one that breaks the types? */
export function refused(call: () => unknown): void {
  try {
    call();
  } catch (error) {
    equal((error as { readonly name?: unknown } | undefined)?.name, 'TypeError');
    return;
  }
  throw new Error(`A call that breaks the types was taken: ${String(call)}.`);
}

interface Difference {
  readonly path: readonly string[];
  readonly actual: unknown;
  readonly expected: unknown;
}

function differenceOf(actual: unknown, expected: unknown): Difference | undefined {
  if (Object.is(actual, expected)) return undefined;
  if (!isObject(actual) || !isObject(expected) || Array.isArray(actual) !== Array.isArray(expected)) return { path: [], actual, expected };
  for (const key of [...Object.keys(actual), ...Object.keys(expected).filter((name) => !owns(actual, name))]) {
    const [a, b] = [fieldOf(actual, key), fieldOf(expected, key)];
    // A field that holds `undefined` is not one that is absent.
    const found = owns(actual, key) && owns(expected, key) ? differenceOf(a, b) : { path: [], actual: a, expected: b };
    if (found !== undefined) return { ...found, path: [key, ...found.path] };
  }
  return undefined;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function fieldOf(value: object, key: string): unknown {
  return owns(value, key) ? (value as Readonly<Record<string, unknown>>)[key] : undefined;
}

/** As JSON, not longer than a line or two. */
function shortly(value: unknown): string {
  const text = value === undefined ? 'absent' : typeof value === 'number' ? String(value) : JSON.stringify(value);
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}
