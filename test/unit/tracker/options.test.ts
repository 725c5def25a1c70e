// What a tracker is made with: each option before, at and after what it may be, and a snapshot that is none.

import { createTracker, definePolicy } from 'presence-model';
import type { TrackerSnapshot } from 'presence-model';
import { describe, expect, it } from 'vitest';
import type { Roster } from '../../../src/tracker/roster.js';

const policy = definePolicy({ statuses: ['here', 'gone'], silence: { gone: 100 }, reports: { none: 'here' }, departures: { dropped: {} }, maxQuietMs: 0, keepSessionMs: 1_000, keepLastSeenMs: 1_000 });
const make = (options: unknown): unknown => createTracker(options as Parameters<typeof createTracker>[0]);

describe('an option of a tracker', () => {
  it.each([
    [null, /options.*object/],
    [{ sessionChanges: 'yes' }, /sessionChanges.*true or false.*"yes"/],
    [{ maxUsers: 0 }, /maxUsers.*1 or more.*0/],
    [{ maxUsers: 1.5 }, /maxUsers.*whole number/],
    [{ maxSessionsPerUser: -1 }, /maxSessionsPerUser/],
    [{ maxClaimsPerUser: '3' }, /maxClaimsPerUser/],
  ])('%j is refused in one sentence', (options, message) => {
    expect(() => make(options)).toThrow(message);
    expect(() => make(options)).toThrow(TypeError);
  });

  it('may be 1', () => {
    expect(() => make({ maxUsers: 1, maxSessionsPerUser: 1, maxClaimsPerUser: 1 })).not.toThrow();
  });
});

describe('a policy of many statuses', () => {
  const of = (length: number): ReturnType<typeof definePolicy> => {
    const statuses = Array.from({ length }, (_, rank) => `s${rank}`);
    const silence = Object.fromEntries(statuses.slice(1).map((status, i) => [status, i + 1]));
    return definePolicy({ statuses, silence, reports: { none: 's0' }, departures: { dropped: {} }, maxQuietMs: 0, keepSessionMs: 10_000, keepLastSeenMs: 10_000 });
  };

  it('is told from each to the next, down to the last of 1024', () => {
    const tracker = createTracker({ policy: of(1_024) });
    tracker.open({ userId: 'ada', sessionId: 'tab' }, 0);
    const changes = tracker.advanceTo(5_000);
    expect(changes).toHaveLength(1_023);
    expect(changes[1_022]).toMatchObject({ at: 1_023, from: 's1022', to: 's1023' });
    expect(tracker.count({ status: 's1023' })).toBe(1);
    expect(tracker.nextChangeAt).toBe(10_000);
  });

  it('is refused where they are more', () => {
    expect(() => make({ policy: of(1_025) })).toThrow(new TypeError('Expected `policy.statuses` to be at most 1024 statuses in a tracker, received 1025.'));
  });
});

describe('words that clients make up', () => {
  it('take no number that a word of the policy needs', () => {
    const tracker = createTracker();
    const { roster: { sessions } } = tracker as unknown as { readonly roster: Roster };
    for (let i = 0; i < 100; i++) {
      const { connection } = tracker.open({ userId: 'eve', sessionId: `tab${i}`, report: `word ${i}` as 'idle' }, 0);
      connection.disconnected(0, `cause ${i}` as 'left');
    }
    const before = sessions.spilled.size;
    expect(before).toBeGreaterThan(30);
    for (const report of ['none', 'active', 'idle', 'background'] as const) {
      for (const cause of ['left', 'closed', 'dropped'] as const) {
        tracker.open({ userId: 'ada', sessionId: `${report} ${cause}`, report }, 0).connection.disconnected(0, cause);
      }
    }
    expect(sessions.spilled.size).toBe(before);
  });
});

