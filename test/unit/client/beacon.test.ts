import { defaultPolicy, definePolicy, parseBeat } from 'presence-model';
import type { Beat, DefaultNames, Names, NamesOf } from 'presence-model';
import { createBeacon } from 'presence-model/client';
import type { Beacon, BeaconOptions, PageEvent } from 'presence-model/client';
import { describe, expect, it } from 'vitest';
import { frozen, sent, thrownBy } from '../said.js';

type Words = DefaultNames;

const options: BeaconOptions<Words> = { policy: defaultPolicy, sessionId: 'tab', epoch: 1, at: 0 };
const made = (more: Partial<BeaconOptions<Words>> = {}): Beacon<Words> => createBeacon({ ...options, ...more });
/** A page whose transport opened at its beginning. */
function up(more: Partial<BeaconOptions<Words>> = {}): Beacon<Words> {
  const beacon = made(more);
  beacon.tell({ type: 'up', at: 0 });
  return beacon;
}
const hello = { type: 'connected', sessionId: 'tab', epoch: 1, report: 'active' } as const;
const beat = { ...hello, type: 'heartbeat' } as const;
const goodbye = { type: 'disconnected', sessionId: 'tab', epoch: 1, cause: 'closed' } as const;
/** A hidden page promises a minute, as the timer of its next beat may be so late. */
const hidden = { ...beat, report: 'background', quietForMs: 60_000 } as const;

/** When beats are sent until an instant, if it is called whenever it wants to be. */
function sentUntil<N extends Names>(beacon: Beacon<N>, until: number): (readonly [at: number, beat: Beat<N>])[] {
  const beats: (readonly [number, Beat<N>])[] = [];
  for (let at = beacon.nextSendAt; at !== undefined && at <= until; at = beacon.nextSendAt) {
    beats.push(...beacon.advanceTo(at).map((one) => [at, one] as const));
  }
  return beats;
}

describe('a beacon', () => {
  it('says nothing before there is a transport, and then the whole truth', () => {
    const beacon = made();
    expect(beacon.nextSendAt).toBeUndefined();
    expect(beacon.advanceTo(100_000)).toEqual([]);
    expect(beacon.tell({ type: 'interaction', at: 100_000 })).toEqual([]);
    expect(beacon.tell({ type: 'hidden', at: 101_000 })).toEqual([]);
    expect(beacon.tell({ type: 'up', at: 102_000 })).toEqual([{ ...hidden, type: 'connected', inactiveForMs: 2_000 }]);
  });

  it('beats by the plan while nothing happens', () => {
    expect(sentUntil(up(), 21_000)).toEqual([[7_000, beat], [14_000, beat], [21_000, beat]]);
    expect(sentUntil(up({ toleratedLosses: 0, marginMs: 0 }), 30_000).map(([at]) => at)).toEqual([15_000, 30_000]);
  });

  it.each([
    { at: 6_999, told: [], next: 7_000 },
    { at: 7_000, told: [beat], next: 14_000 },
    { at: 7_001, told: [beat], next: 14_000 },
    { at: 13_999, told: [beat], next: 14_000 }, // a late timer does not put off those that follow
    { at: 14_000, told: [beat], next: 21_000 }, // but what was slept through is not made up for
    { at: 700_000, told: [beat], next: 707_000 },
  ])('called at $at ms', ({ at, told, next }) => {
    const beacon = up();
    expect(beacon.advanceTo(at)).toEqual(told);
    expect(beacon.advanceTo(at)).toEqual([]);
    expect(beacon.nextSendAt).toBe(next);
  });

  it('sends what a late timer should have sent with what is told first', () => {
    const beacon = up();
    expect(beacon.tell({ type: 'resumed', at: 8_000 })).toEqual([beat]);
    expect(beacon.nextSendAt).toBe(14_000);
  });

  it('answers JSON that the receiver takes', () => {
    const beacon = up();
    const beats = [
      ...beacon.tell({ type: 'interaction', at: 10 }), ...beacon.advanceTo(7_000), ...beacon.tell({ type: 'hidden', at: 7_020 }),
      ...beacon.tell({ type: 'closed', at: 7_030 }),
    ];
    expect(beats).toHaveLength(3);
    for (const one of beats) expect(parseBeat(sent(one), defaultPolicy)).toEqual({ ok: true, value: one });
  });

  it('leaves what it was given alone', () => {
    const beacon = createBeacon(frozen<BeaconOptions<Words>>({ ...options, reports: { visible: 'active' } }));
    expect(beacon.tell(frozen<PageEvent<Words>>({ type: 'up', at: 0 }))).toHaveLength(1);
  });

  it('lets time not go back', () => {
    const beacon = up();
    beacon.advanceTo(5_000);
    expect(beacon.tell({ type: 'interaction', at: 1_000 })).toEqual([]);
    expect(beacon.advanceTo(-9)).toEqual([]);
    expect(beacon.tell({ type: 'hidden', at: 6_000 })).toEqual([{ ...hidden, inactiveForMs: 1_000 }]); // touched at 5 s, as far as it knows
    expect(beacon.tell({ type: 'visible', at: 100 })).toEqual([{ ...beat, inactiveForMs: 1_000 }]);
  });

  it('works at any origin of time', () => {
    const beacon = made({ at: -1_000_000, epoch: -3 });
    expect(beacon.tell({ type: 'up', at: -999_000 })).toEqual([{ ...hello, epoch: -3 }]);
    expect(beacon.nextSendAt).toBe(-992_000);
  });

  it('waits for ever rather than for an instant that is none', () => {
    const beacon = made({ at: Number.MAX_SAFE_INTEGER });
    expect(beacon.tell({ type: 'up', at: Number.MAX_SAFE_INTEGER })).toEqual([hello]);
    expect(beacon.nextSendAt).toBeUndefined();
  });
});

