// Counterexamples that random histories found, kept by name.

import { createSettler, createTracker, definePolicy, deriveUser } from 'presence-model';
import type { UserChange } from 'presence-model';
import { describe, expect, it } from 'vitest';

const brief = definePolicy({
  statuses: ['here', 'gone'],
  silence: { gone: 9 },
  reports: { none: 'here', off: 'gone' },
  departures: { dropped: {} },
  keepSessionMs: 26,
  keepLastSeenMs: 6,
});

describe('found by random histories', () => {
  it('a merge whose report puts a forgotten session at the bottom long ago ends the record', () => {
    const tracker = createTracker({ policy: definePolicy({ ...brief, silence: {}, whileReported: { off: { silence: { gone: 9 } } } }) });
    tracker.open({ userId: 'ada', sessionId: 's', epoch: 1 }, 0);
    const report = { word: 'off', at: 0, since: 0 };
    tracker.merge({ userId: 'ada', sessions: [{ sessionId: 's', epoch: 1, firstSeenAt: 0, seenAt: 0, report }], claims: [] }, 26);
    expect(tracker.size).toEqual({ users: 0, sessions: 0 });
    expect(tracker.status('ada')).toBe('gone');
  });

  it('a taking back of long ago leaves no record of somebody unknown', () => {
    const tracker = createTracker({ policy: brief });
    tracker.observe({ type: 'unclaimed', userId: 'ada', claimId: 'q', at: 0 }, 26);
    expect(tracker.size.users).toBe(0);
  });

  it('nobody makes room for somebody who is then rejected', () => {
    const tracker = createTracker({ policy: brief, maxUsers: 1 });
    tracker.open({ userId: 'ada', sessionId: 's' }, 0);
    tracker.observe({ type: 'unclaimed', userId: 'bob', claimId: 'q' }, 0);
    const before = tracker.snapshot();
    expect(tracker.open({ userId: 'eve', sessionId: 's' }, 0).changes.map(({ type }) => type)).toEqual(['rejected']);
    expect(tracker.snapshot()).toEqual(before);
  });

  it('a call that tells nothing does not tell again what the call before it told', () => {
    const tracker = createTracker({ policy: brief });
    tracker.open({ userId: 'ada', sessionId: 's' }, 0);
    expect(tracker.advanceTo(9)).toHaveLength(1);
    expect(tracker.advanceTo(10)).toEqual([]);
  });

  it('a promise of quiet that the policy does not allow is over with the next beat, for another policy to read', () => {
    const tracker = createTracker({ policy: definePolicy({ ...brief, maxQuietMs: 0 }) });
    const { connection } = tracker.open({ userId: 'ada', sessionId: 's', quietForMs: 2 }, 0);
    connection.heartbeat(3);
    expect(tracker.evidence('ada')?.sessions).toEqual([{ sessionId: 's', firstSeenAt: 0, seenAt: 3, epoch: 0 }]);
  });

  const off = { word: 'off', at: 0, since: 0 };
  it.each([
    ['was seen', { sessions: [{ sessionId: 'a', epoch: 1, firstSeenAt: 0, seenAt: 12, report: off }] }],
    ['ended', { sessions: [{ sessionId: 'a', epoch: 1, firstSeenAt: 0, seenAt: 0, report: off, departures: { dropped: 12 } }] }],
    ['was seen and is forgotten', { sessions: [], seenAt: 12 }],
  ])('another session %s later than now, by the clock of another server', (_, known) => {
    const tracker = createTracker({ policy: brief });
    tracker.merge({ userId: 'ada', claims: [], ...known }, 0);
    const { changes } = tracker.open({ userId: 'ada', sessionId: 's' }, 1);
    expect(changes).toMatchObject([{ from: 'gone', to: 'here', shown: { lastSeenAt: 12 } }]);
  });

  it('a claim that hides hides, though another of its words is unknown', () => {
    const sessions = [{ sessionId: 's', epoch: 1, firstSeenAt: 0, seenAt: 0 }];
    const claims = [{ id: 'h', at: 0, claim: { id: 'h', atMost: 'gone', atLeast: 'unheard of' } }];
    expect(deriveUser({ userId: 'ada', sessions, claims }, brief, 1).shown).toEqual({ userId: 'ada', at: 1, status: 'gone' });
  });

  it('a settler whose alarm is late publishes nobody twice within a window', () => {
    const user = (at: number, from: string, to: string): UserChange =>
      ({ type: 'user', userId: 'ada', at, from, to, cause: 'signal', because: { by: 'nobody' }, shown: { userId: 'ada', at, status: to } });
    const settler = createSettler({ settleMs: 10 });
    settler.push([user(0, 'gone', 'here')], 0);
    settler.push([user(1, 'here', 'gone')], 1);
    expect(settler.advanceTo(19)).toHaveLength(1);
    expect(settler.push([user(20, 'gone', 'here')], 20)).toEqual([]);
    expect(settler.nextChangeAt).toBe(29);
  });
});
