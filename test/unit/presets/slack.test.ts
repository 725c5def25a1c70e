// What Slack's documentation says of `users.getPresence`, field by field.

import { describe, expect, it } from 'vitest';
import { createTracker } from 'presence-model';
import { slackAsOf202611 } from 'presence-model/presets';

const { policy } = slackAsOf202611;
const tenMinutes = 600_000;

describe('presence', () => {
  it.each([
    [tenMinutes - 1, 'active', 'active'],
    [tenMinutes, 'away', 'auto_away'],
  ])('is, %i ms after the last activity, %s', (now, status, derived) => {
    const tracker = createTracker({ policy });
    tracker.open({ userId: 'ada', sessionId: 'desktop', activeAt: 0 }, 0);
    tracker.advanceTo(now);
    expect(tracker.status('ada')).toBe(status);
    expect(tracker.user('ada').derived).toBe(derived);
  });

  it('is away ten minutes after connecting, if nothing was ever done', () => {
    const tracker = createTracker({ policy });
    tracker.open({ userId: 'ada', sessionId: 'desktop' }, 0);
    expect(tracker.advanceTo(tenMinutes).map(({ at, shown }) => [at, shown?.status])).toEqual([[tenMinutes, 'away']]);
  });

  it('is away with the last client, and tells no more than that', () => {
    const tracker = createTracker({ policy });
    const phone = tracker.open({ userId: 'ada', sessionId: 'phone', activeAt: 0 }, 0).connection;
    const desktop = tracker.open({ userId: 'ada', sessionId: 'desktop', activeAt: 0 }, 0).connection;
    expect(phone.disconnected(1_000)).toEqual([]);
    expect(desktop.disconnected(2_000).map(({ shown }) => shown?.status)).toEqual(['away']);
    expect(tracker.user('ada').derived).toBe('away');
  });

  it('does not tell that who was idle has gone: the word is the same', () => {
    const tracker = createTracker({ policy });
    const { connection } = tracker.open({ userId: 'ada', sessionId: 'desktop', activeAt: 0 }, 0);
    tracker.advanceTo(tenMinutes);
    expect(connection.disconnected(tenMinutes + 1)).toEqual([]);
  });
});

describe('away set by hand', () => {
  it('holds whatever is done, until it is set to auto', () => {
    const tracker = createTracker({ policy });
    const { connection } = tracker.open({ userId: 'ada', sessionId: 'desktop', activeAt: 0 }, 0);
    tracker.observe({ type: 'claimed', userId: 'ada', claim: { id: 'manual', show: 'away', whileAtLeast: 'away' } }, 1_000);
    expect(connection.activity(2_000)).toEqual([]);
    expect(tracker.status('ada')).toBe('away');
    expect(tracker.observe({ type: 'unclaimed', userId: 'ada', claimId: 'manual' }, 3_000).map(({ shown }) => shown?.status)).toEqual(['active']);
  });
});

describe('a custom status', () => {
  it('shows while nobody is there, until it expires', () => {
    const tracker = createTracker({ policy });
    const detail = { emoji: ':palm_tree:', text: 'away until Monday' };
    tracker.observe({ type: 'claimed', userId: 'ada', claim: { id: 'status', detail, whileAtLeast: 'away', expiresAt: 10_000 } }, 0);
    expect(tracker.shown('ada').details).toEqual({ status: detail });
    tracker.advanceTo(10_000);
    expect(tracker.shown('ada').details).toBeUndefined();
  });
});
