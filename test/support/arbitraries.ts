// The generators of `presence-model/fast-check`, the inner ones included, for the tests of this project.

export { claims, facts, heard, histories, hostileIds, ids, sessionFacts } from '../../src/fast-check/facts.js';
export type { Fact } from '../../src/fast-check/facts.js';
export { gaps, instants, lengths, maybe, thresholds } from '../../src/fast-check/instants.js';
export { policies } from '../../src/fast-check/policies.js';
export type { Fc as FastCheck } from '../../src/fast-check/property-tester.js';