describe('interaction', () => {
  it('is no message: it is told with the next beat', () => {
    const beacon = up();
    for (let at = 100; at < 7_000; at += 100) expect(beacon.tell({ type: 'interaction', at })).toEqual([]);
    expect(beacon.nextSendAt).toBe(7_000);
    expect(beacon.advanceTo(7_000)).toEqual([{ ...beat, inactiveForMs: 100 }]);
  });

  it('is told at once when it is the first and the page might look worse for it', () => {
    const policy = definePolicy({ untouched: { idle: 30_000 } });
    const beacon = createBeacon({ ...options, policy });
    beacon.tell({ type: 'up', at: 0 });
    expect(beacon.tell({ type: 'interaction', at: 100 })).toEqual([{ ...beat, inactiveForMs: 0 }]);
    expect(beacon.tell({ type: 'interaction', at: 200 })).toEqual([]);
    expect(beacon.nextSendAt).toBe(7_100);
  });

  it.each([
    // A minute without interaction is idle, so with a second of margin and a beat that may be lost: half of 59 s.
    { at: 29_599, told: [] },
    { at: 29_600, told: [{ ...beat, inactiveForMs: 0 }] },
    { at: 29_601, told: [{ ...beat, inactiveForMs: 0 }] },
  ])('after a while is told at once: $at ms', ({ at, told }) => {
    const beacon = up();
    beacon.tell({ type: 'interaction', at: 100 });
    beacon.advanceTo(7_000);
    beacon.advanceTo(at - 1);
    expect(beacon.tell({ type: 'interaction', at })).toEqual(told);
  });

  it('is told in time where beats are rarer than the human may rest', () => {
    const policy = definePolicy({ silence: { away: 600_000 }, inactivity: { idle: 21_000 } });
    const beacon = createBeacon({ ...options, policy });
    beacon.tell({ type: 'up', at: 0 });
    expect(beacon.tell({ type: 'interaction', at: 1_000 })).toEqual([]); // nobody is found inactive before they were found active
    expect(beacon.nextSendAt).toBe(11_000);
    expect(beacon.advanceTo(11_000)).toHaveLength(1);
    expect(beacon.nextSendAt).toBe(21_000); // that may be lost: said again in time
    expect(beacon.tell({ type: 'interaction', at: 12_000 })).toEqual([{ ...beat, inactiveForMs: 0 }]);
    expect(beacon.tell({ type: 'interaction', at: 13_000 })).toEqual([]);
    expect(beacon.nextSendAt).toBe(22_000);
    expect(beacon.advanceTo(22_000)).toEqual([{ ...beat, inactiveForMs: 9_000 }]);
    expect(beacon.nextSendAt).toBe(32_000); // once more
  });

  it('is told again in time for the old word where the new one is more patient', () => {
    const policy = definePolicy({
      silence: { away: 600_000 }, inactivity: { idle: 21_000 }, whileReported: { idle: { inactivity: {} } },
    });
    const beacon = createBeacon({ ...options, policy, reports: { idle: 'active' } });
    beacon.tell({ type: 'up', at: 0 });
    beacon.tell({ type: 'interaction', at: 5_000 });
    expect(beacon.tell({ type: 'report', report: 'idle', at: 6_000 })).toEqual([{ ...beat, report: 'idle', inactiveForMs: 1_000 }]);
    expect(beacon.nextSendAt).toBe(16_000); // neither the word nor the touch may have been heard
  });

  it('is told at most once a second, however impatient the policy', () => {
    const policy = definePolicy({ inactivity: { idle: 0 }, reports: { ...defaultPolicy.reports, idle: 'active' } });
    const beacon = createBeacon({ ...options, policy });
    beacon.tell({ type: 'up', at: 0 });
    let count = 0;
    for (let at = 0; at <= 10_000; at += 10) count += beacon.tell({ type: 'interaction', at }).length;
    expect(count).toBe(4); // with the first beat, and then every second
  });

  it('waits for the next beat where the policy does not mind', () => {
    const policy = definePolicy({ inactivity: {} });
    const beacon = createBeacon({ ...options, policy });
    beacon.tell({ type: 'up', at: 0 });
    expect(beacon.tell({ type: 'interaction', at: 1_000 })).toEqual([]);
    for (const at of [7_000, 14_000]) expect(beacon.advanceTo(at)).toHaveLength(1);
    expect(beacon.tell({ type: 'interaction', at: 20_999 })).toEqual([]);
    expect(beacon.nextSendAt).toBe(21_000);
  });
});