describe('a limit', () => {
  const reasons = (changes: readonly object[]): unknown[] => changes.flatMap((change) => ('reason' in change ? [change.reason] : []));

  it('of sessions refuses one more, and hears those that are known', () => {
    const tracker = createTracker({ policy, maxSessionsPerUser: 2 });
    const open = (sessionId: string, now: number): unknown[] => reasons(tracker.open({ userId: 'ada', sessionId }, now).changes);
    expect([open('a', 0), open('b', 0), open('c', 0), open('b', 1)]).toEqual([[], [], ['too-many-sessions'], []]);
  });

  it('of users lets those go of whom only a last seen is left, the longest unseen first', () => {
    const tracker = createTracker({ policy: definePolicy({ ...policy, keepSessionMs: 1, keepLastSeenMs: 10_000 }), maxUsers: 3 });
    const open = (userId: string, now: number): unknown[] => reasons(tracker.open({ userId, sessionId: 's' }, now).changes);
    for (const [userId, now] of [['eve', 0], ['cal', 0], ['bob', 1]] as const) open(userId, now);
    tracker.advanceTo(500);
    expect(tracker.size).toEqual({ users: 3, sessions: 0 });
    open('ada', 500);
    open('dan', 500);
    expect([...tracker.userIds()].sort()).toEqual(['ada', 'bob', 'dan']); // of those who were seen together the smaller id went
    expect([open('fay', 500), open('gus', 500)]).toEqual([[], ['too-many-users']]);
  });

  it('of users takes one without a last seen for the longest unseen', () => {
    const tracker = createTracker({ policy: definePolicy({ ...policy, keepSessionMs: 1, keepLastSeenMs: 10_000 }), maxUsers: 2 });
    tracker.open({ userId: 'bob', sessionId: 's' }, 0);
    tracker.advanceTo(500);
    tracker.observe({ type: 'unclaimed', userId: 'ada', claimId: 'dnd' }, 500);
    tracker.open({ userId: 'cal', sessionId: 's' }, 500);
    expect([...tracker.userIds()].sort()).toEqual(['bob', 'cal']);
  });
});

describe('a claim', () => {
  it('that replaces all there was, and was over long ago, ends the record', () => {
    const tracker = createTracker({ policy, maxClaimsPerUser: 1 });
    tracker.observe({ type: 'claimed', userId: 'ada', claim: { id: 'dnd' } }, 0);
    tracker.observe({ type: 'claimed', userId: 'ada', claim: { id: 'dnd', expiresAt: 2 }, at: 1 }, 3_000);
    expect(tracker.size).toEqual({ users: 0, sessions: 0 });
  });
});

describe('a snapshot', () => {
  const opened = createTracker({ policy });
  opened.open({ userId: 'ada', sessionId: 'tab' }, 5);
  const good = JSON.parse(JSON.stringify(opened.snapshot())) as Record<string, unknown> & { readonly users: readonly [Record<string, unknown>] };
  const withUser = (parts: object): unknown => ({ ...good, users: [{ ...good.users[0], ...parts }] });

  it('is good', () => {
    expect(createTracker({ policy, snapshot: good as unknown as TrackerSnapshot, resumedAt: 5 }).status('ada')).toBe('here');
  });

  it.each([
    ['no object', 7, /snapshot.*object/],
    ['of another version', { ...good, version: 2 }, /snapshot\.version.*1/],
    ['of no instant', { ...good, at: 0.5 }, /snapshot\.at/],
    ['without users', { ...good, users: undefined }, /snapshot\.users.*list/],
    ['of somebody, but of no time', { ...good, at: undefined }, /snapshot\.at/],
    ['without gaps', { ...good, gaps: undefined }, /snapshot\.gaps.*list/],
    ['of a user who is no object', { ...good, users: [3] }, /snapshot\.users\[0\].*object/],
    ['of evidence that is none', withUser({ evidence: { userId: 3 } }), /snapshot\.users\[0\]\.evidence/],
    ['that does not say what was told', withUser({ told: {} }), /snapshot\.users\[0\]\.told/],
    ['that tells nothing', withUser({ told: undefined }), /snapshot\.users\[0\]\.told/],
    ['without what operators were told', withUser({ sessions: undefined }), /snapshot\.users\[0\]\.sessions/],
  ])('%s is refused', (_, snapshot, message) => {
    expect(() => make({ policy, snapshot })).toThrow(message);
  });

  it('is of no later instant than the return', () => {
    expect(() => make({ policy, snapshot: good, resumedAt: 4 })).toThrow(/resumedAt.*5 or later/);
    expect(() => make({ policy, snapshot: good, resumedAt: 6 })).not.toThrow();
  });

  it('that says of a session nothing that was told is as good', () => {
    const tracker = createTracker({ policy, snapshot: withUser({ sessions: [] }) as TrackerSnapshot });
    expect([tracker.status('ada'), tracker.nextChangeAt]).toEqual(['here', 105]);
  });
});
