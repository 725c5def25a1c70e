// Where two policies differ, against their two timelines laid side by side, and against two trackers that hear the same.

import { deepStrictEqual } from 'node:assert';
import fc from 'fast-check';
import type { Arbitrary, IProperty } from 'fast-check';
import { createTracker, defaultPolicy } from 'presence-model';
import type { Gap, Policy, Signal } from 'presence-model';
import { comparePolicies, sumDifferences, timeline } from 'presence-model/testing';
import type { Difference, DifferenceSum, Range } from 'presence-model/testing';
import { describe, it } from 'vitest';
import { gaps, instants, policies } from '../support/arbitraries.js';
import { heardHistories, inTime } from '../support/heard-histories.js';

const { seed = 0, numRuns = 100 } = fc.readConfigureGlobal();
const others = fc.sample(policies(fc), { seed: seed + 5, numRuns: 40 });
const userIds = ['ada', '__proto__'];

interface Case {
  readonly signals: readonly Signal[];
  readonly range: Range & { readonly gaps: readonly Gap[] };
}

function cases(a: Policy, b: Policy): Arbitrary<Case> {
  const histories = fc.tuple(...userIds.flatMap((userId) => [heardHistories(fc, a, userId), heardHistories(fc, b, userId)]));
  const length = fc.oneof(instants(fc, a), instants(fc, b));
  return fc.tuple(histories, instants(fc, a), length, gaps(fc, a))
    .map(([lists, from, until, spans]) => ({ signals: lists.flat(), range: { from, until: from + until, gaps: spans } }));
}

// ---- the oracle: what two timelines say, one elementary span after the other

type Segments = readonly { readonly from: number; readonly until: number; readonly status: string }[];
type Say = (at: number) => string;

/** What is said at an instant; of a session of which nothing is known, the bottom. */
function sayOf(segments: Segments, policy: Policy): Say {
  return (at) => segments.find(({ from, until }) => from <= at && at < until)?.status ?? policy.statuses.at(-1)!;
}

const changesAt = (say: Say, at: number): boolean => say(at - 1) !== say(at);
const moverAt = (a: Say, b: Say, at: number): string | undefined => {
  const movers = [...(changesAt(a, at) ? ['a'] : []), ...(changesAt(b, at) ? ['b'] : [])];
  return movers.length === 2 ? 'both' : movers[0];
};

function apart(of: object, segmentsA: Segments, segmentsB: Segments, a: Say, b: Say, { from, until }: Range): readonly unknown[] {
  const borders = [...segmentsA, ...segmentsB].flatMap((segment) => [segment.from, segment.until]);
  const starts = [...new Set(borders)].sort((x, y) => x - y).filter((at) => at < until);
  const found: Record<string, unknown>[] = [];
  starts.forEach((start, i) => {
    if (a(start) === b(start)) return;
    const last = found.at(-1);
    if (last?.['until'] === start && last['a'] === a(start) && last['b'] === b(start)) last['until'] = starts[i + 1] ?? until;
    else found.push({ ...of, from: start, until: starts[i + 1] ?? until, a: a(start), b: b(start) });
  });
  return found.map((difference) => {
    const begin = difference['from'] as number;
    const end = difference['until'] as number;
    const begunBy = begin > from ? moverAt(a, b, begin) : undefined;
    const endedBy = end < until && a(end) === b(end) ? moverAt(a, b, end) : undefined;
    return { ...difference, ...(begunBy && { begunBy }), ...(endedBy && { endedBy }) };
  });
}

interface Told {
  readonly added: number;
  readonly removed: number;
}

/** Changes that only one makes: at no such instant of the other, or to another status. */
function toldByOne(a: Say, b: Say, borders: readonly number[], from: number): Told {
  const told = (say: Say): readonly string[] => [...new Set(borders)].filter((at) => at > from && changesAt(say, at)).map((at) => `${at} ${say(at)}`);
  const [toldA, toldB] = [told(a), told(b)];
  return { added: toldB.filter((change) => !toldA.includes(change)).length, removed: toldA.filter((change) => !toldB.includes(change)).length };
}

interface Expected {
  readonly differences: readonly unknown[];
  readonly users: Told;
  readonly sessions: Told;
}