describe('idle', () => {
  it.each([
    { at: 60_099, report: 'active' },
    { at: 60_100, report: 'idle' },
    { at: 60_101, report: 'idle' },
  ])('begins when the policy allows no better anyway: $at ms', ({ at, report }) => {
    const beacon = up();
    beacon.tell({ type: 'interaction', at: 100 });
    sentUntil(beacon, at);
    beacon.tell({ type: 'down', at });
    expect(beacon.tell({ type: 'up', at })).toMatchObject([{ report, inactiveForMs: at - 100 }]);
  });

  it('is said when it begins, and needs fewer beats', () => {
    const beacon = up();
    beacon.tell({ type: 'interaction', at: 100 });
    const beats = sentUntil(beacon, 200_000).map(([at, { report }]) => [at, report]);
    expect(beats.slice(7)).toEqual([
      [56_000, 'active'], [60_100, 'idle'],
      [67_100, 'idle'], // that it is idle may not have been heard, so the old interval holds for once
      [96_600, 'idle'], [126_100, 'idle'], [155_600, 'idle'], [185_100, 'idle'],
    ]);
    expect(beacon.tell({ type: 'interaction', at: 200_000 })).toEqual([{ ...beat, inactiveForMs: 0 }]);
    expect(beacon.nextSendAt).toBe(207_000);
  });

  it('of a page that nobody ever touched is what the policy says of it', () => {
    expect(new Set(sentUntil(up(), 1_000_000).map(([, { report }]) => report))).toEqual(new Set(['active']));
    const policy = definePolicy({ untouched: { idle: 30_000 } });
    const beacon = createBeacon({ ...options, policy, at: 5_000 });
    beacon.tell({ type: 'up', at: 6_000 });
    expect(sentUntil(beacon, 40_000).find(([, { report }]) => report === 'idle')?.[0]).toBe(35_000);
  });

  it.each([
    { why: 'the policy has no such word', policy: definePolicy({ reports: { none: 'active', active: 'active', background: 'away' } }) },
    { why: 'the word is as good as the visible one', policy: definePolicy({ reports: { ...defaultPolicy.reports, idle: 'active' } }) },
    { why: 'nothing makes anybody idle', policy: definePolicy({ inactivity: {} }) },
  ])('is never said where $why', ({ policy }) => {
    const beacon = createBeacon<Names>({ ...options, policy: policy });
    beacon.tell({ type: 'up', at: 0 });
    beacon.tell({ type: 'interaction', at: 0 });
    expect(new Set(sentUntil(beacon, 1_000_000).map(([, { report }]) => report))).toEqual(new Set(['active']));
  });

  it('is said later where the word says worse', () => {
    const policy = definePolicy({ reports: { ...defaultPolicy.reports, idle: 'away' } });
    const beacon = createBeacon({ ...options, policy });
    beacon.tell({ type: 'up', at: 0 });
    beacon.tell({ type: 'interaction', at: 0 });
    expect(sentUntil(beacon, 400_000).find(([, { report }]) => report === 'idle')?.[0]).toBe(300_000);
  });
});

