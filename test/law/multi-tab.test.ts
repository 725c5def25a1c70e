import { defaultPolicy } from 'presence-model';
import type { Signal } from 'presence-model';
import { describe, expect, it } from 'vitest';
import { seen } from '../../src/fast-check/laws/flapping.js';

function tab(sessionId: string, ...said: readonly (readonly [number, 'connected' | 'heartbeat' | 'activity' | 'dropped' | 'closed' | 'left'])[]): Signal[] {
  return said.map(([at, what]): Signal => {
    const of = { userId: 'ada', sessionId, at };
    return what === 'dropped' || what === 'closed' || what === 'left' ? { ...of, type: 'disconnected', cause: what } : { ...of, type: what };
  });
}

function told(...signals: readonly Signal[][]): [number, string][] {
  return seen(defaultPolicy, signals.flat(), 30_000).map(({ at, to }) => [at, to]);
}

const beating = (...from: readonly number[]): readonly (readonly [number, 'heartbeat'])[] => from.map((at) => [at, 'heartbeat'] as const);

describe('multi-tab', () => {
  it('signing out in one tab while another lives changes nothing', () => {
    expect(told(tab('one', [0, 'connected'], ...beating(10_000, 20_000)), tab('two', [0, 'connected'], [5_000, 'left']))).toEqual([[0, 'active']]);
  });

  it('signing out in one tab while the other is in grace: the user is there until that grace ends', () => {
    expect(told(tab('one', [0, 'connected'], [9_000, 'heartbeat'], [9_000, 'dropped']), tab('two', [0, 'connected'], [10_000, 'left']))).toEqual([[0, 'active'], [24_000, 'stale']]);
  });

  it('signing out in the last tab is seen at once', () => {
    expect(told(tab('one', [0, 'connected'], [1_000, 'closed']), tab('two', [0, 'connected'], [7_000, 'left']))).toEqual([[0, 'active'], [7_000, 'offline']]);
  });

  it('a refresh of the only tab is seen by nobody', () => {
    expect(told(tab('one', [0, 'connected'], [10_000, 'closed'], [10_060, 'connected'], [20_000, 'heartbeat']))).toEqual([[0, 'active']]);
  });

  it('a bot that beats does not keep its user present', () => {
    const bot: Signal[] = [0, 10_000, 20_000].map((at) => ({ type: 'heartbeat', userId: 'ada', sessionId: 'bot', uncounted: true, at }));
    expect(told(bot, tab('one', [0, 'connected'], [1_000, 'left']))).toEqual([[0, 'active'], [1_000, 'offline']]);
  });
});