function expected({ signals, range }: Case, policyA: Policy, policyB: Policy): Expected {
  const [usersA, usersB] = [timeline(signals, policyA, range).users, timeline(signals, policyB, range).users];
  const differences: unknown[] = [];
  const sums = { users: { added: 0, removed: 0 }, sessions: { added: 0, removed: 0 } };
  const compare = (kind: 'users' | 'sessions', of: object, segmentsA: Segments, segmentsB: Segments): void => {
    const [a, b] = [sayOf(segmentsA, policyA), sayOf(segmentsB, policyB)];
    differences.push(...apart(of, segmentsA, segmentsB, a, b, range));
    const borders = [...segmentsA, ...segmentsB].map(({ from }) => from);
    const told = toldByOne(a, b, borders, range.from);
    sums[kind].added += told.added;
    sums[kind].removed += told.removed;
  };
  usersA.forEach(({ userId, segments, sessions }, i) => {
    const other = usersB[i]!;
    compare('users', { userId }, segments, other.segments);
    const ids = [...new Set([...sessions, ...other.sessions].map(({ sessionId }) => sessionId))].sort((x, y) => (x < y ? -1 : 1));
    for (const sessionId of ids) {
      const segmentsOf = (lanes: typeof sessions): Segments => lanes.find((lane) => lane.sessionId === sessionId)?.segments ?? [];
      compare('sessions', { userId, sessionId }, segmentsOf(sessions), segmentsOf(other.sessions));
    }
  });
  return { differences, ...sums };
}

// ---- what is so

function differsAsTimelines(a: Policy, b: Policy): IProperty<unknown> {
  return fc.property(cases(a, b), (asked) => {
    const { differences, users, sessions } = expected(asked, a, b);
    const compared = comparePolicies(asked.signals, a, b, asked.range);
    deepStrictEqual(compared, differences);
    const sum = sumDifferences(compared);
    deepStrictEqual([sum.users.changesAdded, sum.users.changesRemoved], [users.added, users.removed]);
    deepStrictEqual([sum.sessions.changesAdded, sum.sessions.changesRemoved], [sessions.added, sessions.removed]);
    sumsUp(compared, sum);
  });
}

/** Every pair's time is that of its spans, and all of them are the whole. */
function sumsUp(differences: readonly Difference[], { users, sessions }: DifferenceSum): void {
  for (const [sum, isIts] of [[users, (id: string | undefined) => id === undefined], [sessions, (id: string | undefined) => id !== undefined]] as const) {
    const its = differences.filter(({ sessionId }) => isIts(sessionId));
    const msOf = (list: readonly Difference[]): number => list.reduce((ms, { from, until }) => ms + until - from, 0);
    deepStrictEqual(sum.ms, msOf(its));
    deepStrictEqual(sum.count, new Set(its.map(({ userId, sessionId }) => `${userId.length}:${userId}${sessionId ?? ''}`)).size);
    deepStrictEqual(sum.pairs.map(({ ms }) => ms), sum.pairs.map(({ ms }) => ms).sort((x, y) => y - x));
    deepStrictEqual(sum.pairs.reduce((spans, pair) => spans + pair.spans, 0), its.length);
    for (const { a, b, ms, spans } of sum.pairs) {
      const alike = its.filter((difference) => difference.a === a && difference.b === b);
      deepStrictEqual([ms, spans], [msOf(alike), alike.length]);
    }
  }
}

function differsAsTrackers(a: Policy, b: Policy): IProperty<unknown> {
  return fc.property(cases(a, b), fc.array(instants(fc, a), { maxLength: 5 }), ({ signals, range }, chosen) => {
    const differences = comparePolicies(signals, a, b, range);
    const near = [...chosen, range.from, ...differences.flatMap(({ from, until }) => [from, until])].flatMap((at) => [at - 1, at, at + 1]);
    const probes = [...new Set(near)].filter((at) => at >= range.from && at < range.until).sort((x, y) => x - y);
    const trackers = [a, b].map((policy) => createTracker({ policy }));
    for (const tracker of trackers) for (const gap of range.gaps) tracker.gap(gap);
    const heard = inTime(signals);
    let i = 0;
    for (const now of probes) {
      for (let signal = heard[i]; signal !== undefined && signal.at <= now; signal = heard[++i]) for (const tracker of trackers) tracker.observe(signal, signal.at);
      for (const tracker of trackers) tracker.advanceTo(now);
      for (const userId of new Set(signals.map((signal) => signal.userId))) {
        const there = differences.filter(({ userId: id, sessionId, from, until }) => id === userId && sessionId === undefined && from <= now && now < until);
        const [saidA, saidB] = trackers.map((tracker) => tracker.status(userId));
        deepStrictEqual([now, userId, there.map((difference) => [difference.a, difference.b])], [now, userId, saidA === saidB ? [] : [[saidA, saidB]]]);
      }
    }
  });
}