describe('a hidden page', () => {
  it('says so at once, and promises as much quiet as throttled timers need', () => {
    const beacon = up();
    expect(beacon.tell({ type: 'hidden', at: 3_000 })).toEqual([hidden]);
    expect(beacon.tell({ type: 'hidden', at: 3_001 })).toEqual([]);
    expect(sentUntil(beacon, 200_000).map(([at]) => at)).toEqual([10_000, 99_500, 189_000]);
    expect(beacon.tell({ type: 'visible', at: 200_000 })).toEqual([beat]);
    expect(beacon.tell({ type: 'visible', at: 200_001 })).toEqual([]);
  });

  it('repeats itself at the old pace until it must have been heard', () => {
    const policy = definePolicy({ silence: { idle: 13_000, away: 60_000, stale: 181_000 } });
    const beacon = createBeacon({ ...options, policy, toleratedLosses: 2 });
    beacon.tell({ type: 'up', at: 0 });
    beacon.tell({ type: 'hidden', at: 1_000 });
    expect(sentUntil(beacon, 200_000).map(([at]) => at)).toEqual([5_000, 9_000, 69_000, 129_000, 189_000]);
  });

  it('becomes no idler by itself, but was once it is shown again', () => {
    const beacon = up();
    beacon.tell({ type: 'interaction', at: 0 });
    beacon.tell({ type: 'hidden', at: 10_000 });
    expect(new Set(sentUntil(beacon, 100_000).map(([, { report }]) => report))).toEqual(new Set(['background']));
    expect(beacon.tell({ type: 'visible', at: 100_000 })).toEqual([{ ...beat, report: 'idle', inactiveForMs: 100_000 }]);
    expect(beacon.tell({ type: 'interaction', at: 100_001 })).toEqual([{ ...beat, inactiveForMs: 0 }]);
  });

  it('promises no more than counts, and nothing where nothing does', () => {
    const promised = (maxQuietMs: number): unknown => {
      const policy = definePolicy({ maxQuietMs, whileReported: { background: { silence: { stale: 500_000 } } } });
      const beacon = createBeacon({ ...options, policy });
      beacon.tell({ type: 'up', at: 0 });
      return beacon.tell({ type: 'hidden', at: 0 })[0];
    };
    expect(promised(30_000)).toEqual({ ...hidden, quietForMs: 30_000 });
    expect(promised(0)).toEqual({ ...beat, report: 'background' });
  });

  it('says what it says while visible where the policy has no word for it, and promises all the same', () => {
    const policy = definePolicy({ reports: { none: 'active' } });
    const beacon = createBeacon({ policy, sessionId: 'tab', epoch: 1, at: 0 });
    expect(beacon.tell({ type: 'up', at: 0 })).toEqual([{ ...hello, report: 'none' }]);
    expect(beacon.tell({ type: 'hidden', at: 1 })).toEqual([{ ...beat, report: 'none', quietForMs: 113_000 }]); // 7 s instead of a minute, for the one that may be lost
  });
});

