// Random policies: statuses of their own, empty rows, rows replaced while a word is reported, outward words, several causes.

import type { Arbitrary } from 'fast-check';
import { definePolicy } from '../define.js';
import type { Policy, PolicyInput } from '../policy.js';
import { maybe } from './instants.js';
import { testerOf } from './property-tester.js';
import type { Fc, FastCheck } from './property-tester.js';

const names = ['top', 'second', 'third', 'fourth'];

/**
 * Random valid policies: two to five statuses, every threshold a handful of ms, so that all that a policy may say is said
 * often and thresholds meet. For what must hold whatever the policy.
 *
 * @param fc - Your copy of fast-check.
 * @returns An arbitrary of policies as `definePolicy` makes them.
 * @throws TypeError when `fc` is no fast-check.
 * @example
 * ```ts
 * import fc from 'fast-check';
 * import { sessionStatus } from 'presence-model';
 * import { policies } from 'presence-model/fast-check';
 *
 * fc.assert(fc.property(policies(fc), (policy) => policy.statuses.includes(sessionStatus({ seenAt: 0 }, policy, 15))));
 * ```
 */
export function policies(fc: FastCheck): Arbitrary<Policy> {
  const tester = testerOf(fc);
  return tester.integer({ min: 2, max: 5 }).chain((count) => policiesOf(tester, [...names.slice(0, count - 1), 'gone']));
}

function policiesOf(fc: Fc, statuses: readonly string[]): Arbitrary<Policy> {
  const status = fc.constantFrom(...statuses);
  const ladder = (least: number): Arbitrary<object> => ladders(fc, statuses, least);
  const causes = fc.uniqueArray(fc.constantFrom('closed', 'left', '__proto__'), { maxLength: 2 });
  const words = fc.uniqueArray(fc.constantFrom('busy', 'quiet', 'constructor'), { maxLength: 3 });
  return fc.tuple(causes, words).chain(([otherCauses, otherWords]) => {
    const departures = ['dropped', ...otherCauses];
    const reports = ['none', ...otherWords];
    const rows = fc.record(
      { silence: ladder(1), inactivity: ladder(0), untouched: ladder(0), departures: some(fc, departures, ladder(0)) },
      { requiredKeys: [] },
    );
    // A lost transport is mostly forgiven for a while, another end sometimes not at all, and mostly nothing is reported.
    const dropped = fc.oneof({ weight: 3, arbitrary: ladder(1) }, { weight: 1, arbitrary: oftenEmpty(fc, ladder(0)) });
    const sudden = fc.oneof({ weight: 3, arbitrary: oftenEmpty(fc, ladder(0)) }, { weight: 1, arbitrary: fc.constant({ gone: 0 }) });
    const allowed = fc.oneof({ weight: 2, arbitrary: fc.constantFrom(...statuses.slice(0, 1)) }, { weight: 1, arbitrary: status });
    return fc
      .record({
        silence: oftenEmpty(fc, ladder(1)),
        inactivity: oftenEmpty(fc, ladder(0)),
        untouched: oftenEmpty(fc, ladder(0)),
        reports: all(fc, reports, allowed),
        departures: fc.tuple(dropped, all(fc, otherCauses, sudden)).map(([row, others]) => ({ dropped: row, ...others })),
        whileReported: some(fc, reports, rows),
        outward: fc.tuple(...statuses.slice(0, -1).map((one) => fc.constantFrom(...statuses).map((word) => ({ status: one, word })))),
        maxQuietMs: fc.nat({ max: 12 }),
        keepSessionMs: fc.integer({ min: 1, max: 30 }),
        keepLastSeenMs: fc.nat({ max: 150 }),
      })
      .map(({ outward, ...table }) => definePolicy({ ...table, statuses, shownAs: orderly(statuses, outward) } as unknown as PolicyInput));
  });
}

/** Rows whose cells never fall, each cell there or not. */
function ladders(fc: Fc, statuses: readonly string[], least: number): Arbitrary<object> {
  const cell = maybe(fc, fc.integer({ min: least, max: 20 }), 3 / 4);
  return fc.tuple(...statuses.slice(1).map((status) => cell.map((afterMs) => [status, afterMs] as const))).map((cells) => {
    let floor = 0;
    return Object.fromEntries(cells.flatMap(([status, afterMs]) => {
      floor = Math.max(floor, afterMs ?? 0);
      return afterMs === undefined ? [] : [[status, floor] as const];
    }));
  });
}

function oftenEmpty(fc: Fc, row: Arbitrary<object>): Arbitrary<object> {
  return fc.oneof({ weight: 1, arbitrary: fc.constant({}) }, { weight: 3, arbitrary: row });
}

function all<T>(fc: Fc, keys: readonly string[], value: Arbitrary<T>): Arbitrary<Record<string, T>> {
  return fc.tuple(...keys.map((key) => value.map((part) => [key, part] as const))).map((entries) => Object.fromEntries(entries));
}

function some<T>(fc: Fc, keys: readonly string[], value: Arbitrary<T>): Arbitrary<Record<string, T>> {
  return fc.subarray([...keys]).chain((chosen) => all(fc, chosen, value));
}

/** Outward words that keep the order and leave the bottom's alone. */
function orderly(statuses: readonly string[], wished: readonly { readonly status: string; readonly word: string }[]): Record<string, string> {
  let floor = 0;
  const words = wished.flatMap(({ status, word }) => {
    floor = Math.max(floor, statuses.indexOf(word));
    return statuses.slice(floor, floor + 1).map((outward) => [status, outward] as const);
  });
  return Object.fromEntries(words.filter(([status, outward]) => status !== outward));
}
