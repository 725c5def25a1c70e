// Heartbeats are what a tracker hears most, and it takes them on a short way of its own. Here hardly anything else is said, of
// few sessions of few users, so that a run of them is long; what the tracker then knows and answers is what the pure core
// makes of the same.

import fc from 'fast-check';
import { advanceUser, createTracker, definePolicy } from 'presence-model';
import type { Change, UserRow } from 'presence-model';
import { expect, it } from 'vitest';
import { checkInvariants } from '../support/invariants.js';

const { numRuns = 100 } = fc.readConfigureGlobal();

const policy = definePolicy({
  statuses: ['here', 'idle', 'away', 'gone'],
  silence: { idle: 15, away: 40, gone: 60 },
  inactivity: { idle: 20, away: 50 },
  untouched: { idle: 25 },
  reports: { none: 'here', busy: 'here', off: 'idle', out: 'away' },
  whileReported: { busy: { inactivity: {} } },
  departures: { dropped: { away: 10, gone: 30 } },
  maxQuietMs: 0,
  keepSessionMs: 100,
  keepLastSeenMs: 200,
});

const beat = fc.record({
  afterMs: fc.constantFrom(0, 0, 1, 5, 14, 15, 16, 20, 25, 45),
  userId: fc.constantFrom('ada', 'ben'),
  sessionId: fc.constantFrom('a', 'b', 'c'),
  lateMs: fc.constantFrom(0, 0, 0, 0, 1, 5, 20),
  report: fc.constantFrom(undefined, undefined, 'busy' as const, 'busy' as const, 'off' as const, 'out' as const),
  activeMs: fc.constantFrom(undefined, undefined, 0, 3, 20, 30),
  isActivity: fc.constantFrom(false, false, false, false, true),
  isPassed: fc.boolean(),
  isStepped: fc.boolean(),
});

it('what beats leave behind, and tell, is what the pure core makes of them', () => {
  fc.assert(fc.property(fc.array(beat, { minLength: 10, maxLength: 60 }), (beats) => {
    const tracker = createTracker({ policy });
    const rows = new Map<string, UserRow | undefined>([['ada', undefined], ['ben', undefined]]);
    let now = 1_000;
    const shown = new Map([['ada', 'gone'], ['ben', 'gone']]);
    const show = (changes: readonly Change[]): void => {
      for (const change of changes) if (change.type === 'user') {
        expect(change.from).toBe(shown.get(change.userId));
        shown.set(change.userId, change.to);
        if (change.at !== tracker.now || changes.some((later) => later !== change && later.at === change.at && later.userId === change.userId)) continue;
        const { because, shown: shownNow } = tracker.user(change.userId);
        expect(change).toMatchObject({ because, shown: shownNow });
      }
    };
    for (const { afterMs, userId, sessionId, lateMs, report, activeMs, isActivity, isPassed, isStepped } of beats) {
      now += afterMs;
      const of = { userId, sessionId, epoch: 1, at: now - lateMs, ...(report === undefined ? {} : { report }) };
      const signal = isActivity
        ? { type: 'activity' as const, ...of }
        : { type: 'heartbeat' as const, ...of, ...(activeMs === undefined ? {} : { activeAt: now - activeMs }) };
      while (isStepped && (tracker.nextChangeAt ?? now) < now) show(tracker.advanceTo(tracker.nextChangeAt ?? now));
      show(tracker.observe(signal, now));
      if (isPassed) show(tracker.advanceTo(now));
      checkInvariants(tracker, policy);
      for (const [id, row] of rows) {
        if (!isPassed && id !== userId) continue; // for them the thresholds of this instant are still to come, after its facts
        const { row: next, presence } = advanceUser(id, row, policy, now, id === userId ? signal : undefined);
        rows.set(id, next);
        expect(tracker.evidence(id)).toEqual(next?.evidence);
        if (!isPassed) continue;
        expect(tracker.user(id)).toEqual(presence);
        expect(shown.get(id)).toBe(presence.shown.status);
      }
    }
  }), { numRuns: 3 * numRuns });
});
