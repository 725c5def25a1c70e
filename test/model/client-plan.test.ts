// A policy that no client can hold is refused by `heartbeatPlan` exactly where `checkPolicy` finds it in the same environment.

import fc from 'fast-check';
import type { Arbitrary } from 'fast-check';
import { definePolicy } from 'presence-model';
import type { Policy, PolicyError, PolicyInput } from 'presence-model';
import { heartbeatPlan } from 'presence-model/client';
import { checkPolicy } from 'presence-model/testing';
import type { Environment } from 'presence-model/testing';
import { describe, expect, it } from 'vitest';
import { policies } from '../support/arbitraries.js';
import { calm, decisivePolicies, later } from '../support/environments.js';

const minuteMs = 60_000;

interface Setting {
  readonly policy: Policy;
  readonly hidden: string;
  readonly toleratedLosses: number;
  /** At least 1 ms: `checkPolicy` knows that no timer is exact, a plan believes what it is told. */
  readonly marginMs: number;
}

/** Policies of all kinds, with thresholds about as long as a minute takes, and what their clients are to survive. */
const settings: Arbitrary<Setting> = fc
  .tuple(fc.oneof(policies(fc), decisivePolicies(fc, 0)), fc.nat({ max: 250_000 }), fc.nat({ max: 90_000 }))
  .chain(([drawn, silence, maxQuietMs]) => {
    const policy = definePolicy({ ...later(drawn, { silence, inactivity: 0, departure: 0 }), maxQuietMs } as PolicyInput);
    return fc.record({
      policy: fc.constant(policy),
      hidden: fc.constantFrom(...Object.keys(policy.reports)),
      toleratedLosses: fc.nat({ max: 3 }),
      marginMs: fc.integer({ min: 1, max: 3_000 }),
    });
  });

/** What a plan refuses a policy for, by path. */
function refused({ policy, ...options }: Setting): readonly string[] {
  try {
    heartbeatPlan(policy, options);
    return [];
  } catch (error) {
    return (error as PolicyError).problems.map(({ path }) => path).sort();
  }
}

/** The thresholds of silence that a healthy client does not hold, by path. */
function found(policy: Policy, environment: Environment, codes: readonly string[]): readonly string[] {
  return checkPolicy(policy, environment).flatMap(({ code, path }) => (codes.includes(code) ? [path] : []));
}
const visibleCodes = ['heartbeat-too-slow', 'no-lost-heartbeat-tolerated'];
const hiddenCodes = ['hidden-heartbeat-too-slow', 'no-lost-hidden-heartbeat-tolerated'];
const codes = [...visibleCodes, ...hiddenCodes];

/** Clients that beat as fast as there are milliseconds, and hidden ones once a minute, each up to a minute late, which they promise. */
function notHeld({ policy, hidden, toleratedLosses, marginMs }: Setting): readonly string[] {
  const environment: Environment = { heartbeatMs: 1, hidden, toleratedLosses, latencyMs: marginMs, hiddenQuietForMs: 0, hiddenHeartbeatMs: minuteMs };
  const throttled: Environment = { ...environment, hiddenQuietForMs: minuteMs, latencyMs: marginMs + minuteMs };
  return [...new Set([...found(policy, environment, visibleCodes), ...found(policy, throttled, hiddenCodes)])].sort();
}

/** The policy with nothing that could hide what silence says: no other clock, and every status shown as what it is. */
const bare = (policy: Policy): Policy => definePolicy({ ...calm(policy, ['inactivity']), shownAs: {} } as PolicyInput);

describe('heartbeatPlan', () => {
  it('refuses a policy exactly where checkPolicy finds what cannot be held', () => {
    let refusals = 0;
    let plans = 0;
    fc.assert(fc.property(settings, (drawn) => {
      const setting = { ...drawn, policy: bare(drawn.policy) };
      const paths = refused(setting);
      expect(notHeld(setting)).toEqual(paths);
      if (paths.length > 0) refusals += 1;
      else plans += 1;
    }));
    expect(Math.min(refusals, plans)).toBeGreaterThan((refusals + plans) / 10);
  });

  it('refuses no less where other clocks, or one word for two statuses, hide it from those who look on', () => {
    let judged = 0;
    fc.assert(fc.property(settings, (setting) => {
      if (notHeld(setting).length === 0) return;
      judged += 1;
      expect(refused(setting)).not.toEqual([]);
    }));
    expect(judged).toBeGreaterThan(5);
  });

  it('needs no promise in that sum where a whole minute may be promised: that covers exactly how late a timer may be', () => {
    fc.assert(fc.property(settings, ({ policy, ...setting }) => {
      const patient = definePolicy({ ...bare(policy), maxQuietMs: minuteMs } as PolicyInput);
      const { hidden, toleratedLosses, marginMs } = setting;
      const environment: Environment = { heartbeatMs: 1, hidden, toleratedLosses, latencyMs: marginMs }; // with the minute of a hidden page's timers
      expect([...new Set(found(patient, environment, codes))].sort()).toEqual(refused({ ...setting, policy: patient }));
    }));
  });
});

describe('the plan of a policy that can be held', () => {
  it('is what checkPolicy finds nothing wrong with, and one millisecond more is not', () => {
    let judged = 0;
    fc.assert(fc.property(settings, (drawn) => {
      const setting = { ...drawn, policy: bare(drawn.policy) };
      if (refused(setting).length > 0) return;
      const { policy, hidden, toleratedLosses, marginMs } = setting;
      for (const [report, everyMs] of Object.entries(heartbeatPlan(policy, setting))) {
        if (report === hidden || everyMs === 2 ** 31 - 1) continue;
        // Only this report is asked about.
        const instead = Object.hasOwn(policy.whileReported, report) ? { none: policy.whileReported[report] } : {};
        const only = definePolicy({ ...policy, reports: { none: policy.reports[report] }, whileReported: instead } as unknown as PolicyInput);
        const environment = (heartbeatMs: number): Environment => ({ heartbeatMs, throttledMs: 0, toleratedLosses, latencyMs: marginMs });
        judged += 1;
        expect(found(only, environment(everyMs), codes)).toEqual([]);
        expect(found(only, environment(everyMs + 1), codes)).not.toEqual([]);
      }
    }));
    expect(judged).toBeGreaterThan(20);
  });
});
