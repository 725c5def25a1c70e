import { mergeEvidence, observe } from '../../index.js';
import { histories } from '../facts.js';
import { orders, reordered } from '../instants.js';
import { law } from '../law.js';
import type { Draft } from '../law.js';
import { equal, proven } from '../proof.js';
import { evidenceOf } from '../reading.js';

/** 1. */
export const merging: readonly Draft[] = [
  law('signals may arrive in any order and any number of times', {
    given: (fc, policy) => fc.record({ facts: histories(fc, policy), order: orders(fc), again: fc.array(fc.nat({ max: 9 }), { maxLength: 4 }) }),
    then: ({ facts, order, again }) => {
      const repeated = facts.filter((_, i) => again.includes(i));
      equal(evidenceOf([...reordered(facts, order), ...repeated]), evidenceOf(facts));
    },
  }),
  law('merging is commutative, associative, idempotent', {
    given: (fc, policy) => fc.record({ facts: histories(fc, policy), others: histories(fc, policy), more: histories(fc, policy) }),
    then: ({ facts, others, more }) => {
      const [a, b, c] = [evidenceOf(facts), evidenceOf(others), evidenceOf(more)];
      equal(mergeEvidence(a, b), mergeEvidence(b, a));
      equal(mergeEvidence(mergeEvidence(a, b), c), mergeEvidence(a, mergeEvidence(b, c)));
      proven(mergeEvidence(a, a) === a, 'what is merged with itself comes back as the same reference');
      const both = mergeEvidence(a, b);
      proven(mergeEvidence(both, b) === both, 'what is merged once more comes back as the same reference');
    },
  }),
  law('to observe is to merge', {
    given: (fc, policy) => fc.record({ facts: histories(fc, policy), others: histories(fc, policy) }),
    then: ({ facts, others }) => {
      const evidence = evidenceOf(facts);
      for (const fact of others) equal(observe(evidence, fact), mergeEvidence(evidence, observe(undefined, fact)));
      equal(others.reduce(observe, evidence), mergeEvidence(evidence, evidenceOf(others)));
    },
  }),
  law('what was heard before adds nothing, and the same reference says so', {
    given: (fc, policy) => fc.record({ facts: histories(fc, policy) }),
    then: ({ facts }) => {
      const evidence = evidenceOf(facts);
      for (const fact of facts) proven(observe(evidence, fact) === evidence, 'the same reference comes back');
    },
  }),
];
