// Everything moved in time by the same length.

import type { Arbitrary } from 'fast-check';
import { isRecord } from '../plain.js';
import type { Fc } from './property-tester.js';

/** By how much to move: also to where clocks stand today. */
export function shifts(fc: Fc): Arbitrary<number> {
  return fc.oneof(fc.integer(), fc.constant(1_795_000_000_000));
}

const instantFields = new Set(['at', 'activeAt', 'expiresAt', 'from', 'until', 'since', 'crossedAt', 'nextChangeAt', 'lastSeenAt', 'lastActiveAt']);

/** The same with every instant moved, and the numbers of connections where these are instants. Details are somebody else's and stay. */
export function shift(value: unknown, k: number, isNumbered: boolean): unknown {
  if (Array.isArray(value)) return value.map((part) => shift(part, k, isNumbered));
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => {
    if (key === 'detail' || key === 'details') return [key, part];
    const moves = instantFields.has(key) || (isNumbered && key === 'epoch');
    return [key, typeof part === 'number' && moves ? part + k : shift(part, k, isNumbered)];
  }));
}
