// A timeline against a tracker that hears the same signals: its changes give the same steps, its answers the same spans.

import { deepStrictEqual, ok } from 'node:assert';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import type { Arbitrary, IProperty } from 'fast-check';
import { createTracker, defaultPolicy } from 'presence-model';
import type { Change, Gap, Policy, Signal, Tracker } from 'presence-model';
import { timeline } from 'presence-model/testing';
import type { Range, Timeline } from 'presence-model/testing';
import { describe, it } from 'vitest';
import { gaps, instants, policies } from '../support/arbitraries.js';
import { heardHistories, inTime } from '../support/heard-histories.js';

const { seed = 0, numRuns = 100 } = fc.readConfigureGlobal();
const others = fc.sample(policies(fc), { seed: seed + 3, numRuns: 40 });
const userIds = ['ada', '__proto__'];

interface Case {
  readonly signals: readonly Signal[];
  readonly range: Range & { readonly gaps: readonly Gap[] };
}

/** Two users at once; a range that may begin in the middle, and be empty. */
function cases(policy: Policy): Arbitrary<Case> {
  const histories = fc.tuple(...userIds.map((userId) => heardHistories(fc, policy, userId)));
  return fc.tuple(histories, instants(fc, policy), instants(fc, policy), gaps(fc, policy))
    .map(([lists, from, length, spans]) => ({ signals: lists.flat(), range: { from, until: from + length, gaps: spans } }));
}

/** What a tracker tells that hears each signal at its instant. */
function toldBy(policy: Policy, { signals, range }: Case): readonly Change[] {
  const tracker = createTracker({ policy, sessionChanges: true });
  const told: Change[] = range.gaps.flatMap((gap) => tracker.gap(gap));
  for (const signal of inTime(signals)) if (signal.at < range.until) told.push(...tracker.observe(signal, signal.at));
  return [...told, ...tracker.advanceTo(range.until - 1)];
}

type Steps = readonly (readonly [at: number, status: string])[];

/** The steps of a status between two instants, from what was told: the last word of an instant counts. */
function stepsOf(told: readonly { readonly at: number; readonly status: string }[], first: string | undefined, { from, until }: Range): Steps {
  const words = new Map<number, string>();
  let before = first;
  for (const { at, status } of told) {
    if (at <= from) before = status;
    else words.set(at, status);
  }
  if (before !== undefined) words.set(from, before);
  const steps = [...words].filter(([at]) => at >= from && at < until).sort(([a], [b]) => a - b);
  return steps.filter(([, status], i) => status !== steps[i - 1]?.[1]);
}

const stepsIn = (segments: readonly { readonly from: number; readonly status: string }[]): Steps =>
  segments.map(({ from, status }) => [from, status] as const).filter(([, status], i, all) => status !== all[i - 1]?.[1]);

/** One that ends where the other begins, and says what it says. */
const isSame = (span: { readonly from: number; readonly until: number }, before: { readonly from: number; readonly until: number }): boolean =>
  before.until === span.from && isDeepStrictEqual({ ...span, from: 0, until: 0 }, { ...before, from: 0, until: 0 });

/** Without holes over its range, and with no border where nothing changes. */
function isWhole(segments: readonly { readonly from: number; readonly until: number }[], until: number): void {
  segments.forEach((segment, i) => {
    const next = segments[i + 1];
    ok(segment.from < segment.until);
    deepStrictEqual(segment.until, next?.from ?? until);
    if (next !== undefined) ok(!isSame(next, segment));
  });
}

function stepsAsTold(policy: Policy): IProperty<unknown> {
  return fc.property(cases(policy), (asked) => {
    const { signals, range } = asked;
    const { users } = timeline(signals, policy, range);
    const told = toldBy(policy, asked);
    const bottom = createTracker({ policy }).status('nobody');
    for (const { userId, segments, sessions, claims } of users) {
      const ofUser = told.filter((change) => change.type === 'user').filter((change) => change.userId === userId).map(({ at, to }) => ({ at, status: to }));
      isWhole(segments, range.until);
      for (const { segments: held } of claims) deepStrictEqual(held.filter((span, i) => i > 0 && isSame(span, held[i - 1]!)), []);
      deepStrictEqual(stepsIn(segments), stepsOf(ofUser, bottom, range));
      for (const { sessionId, segments: spans } of sessions) {
        const ofSession = told.filter((change) => change.type === 'session').filter((change) => change.userId === userId && change.sessionId === sessionId)
          .map(({ at, to }) => ({ at, status: to.status }));
        isWhole(spans, range.until);
        // A session at the bottom from its beginning on is no change, so nothing was told of it: its first span is taken as told.
        const first = spans[0]!;
        deepStrictEqual(stepsIn(spans), stepsOf(ofSession, undefined, { ...range, from: first.from }).length === 0
          ? [[first.from, policy.statuses.at(-1)!]]
          : stepsOf(ofSession, policy.statuses.at(-1), { ...range, from: first.from }));
      }
    }
  });
}

