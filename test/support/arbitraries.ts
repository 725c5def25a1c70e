// The generators of `presence-model/fast-check`, the inner ones included, for the tests of this project.

import type { Arbitrary } from 'fast-check';
import type { Policy } from 'presence-model';
import { policies as generated } from '../../src/fast-check/policies.js';
import type { Fc } from '../../src/fast-check/property-tester.js';

export { claims, facts, heard, histories, hostileIds, ids, sessionFacts } from '../../src/fast-check/facts.js';
export type { Fact } from '../../src/fast-check/facts.js';
export { gaps, instants, lengths, maybe, thresholds } from '../../src/fast-check/instants.js';
export type FastCheck = Fc;

/** Random policies, typed as fast-check's own. */
export function policies(fc: FastCheck): Arbitrary<Policy> {
  return generated(fc);
}
