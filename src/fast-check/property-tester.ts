// The property tester is an argument: there is one copy of fast-check, that of the team, and any version from 3.20 on will do.
// Rule: what is public names no type of fast-check, so that whichever copy a team has fits; inside, the types of one version serve.

import type fastCheck from 'fast-check';
import { complaint } from '../complaint.js';
import { isRecord } from '../plain.js';

/** fast-check as you import it, of version 3.20 or later or 4: `import fc from 'fast-check'`. */
export interface FastCheck {
  /** Every copy has it. */
  readonly assert: (...args: never[]) => unknown;
  /** Every copy has it. */
  readonly property: (...args: never[]) => unknown;
}

/** What can be made into an {@link Arbitrary}. */
export interface Source<T> {
  /** Makes a value, for fast-check. */
  generate(...args: never[]): never;
  /**
   * Can it be made simpler, for fast-check?
   *
   * @param value - Any.
   * @returns Whether it is one of these values.
   */
  canShrinkWithoutContext(value: unknown): value is T;
  /**
   * Makes it simpler, for fast-check.
   *
   * @param value - One of these values.
   * @param context - What fast-check keeps of it.
   */
  shrink(value: T, context: unknown): never;
}

/** Random values that shrink: what both versions of fast-check call an arbitrary, to be used with your copy of it. */
export interface Arbitrary<T> extends Source<T> {
  /**
   * Those of a kind.
   *
   * @param refinement - Which.
   * @returns Only those.
   */
  filter<U extends T>(refinement: (value: T) => value is U): Arbitrary<U>;
  /**
   * Those that pass.
   *
   * @param predicate - Which.
   * @returns Only those.
   */
  filter(predicate: (value: T) => boolean): Arbitrary<T>;
  /**
   * Something made of each.
   *
   * @param mapper - What.
   * @param unmapper - The way back, where there is one.
   * @returns That instead.
   */
  map<U>(mapper: (value: T) => U, unmapper?: (value: unknown) => T): Arbitrary<U>;
  /**
   * Something random that depends on each.
   *
   * @param chainer - What.
   * @returns That instead.
   */
  chain<U>(chainer: (value: T) => Source<U>): Arbitrary<U>;
  /**
   * The same, never made simpler. Of fast-check 3 alone: with 4 it is `fc.noShrink(arbitrary)`.
   *
   * @returns That instead.
   */
  noShrink(): Arbitrary<T>;
  /**
   * The same, without a bias to small values. Of fast-check 3 alone: with 4 it is `fc.noBias(arbitrary)`.
   *
   * @returns That instead.
   */
  noBias(): Arbitrary<T>;
}

/** The copy that was given, as the generators and laws use it: only what 3.20 and 4 have in common. */
export type Fc = typeof fastCheck;

/** Checks that it is a property tester. */
export function testerOf(fc: FastCheck): Fc {
  const given: unknown = fc;
  const needed = ['array', 'check', 'oneof', 'property', 'record', 'uniqueArray'];
  if (!isRecord(given) || needed.some((name) => typeof given[name] !== 'function')) {
    throw new TypeError(complaint('fc', 'fast-check, 3.20 or later', given));
  }
  return given as unknown as Fc;
}
