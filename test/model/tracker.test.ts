// The tracker against its naive oracle; `npm run oracle` does the same on many more calls.

import fc from 'fast-check';
import { defaultPolicy } from 'presence-model';
import { beforeAll, describe, expect, it } from 'vitest';
import { tracksAsTheOracle, tracksUnder } from '../support/against-tracker.js';
import type { Tally } from '../support/against-tracker.js';
import { policies } from '../support/arbitraries.js';

const { seed = 0, numRuns = 100 } = fc.readConfigureGlobal();
const others = fc.sample(policies(fc), { seed: seed + 2, numRuns: 20 });

describe('the tracker agrees with the oracle', () => {
  it('with the default policy', () => {
    fc.assert(tracksAsTheOracle(fc, defaultPolicy, others[0]));
  });

  it('with generated policies', () => {
    tracksUnder(fc, others, { seed, numRuns: Math.ceil(numRuns / 10) });
  });
});

describe('random calls', () => {
  const tally: Tally = new Map();
  const [policy = defaultPolicy] = fc.sample(policies(fc), { seed: 4, numRuns: 1 });
  beforeAll(() => { fc.check(tracksAsTheOracle(fc, defaultPolicy, policy, tally), { seed: 1, numRuns: 150, endOnFailure: true }); }, 120_000);

  it.each(['open', 'say', 'beat', 'observe', 'repeat', 'advance', 'poll', 'merge', 'mergeBack', 'gap', 'restore',
    'say on an ended handle', 'say on a rejected handle', 'say on a superseded handle', 'takeover', 'open rejected', 'limited',
    'rejected too-late', 'rejected too-many-users', 'rejected too-many-sessions', 'rejected too-many-claims',
    'observe connected', 'observe heartbeat', 'observe activity', 'observe disconnected', 'observe claimed', 'observe unclaimed', 'observe cleared',
    'told session', 'told claim', 'told user'])('often come to: %s', (what) => {
    expect(tally.get(what) ?? 0).toBeGreaterThan(5);
  });
});
