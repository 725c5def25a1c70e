import { defaultPolicy } from 'presence-model';
import type { DefaultNames, Signal } from 'presence-model';
import { describe, expect, it } from 'vitest';
import { of, seen } from '../../src/fast-check/laws/flapping.js';

/** A tab that beats every 10 s, loses its transport at 20 s by a cause, and is back or not. */
function told(cause: DefaultNames['cause'], backAt: number | undefined, until: number): [number, string][] {
  const signals: Signal[] = [0, 10_000, 20_000].map((at): Signal => ({ ...of, type: at === 0 ? 'connected' : 'heartbeat', at }));
  signals.push({ ...of, type: 'disconnected', at: 20_000, cause });
  if (backAt !== undefined) signals.push({ ...of, type: 'connected', at: backAt });
  return seen(defaultPolicy, signals, until).slice(1).map(({ at, to }) => [at, to]);
}

describe('grace', () => {
  it.each<[string, DefaultNames['cause'], number | undefined, number, [number, string][]]>([
    ['a dropped transport, back one ms before 15 s', 'dropped', 34_999, 40_000, []],
    ['a dropped transport, back at 15 s: the return comes first', 'dropped', 35_000, 40_000, []],
    ['a dropped transport, back one ms after 15 s', 'dropped', 35_001, 40_000, [[35_000, 'stale'], [35_001, 'active']]],
    ['a dropped transport that stays away', 'dropped', undefined, 260_000, [[35_000, 'stale'], [260_000, 'offline']]],
    ['a closed page, back one ms before 5 s: a refresh', 'closed', 24_999, 30_000, []],
    ['a closed page, back at 5 s', 'closed', 25_000, 30_000, []],
    ['a closed page, back one ms after 5 s', 'closed', 25_001, 30_000, [[25_000, 'offline'], [25_001, 'active']]],
    ['a closed page that stays closed', 'closed', undefined, 30_000, [[25_000, 'offline']]],
    ['a sign-out has no grace', 'left', undefined, 30_000, [[20_000, 'offline']]],
    ['a sign-out and a sign-in one ms later are both seen', 'left', 20_001, 30_000, [[20_000, 'offline'], [20_001, 'active']]],
  ])('%s', (_, cause, backAt, until, changes) => {
    expect(told(cause, backAt, until)).toEqual(changes);
  });

  it('life after a lost transport reopens the session, life after a sign-out does not', () => {
    const lost = (cause: DefaultNames['cause']): Signal[] => [
      { ...of, type: 'connected', at: 0 },
      { ...of, type: 'disconnected', at: 1_000, cause },
      { ...of, type: 'heartbeat', at: 2_000 },
    ];
    expect(seen(defaultPolicy, lost('dropped'), 16_500).map(({ to }) => to)).toEqual(['active']);
    expect(seen(defaultPolicy, lost('left'), 16_500).map(({ to }) => to)).toEqual(['active', 'offline']);
  });
});
