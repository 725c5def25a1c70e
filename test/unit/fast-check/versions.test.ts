// Both versions of fast-check that a team may have, and all that the door does with each.

import fc4 from 'fast-check';
import fc3 from 'fast-check-3';
import { defaultPolicy, definePolicy, deriveUser, observe, parseSignal } from 'presence-model';
import type { PolicyInput, UserEvidence } from 'presence-model';
import { histories, laws, policies, signals } from 'presence-model/fast-check';
import { describe, expect, it } from 'vitest';

const numRuns = 200;

describe.each([['3.20', fc3 as unknown as typeof fc4], ['4', fc4]])('fast-check %s', (version, fc) => {
  it('is the version that is meant', () => {
    expect(fc.__version.startsWith(`${version}.`)).toBe(true);
  });

  it('samples signals that the trust boundary lets in, in the words of the policy', () => {
    for (const signal of fc.sample(signals(fc, defaultPolicy), { seed: 1, numRuns })) {
      expect(parseSignal(signal, defaultPolicy)).toEqual({ ok: true, value: signal });
    }
  });

  it('samples histories that can be observed', () => {
    const nobody: UserEvidence = { userId: 'ada', sessions: [], claims: [] };
    const derived = fc.sample(histories(fc, defaultPolicy), { seed: 1, numRuns }).map((history) => {
      const at = Math.max(0, ...history.map((signal) => signal.at));
      return deriveUser(history.reduce(observe, nobody), defaultPolicy, at).derived;
    });
    expect(new Set(derived)).toEqual(new Set(defaultPolicy.statuses));
  });

  it('samples policies that are valid', () => {
    for (const policy of fc.sample(policies(fc), { seed: 1, numRuns })) expect(definePolicy({ ...policy } as PolicyInput)).toEqual(policy);
  });

  it('proves every law', () => {
    for (const law of laws(fc, defaultPolicy)) law.check({ seed: 1, numRuns: 4 });
  });

  it('shrinks to small stories at round instants', () => {
    const nobody: UserEvidence = { userId: 'ada', sessions: [], claims: [] };
    const isIdle = (history: readonly Parameters<typeof observe>[1][]): boolean => deriveUser(history.reduce(observe, nobody), defaultPolicy, 60_000).derived === 'idle';
    const { counterexample } = fc.check(fc.property(histories(fc, defaultPolicy), (history) => !isIdle(history)), { seed: 1, numRuns: 1_000 });
    const [history] = counterexample!;
    expect(history.length).toBeLessThanOrEqual(3);
    for (const { at } of history) expect(at % 5_000).toBe(0);
  });
});
