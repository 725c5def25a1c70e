// The laws with many generated policies, a few histories each.

import fc from 'fast-check';
import { defaultPolicy } from 'presence-model';
import { laws, policies } from 'presence-model/fast-check';
import { describe, it } from 'vitest';

const policiesPerLaw = 20;

const { numRuns = 100, seed = 0 } = fc.readConfigureGlobal();
const generated = fc.sample(policies(fc), { seed, numRuns: policiesPerLaw }).map((policy) => ({ policy, laws: laws(fc, policy) }));

describe('with generated policies', () => {
  laws(fc, defaultPolicy).forEach(({ title }, which) => {
    it(title, () => {
      generated.forEach(({ policy, laws: ofPolicy }, i) => {
        try {
          ofPolicy[which]!.check({ seed: seed + i, numRuns: Math.ceil(numRuns / policiesPerLaw) });
        } catch (error) {
          throw new Error(`Under the policy ${JSON.stringify(policy)}\n${String(error)}`);
        }
      });
    });
  });
});