describe('a frozen page', () => {
  it('promises all the quiet that counts, and wants no call', () => {
    const beacon = up();
    beacon.tell({ type: 'hidden', at: 1_000 });
    expect(beacon.tell({ type: 'frozen', at: 2_000 })).toEqual([{ ...hidden, quietForMs: 3_600_000 }]);
    expect(beacon.tell({ type: 'frozen', at: 2_001 })).toEqual([]);
    expect(beacon.nextSendAt).toBeUndefined();
    expect(beacon.advanceTo(1_000_000)).toEqual([]);
  });

  it.each(['resumed', 'visible', 'interaction'] as const)('is none any more once it is %s', (type) => {
    const beacon = up();
    beacon.tell({ type: 'frozen', at: 2_000 });
    expect(beacon.tell({ type, at: 90_000 })).toHaveLength(1);
    expect(beacon.nextSendAt).toBe(97_000);
  });

  it('that could promise nothing goes on from when it is resumed', () => {
    const beacon = createBeacon({ ...options, policy: definePolicy({ maxQuietMs: 0, whileReported: { background: { silence: {} } } }) });
    beacon.tell({ type: 'up', at: 0 });
    expect(beacon.tell({ type: 'frozen', at: 2_000 })).toEqual([]);
    expect(beacon.tell({ type: 'resumed', at: 90_000 })).toEqual([beat]);
    expect(beacon.nextSendAt).toBe(97_000);
  });

  it('stays frozen, as far as anybody knows, when its transport comes and goes', () => {
    const beacon = up();
    beacon.tell({ type: 'frozen', at: 2_000 });
    beacon.tell({ type: 'down', at: 3_000 });
    expect(beacon.tell({ type: 'up', at: 4_000 })).toEqual([{ ...hello, epoch: 2, quietForMs: 3_600_000 }]);
    expect(beacon.nextSendAt).toBeUndefined();
  });
});

describe('a transport', () => {
  it('that is lost silences the page, and keeps nothing for later', () => {
    const beacon = up();
    expect(beacon.tell({ type: 'down', at: 1_000 })).toEqual([]);
    expect(beacon.nextSendAt).toBeUndefined();
    expect(beacon.advanceTo(30_000)).toEqual([]);
    expect(beacon.tell({ type: 'interaction', at: 31_000 })).toEqual([]);
    expect(beacon.tell({ type: 'hidden', at: 32_000 })).toEqual([]);
    expect(beacon.tell({ type: 'visible', at: 33_000 })).toEqual([]);
    expect(beacon.tell({ type: 'up', at: 34_000 })).toEqual([{ ...hello, epoch: 2, inactiveForMs: 3_000 }]);
    expect(beacon.nextSendAt).toBe(41_000);
  });

  it('told twice is one', () => {
    const beacon = up();
    expect(beacon.tell({ type: 'up', at: 1_000 })).toEqual([]);
    beacon.tell({ type: 'down', at: 2_000 });
    expect(beacon.tell({ type: 'down', at: 3_000 })).toEqual([]);
    expect(beacon.tell({ type: 'up', at: 4_000 })).toMatchObject([{ epoch: 2 }]);
  });

  it('is numbered by whoever counts, and at least one more than the last', () => {
    const beacon = made({ epoch: 5 });
    expect(beacon.tell({ type: 'up', at: 0, epoch: 4 })).toMatchObject([{ epoch: 5 }]);
    beacon.tell({ type: 'down', at: 1 });
    expect(beacon.tell({ type: 'up', at: 2, epoch: 9 })).toMatchObject([{ epoch: 9 }]);
    beacon.tell({ type: 'down', at: 3 });
    expect(beacon.tell({ type: 'up', at: 4, epoch: 9 })).toMatchObject([{ epoch: 10 }]);
    beacon.tell({ type: 'down', at: 5 });
    expect(beacon.tell({ type: 'up', at: 6 })).toMatchObject([{ epoch: 11 }]);
  });
});

