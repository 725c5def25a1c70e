// Equality of types, for tests that the compiler runs: no library, so that any version of TypeScript can.

import type { Json } from 'presence-model';

/** Intersections and interfaces written out as plain shapes, in depth. */
export type Plain<T> = [Json] extends [T] ? T
  : T extends (...given: never) => unknown ? T
  : T extends object ? { [K in keyof T]: Plain<T[K]> }
  : T;

/** Are two types the same, `readonly` and `?` included? */
export type Same<A, B> =
  (<T>() => T extends Plain<A> ? 1 : 2) extends (<T>() => T extends Plain<B> ? 1 : 2) ? true : false;

/** Does not compile unless it is so. */
export type Proof<T extends true> = T;

/** The type of a value is exactly this: `is<'idle' | 'away'>()(status)`. */
export const is = <Wanted>() => <Given>(_: Given, ..._proof: Same<Given, Wanted> extends true ? [] : [never]): void => undefined;
