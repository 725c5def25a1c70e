// Histories of one user as a receiver hears them: whatever can be said, and runs of beats that say nothing else.

import type { Arbitrary } from 'fast-check';
import type { Policy, Signal } from 'presence-model';
import { facts, instants, lengths, maybe } from './arbitraries.js';
import type { FastCheck } from './arbitraries.js';
import { clean } from './tracker-steps.js';

/** Stamped signals in any order. Numbered or not, as hosts of plain signals do it. */
export function heardHistories(fc: FastCheck, policy: Policy, userId = 'ada'): Arbitrary<readonly Signal[]> {
  const says = { epoch: maybe(fc, fc.nat({ max: 40 }), 1 / 6), uncounted: maybe(fc, fc.boolean(), 1 / 6) };
  const beat = fc.record({ at: instants(fc, policy), sessionId: fc.constantFrom('a', 'b', '__proto__'), ...says })
    .map((of) => clean({ type: 'heartbeat', userId, ...of }) as Signal);
  const run = fc.record({ at: lengths(fc, policy), sessionId: fc.constantFrom('a', 'b'), every: fc.integer({ min: 1, max: 9 }), count: fc.nat({ max: 6 }) })
    .map(({ at, sessionId, every, count }) => Array.from({ length: count }, (_, i): Signal => ({ type: 'heartbeat', userId, sessionId, at: at + i * every })));
  const fact: Arbitrary<Signal> = facts(fc, policy, { userId, plain: true });
  const one = fc.oneof({ weight: 3, arbitrary: fact }, { weight: 2, arbitrary: beat }).map((signal) => [signal]);
  return fc.array(fc.oneof({ weight: 4, arbitrary: one }, { weight: 1, arbitrary: run }), { maxLength: 10 }).map((list) => list.flat());
}

/** The same in time order; what is of one instant stays in its order. */
export function inTime(signals: readonly Signal[]): readonly Signal[] {
  return [...signals].sort((a, b) => a.at - b.at);
}
