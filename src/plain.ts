// Plain data whose keys and strings are foreign: ids may be `__proto__`, `constructor`, empty, or half a surrogate pair.

import type { Json } from './signal.js';

/** The same object while it is being built. */
export type Draft<T> = { -readonly [K in keyof T]: T[K] };

/** Does the object have this key itself? `constructor` is not a key of `{}`. */
export function owns(object: object, key: string): boolean {
  return Object.prototype.hasOwnProperty.call(object, key);
}

/** Is it an object with keys: no null, no list? */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The order of ids and words: by code units, as `<` compares. */
export function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Puts a list in the order of ids, in which it mostly is. */
export function sortById<T>(items: T[], idOf: (item: T) => string): T[] {
  for (let i = 1; i < items.length; i++) {
    if (idOf(items[i - 1] as T) > idOf(items[i] as T)) return items.sort((a, b) => byCodeUnits(idOf(a), idOf(b)));
  }
  return items;
}

export function sessionIdOf({ sessionId }: { readonly sessionId: string }): string {
  return sessionId;
}

/** JSON with keys in code-unit order: equal texts are equal values. */
export function canonical(value: Json | undefined): string {
  if (value === undefined) return '';
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (isList(value)) return `[${value.map(canonical).join(',')}]`;
  const keys = Object.keys(value).filter((key) => value[key] !== undefined).sort(byCodeUnits);
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(',')}}`;
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
