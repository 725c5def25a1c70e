// The library against the naive oracle on a few thousand histories; `npm run oracle` does the same on a million.

import fc from 'fast-check';
import { defaultPolicy } from 'presence-model';
import type { Policy } from 'presence-model';
import { describe, it } from 'vitest';
import { advancesAsTheOracle, derivesAsTheOracle, settlesAsTheOracle } from '../support/against-oracle.js';
import { policies } from '../support/arbitraries.js';

const { seed = 0, numRuns = 100 } = fc.readConfigureGlobal();
const others = fc.sample(policies(fc), { seed: seed + 1, numRuns: 40 });

function agrees(property: (policy: Policy, other: Policy) => ReturnType<typeof derivesAsTheOracle>): void {
  fc.assert(property(defaultPolicy, others[0] ?? defaultPolicy), { numRuns: numRuns * 3 });
  others.forEach((policy, i) => {
    const details = fc.check(property(policy, others[i + 1] ?? defaultPolicy), { seed: seed + i, numRuns: Math.ceil(numRuns / 10) });
    if (details.failed) throw new Error(`Differs under the policy ${JSON.stringify(policy)}\n${fc.defaultReportMessage(details)}`);
  });
}

describe('the oracle', () => {
  it('agrees with what is derived', () => {
    agrees((policy) => derivesAsTheOracle(fc, policy));
  });

  it('agrees with every change that a row tells, and with its answer', () => {
    agrees((policy, other) => advancesAsTheOracle(fc, policy, other));
  });

  it('agrees with what a settler publishes', () => {
    agrees((policy) => settlesAsTheOracle(fc, policy));
  });
});
