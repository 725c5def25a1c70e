import { describe, expect, it } from 'vitest';
import { defaultPolicy } from 'presence-model';
import type { Gap, Signal, UserPresence } from 'presence-model';
import { tableOf } from '../../../src/define.js';
import { replay } from '../../../src/testing/replay.js';
import type { Span } from '../../../src/testing/replay.js';
import { activity, beat, claimed, connected, disconnected, frozen } from '../said.js';

const days = 86_400_000;

function visitsOf(signals: readonly Signal[], range: Span, gaps: readonly Gap[] = []): { visits: (readonly [UserPresence, number])[]; end: number } {
  const visits: (readonly [UserPresence, number])[] = [];
  const end = replay('ada', frozen(signals), tableOf(defaultPolicy), range, gaps, (presence, stood) => visits.push([presence, stood]));
  return { visits, end };
}

const told = (signals: readonly Signal[], range: Span, gaps?: readonly Gap[]): readonly unknown[] =>
  visitsOf(signals, range, gaps).visits.map(([{ at, status }, stood]) => [at, status, stood]);

describe('replay', () => {
  it('visits the beginning, every fact that may change the answer, and every crossing, with the alarm that stood', () => {
    expect(told([connected(10_000), beat(17_000), disconnected(20_000, 'closed')], { from: 0, until: 60_000 })).toEqual([
      [0, 'offline', Infinity],
      [10_000, 'active', Infinity],
      [20_000, 'active', 32_000], // the beat moved the alarm and was not visited
      [25_000, 'offline', 25_000],
    ]);
  });

  it('visits nothing of an empty range, and nobody of somebody unknown', () => {
    expect(visitsOf([connected(0)], { from: 5, until: 5 })).toEqual({ visits: [], end: Infinity });
    expect(told([], { from: 5, until: 6 })).toEqual([[5, 'offline', Infinity]]);
  });

  it('hears what was said before the range and nothing at its end', () => {
    expect(told([connected(-20_000), beat(-10_000), beat(30_000)], { from: 0, until: 30_000 })).toEqual([[0, 'active', 5_000], [5_000, 'idle', 5_000]]);
    expect(visitsOf([connected(0), beat(7_000)], { from: 0, until: 10_000 }).end).toBe(22_000);
  });

  it('takes a beat on the threshold before the threshold, and silence for what it is', () => {
    expect(told([connected(0), beat(15_000)], { from: 0, until: 20_000 })).toEqual([[0, 'active', Infinity], [15_000, 'active', 15_000]]);
    expect(told([connected(0), beat(15_001)], { from: 0, until: 20_000 })).toEqual([[0, 'active', Infinity], [15_000, 'idle', 15_000], [15_001, 'active', 60_000]]);
  });

  it('visits a beat that makes another session the one to name', () => {
    const signals = [connected(0, { sessionId: 'a' }), connected(1_000, { sessionId: 'b' }), beat(5_000, { sessionId: 'a' }), beat(6_000, { sessionId: 'a' })];
    const named = visitsOf(signals, { from: 0, until: 7_000 }).visits.map(([{ at, because }]) => [at, because.by === 'session' && because.sessionId]);
    expect(named).toEqual([[0, 'a'], [1_000, 'b'], [5_000, 'a']]);
  });

  it('visits the instant at which a session is forgotten', () => {
    const { visits } = visitsOf([connected(0), disconnected(1_000, 'left')], { from: 0, until: 1_000_000 });
    expect(visits.map(([{ at, sessions, because }]) => [at, sessions.length, because.by])).toEqual([[0, 1, 'session'], [1_000, 1, 'session'], [901_000, 0, 'nobody']]);
  });

  it('knows the end of a claim while beats go on', () => {
    const signals = [connected(0), claimed(1_000, { id: 'dnd', show: 'away', expiresAt: 9_000 }), beat(7_000), beat(8_000)];
    expect(told(signals, { from: 0, until: 10_000 })).toEqual([[0, 'active', Infinity], [1_000, 'away', 15_000], [9_000, 'active', 9_000]]);
  });

  it('knows the last seen at the very instant at which it ends', () => {
    const back = connected(2_000 + 7 * days, { epoch: 2 });
    const [last] = visitsOf([connected(0), activity(1_000), disconnected(2_000, 'left'), back], { from: back.at, until: back.at + 1 }).visits;
    expect(last?.[0]).toMatchObject({ status: 'active', lastSeenAt: back.at, lastActiveAt: 1_000 });
  });

  it('knows no alarm beyond the last instant that there is', () => {
    const last = Number.MAX_SAFE_INTEGER;
    expect(visitsOf([connected(last - 16_000), beat(last - 10_000)], { from: last - 16_000, until: last }).end).toBe(Infinity);
  });
});
