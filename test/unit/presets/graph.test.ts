// Sentences of Microsoft's documentation, one by one.

import { describe, expect, it } from 'vitest';
import { createTracker, sessionStatus } from 'presence-model';
import type { NamesOf, Tracker } from 'presence-model';
import { graphAsOf202611 } from 'presence-model/presets';

const { policy } = graphAsOf202611;
const minute = 60_000;
const day = 24 * 60 * minute;

/** A session as setPresence leaves it at 0, with an expiration. */
function set(availability: 'Available' | 'Busy' | 'DoNotDisturb' | 'Away', expirationMs: number): Parameters<typeof sessionStatus>[0] {
  return { seenAt: 0, activeAt: 0, report: { word: availability, at: 0, since: 0 }, quietForMs: expirationMs - 5 * minute };
}

/** A tracker with an application's sessions, set at 0 for four hours. */
function trackerWith(...availabilities: readonly ('Available' | 'Busy' | 'DoNotDisturb' | 'Away')[]): Tracker<NamesOf<typeof policy>> {
  const tracker = createTracker({ policy });
  availabilities.forEach((report, i) => tracker.open({ userId: 'ada', sessionId: `app${i}`, report, activeAt: 0, quietForMs: 235 * minute }, 0));
  return tracker;
}

describe('a presence session', () => {
  it.each([
    ['Available', 5 * minute - 1, 'Available'],
    ['Available', 5 * minute, 'AvailableInactive'],
    ['Available', 10 * minute - 1, 'AvailableInactive'],
    ['Available', 10 * minute, 'Away'],
    ['Available', 60 * minute - 1, 'Away'],
    ['Available', 60 * minute, 'Offline'],
    ['Busy', 60 * minute - 1, 'Busy'],
    ['Busy', 60 * minute, 'Offline'],
    ['DoNotDisturb', 60 * minute - 1, 'DoNotDisturb'],
    ['Away', 60 * minute - 1, 'Away'],
  ] as const)('set to %s for an hour is, after %i ms, %s', (availability, now, status) => {
    expect(sessionStatus(set(availability, 60 * minute), policy, now)).toBe(status);
  });

  it.each([
    [5 * minute, 'the shortest'],
    [240 * minute, 'the longest'],
  ])('expires exactly after %i ms, %s expiration', (expirationMs) => {
    expect(sessionStatus(set('Busy', expirationMs), policy, expirationMs - 1)).toBe('Busy');
    expect(sessionStatus(set('Busy', expirationMs), policy, expirationMs)).toBe('Offline');
  });

  it('never expires later than after four hours', () => {
    expect(sessionStatus(set('Busy', 300 * minute), policy, 240 * minute)).toBe('Offline');
  });

  it('shows the availability at the first timeout and the activity beneath', () => {
    const tracker = trackerWith('Available');
    tracker.advanceTo(5 * minute);
    expect(tracker.status('ada')).toBe('Available');
    expect(tracker.user('ada').derived).toBe('AvailableInactive');
  });

  it('is gone as soon as it is cleared', () => {
    const tracker = trackerWith();
    const { connection } = tracker.open({ userId: 'ada', sessionId: 'app', report: 'Busy' }, 0);
    connection.disconnected(1_000, 'left');
    expect(tracker.status('ada')).toBe('Offline');
  });
});

describe('several sessions', () => {
  it.each([
    [['Available', 'Busy'], 'Busy'],
    [['DoNotDisturb', 'Busy', 'Available', 'Away'], 'DoNotDisturb'],
    [['Away', 'Available'], 'Available'],
    [['Away', 'Away'], 'Away'],
  ] as const)('%j are %s', (availabilities, status) => {
    expect(trackerWith(...availabilities).status('ada')).toBe(status);
    expect(trackerWith(...[...availabilities].reverse()).status('ada')).toBe(status);
  });
});

describe('a preferred presence', () => {
  it('overrides sessions, for a day', () => {
    const tracker = trackerWith('Available');
    tracker.observe({ type: 'claimed', userId: 'ada', claim: { id: 'preferred', show: 'BeRightBack', expiresAt: 60 * minute } }, 0);
    expect(tracker.status('ada')).toBe('BeRightBack');
    tracker.advanceTo(60 * minute);
    expect(tracker.status('ada')).toBe('Away');
  });

  it('takes effect only while a session exists', () => {
    const tracker = trackerWith('Available');
    tracker.observe({ type: 'claimed', userId: 'ada', claim: { id: 'preferred', show: 'Busy', expiresAt: day } }, 0);
    tracker.advanceTo(240 * minute - 1);
    expect(tracker.status('ada')).toBe('Busy');
    tracker.advanceTo(240 * minute);
    expect(tracker.status('ada')).toBe('Offline');
  });
});
