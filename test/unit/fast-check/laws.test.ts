// Laws with what chance gives them rarely.

import fc from 'fast-check';
import { defaultPolicy, definePolicy } from 'presence-model';
import type { Policy } from 'presence-model';
import { laws } from 'presence-model/fast-check';
import { describe, expect, it } from 'vitest';
import { families } from '../../../src/fast-check/laws.js';

const of = { userId: 'ada', sessionId: 'a', epoch: 1 };

function hold(title: string, given: object, policy: Policy = defaultPolicy): void {
  const [draft] = Object.values(families).flat().filter((one) => one.title.startsWith(title));
  draft!.then(given, policy);
}

describe('a session is only as present as its weakest evidence', () => {
  it.each(['closed', 'left', 'dropped', 'unheard of'])('also with two ends of one instant (%s)', (cause) => {
    const facts = [
      { ...of, type: 'connected', at: 0 },
      { ...of, type: 'disconnected', at: 0, cause },
      { ...of, type: 'disconnected', at: 0, cause: 'zzz' },
    ];
    for (const now of [0, 5_000, 15_000, 240_000]) expect(() => { hold('a session is only', { facts, now }); }).not.toThrow();
  });

  it('also of a session never touched, where the policy has a row for it', () => {
    const policy = definePolicy({ untouched: { away: 1_000 } });
    for (const now of [999, 1_000]) expect(() => { hold('a session is only', { facts: [{ ...of, type: 'connected', at: 0 }], now }, policy); }).not.toThrow();
  });
});

describe('the laws', () => {
  it('hold for a policy that says nothing but of departures', () => {
    const silent = definePolicy({ statuses: ['here', 'gone'], silence: {}, reports: { none: 'here' }, departures: { dropped: {} } });
    for (const law of laws(fc, silent)) law.check({ seed: 1, numRuns: 5 });
  });

  it('hold for a policy whose words are those of every object', () => {
    const hostile = definePolicy({
      statuses: ['constructor', 'hasOwnProperty', 'toString'],
      silence: { hasOwnProperty: 10, toString: 20 },
      reports: { none: 'constructor', valueOf: 'hasOwnProperty' },
      departures: { dropped: { toString: 5 }, isPrototypeOf: { toString: 0 } },
      shownAs: { constructor: 'hasOwnProperty' },
      keepSessionMs: 100,
    } as never);
    for (const law of laws(fc, hostile)) law.check({ seed: 1, numRuns: 5 });
  });
});
