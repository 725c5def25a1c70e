import { describe, expect, it } from 'vitest';
import { defaultPolicy, definePolicy } from 'presence-model';
import type { Signal } from 'presence-model';
import { criticalInstants } from 'presence-model/testing';
import { claimed, cleared, frozen, thrownBy, unclaimed } from '../said.js';

const policy = definePolicy({
  statuses: ['in', 'quiet', 'out'],
  silence: { quiet: 10, out: 100 },
  inactivity: { quiet: 20 },
  untouched: { quiet: 30 },
  departures: { dropped: { out: 5 }, closed: { quiet: 1, out: 2 } },
  reports: { none: 'in', hidden: 'quiet' },
  whileReported: { hidden: { silence: { out: 70 } } },
  maxQuietMs: 50,
  keepSessionMs: 1_000,
  keepLastSeenMs: 5_000,
});
const tab = { userId: 'ada', sessionId: 'tab' } as const;
const of = (signal: Signal): readonly number[] => criticalInstants(frozen([signal]), policy);

describe('criticalInstants', () => {
  it.each<{ what: string; signal: Signal; instants: readonly number[] }>([
    // silence 10, 70 (while hidden), 100; untouched 30; forgotten 1 s after the sign of life or either bottom; last seen 5 s
    { what: 'a sign of life', signal: { type: 'connected', ...tab, at: 0 }, instants: [0, 10, 30, 70, 100, 1_000, 1_070, 1_100, 5_000] },
    { what: 'an interaction', signal: { type: 'activity', ...tab, at: 0 }, instants: [0, 10, 20, 70, 100, 1_000, 1_070, 1_100, 5_000] },
    { what: 'an interaction of before', signal: { type: 'heartbeat', ...tab, at: 0, activeAt: -5 }, instants: [0, 10, 15, 70, 100, 1_000, 1_070, 1_100, 5_000] },
    { what: 'a promise of quiet', signal: { type: 'heartbeat', ...tab, at: 0, quietForMs: 40 }, instants: [0, 30, 50, 110, 140, 1_040, 1_110, 1_140, 5_000] },
    { what: 'a promise too long', signal: { type: 'heartbeat', ...tab, at: 0, quietForMs: 51 }, instants: [0, 30, 60, 120, 150, 1_050, 1_120, 1_150, 5_000] },
    { what: 'an end', signal: { type: 'disconnected', ...tab, at: 0, cause: 'closed' }, instants: [0, 1, 2, 1_000, 1_002, 5_000] },
    { what: 'an end of a cause unheard of', signal: { type: 'disconnected', ...tab, at: 0, cause: 'storm' }, instants: [0, 5, 1_000, 1_005, 5_000] },
    { what: 'a claim', signal: claimed(0, { id: 'q', show: 'in' }), instants: [0] },
    { what: 'a claim that ends', signal: claimed(0, { id: 'q', show: 'in', expiresAt: 40 }), instants: [0, 40, 1_040] },
    { what: 'a claim that has ended', signal: claimed(0, { id: 'q', show: 'in', expiresAt: -40 }), instants: [0, 1_000] },
    { what: 'a claim taken back', signal: unclaimed(0, 'q'), instants: [0, 1_000] },
    { what: 'all taken back', signal: cleared(0), instants: [0, 1_000] },
  ])('names what $what may change', ({ signal, instants }) => {
    expect(of(signal)).toEqual(instants);
  });

  it('lists those of many signals, in order and each once, of all users', () => {
    const signals: readonly Signal[] = [cleared(7), { type: 'cleared', userId: 'bob', at: 3 }, cleared(3)];
    expect(criticalInstants(signals, policy)).toEqual([3, 7, 1_003, 1_007]);
    expect(criticalInstants([], policy)).toEqual([]);
  });

  it('lets gaps stop the clocks that they stop', () => {
    const gaps = [{ from: 5, until: 25 }];
    expect(criticalInstants([{ type: 'connected', ...tab, at: 0 }], policy, gaps)).toEqual([0, 30, 90, 120, 1_000, 1_090, 1_120, 5_000]);
  });

  it('names no instant that a clock cannot show', () => {
    const at = Number.MAX_SAFE_INTEGER - 20;
    expect(of({ type: 'connected', ...tab, at })).toEqual([at, at + 10]);
    expect(Object.is(of(cleared(-0))[0], 0)).toBe(true);
  });

  it('names the thresholds of the default policy', () => {
    expect(criticalInstants([{ type: 'connected', ...tab, at: 0 }], defaultPolicy).slice(0, 5)).toEqual([0, 15_000, 60_000, 180_000, 240_000]);
  });

  it.each([
    { signals: [{ type: 'beat', ...tab, at: 0 }] as never, gaps: [], message: /^TypeError: signals\[0\]: Expected `type` to be one of connected, .*, received "beat"\.$/ },
    { signals: 'none' as never, gaps: [], message: /^TypeError: Expected `signals` to be a list, received "none"\.$/ },
    { signals: [], gaps: [{ from: 0 }] as never, message: /^TypeError: Expected `gaps\[0\]\.until` to be whole milliseconds, received nothing\.$/ },
  ])('refuses what breaks its type: $message', ({ signals, gaps, message }) => {
    expect(thrownBy(() => criticalInstants(signals, policy, gaps))).toMatch(message);
  });
});
