// The rules of docs/examples/recording.ts, one by one: what a host hears, what it tells the model.
import { advanceUser, defaultPolicy } from 'presence-model';
import type { UserRow } from 'presence-model';
import { describe, expect, it } from 'vitest';
import { parseRecordedEvent, type RecordedEvent } from '../../docs/examples/recorded-event.js';
import { createAdapter, type Heard } from '../../docs/examples/recording.js';

interface Said {
  readonly userId?: string;
  readonly sessionId?: string;
  readonly seq?: number;
  readonly sentMs?: number;
  readonly state?: string;
  readonly inactiveForMs?: number;
  readonly reason?: string;
  readonly detail?: unknown;
}
const usual = {
  userId: 'ada',
  sessionId: 'tab',
  inactiveForMs: 0,
  state: 'active',
  seq: 1,
  reason: 'transport close',
  id: 'game',
  detail: null,
};
/** `event('s1', 5_000, 'heartbeat', …)`: heard at 5 s on socket s1. */
function event(socketId: string, at: number, name: RecordedEvent['event'], said: Said = {}): RecordedEvent {
  const parsed = parseRecordedEvent({ ...usual, ...said, socketId, at, event: name });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
  return parsed.value;
}
const heardOf = (events: readonly RecordedEvent[]): readonly Heard[] => events.flatMap(createAdapter());
/** In short: what was told, of which session, when, with which number. */
const told = (events: readonly RecordedEvent[]): readonly unknown[] =>
  heardOf(events).map(({ now, signal, gap }) => {
    if (gap !== undefined) return ['gap', gap.from, gap.until];
    return 'sessionId' in signal
      ? [signal.type, signal.sessionId, signal.at, signal.epoch, now]
      : [signal.type, signal.at, now];
  });
function statusAt(events: readonly RecordedEvent[], now: number): string {
  let row: UserRow | undefined;
  for (const one of heardOf(events)) {
    if (one.signal !== undefined) row = advanceUser('ada', row, defaultPolicy, one.now, one.signal).row;
  }
  return advanceUser('ada', row, defaultPolicy, now).presence.status;
}

