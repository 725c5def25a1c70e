import { createTracker, definePolicy, deriveUser, forget, observe } from 'presence-model';
import type { SessionEvidence, UserEvidence } from 'presence-model';
import { describe, expect, it } from 'vitest';

const policy = definePolicy({
  statuses: ['here', 'away', 'gone'],
  silence: { away: 60, gone: 240 },
  untouched: { gone: 400 },
  reports: { none: 'here', off: 'away' },
  departures: { dropped: {} },
  maxQuietMs: 1_000,
  keepSessionMs: 10_000,
  keepLastSeenMs: 10_000,
});

const base: SessionEvidence = { sessionId: 'tab', epoch: 1, firstSeenAt: 0, seenAt: 0 };

/** A tracker that was given this session at 5 and heard a heartbeat, beside what the pure core makes of the same. */
function beaten(session: SessionEvidence, at: number, now: number): void {
  const evidence: UserEvidence = { userId: 'ada', sessions: [session], claims: [] };
  const tracker = createTracker({ policy });
  tracker.merge(evidence, 5);
  tracker.advanceTo(now - 1);
  tracker.observe({ type: 'heartbeat', userId: 'ada', sessionId: 'tab', epoch: session.epoch, at }, now);
  tracker.advanceTo(now);
  const known = forget(observe(evidence, { type: 'heartbeat', userId: 'ada', sessionId: 'tab', epoch: session.epoch, at }), policy, now);
  expect(tracker.evidence('ada')).toEqual(known);
  const presence = deriveUser(known ?? { userId: 'ada', sessions: [], claims: [] }, policy, now);
  expect(tracker.user('ada')).toEqual(presence);
  expect(tracker.nextChangeAt).toBe(presence.nextChangeAt);
}

it('a departure in a gap is judged with the gap, though life was heard after it', () => {
  const tracker = createTracker({ policy: definePolicy({ ...policy, departures: { dropped: { gone: 20 } } }) });
  const of = { userId: 'ada', sessionId: 'tab', epoch: 1 };
  tracker.observe({ ...of, type: 'connected' }, 0);
  tracker.gap({ from: 5, until: 10 });
  tracker.observe({ ...of, type: 'heartbeat' }, 12);
  tracker.observe({ ...of, type: 'disconnected', at: 6 }, 12);
  expect(tracker.nextChangeAt).toBe(30);
});

it('a session that does not count any more decides nothing, though it is as good as the one that does', () => {
  const tracker = createTracker({ policy });
  const of = { userId: 'ada', type: 'connected' } as const;
  tracker.observe({ ...of, sessionId: 'a', epoch: 1 }, 0);
  tracker.observe({ ...of, sessionId: 'b', epoch: 1, report: 'off' }, 0);
  const [change] = tracker.observe({ ...of, sessionId: 'a', epoch: 2, report: 'off', uncounted: true }, 10);
  expect(change).toMatchObject({ from: 'here', to: 'away', because: { by: 'session', sessionId: 'b' }, shown: { lastSeenAt: 0 } });
});

it('of many sessions the one that was active decides, not the one that was judged last', () => {
  const tracker = createTracker({ policy });
  tracker.open({ userId: 'ada', sessionId: 's0', report: 'off', activeAt: 0 }, 0);
  const others = Array.from({ length: 8 }, (_, i) => `s${i + 1}`);
  for (const sessionId of others) tracker.open({ userId: 'ada', sessionId }, 0);
  const told = others.flatMap((sessionId) => tracker.observe({ userId: 'ada', sessionId, type: 'heartbeat', report: 'off' }, 1));
  expect(told).toMatchObject([{ from: 'here', to: 'away', because: { sessionId: 's0' } }]);
});

it('an interaction that counts for no time at all makes nothing better', () => {
  const tracker = createTracker({ policy: definePolicy({ ...policy, inactivity: { away: 0 } }) });
  tracker.open({ userId: 'ada', sessionId: 'a', activeAt: 0 }, 0);
  expect(tracker.status('ada')).toBe('away');
  for (const now of [10, 20]) expect(tracker.observe({ userId: 'ada', sessionId: 'a', type: 'heartbeat', activeAt: now }, now)).toEqual([]);
});