describe('last words', () => {
  it('are said once, and then nothing', () => {
    const beacon = up();
    expect(beacon.tell({ type: 'closed', at: 1_000 })).toEqual([goodbye]);
    expect(beacon.tell({ type: 'closed', at: 1_000 })).toEqual([]);
    expect(beacon.nextSendAt).toBeUndefined();
    // What follows `pagehide` in a page that goes: recorded, a `background` beat on the same socket, after the goodbye.
    expect(beacon.tell({ type: 'hidden', at: 1_001 })).toEqual([]);
    expect(beacon.tell({ type: 'frozen', at: 1_002 })).toEqual([]);
    expect(beacon.tell({ type: 'down', at: 1_003 })).toEqual([]);
    expect(beacon.advanceTo(100_000)).toEqual([]);
  });

  it('need no transport, but somebody who knows of the page', () => {
    const beacon = made();
    expect(beacon.tell({ type: 'closed', at: 0 })).toEqual([]);
    const other = up();
    other.tell({ type: 'down', at: 1_000 });
    expect(other.tell({ type: 'closed', at: 2_000 })).toEqual([goodbye]);
  });

  it.each(['resumed', 'visible', 'interaction'] as const)('are revoked by a page that is %s again, with a new connection', (type) => {
    const beacon = up();
    beacon.tell({ type: 'closed', at: 1_000 });
    beacon.tell({ type: 'down', at: 1_001 });
    expect(beacon.tell({ type, at: 5_000 })).toEqual([]);
    expect(beacon.tell({ type: 'up', at: 6_000 })).toMatchObject([{ type: 'connected', epoch: 2 }]);
  });

  it('are revoked at once over a transport that stayed', () => {
    const beacon = up();
    beacon.tell({ type: 'closed', at: 1_000 });
    expect(beacon.tell({ type: 'resumed', at: 5_000 })).toEqual([{ ...hello, epoch: 2 }]);
    expect(beacon.tell({ type: 'visible', at: 5_001 })).toEqual([]);
  });

  it('are not revoked by a transport that comes back while the page goes', () => {
    const beacon = up();
    beacon.tell({ type: 'closed', at: 1_000 });
    beacon.tell({ type: 'down', at: 1_001 });
    expect(beacon.tell({ type: 'up', at: 1_002 })).toEqual([]);
    expect(beacon.nextSendAt).toBeUndefined();
    expect(beacon.tell({ type: 'resumed', at: 9_000 })).toEqual([{ ...hello, epoch: 2 }]);
  });

  it('of a sign-out are for good', () => {
    const beacon = up();
    expect(beacon.tell({ type: 'closed', cause: 'left', at: 1_000 })).toEqual([{ ...goodbye, cause: 'left' }]);
    for (const type of ['interaction', 'resumed', 'visible', 'up', 'closed'] as const) expect(beacon.tell({ type, at: 2_000 })).toEqual([]);
    expect(beacon.nextSendAt).toBeUndefined();
  });

  it('may become those of a sign-out', () => {
    const beacon = up();
    beacon.tell({ type: 'closed', at: 1_000 });
    expect(beacon.tell({ type: 'closed', cause: 'left', at: 2_000 })).toEqual([{ ...goodbye, cause: 'left' }]);
  });

  it('leave out a cause that the policy does not know', () => {
    const policy = definePolicy({ departures: { dropped: { stale: 15_000 } } });
    const beacon = createBeacon({ policy, sessionId: 'tab', epoch: 1, at: 0 });
    beacon.tell({ type: 'up', at: 0 });
    expect(beacon.tell({ type: 'closed', at: 1 })).toEqual([{ type: 'disconnected', sessionId: 'tab', epoch: 1 }]);
  });
});

describe("an app's own word", () => {
  const policy = definePolicy({
    statuses: ['busy', ...defaultPolicy.statuses],
    silence: defaultPolicy.silence,
    inactivity: defaultPolicy.inactivity,
    departures: defaultPolicy.departures,
    reports: { ...defaultPolicy.reports, none: 'active', call: 'busy' },
    whileReported: { call: { silence: { offline: 41_000 }, inactivity: {} } },
  });
  const inCall = (): Beacon<NamesOf<typeof policy>> => {
    const beacon = createBeacon({ policy, sessionId: 'tab', epoch: 1, at: 0 });
    beacon.tell({ type: 'up', at: 0 });
    return beacon;
  };

  it('stands whatever the page looks like, until `none` takes it back', () => {
    const beacon = inCall();
    beacon.tell({ type: 'interaction', at: 0 });
    expect(beacon.tell({ type: 'report', report: 'call', at: 1_000 })).toEqual([{ ...beat, report: 'call', inactiveForMs: 1_000 }]);
    expect(beacon.tell({ type: 'report', report: 'call', at: 1_001 })).toEqual([]);
    expect(sentUntil(beacon, 100_000).map(([at, { report }]) => [at, report])).toEqual([
      [8_000, 'call'], [28_000, 'call'], [48_000, 'call'], [68_000, 'call'], [88_000, 'call'],
    ]);
    expect(beacon.tell({ type: 'hidden', at: 100_000 })).toEqual([{ ...beat, report: 'call', inactiveForMs: 100_000, quietForMs: 100_000 }]);
    expect(beacon.tell({ type: 'report', report: 'none', at: 101_000 })).toEqual([{ ...hidden, inactiveForMs: 101_000 }]);
  });
});

