import { describe, expect, it } from 'vitest';
import { defaultPolicy, definePolicy } from 'presence-model';
import type { Signal } from 'presence-model';
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
    expect(timeline(frozen([connected(0), ended(10_000, 'closed')]), defaultPolicy, { from: 0, until: 60_000 })).toStrictEqual({
      from: 0,
      until: 60_000,
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
        }],
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
    expect(timeline([connected(0)], defaultPolicy, { from: 5, until: 5 }).users).toEqual([{ userId: 'ada', segments: [], sessions: [] }]);
    expect(timeline([], defaultPolicy, { from: 0, until: 5 })).toEqual({ from: 0, until: 5, users: [] });
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
  ])('refuses what breaks its type: $message', ({ signals, range, message }) => {
    expect(thrownBy(() => timeline(signals, defaultPolicy, range))).toBe(`TypeError: ${message}`);
  });
});