describe('createAdapter', () => {
  it('lets a new tab be nobody until its first word, which is its hello', () => {
    expect(told([event('s1', 1_000, 'connection')])).toEqual([]);
    const [hello, ...more] = heardOf([
      event('s1', 1_000, 'connection'),
      event('s1', 1_027, 'heartbeat', { state: 'background', inactiveForMs: 7 }),
    ]);
    expect(hello?.signal).toEqual({
      type: 'connected',
      userId: 'ada',
      sessionId: 'tab',
      epoch: 1_027,
      at: 1_027,
      report: 'background',
      activeAt: 1_020,
    });
    expect(more).toEqual([]);
  });

  it('tells an interaction as activity, even as the first word, and an upgrade not at all', () => {
    expect(
      told([
        event('s1', 1_000, 'connection'),
        event('s1', 1_010, 'upgrade'),
        event('s1', 1_020, 'interaction'),
      ]),
    ).toEqual([['activity', 'tab', 1_020, 1_020, 1_020]]);
  });

  it('numbers every connection, and a tab that is known is back at once', () => {
    expect(
      told([
        event('s1', 1_000, 'connection'),
        event('s1', 1_000, 'heartbeat'),
        event('s1', 5_000, 'disconnect'),
        event('s2', 5_040, 'connection'),
        event('s2', 5_100, 'heartbeat', { seq: 2 }),
      ]),
    ).toEqual([
      ['connected', 'tab', 1_000, 1_000, 1_000],
      ['disconnected', 'tab', 5_000, 1_000, 5_000],
      ['connected', 'tab', 5_040, 5_040, 5_040],
      ['heartbeat', 'tab', 5_100, 5_040, 5_100],
    ]);
  });

  it('tells a late end with the number of its own connection', () => {
    const changedNetwork = [
      event('s1', 1_000, 'connection'),
      event('s1', 1_000, 'heartbeat'),
      event('s2', 9_000, 'connection'),
      event('s2', 9_010, 'heartbeat', { seq: 2 }),
      event('s1', 14_000, 'disconnect', { reason: 'ping timeout' }),
    ];
    expect(told(changedNetwork).slice(1)).toEqual([
      ['connected', 'tab', 9_010, 9_010, 9_010],
      ['heartbeat', 'tab', 9_010, 9_010, 9_010],
      ['disconnected', 'tab', 14_000, 1_000, 14_000],
    ]);
    expect(statusAt(changedNetwork, 24_009)).toBe('active');
  });

  it('does not hear a socket after its goodbye, but tells its end', () => {
    const reload = [
      event('s1', 1_000, 'connection'),
      event('s1', 1_000, 'heartbeat'),
      event('s1', 5_000, 'page_closed', { seq: 2 }),
      event('s1', 5_001, 'heartbeat', { seq: 3, state: 'background' }),
      event('s1', 5_002, 'disconnect'),
    ];
    const ends = heardOf(reload)
      .map(({ signal }) => signal)
      .slice(1);
    expect(ends).toEqual([
      { type: 'disconnected', userId: 'ada', sessionId: 'tab', epoch: 1_000, at: 5_000, cause: 'closed' },
      { type: 'disconnected', userId: 'ada', sessionId: 'tab', epoch: 1_000, at: 5_002, cause: 'dropped' },
    ]);
    expect([statusAt(reload, 9_999), statusAt(reload, 10_000)]).toEqual(['active', 'offline']);
    expect(statusAt([...reload, event('s2', 5_050, 'connection')], 10_000)).toBe('active');
  });

  it.each([
    ['client namespace disconnect', 'closed'],
    ['server namespace disconnect', 'left'],
    ['transport close', 'dropped'],
    ['transport error', 'dropped'],
    ['ping timeout', 'dropped'],
    ['server shutting down', 'dropped'],
    ['__proto__', 'dropped'],
  ])('reads the end by %s as %s', (reason, cause) => {
    const end = heardOf([
      event('s1', 0, 'connection'),
      event('s1', 0, 'heartbeat'),
      event('s1', 9, 'disconnect', { reason }),
    ]).at(-1)?.signal;
    expect(end).toMatchObject({ type: 'disconnected', cause });
  });

  it('reads a sign-out as having left, whatever the transport says then', () => {
    const events = [
      event('s1', 1_000, 'connection'),
      event('s1', 1_000, 'heartbeat'),
      event('s1', 2_000, 'sign_out', { seq: 2 }),
      event('s1', 2_001, 'disconnect', { reason: 'client namespace disconnect' }),
    ];
    expect(statusAt(events, 2_001)).toBe('offline');
  });

  it('stamps what comes late with when it was sent: the least delayed message of a page is its clock', () => {
    const events = [
      event('s1', 10_000, 'connection'),
      event('s1', 10_100, 'heartbeat', { seq: 1, sentMs: 100 }),
      event('s1', 10_190, 'interaction', { seq: 2, sentMs: 200 }),
      event('s1', 10_800, 'heartbeat', { seq: 3, sentMs: 300, inactiveForMs: 100 }),
    ];
    expect(told(events)).toEqual([
      ['connected', 'tab', 10_100, 10_100, 10_100],
      ['activity', 'tab', 10_190, 10_100, 10_190],
      ['heartbeat', 'tab', 10_290, 10_100, 10_800],
    ]);
    expect(heardOf(events).at(-1)?.signal).toMatchObject({ activeAt: 10_190 });
  });

  it('begins a new clock with a reload, and goes on with the old one after a reconnect', () => {
    const page = [
      event('s1', 10_000, 'connection'),
      event('s1', 10_000, 'heartbeat', { seq: 1, sentMs: 100 }),
      event('s1', 60_000, 'disconnect'),
      event('s2', 60_500, 'connection'),
    ];
    const after = (said: Said): unknown => told([...page, event('s2', 60_900, 'heartbeat', said)]).at(-1);
    expect(after({ seq: 1, sentMs: 100 })).toEqual(['heartbeat', 'tab', 60_900, 60_500, 60_900]);
    expect(after({ seq: 2, sentMs: 50_600 })).toEqual(['heartbeat', 'tab', 60_500, 60_500, 60_900]);
  });

  it('tells a burst of late words newest first, after the first that is not late, and shows nothing that is over', () => {
    const burst = [
      event('s1', 10_000, 'connection'),
      event('s1', 10_000, 'heartbeat', { seq: 1, sentMs: 0, state: 'idle', inactiveForMs: 40_000 }),
      event('s1', 15_000, 'disconnect'),
      event('s2', 70_000, 'connection'),
      event('s2', 70_010, 'interaction', { seq: 2, sentMs: 20_000 }),
      event('s2', 70_020, 'heartbeat', { seq: 3, sentMs: 20_001 }),
      event('s2', 70_030, 'heartbeat', { seq: 4, sentMs: 60_000, state: 'idle', inactiveForMs: 40_000 }),
    ];
    expect(told(burst).slice(2)).toEqual([
      ['connected', 'tab', 70_000, 70_000, 70_000],
      ['heartbeat', 'tab', 70_000, 70_000, 70_030],
      ['heartbeat', 'tab', 30_001, 70_000, 70_030],
      ['activity', 'tab', 30_000, 70_000, 70_030],
    ]);
    // Without a word that is not late, the burst is over a quarter of a second after its last.
    const unfinished = [
      ...burst.slice(0, -1),
      event('other', 70_269, 'connection', { sessionId: 'another' }),
      event('other', 70_270, 'upgrade'),
    ];
    expect(told(unfinished).slice(3)).toEqual([
      ['heartbeat', 'tab', 30_001, 70_000, 70_270],
      ['activity', 'tab', 30_000, 70_000, 70_270],
    ]);
    // Nothing is forgotten when the line drops in the middle.
    expect(
      told([...burst.slice(0, -1), event('s2', 70_050, 'disconnect')])
        .slice(3)
        .map((one) => (one as unknown[])[0]),
    ).toEqual(['heartbeat', 'activity', 'disconnected']);
  });

  it('gives two words of one millisecond an order: the later one is heard a millisecond later', () => {
    const states = ['active', 'idle'].map((state, index) =>
      event('s1', 5_000, 'heartbeat', { state, seq: 2 + index }),
    );
    for (const order of [states, [...states].reverse()]) {
      const events = [event('s1', 1_000, 'connection'), event('s1', 1_000, 'heartbeat'), ...order];
      const last = order.at(-1);
      expect(statusAt(events, 5_001)).toBe(last?.event === 'heartbeat' ? last.state : '');
      expect(told(events).slice(1)).toEqual([
        ['heartbeat', 'tab', 5_000, 1_000, 5_000],
        ['heartbeat', 'tab', 5_001, 1_000, 5_001],
      ]);
    }
  });

  it('never lets time go back', () => {
    expect(heardOf([event('s1', 5_000, 'connection'), event('s1', 4_000, 'heartbeat')])).toMatchObject([
      { now: 5_000, signal: { at: 5_000 } },
    ]);
  });

  it('makes two sessions of two live pages with one id, so that closing one leaves the other', () => {
    const duplicated = [
      event('s1', 1_000, 'connection'),
      event('s1', 1_000, 'heartbeat'),
      event('s1', 6_000, 'heartbeat', { seq: 2 }),
      event('s2', 8_000, 'connection'),
      event('s2', 8_016, 'heartbeat'),
      event('s1', 9_000, 'heartbeat', { seq: 3, state: 'background' }),
    ];
    expect(told(duplicated).slice(2)).toEqual([
      ['connected', 'tab~2', 8_016, 8_016, 8_016],
      ['heartbeat', 'tab', 9_000, 1_000, 9_000],
    ]);
    expect(statusAt(duplicated, 9_000)).toBe('active');
    const closed = [
      ...duplicated,
      event('s1', 10_000, 'page_closed', { seq: 4 }),
      event('s1', 10_001, 'disconnect'),
      event('s2', 13_000, 'heartbeat', { seq: 2 }),
    ];
    expect(statusAt(closed, 20_000)).toBe('active');
    const third = [...duplicated, event('s3', 9_500, 'connection'), event('s3', 9_510, 'heartbeat')];
    expect(told(third).at(-1)).toEqual(['connected', 'tab~3', 9_510, 9_510, 9_510]);
    const elsewhere = { userId: 'bob' };
    const bobs = [
      ...duplicated,
      event('s4', 9_500, 'connection', elsewhere),
      event('s4', 9_510, 'heartbeat', elsewhere),
    ];
    expect(told(bobs).at(-1)).toEqual(['connected', 'tab', 9_510, 9_510, 9_510]);
  });

  it('lets a superseded connection take the place of the current one when that has ended, but not after a sign-out', () => {
    const twoLines = [
      event('s1', 1_000, 'connection'),
      event('s1', 1_000, 'heartbeat'),
      event('s2', 2_000, 'connection'),
      event('s2', 2_010, 'heartbeat', { seq: 2 }),
      event('s1', 3_000, 'heartbeat', { seq: 3 }),
    ];
    expect(told(twoLines).at(-1)).toEqual(['heartbeat', 'tab', 3_000, 1_000, 3_000]);
    const taken = [
      ...twoLines,
      event('s2', 4_000, 'page_closed', { seq: 4 }),
      event('s1', 5_000, 'heartbeat', { seq: 5 }),
    ];
    expect(told(taken).slice(-2)).toEqual([
      ['connected', 'tab', 5_000, 5_000, 5_000],
      ['heartbeat', 'tab', 5_000, 5_000, 5_000],
    ]);
    expect(statusAt(taken, 9_001)).toBe('active');
    // Only the end of the current connection counts, and only until there is a newer one.
    const newer = [
      ...twoLines,
      event('s3', 4_000, 'connection'),
      event('s3', 4_010, 'heartbeat', { seq: 4 }),
    ];
    const old = [...newer, event('s1', 4_500, 'disconnect'), event('s2', 5_000, 'heartbeat', { seq: 5 })];
    expect(told(old).at(-1)).toEqual(['heartbeat', 'tab', 5_000, 2_010, 5_000]);
    const again = [
      ...twoLines,
      event('s2', 4_000, 'disconnect'),
      event('s3', 4_500, 'connection'),
      event('s3', 4_510, 'heartbeat', { seq: 4 }),
      event('s1', 5_000, 'heartbeat', { seq: 5 }),
    ];
    expect(told(again).at(-1)).toEqual(['heartbeat', 'tab', 5_000, 1_000, 5_000]);
    const left = [
      ...twoLines,
      event('s2', 4_000, 'sign_out', { seq: 4 }),
      event('s1', 5_000, 'heartbeat', { seq: 5 }),
    ];
    expect(told(left).at(-1)).toEqual(['heartbeat', 'tab', 5_000, 1_000, 5_000]);
    expect(statusAt(left, 5_000)).toBe('offline');
  });

  it('ends the connections of a server that was killed, which nobody heard end, and tells the gap first', () => {
    expect(
      told([
        event('', 100, 'server_start'),
        event('s1', 1_000, 'connection'),
        event('s1', 1_000, 'heartbeat'),
        event('s0', 1_500, 'connection', { sessionId: 'mute' }),
        event('', 13_000, 'server_start'),
        event('s2', 14_000, 'connection'),
      ]).slice(1),
    ).toEqual([
      ['gap', 1_500, 23_000],
      ['disconnected', 'tab', 1_500, 1_000, 13_000],
      ['connected', 'tab', 14_000, 14_000, 14_000],
    ]);
  });

  it('begins the gap of a server that was stopped with its stop', () => {
    expect(
      told([
        event('', 100, 'server_start'),
        event('s1', 1_000, 'connection'),
        event('s1', 1_000, 'heartbeat'),
        event('', 5_000, 'server_stop'),
        event('s1', 5_002, 'disconnect', { reason: 'server shutting down' }),
        event('', 17_000, 'server_start'),
      ]).slice(1),
    ).toEqual([
      ['disconnected', 'tab', 5_002, 1_000, 5_002],
      ['gap', 5_000, 27_000],
    ]);
  });

  it('binds a custom status to the tab that says it', () => {
    const events = [
      event('s1', 1_000, 'connection'),
      event('s1', 1_000, 'heartbeat'),
      event('s1', 2_000, 'status', { seq: 2, detail: { game_id: 42 } }),
    ];
    expect(heardOf(events).at(-1)?.signal).toEqual({
      type: 'claimed',
      userId: 'ada',
      at: 2_000,
      claim: { id: 'game', detail: { game_id: 42 }, sessionId: 'tab' },
    });
    const off = event('s1', 3_000, 'status_off', { seq: 3 });
    expect(heardOf([...events, off]).at(-1)?.signal).toEqual({
      type: 'unclaimed',
      userId: 'ada',
      at: 3_000,
      claimId: 'game',
    });
  });

  it('ignores sockets of which it never heard a connection', () => {
    expect(told([event('s1', 1_000, 'heartbeat'), event('s1', 2_000, 'disconnect')])).toEqual([]);
  });
});