const mirrored = ({ a, b, begunBy, endedBy, ...rest }: Difference): unknown => {
  const other = { a: 'b', b: 'a', both: 'both' } as const;
  return { ...rest, a: b, b: a, ...(begunBy && { begunBy: other[begunBy] }), ...(endedBy && { endedBy: other[endedBy] }) };
};

function agrees(property: (a: Policy, b: Policy) => IProperty<unknown>): void {
  fc.assert(property(defaultPolicy, others[0]!), { numRuns });
  others.forEach((policy, i) => {
    const other = others[i + 1] ?? defaultPolicy;
    const details = fc.check(property(policy, other), { seed: seed + i, numRuns: Math.ceil(numRuns / 5) });
    if (details.failed) throw new Error(`Differs under the policies ${JSON.stringify(policy)} and ${JSON.stringify(other)}\n${fc.defaultReportMessage(details)}`);
  });
}

describe('comparePolicies', () => {
  it('finds what two timelines laid side by side show, and counts the changes that only one of them has', () => {
    agrees(differsAsTimelines);
  });

  it('finds what two trackers answer differently', () => {
    agrees(differsAsTrackers);
  });

  it('finds nothing between a policy and itself', () => {
    agrees((policy) => fc.property(cases(policy, policy), ({ signals, range }) => {
      deepStrictEqual(comparePolicies(signals, policy, policy, range), []);
    }));
  });

  it('finds the same the other way round', () => {
    agrees((a, b) => fc.property(cases(a, b), ({ signals, range }) => {
      deepStrictEqual(comparePolicies(signals, b, a, range), comparePolicies(signals, a, b, range).map(mirrored));
    }));
  });

  it('finds the same later, and user by user', () => {
    agrees((a, b) => fc.property(cases(a, b), fc.integer({ min: -1_000, max: 1_000_000 }), ({ signals, range }, by) => {
      const differences = comparePolicies(signals, a, b, range);
      const shifted = signals.map((signal) => shiftedBy(signal, by));
      const later = { from: range.from + by, until: range.until + by, gaps: range.gaps.map(({ from, until }) => ({ from: from + by, until: until + by })) };
      deepStrictEqual(comparePolicies(shifted, a, b, later), differences.map((difference) => ({ ...difference, from: difference.from + by, until: difference.until + by })));

      const apart = [...userIds].sort().map((userId) => comparePolicies(signals.filter((signal) => signal.userId === userId), a, b, range));
      deepStrictEqual(apart.flat(), differences);
      const [first, second] = apart;
      deepStrictEqual(sumDifferences(second!, sumDifferences(first!)), sumDifferences(differences));
    }));
  });
});

function shiftedBy(signal: Signal, by: number): Signal {
  const at = signal.at + by;
  if (signal.type === 'claimed') {
    const { expiresAt, ...claim } = signal.claim;
    return { ...signal, at, claim: { ...claim, ...(expiresAt === undefined ? {} : { expiresAt: expiresAt + by }) } as typeof signal.claim };
  }
  if (signal.type === 'connected' || signal.type === 'heartbeat') {
    const { activeAt, epoch, ...rest } = signal;
    return { ...rest, at, ...(activeAt === undefined ? {} : { activeAt: activeAt + by }), ...(epoch === undefined ? {} : { epoch: epoch + by }) };
  }
  if (signal.type === 'activity' || signal.type === 'disconnected') return { ...signal, at, ...(signal.epoch === undefined ? {} : { epoch: signal.epoch + by }) };
  return { ...signal, at };
}
