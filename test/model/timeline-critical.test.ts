// Between two critical instants nothing changes, whichever of the signals are heard: asked of a tracker, millisecond by millisecond.

import { deepStrictEqual, ok } from 'node:assert';
import fc from 'fast-check';
import type { IProperty } from 'fast-check';
import { createTracker, defaultPolicy } from 'presence-model';
import type { Policy, Tracker } from 'presence-model';
import { criticalInstants, timeline } from 'presence-model/testing';
import { describe, it } from 'vitest';
import { gaps, instants, policies } from '../support/arbitraries.js';
import { heardHistories, inTime } from '../support/heard-histories.js';

const { seed = 0, numRuns = 100 } = fc.readConfigureGlobal();
const others = fc.sample(policies(fc), { seed: seed + 4, numRuns: 40 });
const userId = 'ada';

/** Everything that can be read of a user, but the instant asked about. */
function readable(tracker: Tracker): unknown {
  const presence = tracker.user(userId);
  const sessions = presence.sessions.map((session) => ({ ...session, at: 0 }));
  return { presence: { ...presence, at: 0, sessions, shown: { ...presence.shown, at: 0 } }, evidence: tracker.evidence(userId), size: tracker.size };
}

function nothingChangesBetween(policy: Policy): IProperty<unknown> {
  const losses = fc.array(fc.boolean(), { minLength: 40, maxLength: 40 });
  return fc.property(heardHistories(fc, policy), losses, gaps(fc, policy), fc.array(instants(fc, policy), { maxLength: 20 }), (signals, lost, spans, chosen) => {
    const critical = criticalInstants(signals, policy, spans);
    deepStrictEqual(critical, [...new Set(critical)].sort((a, b) => a - b));
    const asked = [...critical.flatMap((at) => [at - 1, at]), ...chosen, ...Array.from({ length: 200 }, (_, i) => i)];
    const tracker = createTracker({ policy });
    for (const span of spans) tracker.gap(span);
    const unheard = inTime(signals.filter((_, i) => lost[i] !== true)).slice();
    let before: unknown;
    let last = Number.NEGATIVE_INFINITY;
    for (const now of [...new Set(asked)].sort((a, b) => a - b)) {
      while (unheard[0] !== undefined && unheard[0].at <= now) tracker.observe(unheard[0], unheard.shift()!.at);
      tracker.advanceTo(now);
      const answer = readable(tracker);
      if (before !== undefined && !critical.some((at) => last < at && at <= now)) deepStrictEqual([last, now, answer], [last, now, before]);
      before = answer;
      last = now;
    }
  });
}

function bordersAreCritical(policy: Policy): IProperty<unknown> {
  return fc.property(heardHistories(fc, policy), instants(fc, policy), instants(fc, policy), gaps(fc, policy), (signals, from, length, spans) => {
    const until = from + length;
    const critical = new Set([...criticalInstants(signals, policy, spans), from, until]);
    for (const { segments, sessions, claims, alarms } of timeline(signals, policy, { from, until, gaps: spans }).users) {
      const all = [...segments, ...sessions.flatMap((lane) => [...lane.segments, ...lane.departed, ...lane.forgotten]), ...claims.flatMap((lane) => lane.segments)];
      for (const span of all) ok(critical.has(span.from) && critical.has(span.until), `${span.from} – ${span.until}`);
      for (const { nextChangeAt } of alarms) ok(critical.has(nextChangeAt), `an alarm at ${nextChangeAt}`);
    }
  });
}

function holds(property: (policy: Policy) => IProperty<unknown>): void {
  fc.assert(property(defaultPolicy));
  others.forEach((policy, i) => {
    const details = fc.check(property(policy), { seed: seed + i, numRuns: Math.ceil(numRuns / 10) });
    if (details.failed) throw new Error(`Broken by the policy ${JSON.stringify(policy)}\n${fc.defaultReportMessage(details)}`);
  });
}

describe('between two critical instants', () => {
  it('nothing changes, whichever of the signals are heard', () => {
    holds(nothingChangesBetween);
  });

  it('no span of a timeline begins or ends, and no alarm rings', () => {
    holds(bordersAreCritical);
  });
});
