// The replay of one user's signals against a tracker that hears the same: at every instant the same answer, and the same alarm.

import { deepStrictEqual, ok } from 'node:assert';
import fc from 'fast-check';
import type { IProperty } from 'fast-check';
import { createTracker, defaultPolicy } from 'presence-model';
import type { Gap, Policy, Signal, UserPresence } from 'presence-model';
import { describe, expect, it } from 'vitest';
import { tableOf } from '../../src/define.js';
import { replay } from '../../src/testing/replay.js';
import { unionOf } from '../../src/time.js';
import { gaps, instants, policies } from '../support/arbitraries.js';
import { heardHistories, inTime } from '../support/heard-histories.js';

const userId = 'ada';
const { seed = 0, numRuns = 100 } = fc.readConfigureGlobal();
const others = fc.sample(policies(fc), { seed: seed + 2, numRuns: 40 });

/** All that an answer says, but when a session was last seen and when to ask again: that moves with every beat. */
function standing({ status, derived, because, sessions, claims, shown }: UserPresence): unknown {
  const { details } = shown;
  const of = sessions.map(({ sessionId, status: is, because: why, report, departure, uncounted }) => ({ sessionId, is, why, report, departure, uncounted }));
  return { status, derived, because, sessions: of, claims, details };
}

const finite = (alarm: number): number | undefined => (Number.isFinite(alarm) ? alarm : undefined);

interface Visited {
  readonly presence: UserPresence;
  readonly stood: number;
}

function replayed(
  signals: readonly Signal[], policy: Policy, from: number, until: number, spans: readonly Gap[],
): { visits: readonly Visited[]; end: number } {
  const visits: Visited[] = [];
  const end = replay(userId, signals, tableOf(policy), { from, until }, unionOf(spans), (presence, stood) => visits.push({ presence, stood }));
  return { visits, end };
}

function answersAsTheTracker(policy: Policy): IProperty<unknown> {
  const chosens = fc.array(instants(fc, policy), { maxLength: 20 });
  const ranges = fc.tuple(instants(fc, policy), instants(fc, policy)).map(([a, b]) => ({ from: a, until: a + b }));
  return fc.property(heardHistories(fc, policy).map(inTime), ranges, gaps(fc, policy), chosens, (signals, { from, until }, spans, chosen) => {
    const { visits, end } = replayed(signals, policy, from, until, spans);
    deepStrictEqual(visits.map(({ presence }) => presence.at), [...new Set(visits.map(({ presence }) => presence.at))].sort((a, b) => a - b));
    const near = [from, until, ...chosen, ...signals.map(({ at }) => at), ...visits.map(({ presence }) => presence.at)].flatMap((at) => [at - 1, at, at + 1]);
    const every = Array.from({ length: Math.min(200, until - from) }, (_, i) => from + i);
    const probes = [...new Set([...near, ...every])].sort((a, b) => a - b);

    const tracker = createTracker({ policy });
    for (const span of spans) tracker.gap(span);
    let heard = 0;
    let visited = 0;
    let alarm: number | undefined;
    for (const now of probes) {
      for (let signal = signals[heard]; signal !== undefined && signal.at <= now && signal.at < until; signal = signals[++heard]) tracker.observe(signal, signal.at);
      tracker.advanceTo(now);
      if (now < from || now >= until) {
        alarm = tracker.nextChangeAt;
        continue;
      }
      const visit = visits[visited];
      if (visit?.presence.at === now) {
        deepStrictEqual(tracker.user(userId), visit.presence);
        deepStrictEqual([now, finite(visit.stood)], [now, alarm]);
        visited++;
      }
      const standingVisit = visits[visited - 1];
      ok(standingVisit !== undefined, 'nothing was visited at the beginning');
      deepStrictEqual([now, standing(tracker.user(userId))], [now, standing(standingVisit.presence)]);
      alarm = tracker.nextChangeAt;
    }
    deepStrictEqual(visited, visits.length);
    if (until > from) deepStrictEqual(finite(end), alarmBefore(signals, policy, spans, until));
  });
}

/** The alarm of a tracker that was told all before an instant. */
function alarmBefore(signals: readonly Signal[], policy: Policy, spans: readonly Gap[], until: number): number | undefined {
  const tracker = createTracker({ policy });
  for (const span of spans) tracker.gap(span);
  for (const signal of signals) if (signal.at < until) tracker.observe(signal, signal.at);
  tracker.advanceTo(until - 1);
  return tracker.nextChangeAt;
}

describe('replay', () => {
  it('answers what a tracker answers, at every instant', () => {
    fc.assert(answersAsTheTracker(defaultPolicy), { numRuns: numRuns * 3 });
    others.forEach((policy, i) => {
      const details = fc.check(answersAsTheTracker(policy), { seed: seed + i, numRuns: Math.ceil(numRuns / 4) });
      if (details.failed) throw new Error(`Differs under the policy ${JSON.stringify(policy)}\n${fc.defaultReportMessage(details)}`);
    });
  });

  it('asks nobody about heartbeats that move nothing but an alarm', () => {
    const signals: readonly Signal[] = Array.from({ length: 1_000 }, (_, i) => ({ type: i === 0 ? 'connected' : 'heartbeat', userId, sessionId: 'tab', at: i * 7_000 }));
    const { visits, end } = replayed(signals, defaultPolicy, 0, 7_000_000, []);
    expect(visits.map(({ presence }) => presence.at)).toEqual([0]);
    expect(end).toBe(999 * 7_000 + 15_000);
  });
});
