// The statuses alone against the timeline, which is read from whole answers: the same steps of every user and session.

import { deepStrictEqual } from 'node:assert';
import fc from 'fast-check';
import type { IProperty } from 'fast-check';
import { defaultPolicy } from 'presence-model';
import type { Policy, Signal } from 'presence-model';
import { timeline } from 'presence-model/testing';
import { describe, expect, it } from 'vitest';
import { tableOf } from '../../src/define.js';
import { replayStatuses } from '../../src/testing/statuses.js';
import type { Statuses } from '../../src/testing/statuses.js';
import { unionOf } from '../../src/time.js';
import { gaps, instants, policies } from '../support/arbitraries.js';
import { heardHistories, inTime } from '../support/heard-histories.js';

const userId = 'ada';
const { seed = 0, numRuns = 100 } = fc.readConfigureGlobal();
const others = fc.sample(policies(fc), { seed: seed + 7, numRuns: 40 });

type Steps = readonly (readonly [at: number, status: string])[];

const changesOnly = (steps: Steps): Steps => steps.filter(([, status], i) => status !== steps[i - 1]?.[1]);

function visited(signals: readonly Signal[], policy: Policy, from: number, until: number, spans: Parameters<typeof unionOf>[0] = []): readonly Statuses[] {
  const visits: Statuses[] = [];
  replayStatuses(userId, signals, tableOf(policy), { from, until }, unionOf(spans), (statuses) => visits.push(statuses));
  return visits;
}

function stepsAsTheTimeline(policy: Policy): IProperty<unknown> {
  const lengths = fc.tuple(instants(fc, policy), instants(fc, policy));
  return fc.property(heardHistories(fc, policy), lengths, gaps(fc, policy), (signals, [from, length], spans) => {
    const until = from + length;
    const visits = visited(inTime(signals), policy, from, until, spans);
    const lane = timeline(signals, policy, { from, until, gaps: spans }).users[0];
    if (lane === undefined || length === 0) return;
    deepStrictEqual(changesOnly(visits.map(({ at, status }) => [at, status])), changesOnly(lane.segments.map((segment) => [segment.from, segment.status])));
    const stepsOf = (id: string): Steps =>
      changesOnly(visits.flatMap(({ at, sessions }) => sessions.filter(({ sessionId }) => sessionId === id).map(({ status }) => [at, status] as const)));
    deepStrictEqual([...new Set(visits.flatMap(({ sessions }) => sessions.map(({ sessionId }) => sessionId)))].sort(), lane.sessions.map(({ sessionId }) => sessionId));
    for (const { sessionId, segments } of lane.sessions) deepStrictEqual(stepsOf(sessionId), changesOnly(segments.map((segment) => [segment.from, segment.status])));
  });
}

describe('replayStatuses', () => {
  it('gives the steps of the timeline', () => {
    fc.assert(stepsAsTheTimeline(defaultPolicy), { numRuns: numRuns * 3 });
    others.forEach((policy, i) => {
      const details = fc.check(stepsAsTheTimeline(policy), { seed: seed + i, numRuns: Math.ceil(numRuns / 2) });
      if (details.failed) throw new Error(`Differs under the policy ${JSON.stringify(policy)}\n${fc.defaultReportMessage(details)}`);
    });
  });

  it('asks nobody about signals that change no status', () => {
    const often = (i: number): Signal => ({ type: 'heartbeat', userId, sessionId: 'tab', at: i * 7_000, ...(i % 2 === 0 ? { activeAt: i * 7_000 } : {}) });
    const signals: readonly Signal[] = [{ type: 'connected', userId, sessionId: 'tab', at: 0 }, ...Array.from({ length: 1_000 }, (_, i) => often(i + 1))];
    expect(visited(signals, defaultPolicy, 0, 7_000_000)).toEqual([{ at: 0, status: 'active', sessions: [{ sessionId: 'tab', status: 'active' }] }]);
  });
});
