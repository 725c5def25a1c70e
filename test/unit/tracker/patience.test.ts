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
  it('leaves an alarm of its own instant', () => {
    const idle = definePolicy({ ...policy, inactivity: { away: 100 } });
    const tracker = createTracker({ policy: idle });
    tracker.merge({ userId: 'ada', sessions: [{ ...base, seenAt: 50, activeAt: 0 }], claims: [] }, 50);
    tracker.merge({ userId: 'ada', sessions: [{ sessionId: 'tab', epoch: 1, report: { word: 'off', at: 100, since: 100 } }], claims: [] }, 100);
    expect(tracker.nextChangeAt).toBe(100); // when it is inactivity that speaks, no longer the report
    tracker.observe({ type: 'heartbeat', userId: 'ada', sessionId: 'tab', epoch: 1 }, 100);
    expect(tracker.nextChangeAt).toBe(100);
  });
  it('raises a session that was silent', () => { beaten(base, 70, 70); });
});