describe('what a beacon is told that is none', () => {
  it.each([
    [{ type: 'interaction' }, 'TypeError: Expected `at` to be whole milliseconds, received nothing.'],
    [{ type: 'interaction', at: 1.5 }, 'TypeError: Expected `at` to be whole milliseconds, received 1.5. Floor it where you read your clock.'],
    [{ type: 'shown', at: 0 }, 'TypeError: Expected `type` to be one of interaction, visible, hidden, frozen, resumed, closed, up, down, report, received "shown".'],
    [{ type: 'report', at: 0 }, 'TypeError: Expected `report` to be one of none, active, idle, background, received nothing.'],
    [{ type: 'report', report: 'constructor', at: 0 }, 'TypeError: Expected `report` to be one of none, active, idle, background, received "constructor".'],
    [{ type: 'closed', cause: 'zzz', at: 0 }, 'TypeError: Expected `cause` to be one of dropped, closed, left, received "zzz".'],
    [{ type: 'closed', cause: 7, at: 0 }, 'TypeError: Expected `cause` to be one of dropped, closed, left, received 7.'],
    [{ type: 'up', epoch: 1.5, at: 0 }, 'TypeError: Expected `epoch` to be a whole number, received 1.5.'],
    [7, 'TypeError: Expected `event` to be an event of a page (an object), received 7.'],
  ])('an event %j', (event, message) => {
    const beacon = made();
    expect(thrownBy(() => beacon.tell(event as never))).toBe(message);
    expect(beacon.tell({ type: 'up', at: -5 })).toEqual([hello]); // nothing happened before
  });

  it('a time', () => {
    expect(thrownBy(() => made().advanceTo(0.5))).toBe('TypeError: Expected `now` to be whole milliseconds, received 0.5. Floor it where you read your clock.');
  });

  it.each([
    [undefined, 'TypeError: Expected `options` to be { policy, sessionId, epoch, at }, received nothing.'],
    [{}, 'TypeError: Expected `policy` to be from `definePolicy`, or a JSON copy of one, received nothing.'],
    [{ ...options, sessionId: 7 }, 'TypeError: Expected `sessionId` to be a string, received 7.'],
    [{ ...options, epoch: undefined }, 'TypeError: Expected `epoch` to be a whole number, received nothing.'],
    [{ ...options, at: '0' }, 'TypeError: Expected `at` to be whole milliseconds, received "0".'],
    [{ ...options, reports: [] }, 'TypeError: Expected `reports` to be { visible?, idle?, hidden? }, received a list.'],
    [{ ...options, reports: { idle: 'zzz' } }, 'TypeError: Expected `reports.idle` to be one of none, active, idle, background, received "zzz".'],
    [{ ...options, toleratedLosses: 1.5 }, 'TypeError: Expected `toleratedLosses` to be a whole number, 0 to 1000, received 1.5.'],
    [{ ...options, marginMs: Number.NaN }, 'TypeError: Expected `marginMs` to be whole milliseconds, 0 or more, received NaN.'],
  ])('options %#', (given, message) => {
    expect(thrownBy(() => createBeacon(given as never))).toBe(message);
  });

  it('a policy that no heartbeat can hold', () => {
    expect(thrownBy(() => made({ toleratedLosses: 2 }))).toMatch(/^PolicyError: The policy has a problem:\n- Expected `silence.stale` to be 181000 or more/);
  });
});
