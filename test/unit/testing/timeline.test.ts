import { describe, expect, it } from 'vitest';
import { defaultPolicy, definePolicy } from 'presence-model';
import type { Claim, Signal } from 'presence-model';
import { timeline } from 'presence-model/testing';
import type { Timeline } from 'presence-model/testing';
import { claimed, frozen, hostileIds, thrownBy } from '../said.js';

const tab = { userId: 'ada', sessionId: 'tab' } as const;
const connected = (at: number): Signal => ({ type: 'connected', ...tab, at });
const beat = (at: number): Signal => ({ type: 'heartbeat', ...tab, at });
const ended = (at: number, cause: string): Signal => ({ type: 'disconnected', ...tab, at, cause });

const spans = (lane: Timeline['users'][number] | Timeline['users'][number]['sessions'][number] | undefined): readonly unknown[] =>
  lane?.segments.map(({ from, until, status }) => [from, until, status]) ?? [];

describe('timeline', () => {
  it('gives every span of a user and a session with its reason', () => {
    const reason = { clock: 'departure', cause: 'closed', since: 10_000, afterMs: 5_000, crossedAt: 15_000 };
    const signals = frozen([connected(0), ended(10_000, 'closed')]);
    expect(timeline(signals, defaultPolicy, { from: 0, until: 60_000 })).toStrictEqual({
      from: 0,
      until: 60_000,
      gaps: [],
      statuses: ['active', 'idle', 'away', 'stale', 'offline'],
      users: [{
        userId: 'ada',
        segments: [
          { from: 0, until: 15_000, status: 'active', because: { by: 'session', sessionId: 'tab', reason: { clock: 'none' } } },
          { from: 15_000, until: 60_000, status: 'offline', because: { by: 'session', sessionId: 'tab', reason } },
        ],
        sessions: [{
          sessionId: 'tab',
          segments: [
            { from: 0, until: 15_000, status: 'active', because: { clock: 'none' } },
            { from: 15_000, until: 60_000, status: 'offline', because: reason },
          ],
          departed: [{ from: 10_000, until: 60_000, cause: 'closed', at: 10_000 }],
          forgotten: [],
        }],
        claims: [],
        signals,
        alarms: [
          { until: 10_000, nextChangeAt: 15_000 }, // the end of the connection came first
          { until: 15_000, nextChangeAt: 15_000 }, // it rang
          { until: 60_000, nextChangeAt: 604_810_000 }, // the end of what is known of when they were last seen
        ],
      }],
    });
  });

  it('begins with nobody, and a session with its first signal', () => {
    const { users } = timeline([connected(10)], defaultPolicy, { from: 0, until: 20 });
    expect(spans(users[0])).toEqual([[0, 10, 'offline'], [10, 20, 'active']]);
    expect(spans(users[0]?.sessions[0])).toEqual([[10, 20, 'active']]);
  });

  it('lets signals before the range count and leaves out those at its end', () => {
    const { users } = timeline([connected(-10_000), beat(20_000)], defaultPolicy, { from: 0, until: 20_000 });
    expect(spans(users[0])).toEqual([[0, 5_000, 'active'], [5_000, 20_000, 'idle']]);
    expect(spans(timeline([connected(-10_000), beat(19_999)], defaultPolicy, { from: 0, until: 20_000 }).users[0]).at(-1)).toEqual([19_999, 20_000, 'active']);
  });

  it('takes facts of an instant before thresholds of that instant', () => {
    expect(spans(timeline([connected(0), beat(15_000)], defaultPolicy, { from: 0, until: 30_000 }).users[0])).toEqual([[0, 30_000, 'active']]);
    expect(spans(timeline([connected(0), beat(15_001)], defaultPolicy, { from: 0, until: 30_000 }).users[0]))
      .toEqual([[0, 15_000, 'active'], [15_000, 15_001, 'idle'], [15_001, 30_000, 'active']]);
  });

  it('takes signals in any order, and those of one instant in the order listed', () => {
    const range = { from: 0, until: 100_000 };
    expect(timeline([ended(40_000, 'left'), connected(0), beat(10_000)], defaultPolicy, range)).toEqual(timeline([connected(0), beat(10_000), ended(40_000, 'left')], defaultPolicy, range));
    const show = claimed(5, { id: 'q', show: 'away' });
    const { users } = timeline([connected(0), show, { type: 'unclaimed', userId: 'ada', at: 5, claimId: 'q' }], defaultPolicy, { from: 0, until: 10 });
    expect(spans(users[0])).toEqual([[0, 10, 'active']]);
  });

  it('shows claims, caps and their ends', () => {
    const { users } = timeline([connected(0), claimed(5, { id: 'q', show: 'away', expiresAt: 8 })], defaultPolicy, { from: 0, until: 10 });
    expect(users[0]?.segments.map(({ from, status, because }) => [from, status, because.by])).toEqual([[0, 'active', 'session'], [5, 'away', 'claim'], [8, 'active', 'session']]);
  });

  it('takes gaps in', () => {
    const { users } = timeline([connected(0)], defaultPolicy, { from: 0, until: 80_000, gaps: [{ from: 5_000, until: 65_000 }] });
    expect(spans(users[0])).toEqual([[0, 75_000, 'active'], [75_000, 80_000, 'idle']]);
  });

  it('knows a session no more once it is over', () => {
    const report: Signal = { type: 'heartbeat', ...tab, at: 0, report: 'background' };
    const { users } = timeline([report, beat(1_140_000)], defaultPolicy, { from: 1_140_000, until: 1_140_001 });
    expect(spans(users[0])).toEqual([[1_140_000, 1_140_001, 'active']]);
  });

  it('keeps a session that is forgotten at the bottom until it is heard again, and the user is then nobody', () => {
    const { users } = timeline([connected(0), ended(10_000, 'left'), connected(2_000_000)], defaultPolicy, { from: 0, until: 2_010_000 });
    expect(spans(users[0]?.sessions[0])).toEqual([[0, 10_000, 'active'], [10_000, 2_000_000, 'offline'], [2_000_000, 2_010_000, 'active']]);
    expect(users[0]?.sessions[0]?.departed).toEqual([{ from: 10_000, until: 910_000, cause: 'left', at: 10_000 }]);
    expect(users[0]?.sessions[0]?.forgotten).toEqual([{ from: 910_000, until: 2_000_000 }]);
    expect(users[0]?.segments.map(({ from, status, because }) => [from, status, because.by])).toEqual([
      [0, 'active', 'session'], [10_000, 'offline', 'session'], [910_000, 'offline', 'nobody'], [2_000_000, 'active', 'session'],
    ]);
  });

  it('tells how long the end of a connection is known, and since when', () => {
    const signals = [connected(0), ended(5_000, 'dropped'), connected(12_000), ended(14_000, 'closed')];
    expect(timeline(signals, defaultPolicy, { from: 10_000, until: 16_000 }).users[0]?.sessions[0]?.departed).toEqual([
      { from: 10_000, until: 12_000, cause: 'dropped', at: 5_000 },
      { from: 14_000, until: 16_000, cause: 'closed', at: 14_000 },
    ]);
  });

  it('tells when claims are held, and when they do something', () => {
    const claim = { id: 'q', show: 'away', expiresAt: 300_000 } as const;
    const { users } = timeline([claimed(0, claim), connected(10_000)], defaultPolicy, { from: 0, until: 400_000 });
    expect(users[0]?.claims).toEqual([{ claimId: 'q', segments: [
      { from: 0, until: 10_000, claim, inForce: false },
      { from: 10_000, until: 250_000, claim, inForce: true },
      { from: 250_000, until: 300_000, claim, inForce: false }, // no claim brings back someone who is gone
    ] }]);
  });

  it('begins no other span where the same is claimed again, and one where anything else is', () => {
    const again = (detail: unknown): Signal => claimed(detail === 0 ? 0 : 5, { id: 'q', detail: detail === 0 ? { played: [1, { on: true }] } : detail } as Claim);
    const of = (detail: unknown): number => timeline([connected(0), again(0), again(detail)], defaultPolicy, { from: 0, until: 10 }).users[0]!.claims[0]!.segments.length;
    const others = [{ played: [1, { on: false }] }, { played: [1] }, { played: { 0: 1, 1: { on: true } } }, { played: null }, undefined];
    expect(of({ played: [1, { on: true }] })).toBe(1);
    expect(others.map(of)).toEqual([2, 2, 2, 2, 2]);
  });

  it('tells which alarm stood when something changed, with the beats until then', () => {
    const { users } = timeline([connected(0), beat(7_000), beat(14_000), connected(50_000)], defaultPolicy, { from: 0, until: 60_000 });
    expect(users[0]?.alarms).toEqual([
      { until: 29_000, nextChangeAt: 29_000 },
      { until: 50_000, nextChangeAt: 74_000 },
      { until: 60_000, nextChangeAt: 65_000 },
    ]);
  });

  it('names the gaps as one listener would, and the statuses', () => {
    const gaps = [{ from: 30, until: 40 }, { from: 5, until: 20 }, { from: 10, until: 25 }, { from: 50, until: 50 }];
    const policy = definePolicy({ statuses: ['in', 'out'], silence: { out: 10 }, reports: { none: 'in' }, departures: { dropped: { out: 10 } } });
    expect(timeline([], policy, { from: 0, until: 100, gaps })).toEqual({
      from: 0, until: 100, gaps: [{ from: 5, until: 25 }, { from: 30, until: 40 }], statuses: ['in', 'out'], users: [],
    });
  });

  it('passes statuses of users through their outward words, and those of sessions not', () => {
    const { users } = timeline([connected(0)], definePolicy({ shownAs: { idle: 'active' } }), { from: 0, until: 20_000 });
    expect(users[0]?.segments.map(({ from, status }) => [from, status])).toEqual([[0, 'active'], [15_000, 'active']]);
    expect(spans(users[0]?.sessions[0])).toEqual([[0, 15_000, 'active'], [15_000, 20_000, 'idle']]);
  });

  it('lists users and sessions by id, every one that a signal names', () => {
    const of = (userId: string, sessionId: string): Signal => ({ type: 'connected', userId, sessionId, at: 0 });
    const { users } = timeline([of('b', 'y'), of('b', 'x'), of('B', 'z'), { type: 'cleared', userId: 'a', at: 0 }], defaultPolicy, { from: 0, until: 1 });
    expect(users.map(({ userId, sessions }) => [userId, sessions.map(({ sessionId }) => sessionId)])).toEqual([['B', ['z']], ['a', []], ['b', ['x', 'y']]]);
  });

  it('is empty where the range is', () => {
    const nothing = { segments: [], sessions: [], claims: [], signals: [], alarms: [] };
    expect(timeline([connected(0)], defaultPolicy, { from: 5, until: 5 }).users).toEqual([{ userId: 'ada', ...nothing }]);
    expect(timeline([], defaultPolicy, { from: 0, until: 5 }).users).toEqual([]);
  });

  it.each(hostileIds)('takes %j for a user and a session like any other', (id) => {
    const { users } = timeline([{ type: 'connected', userId: id, sessionId: id, at: 0 }], defaultPolicy, { from: 0, until: 1 });
    expect(users.map(({ userId, sessions }) => [userId, sessions[0]?.sessionId])).toEqual([[id, id]]);
  });

  it.each([
    { signals: [connected(0)], range: { from: 10, until: 5 }, message: 'Expected `until` to be 10 or later, as `from` is, received 5.' },
    { signals: [connected(0)], range: { from: 0.5, until: 5 }, message: 'Expected `from` to be whole milliseconds, received 0.5. Floor it where you read your clock.' },
    { signals: [connected(0), beat(0.5)], range: { from: 0, until: 5 }, message: 'signals[1]: Expected `at` to be whole milliseconds, received 0.5.' },
    { signals: [{ ...beat(0), at: undefined } as never], range: { from: 0, until: 5 }, message: 'signals[0]: Expected `at` to be whole milliseconds, received nothing.' },
    { signals: [beat(0), , beat(1)] as never, range: { from: 0, until: 5 }, message: 'signals[1]: Expected the value to be a signal (an object), received nothing.' },
    { signals: {} as never, range: { from: 0, until: 5 }, message: 'Expected `signals` to be a list, received an object.' },
    { signals: [], range: [0, 5] as never, message: 'Expected `range` to be { from, until }, received a list.' },
    { signals: [], range: { from: 0 } as never, message: 'Expected `until` to be whole milliseconds, received nothing.' },
    { signals: [], range: { from: 0, until: 5, gaps: [{ from: 1 }] } as never, message: 'Expected `gaps[0].until` to be whole milliseconds, received nothing.' },
  ])('refuses what breaks its type: $message', ({ signals, range, message }) => {
    expect(thrownBy(() => timeline(signals, defaultPolicy, range))).toBe(`TypeError: ${message}`);
  });
});
