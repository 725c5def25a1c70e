// The tracker against its oracle once more, with sizes so small that every boundary is met: pages of two slots that begin anew
// every few seconds, a wheel from the first session on, a record more for whoever has more than one session.

import fc from 'fast-check';
import { defaultPolicy } from 'presence-model';
import { describe, expect, it, vi } from 'vitest';
import * as sizes from '../../src/tracker/sizes.js';
import { tracksAsTheOracle, tracksUnder } from '../support/against-tracker.js';
import { policies } from '../support/arbitraries.js';
import { sizesWith } from '../support/sizes-with.js';

vi.mock('../../src/tracker/sizes.js', async (real) => (await import('../support/sizes-with.js')).sizesWith(await real(), {
  // what bounds the work of a call, the oracle does not know
  pageBits: 1, beginningBits: 1, reachBits: 15, farPlaceBits: 4, fewMoves: 1, fewDeadlines: 1, fewSessions: 1, rangeMs: 100_000, spanBits: 16,
  fewSteps: 1, partBits: 1, fewEntries: 1, aheadAtOnce: 2, farSessions: 1,
}));

const { seed = 0, numRuns = 100 } = fc.readConfigureGlobal();
const others = fc.sample(policies(fc), { seed: seed + 3, numRuns: 20 });

it('the real sizes are those that follow from each other', async () => {
  const real = await vi.importActual<typeof sizes>('../../src/tracker/sizes.js');
  expect(sizesWith(real, {})).toEqual({ ...real });
});

describe('a tracker of small sizes agrees with the oracle', () => {
  it('is one', () => {
    expect(sizes.pageBits).toBe(1);
    expect(sizes.inPage).toBe(1);
  });

  it('with the default policy', () => {
    fc.assert(tracksAsTheOracle(fc, defaultPolicy, others[0]));
  });

  it('with generated policies', () => {
    tracksUnder(fc, others, { seed, numRuns: Math.ceil(numRuns / 10) });
  });
});
