import { deepStrictEqual, strictEqual } from 'node:assert';
import { definePolicy, deriveUser, sessionStatus } from 'presence-model';
import type { Policy, PolicyInput } from 'presence-model';
import { gaps as anyGaps, histories, instants, lengths } from '../../support/arbitraries.js';
import { derivedRank, evidenceOf } from '../../support/reading.js';
import { law } from '../law.js';

/** Only silence and departures: the clocks that need an observer. */
function observedOnly(policy: Policy): Policy {
  const whileReported = Object.fromEntries(
    Object.entries(policy.whileReported).map(([report, rows]) => [report, { ...rows, inactivity: {}, untouched: {} }]),
  );
  return definePolicy({ ...policy, inactivity: {}, untouched: {}, whileReported } as PolicyInput);
}

/** 9. */
export const gaps = [
  law("an observer's gap is nobody's absence", (fc, policy) =>
    fc.property(
      histories(fc, policy),
      instants(fc, policy),
      lengths(fc, policy),
      lengths(fc, policy),
      anyGaps(fc, policy),
      (facts, from, length, asked, others) => {
        const observed = observedOnly(policy);
        const evidence = evidenceOf(facts);
        const gap = { from, until: from + length };
        const now = from + Math.min(asked, length);
        strictEqual(derivedRank(evidence, observed, now, [...others, gap]), derivedRank(evidence, observed, from, [...others, gap]));
      },
    ),
  ),
  law('after a gap clocks go on where they stopped', (fc, policy) =>
    fc.property(instants(fc, policy), lengths(fc, policy), lengths(fc, policy), lengths(fc, policy), (seenAt, before, length, later) => {
      const observed = observedOnly(policy);
      const from = seenAt + before;
      const gap = { from, until: from + length };
      strictEqual(sessionStatus({ seenAt }, observed, gap.until + later, [gap]), sessionStatus({ seenAt }, observed, from + later));
    }),
  ),
  law('gaps count as their union, in any order', (fc, policy) =>
    fc.property(
      histories(fc, policy),
      anyGaps(fc, policy).chain((spans) => fc.tuple(fc.constant(spans), fc.shuffledSubarray([...spans, ...spans], { minLength: spans.length * 2 }))),
      instants(fc, policy),
      (facts, [spans, shuffled], now) => {
        const evidence = evidenceOf(facts);
        const halves = shuffled.flatMap(({ from, until }) => {
          const middle = Math.floor((from + until) / 2);
          return [{ from: middle, until }, { from, until: middle }, { from: until, until: from }];
        });
        deepStrictEqual(deriveUser(evidence, policy, now, halves), deriveUser(evidence, policy, now, spans));
      },
    ),
  ),
];
