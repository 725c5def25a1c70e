// What the live demo promises besides its story: its policy is the default's at ten times the pace, its record is whole, and
// its replay bites.

import { createTracker, defaultPolicy } from 'presence-model';
import type { Change, Signal } from 'presence-model';
import { describe, expect, it } from 'vitest';
import { differences, replay } from '../../docs/examples/live/compare.js';
import { livePolicy } from '../../docs/examples/live/policy.js';
import { record, type Recorder } from '../../docs/examples/live/record.js';
import type { Words } from '../../docs/examples/server.js';
import { clockFrom } from '../../docs/examples/tell.js';

const end = 30_000;

/** A small life of everything that can happen to the tracker of a server. */
function lived(): Recorder<Words> {
  const recorder = record(createTracker({ policy: livePolicy }), () => undefined);
  const { tracker } = recorder;
  const tab = tracker.open({ userId: 'ada', sessionId: 'tab', report: 'active', activeAt: 900 }, 1_000).connection;
  const phone = tracker.open({ userId: 'ada', sessionId: 'phone', report: 'background' }, 1_100).connection;
  tracker.open({ userId: 'bob', sessionId: 'tab', report: 'none' }, 1_200);
  tab.beat({ type: 'heartbeat', sessionId: 'a lie', epoch: 99, inactiveForMs: 100 }, 2_000);
  tracker.observe({ type: 'claimed', userId: 'ada', claim: { id: 'quiet', show: 'dnd', expiresAt: 2_700 } }, 2_500);
  phone.heartbeat(2_600, { report: 'idle' });
  tracker.advanceTo(2_800);
  tab.disconnected(3_000);
  const again = tracker.open({ userId: 'ada', sessionId: 'tab' }, 3_100).connection;
  tab.disconnected(3_200, 'closed'); // the late end of the old socket
  again.activity(3_300);
  again.disconnected(4_000);
  tab.heartbeat(4_100); // after its own end: not heard
  tracker.observe({ type: 'unclaimed', userId: 'ada', claimId: 'quiet' }, 4_200);
  phone.beat({ type: 'disconnected', sessionId: 'phone', epoch: 1, cause: 'left' }, 4_300);
  tracker.advanceTo(end);
  return recorder;
}

const compared = (signals: readonly Signal<Words>[], changes: readonly Change<Words>[]): readonly string[] =>
  differences(changes, replay(signals, livePolicy, end), clockFrom(0));

describe('the policy of the live demo', () => {
  it('is the default one with every threshold divided by ten, and a status more', () => {
    expect(livePolicy.statuses).toEqual(['dnd', ...defaultPolicy.statuses]);
    const { silence, inactivity, untouched, departures, maxQuietMs, keepSessionMs, keepLastSeenMs, reports, whileReported, shownAs } = livePolicy;
    const times10 = (value: unknown): unknown =>
      JSON.parse(JSON.stringify(value), (_key, each: unknown) => (typeof each === 'number' ? each * 10 : each));
    expect(times10({ silence, inactivity, untouched, departures, maxQuietMs, keepSessionMs, keepLastSeenMs })).toEqual({
      silence: defaultPolicy.silence,
      inactivity: defaultPolicy.inactivity,
      untouched: defaultPolicy.untouched,
      departures: defaultPolicy.departures,
      maxQuietMs: defaultPolicy.maxQuietMs,
      keepSessionMs: defaultPolicy.keepSessionMs,
      keepLastSeenMs: defaultPolicy.keepLastSeenMs,
    });
    expect({ reports, whileReported, shownAs }).toEqual({
      reports: defaultPolicy.reports,
      whileReported: defaultPolicy.whileReported,
      shownAs: defaultPolicy.shownAs,
    });
  });
});

describe('the record of the live demo', () => {
  it('holds every signal that was heard, as it was placed', () => {
    const { signals } = lived();
    const placed = signals.map((signal) => ['epoch' in signal ? signal.epoch : undefined, signal.at, signal.type]);
    expect(placed).toEqual([
      [1_000, 1_000, 'connected'],
      [1_100, 1_100, 'connected'],
      [1_200, 1_200, 'connected'],
      [1_000, 2_000, 'heartbeat'],
      [undefined, 2_500, 'claimed'],
      [1_100, 2_600, 'heartbeat'],
      [1_000, 3_000, 'disconnected'],
      [3_100, 3_100, 'connected'],
      [1_000, 3_200, 'disconnected'],
      [3_100, 3_300, 'activity'],
      [3_100, 4_000, 'disconnected'],
      [undefined, 4_200, 'unclaimed'],
      [1_100, 4_300, 'disconnected'],
    ]);
    expect(signals[3]).toMatchObject({ sessionId: 'tab', activeAt: 1_900 });
  });
});

describe('the replay of the live demo', () => {
  const { signals, changes } = lived();

  it('tells what was told live', () => {
    expect(changes.filter(({ userId }) => userId === 'ada').length).toBeGreaterThan(3);
    expect(compared(signals, changes)).toEqual([]);
  });

  it.each([
    ['a signal is missing', signals.filter(({ type }) => type !== 'claimed'), changes],
    ['a user is missing', signals.filter(({ userId }) => userId !== 'bob'), changes],
    ['a signal is one millisecond late', signals.map((one) => (one.type === 'claimed' ? { ...one, at: one.at + 1 } : one)), changes],
    ['an end is that of another connection', signals.map((one) => (one.at === 4_000 ? { ...one, epoch: 1_000 } : one)), changes],
    ['a change was not told', signals, changes.filter((_, i) => i !== 2)],
    ['a change was told twice', signals, changes.flatMap((change, i) => (i === 2 ? [change, change] : [change]))],
    ['changes have other reasons', signals, changes.map((one) => (one.type === 'user' ? { ...one, because: { by: 'nobody' as const } } : one))],
    ['changes show something else', signals, changes.map((one) => (one.type === 'user' ? { ...one, shown: { ...one.shown, lastSeenAt: 7 } } : one))],
  ] as const)('finds it when %s', (_title, heard, told) => {
    expect(compared(heard as readonly Signal<Words>[], told)).not.toEqual([]);
  });

  it('says what differs', () => {
    expect(compared(signals, changes.slice(0, 1)).map((text) => text.split('\n')[0])).toContain('Change 2 of ada differs:');
  });
});
