// What the specifications say of presence, of the last interaction, and of streams that are resumed.

import { describe, expect, it } from 'vitest';
import { createTracker, sessionStatus } from 'presence-model';
import { xmppAsOf202611 } from 'presence-model/presets';

const { policy } = xmppAsOf202611;
const fiveMinutes = 300_000;

describe('a resource', () => {
  it.each(['chat', 'away', 'xa', 'dnd'] as const)('is what its show says: %s', (word) => {
    expect(sessionStatus({ seenAt: 0, report: { word, at: 0, since: 0 } }, policy, 0)).toBe(word);
  });

  it.each([
    [fiveMinutes - 1, 'available'],
    [fiveMinutes, 'away'],
  ])('that is idle since 0 is, at %i, %s', (now, status) => {
    expect(sessionStatus({ seenAt: 0, activeAt: 0 }, policy, now)).toBe(status);
  });

  it('does not turn away while it does not want to be disturbed', () => {
    expect(sessionStatus({ seenAt: 0, activeAt: 0, report: { word: 'dnd', at: 0, since: 0 } }, policy, 2 * fiveMinutes)).toBe('dnd');
  });
});

describe('a stream', () => {
  it.each([
    [fiveMinutes - 1, 'available'],
    [fiveMinutes, 'unavailable'],
  ])('that broke leaves its resource, %i ms later, %s', (later, status) => {
    const tracker = createTracker({ policy });
    tracker.open({ userId: 'juliet', sessionId: 'balcony' }, 0).connection.disconnected(1_000);
    tracker.advanceTo(1_000 + later);
    expect(tracker.status('juliet')).toBe(status);
  });

  it('that is resumed tells nothing and wakes nobody', () => {
    const tracker = createTracker({ policy });
    tracker.open({ userId: 'juliet', sessionId: 'balcony', activeAt: 0 }, 0).connection.disconnected(1_000);
    expect(tracker.advanceTo(fiveMinutes).map(({ shown }) => shown?.status)).toEqual(['away']);
    expect(tracker.open({ userId: 'juliet', sessionId: 'balcony' }, fiveMinutes + 500).changes).toEqual([]);
  });

  it('that was closed leaves at once', () => {
    const tracker = createTracker({ policy });
    tracker.open({ userId: 'juliet', sessionId: 'balcony' }, 0).connection.disconnected(1_000, 'left');
    expect(tracker.status('juliet')).toBe('unavailable');
  });
});
