import { describe, expect, it } from 'vitest';
import { defaultPolicy } from 'presence-model';
import type { Claim, SessionBecause, Signal, UserBecause } from 'presence-model';
import { timeline } from 'presence-model/testing';
import { claimEffect, described, saying, sessionReason, userReason } from '../../../src/testing/svg-words.js';
import { activity, beat, claimed, cleared, connected, disconnected, unclaimed } from '../said.js';

const called = (at: number): string => `${at} ms`;

describe('sessionReason', () => {
  it.each<[SessionBecause, string]>([
    [{ clock: 'none' }, ''],
    [{ clock: 'never' }, 'never seen alive'],
    [{ clock: 'report', report: 'background', since: 0 }, 'reports background'],
    [{ clock: 'report', report: 'none', since: 0 }, ''],
    [{ clock: 'silence', since: 0, afterMs: 15_000, crossedAt: 15_000 }, 'silence for 15s'],
    [{ clock: 'inactivity', since: 0, afterMs: 90_000, crossedAt: 90_000 }, 'inactivity for 1m30s'],
    [{ clock: 'departure', cause: 'closed', since: 0, afterMs: 5_000, crossedAt: 5_000 }, 'closed for 5s'],
  ])('says %j as %j', (because, words) => {
    expect(sessionReason(because)).toBe(words);
  });
});

describe('userReason', () => {
  it.each<[UserBecause, string]>([
    [{ by: 'nobody' }, ''],
    [{ by: 'session', sessionId: 'tab', reason: { clock: 'none' } }, 'tab'],
    [{ by: 'session', sessionId: 'a|b', reason: { clock: 'report', report: 'busy', since: 0 } }, '"a|b": reports busy'],
    [{ by: 'claim', claimId: 'q', effect: 'show' }, 'claim q'],
  ])('says %j as %j', (because, words) => {
    expect(userReason(because)).toBe(words);
  });
});

describe('claimEffect', () => {
  it.each<[Claim, string]>([
    [{ id: 'q', show: 'away' }, 'shows away'],
    [{ id: 'q', atMost: 'away' }, 'at most away'],
    [{ id: 'q', atLeast: 'idle' }, 'at least idle'],
    [{ id: 'q', atLeast: 'away', atMost: 'idle' }, 'at least away, at most idle'],
    [{ id: 'q', detail: 1 }, 'says more'],
  ])('says %j as %s', (claim, words) => {
    expect(claimEffect(claim)).toBe(words);
  });
});

describe('saying', () => {
  it.each<[Signal, string]>([
    [{ type: 'connected', userId: 'ada', sessionId: 'tab', at: 0 }, 'connected'],
    [connected(0, { report: 'idle', uncounted: true }), 'connected, connection 1, reports idle, uncounted'],
    [beat(0, { quietForMs: 60_000, uncounted: false }), 'heartbeat, connection 1, promises 1m of quiet'],
    [activity(0), 'activity, connection 1'],
    [disconnected(0, 'closed'), 'disconnected (closed), connection 1'],
    [{ type: 'disconnected', userId: 'ada', sessionId: 'tab', at: 0 }, 'disconnected (dropped)'],
    [claimed(0, { id: 'q', show: 'away', expiresAt: 5 }), 'claim q: shows away until 5 ms'],
    [claimed(0, { id: 'q', show: 'away' }), 'claim q: shows away'],
    [unclaimed(0, 'q r'), 'claim q r taken back'],
    [cleared(0), 'every claim taken back'],
  ])('says %j as %s', (signal, words) => {
    expect(saying(signal, called)).toBe(words);
  });

  it('knows no other signal', () => {
    expect(() => saying({ type: 'seen' } as never, called)).toThrow(TypeError);
  });
});

describe('described', () => {
  const of = (signals: readonly Signal[], until: number, gaps: readonly { from: number; until: number }[] = []): readonly string[] =>
    described(timeline(signals, defaultPolicy, { from: 0, until, gaps }), (at) => `${at / 1_000} s`).split('\n');

  it('tells everything that there is to see', () => {
    const at = (seconds: number): { userId: string; sessionId: string; at: number } => ({ userId: 'ada', sessionId: 'tab', at: seconds * 1_000 });
    const signals: readonly Signal[] = [
      { type: 'connected', ...at(0) }, { type: 'heartbeat', ...at(7) }, { type: 'heartbeat', ...at(14) }, { type: 'disconnected', ...at(20), cause: 'left' },
      claimed(10_000, { id: 'q', show: 'away' }),
    ];
    expect(of(signals, 1_000_000, [{ from: 30_000, until: 40_000 }])).toEqual([
      'Presence from 0 s to 1000 s.',
      'Nobody was listening from 30 s to 40 s.',
      'User ada: active from 0 s (tab); away from 10 s (claim q); offline from 20 s (tab: left for 0s); offline from 920 s.',
      'Claims: q (shows away) from 10 s to 20 s; q (shows away) from 20 s to 1000 s, not in force.',
      'Foretold and overtaken, or still to come: 22 s as of 10 s; 29 s as of 20 s; 604820 s as of 920 s; 604820 s as of 1000 s.',
      'Heard of claims: claim q: shows away at 10 s.',
      'Session tab of ada: active from 0 s; offline from 20 s (left for 0s).',
      'Its connection ended: left from 20 s to 920 s.',
      'Forgotten: from 920 s to 1000 s.',
      'Heard of it: connected at 0 s; heartbeat, 2 times, from 7 s to 14 s; disconnected (left) at 20 s.',
    ]);
  });

  it('tells runs of the same in one, and what came as foretold', () => {
    const beats = [0, 7, 14].map((seconds): Signal => ({ type: 'heartbeat', userId: 'ada', sessionId: 'tab', at: seconds * 1_000 }));
    expect(of(beats, 40_000).slice(1)).toEqual([
      'User ada: active from 0 s (tab); idle from 29 s (tab: silence for 15s).',
      'Changes as foretold: 29 s.',
      'Foretold and overtaken, or still to come: 74 s as of 40 s.',
      'Session tab of ada: active from 0 s; idle from 29 s (silence for 15s).',
      'Heard of it: heartbeat, 3 times, from 0 s to 14 s.',
    ]);
  });

  it('tells of nobody that there is nobody, and of somebody unheard that they are not there', () => {
    expect(of([], 5_000)).toEqual(['Presence from 0 s to 5 s.']);
    expect(of([connected(9_000)], 5_000)).toEqual(['Presence from 0 s to 5 s.', 'User ada: offline from 0 s.']);
  });

  it('tells of a session of which nothing is heard in the range that it is there', () => {
    const before: Signal = { type: 'connected', userId: 'ada', sessionId: 'tab', at: -1_000 };
    expect(of([before], 5_000).at(-1)).toBe('Session tab of ada: active from 0 s.');
  });

  it('cuts long lists, and says so', () => {
    const signals = Array.from({ length: 200 }, (_, i): Signal => ({ type: 'heartbeat', userId: 'ada', sessionId: 'tab', at: i * 20_000 }));
    const [, user, foretold, , session] = of(signals, 4_000_000);
    expect(user).toMatch(/^User ada: active from 0 s \(tab\); idle from 15 s .*; and 340 more\.$/);
    expect(foretold).toMatch(/; and 140 more\.$/);
    expect(session).toMatch(/; and 340 more\.$/);
  });
});
