// What Discord's documents say of Update Presence and heartbeats, and what was chosen where they say nothing.

import { describe, expect, it } from 'vitest';
import { createTracker, sessionStatus } from 'presence-model';
import { discordAsOf202611 } from 'presence-model/presets';

const { policy } = discordAsOf202611;

describe('a client', () => {
  it.each(['online', 'idle', 'dnd'] as const)('is %s while it says so', (word) => {
    expect(sessionStatus({ seenAt: 0, report: { word, at: 0, since: 0 } }, policy, 89_999)).toBe(word);
    expect(sessionStatus({ seenAt: 0, report: { word, at: 0, since: 0 } }, policy, 90_000)).toBe('offline');
  });

  it.each([
    [599_999, 'online'],
    [600_000, 'idle'],
  ])('that did nothing is, after %i ms, %s', (now, status) => {
    expect(sessionStatus({ seenAt: now, activeAt: 0 }, policy, now)).toBe(status);
  });

  it('does not turn idle while it does not want to be disturbed', () => {
    expect(sessionStatus({ seenAt: 700_000, activeAt: 0, report: { word: 'dnd', at: 0, since: 0 } }, policy, 700_000)).toBe('dnd');
  });

  it('is offline with its connection', () => {
    const tracker = createTracker({ policy });
    const { connection } = tracker.open({ userId: 'ada', sessionId: 'desktop' }, 0);
    expect(connection.disconnected(1_000).map(({ shown }) => shown?.status)).toEqual(['offline']);
  });
});

describe('invisible', () => {
  it('is offline for others and keeps what the user is', () => {
    const tracker = createTracker({ policy });
    tracker.observe({ type: 'claimed', userId: 'ada', claim: { id: 'invisible', atMost: 'offline' } }, 0);
    tracker.open({ userId: 'ada', sessionId: 'desktop' }, 0);
    expect(tracker.shown('ada')).toEqual({ userId: 'ada', at: 0, status: 'offline' });
    expect(tracker.user('ada').derived).toBe('online');
  });
});