describe('parseRecordedEvent', () => {
  const beat = {
    at: 1,
    event: 'heartbeat',
    userId: 'ada',
    sessionId: 'tab',
    socketId: 's',
    seq: 1,
    sentMs: 5,
    state: 'idle',
    inactiveForMs: 0,
  };

  it('lets a line through as it is', () => {
    const parsed = parseRecordedEvent({ ...beat, kind: 'key' });
    expect(parsed).toEqual({ ok: true, value: { ...beat, kind: 'key' } });
  });

  it.each([
    ['no object', 7, 'event'],
    ['null', null, 'event'],
    ['an unknown event', { ...beat, event: 'constructor' }, 'event'],
    ['no event', { at: 1 }, 'event'],
    ['a fraction', { ...beat, at: 1.5 }, 'at'],
    ['a negative count', { ...beat, seq: -1 }, 'seq'],
    ['a foreign state', { ...beat, state: 'busy' }, 'state'],
    ['a missing id', { ...beat, userId: undefined }, 'userId'],
    ['a bad clock', { ...beat, sentMs: '5' }, 'sentMs'],
  ])('reports %s', (_, value, path) => {
    const parsed = parseRecordedEvent(value);
    expect(parsed.ok ? [] : parsed.issues.map((issue) => issue.path)).toEqual([path]);
  });
});