type Lane = Timeline['users'][number];
const at = <S extends { readonly from: number; readonly until: number }>(spans: readonly S[], now: number): Omit<S, 'from' | 'until'> | undefined => {
  const found = spans.filter(({ from, until }) => from <= now && now < until);
  ok(found.length <= 1);
  if (found[0] === undefined) return undefined;
  const { from: _, until: __, ...rest } = found[0];
  return rest;
};

/** What a lane says of an instant, as a receiver's answer has it. */
function saidAt({ segments, sessions, claims }: Lane, now: number): unknown {
  return {
    ...at(segments, now),
    sessions: sessions.filter(({ segments: spans, forgotten }) => at(spans, now) !== undefined && at(forgotten, now) === undefined)
      .map(({ sessionId, segments: spans, departed }) => ({ sessionId, ...at(spans, now), departure: at(departed, now) })),
    claims: claims.filter(({ segments: spans }) => at(spans, now) !== undefined).map(({ segments: spans }) => at(spans, now)),
  };
}

function answeredAt(tracker: Tracker, userId: string): unknown {
  const { status, because, sessions, claims } = tracker.user(userId);
  return {
    status, because,
    sessions: sessions.map(({ sessionId, status: is, because: why, departure }) => ({ sessionId, status: is, because: why, departure })),
    claims: claims.map(({ claim, inForce }) => ({ claim, inForce })).sort((a, b) => (a.claim.id < b.claim.id ? -1 : 1)),
  };
}

const borders = ({ segments, sessions, claims }: Lane): readonly number[] =>
  [...segments, ...sessions.flatMap((lane) => [...lane.segments, ...lane.departed, ...lane.forgotten]), ...claims.flatMap((lane) => lane.segments)]
    .flatMap(({ from, until }) => [from, until]);

function spansAsAnswered(policy: Policy): IProperty<unknown> {
  return fc.property(cases(policy), fc.array(instants(fc, policy), { maxLength: 10 }), (asked, chosen) => {
    const { signals, range } = asked;
    const { users } = timeline(signals, policy, range);
    deepStrictEqual(users.map(({ userId }) => userId), [...new Set(signals.map(({ userId }) => userId))].sort((a, b) => (a < b ? -1 : 1)));
    const near = [...users.flatMap(borders), ...chosen.map((later) => range.from + later), ...signals.map((signal) => signal.at)].flatMap((now) => [now - 1, now]);
    const probes = [...new Set([range.from, ...near].filter((now) => now >= range.from && now < range.until))].sort((a, b) => a - b);
    const tracker = createTracker({ policy });
    for (const gap of range.gaps) tracker.gap(gap);
    const unheard = [...inTime(signals)];
    for (const now of probes) {
      while (unheard[0] !== undefined && unheard[0].at <= now) tracker.observe(unheard[0], unheard.shift()!.at);
      tracker.advanceTo(now);
      for (const lane of users) {
        deepStrictEqual([now, saidAt(lane, now)], [now, answeredAt(tracker, lane.userId)]);
        const alarm = lane.alarms.find(({ until }) => until === now + 1);
        if (borders(lane).includes(now + 1)) deepStrictEqual([now, alarm?.nextChangeAt], [now, tracker.user(lane.userId).nextChangeAt]);
        else deepStrictEqual([now, alarm], [now, undefined]);
        for (const { segments, departed, forgotten } of lane.sessions) {
          if (at(forgotten, now) !== undefined) deepStrictEqual([at(segments, now)?.status, at(departed, now)], [policy.statuses.at(-1), undefined]);
        }
      }
    }
    for (const { userId, signals: heard, alarms } of users) {
      ok(alarms.every(({ until }) => range.from < until && until <= range.until));
      deepStrictEqual(heard, inTime(signals).filter((signal) => signal.userId === userId && signal.at >= range.from && signal.at < range.until));
    }
  });
}

function agrees(property: (policy: Policy) => IProperty<unknown>): void {
  fc.assert(property(defaultPolicy));
  others.forEach((policy, i) => {
    const details = fc.check(property(policy), { seed: seed + i, numRuns: Math.ceil(numRuns / 10) });
    if (details.failed) throw new Error(`Differs under the policy ${JSON.stringify(policy)}\n${fc.defaultReportMessage(details)}`);
  });
}

describe('a timeline', () => {
  it('has the steps that a tracker tells, of every user and session', () => {
    agrees(stepsAsTold);
  });

  it('says at every instant what a tracker answers, with its reasons, departures, claims and alarms', () => {
    agrees(spansAsAnswered);
  });

  it('is JSON', () => {
    fc.assert(fc.property(cases(defaultPolicy), ({ signals, range }) => {
      const spans = timeline(signals, defaultPolicy, range);
      deepStrictEqual(JSON.parse(JSON.stringify(spans)), spans);
    }));
  });
});
