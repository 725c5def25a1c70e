// Random signals and histories in the words of a team's own policy.

import type { Arbitrary } from 'fast-check';
import type { Names, Numbered, Signal } from '../signal.js';
import type { Policy } from '../policy.js';
import { checkedPolicy } from '../define.js';
import { facts } from './facts.js';
import { testerOf } from './property-tester.js';
import type { FastCheck } from './property-tester.js';

/**
 * Random signals about one user, `ada`, in the words of your policy: stamped and numbered, of every type, every field that
 * may be said now and then. Instants lie at the policy's own thresholds, sums of two of them, and one ms to either side;
 * ids are also such as `__proto__` and the empty string. They shrink to `connected` at 0.
 *
 * @param fc - Your copy of fast-check.
 * @param policy - From `definePolicy`.
 * @returns An arbitrary of signals; every one is a value that `parseSignal` lets in.
 * @throws TypeError when `fc` is no fast-check or `policy` no policy.
 * @example
 * ```ts
 * import fc from 'fast-check';
 * import { defaultPolicy, parseSignal } from 'presence-model';
 * import { signals } from 'presence-model/fast-check';
 *
 * fc.assert(fc.property(signals(fc, defaultPolicy), (signal) => parseSignal(signal, defaultPolicy).ok));
 * ```
 */
export function signals<N extends Names>(fc: FastCheck, policy: Policy<N>): Arbitrary<Numbered<Signal<N>>> {
  return facts(testerOf(fc), checkedPolicy(policy), { ownWords: true });
}

/**
 * Random histories of one user, `ada`: up to ten {@link signals}, in any order, as signals may come late and twice. Sort
 * them by `at` for a host that hears each at its instant. They shrink to few signals at 0 and at thresholds.
 *
 * @param fc - Your copy of fast-check.
 * @param policy - From `definePolicy`.
 * @returns An arbitrary of lists of signals.
 * @throws TypeError when `fc` is no fast-check or `policy` no policy.
 * @example
 * ```ts
 * import fc from 'fast-check';
 * import { defaultPolicy, deriveUser, observe } from 'presence-model';
 * import type { UserEvidence } from 'presence-model';
 * import { histories } from 'presence-model/fast-check';
 *
 * const nobody: UserEvidence = { userId: 'ada', sessions: [], claims: [] };
 * fc.assert(fc.property(histories(fc, defaultPolicy), (history) => {
 *   const { status } = deriveUser(history.reduce(observe, nobody), defaultPolicy, 0);
 *   return defaultPolicy.statuses.includes(status);
 * }));
 * ```
 */
export function histories<N extends Names>(fc: FastCheck, policy: Policy<N>): Arbitrary<readonly Numbered<Signal<N>>[]> {
  return testerOf(fc).array(signals(fc, policy), { maxLength: 10 });
}
