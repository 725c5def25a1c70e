import { deepStrictEqual, strictEqual } from 'node:assert';
import { mergeEvidence, observe } from 'presence-model';
import { histories } from '../../support/arbitraries.js';
import { evidenceOf, nobody } from '../../support/reading.js';
import { law } from '../law.js';

/** 1. */
export const merging = [
  law('signals may arrive in any order and any number of times', (fc, policy) =>
    fc.property(
      histories(fc, policy).chain((facts) => fc.tuple(fc.constant(facts), fc.shuffledSubarray([...facts], { minLength: facts.length }), fc.subarray([...facts]))),
      ([facts, shuffled, again]) => {
        deepStrictEqual(evidenceOf([...shuffled, ...again]), evidenceOf(facts));
      },
    ),
  ),
  law('merging is commutative, associative, idempotent', (fc, policy) =>
    fc.property(histories(fc, policy), histories(fc, policy), histories(fc, policy), (...all) => {
      const [a = nobody, b = nobody, c = nobody] = all.map(evidenceOf);
      deepStrictEqual(mergeEvidence(a, b), mergeEvidence(b, a));
      deepStrictEqual(mergeEvidence(mergeEvidence(a, b), c), mergeEvidence(a, mergeEvidence(b, c)));
      strictEqual(mergeEvidence(a, a), a);
      const both = mergeEvidence(a, b);
      strictEqual(mergeEvidence(both, b), both);
    }),
  ),
  law('to observe is to merge', (fc, policy) =>
    fc.property(histories(fc, policy), histories(fc, policy), (facts, others) => {
      const evidence = evidenceOf(facts);
      for (const fact of others) deepStrictEqual(observe(evidence, fact), mergeEvidence(evidence, observe(undefined, fact)));
      deepStrictEqual(others.reduce(observe, evidence), mergeEvidence(evidence, evidenceOf(others)));
    }),
  ),
  law('what was heard before adds nothing, and the same reference says so', (fc, policy) =>
    fc.property(histories(fc, policy), (facts) => {
      const evidence = evidenceOf(facts);
      for (const fact of facts) strictEqual(observe(evidence, fact), evidence);
    }),
  ),
];
