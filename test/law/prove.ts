// Runs laws: once with the default policy, once with many generated ones.

import fc from 'fast-check';
import { defaultPolicy } from 'presence-model';
import type { Policy } from 'presence-model';
import { describe, it } from 'vitest';
import { policies } from '../support/arbitraries.js';
import type { Law } from './law.js';

const policiesPerLaw = 20;

/** A test for each law, titled by it, with the default policy and with generated ones. */
export function prove(laws: readonly Law[]): void {
  const { numRuns = 100, seed = 0 } = fc.readConfigureGlobal();
  const generated = fc.sample(policies(fc), { seed, numRuns: policiesPerLaw });
  describe('with the default policy', () => {
    for (const { title, property } of laws) it(title, () => { fc.assert(property(fc, defaultPolicy)); });
  });
  describe('with generated policies', () => {
    for (const { title, property } of laws) {
      it(title, () => {
        generated.forEach((policy, i) => { holds(property(fc, policy), policy, seed + i, Math.ceil((numRuns * 2) / policiesPerLaw)); });
      });
    }
  });
}

function holds(property: ReturnType<Law['property']>, policy: Policy, seed: number, numRuns: number): void {
  const details = fc.check(property, { seed, numRuns });
  if (details.failed) throw new Error(`Broken by the policy ${JSON.stringify(policy)}\n${fc.defaultReportMessage(details)}`);
}
