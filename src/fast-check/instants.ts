// When things happen: on the lattice of a policy's own thresholds, at each, one ms before and one after it, so that ties and
// crossings are ordinary. They shrink towards 0 and towards the thresholds themselves.

import type { Arbitrary } from 'fast-check';
import type { Policy } from '../policy.js';
import type { Gap } from '../time.js';
import type { Fc } from './property-tester.js';
import { cellsOf } from './rows.js';

/** Present with this chance, else absent; it shrinks to absent. (`fc.option` with `freq: 1` is always absent.) */
export function maybe<T>(fc: Fc, arbitrary: Arbitrary<T>, chance: number = 1 / 2): Arbitrary<T | undefined> {
  const present = Math.round(chance * 24);
  return fc.oneof({ withCrossShrink: true }, { weight: 24 - present, arbitrary: fc.constant(undefined) }, { weight: present, arbitrary });
}

/** Every threshold of a policy, in ms. */
export function thresholds(policy: Policy): readonly number[] {
  const rows = [policy, ...Object.values(policy.whileReported)];
  const ladders = rows.flatMap((row) => [row?.silence, row?.inactivity, row?.untouched, ...Object.values(row?.departures ?? {})]);
  const cells = ladders.flatMap((ladder = {}) => cellsOf(ladder).map(([, afterMs]) => afterMs));
  return [...new Set(cells)].sort((a, b) => a - b);
}

/** A length on the policy's lattice: a threshold, a sum of two, a small number; often one ms off. */
export function lengths(fc: Fc, policy: Policy): Arbitrary<number> {
  const cell = fc.constantFrom(0, ...thresholds(policy));
  const more = fc.oneof(
    { withCrossShrink: true },
    { weight: 2, arbitrary: fc.constant(0) },
    { weight: 1, arbitrary: fc.constantFrom(1, 3) },
    { weight: 1, arbitrary: cell },
  );
  return fc.tuple(cell, more, offsets(fc)).map(([a, b, off]) => Math.max(0, a + b + off));
}

/** To which side of a threshold. */
function offsets(fc: Fc): Arbitrary<number> {
  return fc.constantFrom(0, 0, -1, 1);
}

/** A length that takes a clock somewhere: at a threshold above 0, one ms before or after it, or over several. */
export function crossings(fc: Fc, policy: Policy): Arbitrary<number> {
  const cell = fc.constantFrom(...thresholds(policy).filter((afterMs) => afterMs > 0), 1);
  return fc.tuple(cell, maybe(fc, cell, 1 / 3), offsets(fc)).map(([a, b = 0, off]) => a + b + off);
}

/** A length after which something may be over: as long as sessions, promises and a last seen are kept, and a threshold more. */
export function ages(fc: Fc, policy: Policy): Arbitrary<number> {
  const { keepSessionMs, keepLastSeenMs, maxQuietMs } = policy;
  const cell = fc.constantFrom(0, ...thresholds(policy));
  const kept = fc.constantFrom(keepSessionMs, keepSessionMs, keepLastSeenMs, maxQuietMs, keepSessionMs + maxQuietMs);
  return fc.tuple(cell, kept, offsets(fc)).map(([a, b, off]) => Math.max(0, a + b + off));
}

/** An instant on the lattice: often 0, so that much happens at once, mostly near, sometimes so far that something is over. */
export function instants(fc: Fc, policy: Policy): Arbitrary<number> {
  return fc.oneof(
    { withCrossShrink: true },
    { weight: 3, arbitrary: fc.constant(0) },
    { weight: 6, arbitrary: lengths(fc, policy) },
    { weight: 1, arbitrary: ages(fc, policy) },
  );
}

/** Spans without an observer: none, or up to three, in any order, overlapping, empty. */
export function gaps(fc: Fc, policy: Policy): Arbitrary<readonly Gap[]> {
  return fc.oneof({ withCrossShrink: true }, { weight: 2, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: someGaps(fc, policy) });
}

/** One to three of them. */
export function someGaps(fc: Fc, policy: Policy): Arbitrary<readonly Gap[]> {
  const gap = fc.tuple(instants(fc, policy), instants(fc, policy)).map(([from, length]): Gap => ({ from, until: from + length }));
  return fc.array(gap, { minLength: 1, maxLength: 3 });
}

/** A part of something, in thousandths, both ends above all. */
export function parts(fc: Fc): Arbitrary<number> {
  return fc.oneof({ withCrossShrink: true }, { weight: 3, arbitrary: fc.nat({ max: 1_000 }) }, { weight: 1, arbitrary: fc.constantFrom(0, 1_000) });
}

/** That part of a length: from 0 to `most`. */
export function partOf(most: number, part: number): number {
  return Math.floor((most * part) / 1_000);
}

/** The instant of the latest of these, or of their beginning. */
export function latestOf(facts: readonly { readonly at: number }[], from = 0): number {
  return facts.reduce((latest, { at }) => Math.max(latest, at), from);
}

/** A question: what is known, and when it is asked. */
export interface Asked<F> {
  readonly facts: readonly F[];
  readonly now: number;
}

/** At once, or very soon; else some length. */
export function soon(fc: Fc, length: Arbitrary<number>): Arbitrary<number> {
  return fc.oneof({ withCrossShrink: true }, { weight: 1, arbitrary: fc.nat({ max: 3 }) }, { weight: 1, arbitrary: length });
}

/** More that is random, by its names. */
export type More<M> = { readonly [K in keyof M]: Arbitrary<M[K]> };

/** A history, an instant that is so long after one of its facts, the latest above all, or after 0, and whatever else is asked for. */
export function asked<F extends { readonly at: number }, M extends object = object>(
  fc: Fc, policy: Policy, history: Arbitrary<readonly F[]>, more: More<M> = {} as More<M>, after: Arbitrary<number> = soon(fc, instants(fc, policy)),
): Arbitrary<Asked<F> & M> {
  return fc.tuple(history, fc.nat({ max: 9 }), after, fc.record<M>(more)).map(([facts, which, length, rest]) => {
    const since = which < 6 ? latestOf(facts) : (facts[which - 6]?.at ?? 0);
    return { facts, now: since + length, ...rest };
  });
}

/** An order for a list of up to ten, or for more whose last ones keep their places. It shrinks to the order that the list has. */
export function orders(fc: Fc): Arbitrary<readonly number[]> {
  return fc.array(fc.nat({ max: 9 }), { maxLength: 10 });
}

/** The list in another order. */
export function reordered<T>(list: readonly T[], order: readonly number[]): readonly T[] {
  return list.map((item, i) => ({ item, key: order[i] ?? 0 })).sort((a, b) => a.key - b.key).map(({ item }) => item);
}