describe('a heartbeat that changes no status', () => {
  it('moves the alarm of silence', () => { beaten(base, 30, 30); });
  it('leaves an earlier alarm of another clock', () => { beaten({ ...base, seenAt: 350 }, 390, 390); });
  it('moves the alarm of a reason that is told before its instant', () => { beaten({ ...base, report: { word: 'off', at: 100, since: 100 } }, 10, 10); });
  it('says when a session of unknown beginning was first seen', () => { beaten({ sessionId: 'tab', epoch: 1, seenAt: 0 }, 30, 30); });
  it('of an earlier instant ends the promise of quiet before it', () => { beaten({ ...base, quietForMs: 500 }, 20, 100); });
  it('of an earlier instant is not too late while it is younger than a forgotten session', () => { beaten({ ...base, quietForMs: 500 }, 90, 100); });
  it('of an instant already heard of says nothing new', () => { beaten({ ...base, seenAt: 20 }, 20, 30); });
  it('of an earlier instant that ends a promise lowers the status at once', () => {
    const tracker = createTracker({ policy });
    tracker.merge({ userId: 'ada', sessions: [{ ...base, quietForMs: 500 }], claims: [] }, 5);
    const changes = tracker.observe({ type: 'heartbeat', userId: 'ada', sessionId: 'tab', epoch: 1, at: 20 }, 100);
    expect(changes).toMatchObject([{ at: 100, from: 'here', to: 'away', cause: 'signal' }]);
  });
  it('says a report anew, unless that was said even later by another clock', () => {
    const tracker = createTracker({ policy });
    tracker.merge({ userId: 'ada', sessions: [{ ...base, report: { word: 'off', at: 20, since: 0 } }], claims: [] }, 5);
    for (const [now, at] of [[10, 20], [20, 20], [30, 30]] as const) {
      tracker.observe({ type: 'heartbeat', userId: 'ada', sessionId: 'tab', report: 'off' }, now);
      expect(tracker.evidence('ada')?.sessions[0]?.report).toEqual({ word: 'off', at, since: 0 });
    }
    tracker.observe({ type: 'heartbeat', userId: 'ada', sessionId: 'tab' }, 40);
    expect(tracker.evidence('ada')?.sessions[0]?.report).toEqual({ word: 'off', at: 30, since: 0 });
  });
  it('leaves an alarm of its own instant', () => {
    const idle = definePolicy({ ...policy, inactivity: { away: 100 } });
    const tracker = createTracker({ policy: idle });
    tracker.merge({ userId: 'ada', sessions: [{ ...base, seenAt: 50, activeAt: 0 }], claims: [] }, 50);
    tracker.merge({ userId: 'ada', sessions: [{ sessionId: 'tab', epoch: 1, report: { word: 'off', at: 100, since: 100 } }], claims: [] }, 100);
    expect(tracker.nextChangeAt).toBe(100); // when it is inactivity that speaks, no longer the report
    tracker.observe({ type: 'heartbeat', userId: 'ada', sessionId: 'tab', epoch: 1 }, 100);
    expect(tracker.nextChangeAt).toBe(100);
  });
  it('leaves an alarm of its own instant, also of one who was just heard', () => {
    const tracker = createTracker({ policy: definePolicy({ ...policy, inactivity: { away: 100 } }) });
    const { connection } = tracker.open({ userId: 'ada', sessionId: 'tab', activeAt: 0 }, 0);
    connection.heartbeat(50);
    connection.heartbeat(100, { report: 'off' });
    expect(tracker.nextChangeAt).toBe(100); // when it is inactivity that speaks, no longer the report
    connection.heartbeat(100);
    expect(tracker.nextChangeAt).toBe(100);
  });
  it.each([2 ** 30 - 1, 2 ** 30, 2 ** 31 - 1, 2 ** 31, 2 ** 31 + 1, 2 ** 40])('keeps that somebody was active %d ms before all else', (longAgo) => {
    const tracker = createTracker({ policy });
    const { connection } = tracker.open({ userId: 'ada', sessionId: 'tab' }, 0);
    connection.heartbeat(1);
    connection.heartbeat(2, { activeAt: -longAgo });
    expect(tracker.user('ada').lastActiveAt).toBe(-longAgo);
  });
  it('may tell for the first time that somebody was active long ago', () => {
    const tracker = createTracker({ policy: definePolicy({ ...policy, inactivity: { away: 100 } }) });
    const { connection } = tracker.open({ userId: 'ada', sessionId: 'tab' }, 0);
    connection.heartbeat(1);
    expect(connection.heartbeat(2, { activeAt: -97 })).toEqual([]);
    expect(tracker.nextChangeAt).toBe(3);
    tracker.advanceTo(2);
    const bob = tracker.open({ userId: 'bob', sessionId: 'tab' }, 6).connection;
    bob.heartbeat(7);
    expect(bob.heartbeat(8, { activeAt: -93 })).toMatchObject([{ userId: 'bob', from: 'here', to: 'away' }]);
  });
  it('raises a session that was silent', () => { beaten(base, 70, 70); });
});
