import { defaultPolicy } from 'presence-model';
import type { Signal } from 'presence-model';
import { describe, expect, it } from 'vitest';
import { of, seen } from '../../src/fast-check/laws/flapping.js';

describe('flapping', () => {
  it('twenty resets in eight seconds, each back after 37 to 89 ms, are seen by nobody', () => {
    const storm: Signal[] = [{ ...of, type: 'connected', at: 0 }];
    for (let i = 1; i <= 20; i++) {
      storm.push({ ...of, type: 'disconnected', at: i * 400 });
      storm.push({ ...of, type: 'connected', at: i * 400 + 37 + ((i * 13) % 53) });
    }
    expect(seen(defaultPolicy, storm, 10_000)).toEqual([{ at: 0, from: 'offline', to: 'active' }]);
  });

  it('a beat every 30 s against a 15 s threshold flaps by construction: that is a policy to change, not a damper to add', () => {
    const beats: Signal[] = [0, 30_000, 60_000].map((at) => ({ ...of, type: 'heartbeat', at }));
    expect(seen(defaultPolicy, beats, 60_000).map(({ at, to }) => [at, to])).toEqual([
      [0, 'active'], [15_000, 'idle'], [30_000, 'active'], [45_000, 'idle'], [60_000, 'active'],
    ]);
  });

  it.each([
    ['one ms before the threshold', 14_999, []],
    ['at the threshold: the beat comes first', 15_000, []],
    ['one ms after it', 15_001, [[15_000, 'idle'], [15_001, 'active']]],
  ])('a beat %s', (_, at, changes) => {
    const beats: Signal[] = [0, at].map((instant) => ({ ...of, type: 'heartbeat', at: instant }));
    expect(seen(defaultPolicy, beats, at + 1).slice(1).map((change) => [change.at, change.to])).toEqual(changes);
  });
});
