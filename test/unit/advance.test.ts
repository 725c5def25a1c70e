import { describe, expect, it } from 'vitest';
import { advanceUser, defaultPolicy, definePolicy, deriveUser } from 'presence-model';
import type { Advanced, Change, Gap, Policy, Signal, Unstamped, UserRow } from 'presence-model';
import { frozen, hostileIds, nothing, sent, thrownBy } from './said.js';

type Said = Unstamped<Signal>;
const connected: Said = { type: 'connected', userId: 'ada', sessionId: 'tab' };
const beat: Said = { type: 'heartbeat', userId: 'ada', sessionId: 'tab' };
const ended = (cause: string): Said => ({ type: 'disconnected', userId: 'ada', sessionId: 'tab', cause });
const claims = (claim: Extract<Said, { readonly type: 'claimed' }>['claim']): Said => ({ type: 'claimed', userId: 'ada', claim });
const unclaims = (claimId: string): Said => ({ type: 'unclaimed', userId: 'ada', claimId });
const clears: Said = { type: 'cleared', userId: 'ada' };
const week = 604_800_000;

const advance = (row: UserRow | undefined, now: number, signal?: Said, policy: Policy = defaultPolicy, gaps?: readonly Gap[]): Advanced =>
  advanceUser('ada', frozen(row), policy, now, frozen(signal), frozen(gaps));
const brief = (changes: readonly Change[]): readonly string[] => changes.map((change) => {
  switch (change.type) {
    case 'user': return `${String(change.at)} ${change.from} to ${change.to} by ${change.cause}`;
    case 'claim': return `${String(change.at)} claim ${change.claimId} ${JSON.stringify(change.shown.details?.[change.claimId] ?? null)}`;
    default: return `${String(change.at)} ${change.type}`;
  }
});
/** What is told of signals given one after the other, each at its instant. */
function told(...steps: readonly (readonly [now: number, signal?: Said])[]): readonly string[] {
  let row: UserRow | undefined;
  return steps.flatMap(([now, signal]) => {
    const advanced = advance(row, now, signal);
    row = advanced.row;
    return brief(advanced.changes);
  });
}

describe('advanceUser', () => {
  it('knows nothing of somebody unknown', () => {
    expect(advance(undefined, 5)).toEqual({ row: undefined, changes: [], presence: deriveUser(nothing, defaultPolicy, 5) });
  });

  it('takes the first signal in and answers as of now', () => {
    const { row, changes, presence } = advance(undefined, 100, connected);
    expect(brief(changes)).toEqual(['100 offline to active by signal']);
    expect(presence).toMatchObject({ at: 100, status: 'active', nextChangeAt: 15_100 });
    expect(row).toStrictEqual({
      evidence: { userId: 'ada', sessions: [{ sessionId: 'tab', firstSeenAt: 100, seenAt: 100, epoch: 100 }], claims: [] },
      toldAt: 100,
      told: { userId: 'ada', at: 100, status: 'active', lastSeenAt: 100 },
    });
  });

  it('tells every crossing with its own instant, however late the call', () => {
    const { row } = advance(undefined, 0, connected);
    const { changes, presence } = advance(row, 300_000);
    expect(brief(changes)).toEqual([
      '15000 active to idle by time', '60000 idle to away by time', '180000 away to stale by time', '240000 stale to offline by time',
    ]);
    expect(changes.map(({ shown }) => shown?.at)).toEqual([15_000, 60_000, 180_000, 240_000]);
    expect(presence.nextChangeAt).toBe(week);
  });

  it('tells the same in one jump and in steps', () => {
    const inSteps = told([0, connected], ...[14_999, 15_000, 15_001, 60_000, 200_000, 240_000, 300_000].map((now) => [now] as const));
    expect(inSteps).toEqual(told([0, connected], [300_000]));
  });

  it.each([
    { case: 'one before', now: 14_999, changes: [] },
    { case: 'at', now: 15_000, changes: [] },
    { case: 'one after', now: 15_001, changes: ['15000 active to idle by time', '15001 idle to active by signal'] },
  ])('lets a beat $case a threshold prevent it or not', ({ now, changes }) => {
    expect(told([0, connected], [now, beat]).slice(1)).toEqual(changes);
  });

  it('tells what a signal changes before what is due at its instant', () => {
    expect(told([0, connected], [15_000, claims({ id: 'q', detail: 'x' })])).toEqual([
      '0 offline to active by signal', '15000 claim q "x"', '15000 active to idle by time',
    ]);
    expect(told([0, connected], [15_000, claims({ id: 'q', atMost: 'away' })])).toEqual(['0 offline to active by signal', '15000 active to away by signal']);
  });

  it('tells no threshold again that was told', () => {
    const first = advance(undefined, 0, connected);
    const second = advance(first.row, 15_000);
    expect(brief(second.changes)).toEqual(['15000 active to idle by time']);
    expect(advance(second.row, 15_000).changes).toEqual([]);
    expect(brief(advance(second.row, 15_000, claims({ id: 'q', detail: 'x' })).changes)).toEqual(['15000 claim q "x"']);
    expect(brief(advance(second.row, 15_000, beat).changes)).toEqual(['15000 idle to active by signal']);
  });

  it('takes an earlier now for the instant of the row', () => {
    const { row } = advance(undefined, 100, connected);
    const { row: same, presence, changes } = advance(row, 50);
    expect(same).toEqual(row);
    expect(presence.at).toBe(100);
    expect(changes).toEqual([]);
    expect(advance(row, 50, beat).row?.evidence.sessions[0]?.seenAt).toBe(100);
  });

  it.each([
    { case: 'left out: it is now', at: undefined, seenAt: 1_000 },
    { case: 'earlier: it stays', at: 999, seenAt: 999 },
    { case: 'later: it is cut to now', at: 1_001, seenAt: 1_000 },
  ])('places an instant $case', ({ at, seenAt }) => {
    const signal = at === undefined ? beat : { ...beat, at };
    expect(advance(undefined, 1_000, signal).presence.lastSeenAt).toBe(seenAt);
  });

  it('tells nothing of a beat that changes nothing', () => {
    const { row } = advance(undefined, 0, connected);
    const { changes } = advance(row, 10_000, beat);
    expect(changes).toEqual([]);
    expect(advance(row, 10_000, beat).changes).toBe(changes);
  });

  it('forgives a transport that comes back within its grace', () => {
    expect(told([0, connected], [10_000, ended('dropped')], [14_000, connected], [28_999])).toEqual(['0 offline to active by signal']);
    expect(told([0, connected], [10_000, ended('dropped')], [24_999, beat])).toEqual([
      '0 offline to active by signal', '15000 active to idle by time', '24999 idle to active by signal',
    ]);
  });

  it.each([
    { case: 'life after a departure reopens', signals: [ended('closed'), beat], at: 20_000, status: 'active' },
    { case: 'life after a sign-out does not', signals: [ended('left'), beat], at: 20_000, status: 'offline' },
    { case: 'connected after a sign-out does', signals: [ended('left'), connected], at: 20_000, status: 'active' },
    { case: 'an end told as earlier than the connection is inert', signals: [connected, { ...ended('left'), at: 9 }], at: 20_000, status: 'active' },
  ])('$case', ({ signals: [first, second], at, status }) => {
    const opened = advance(undefined, 10, connected).row;
    const once = advance(opened, 15_000, first).row;
    expect(advance(once, at, second).presence.status).toBe(status);
  });

  it('keeps two commands of one millisecond in order', () => {
    const show = claims({ id: 'q', show: 'away' });
    expect(told([0, connected], [5, show], [5, unclaims('q')], [5, show], [5, clears], [5, show])).toEqual([
      '0 offline to active by signal',
      '5 active to away by signal', '5 away to active by signal', '5 active to away by signal', '5 away to active by signal', '5 active to away by signal',
    ]);
  });

  it('tells the end of a claim at its instant', () => {
    const { row } = advance(advance(undefined, 0, connected).row, 1, claims({ id: 'q', show: 'away', detail: 'out', expiresAt: 100 }));
    expect([99, 100, 101].map((now) => brief(advance(row, now).changes))).toEqual([
      [], ['100 claim q null', '100 away to active by time'], ['100 claim q null', '100 away to active by time'],
    ]);
  });

  it('tells first of all, at the instant told last, what a later gap changes', () => {
    const { row } = advance(advance(undefined, 0, connected).row, 20_000);
    expect(row?.told.status).toBe('idle');
    // The clock had run for 7 s of 20 s; the other 8 s are over at 28 s.
    expect(brief(advance(row, 30_000, undefined, defaultPolicy, [{ from: 5_000, until: 18_000 }]).changes))
      .toEqual(['20000 idle to active by signal', '28000 active to idle by time']);
  });

  it('tells first of all, at the instant told last, what another policy changes', () => {
    const { row } = advance(advance(undefined, 0, connected).row, 20_000);
    expect(brief(advance(row, 20_001, undefined, definePolicy({ silence: { away: 20_000, offline: 20_001 } })).changes))
      .toEqual(['20000 idle to away by signal', '20001 away to offline by time']);
    expect(brief(advance(row, 20_000, beat, definePolicy({ silence: { offline: 10_000 } })).changes))
      .toEqual(['20000 idle to offline by signal', '20000 offline to active by signal']);
  });

  it('refuses what comes too late, and nothing changes but the time', () => {
    const { row } = advance(undefined, 900_000, connected);
    const { changes, row: after } = advance(row, 900_001, { ...beat, at: 1 });
    expect(changes).toStrictEqual([{
      type: 'rejected', userId: 'ada', at: 900_001, reason: 'too-late',
      signal: { type: 'heartbeat', userId: 'ada', sessionId: 'tab', at: 1 },
    }]);
    expect(after?.evidence).toEqual(row?.evidence);
    expect(brief(advance(row, 900_001, { ...beat, at: 2 }).changes)).toEqual([]);
    expect(brief(advance(row, 9_000_000, { type: 'claimed', userId: 'ada', at: 0, claim: { id: 'q', detail: 1, whileAtLeast: 'offline' } }).changes).at(-1))
      .toBe('9000000 claim q 1');
  });

  it('takes a session that is over for absent', () => {
    const { row } = advance(undefined, 0, { ...connected, report: 'background' });
    const over = 240_000 + 900_000;
    expect(advance(row, over - 1, beat).presence).toMatchObject({ status: 'away', sessions: [{ report: 'background' }] });
    expect(advance(row, over, beat).presence).toMatchObject({ status: 'active', sessions: [{ report: 'none' }] });
    expect(advance(row, over, beat).row?.evidence.sessions[0]?.firstSeenAt).toBe(over);
  });

  it('answers late as it answers early', () => {
    const early = [240_000, 1_140_000, 2_000_000].reduce<UserRow | undefined>((row, now) => advance(row, now).row, advance(undefined, 0, connected).row);
    expect(early).toEqual(advance(advance(undefined, 0, connected).row, 2_000_000).row);
    expect(early?.evidence).toEqual({ ...nothing, seenAt: 0 });
  });

  it('keeps the last seen when sessions are forgotten, until that is forgotten too', () => {
    const { row } = advance(undefined, 0, { type: 'activity', userId: 'ada', sessionId: 'tab' });
    expect([1_139_999, 1_140_000, week - 1].map((now) => {
      const { presence } = advance(row, now);
      return [presence.sessions.length, presence.shown.lastSeenAt, presence.lastActiveAt];
    })).toEqual([[1, 0, 0], [0, 0, 0], [0, 0, 0]]);
    const last = advance(row, week);
    expect(last.row).toBeUndefined();
    expect('lastSeenAt' in last.presence).toBe(false);
  });

  it('gives no row where nothing is left', () => {
    const { row } = advance(undefined, 0, unclaims('q'));
    expect(row?.evidence.claims).toEqual([{ id: 'q', at: 0 }]);
    expect(advance(row, 899_999).row).toBeDefined();
    expect(advance(row, 900_000).row).toBeUndefined();
  });

  it('lives in a store as JSON', () => {
    const steps = [[0, connected], [5, claims({ id: 'q', atMost: 'idle', detail: { a: [1] } })], [20_000, ended('dropped')], [50_000, undefined], [70_000, beat]] as const;
    let kept: UserRow | undefined;
    let stored: UserRow | undefined;
    for (const [now, signal] of steps) {
      const here = advance(kept, now, signal);
      const there = advance(stored === undefined ? undefined : sent(stored), now, signal);
      expect(there).toEqual(here);
      kept = here.row;
      stored = there.row;
    }
    expect(kept?.told.status).toBe('idle');
  });

  it.each(hostileIds)('takes %j for an id like any other', (id) => {
    const { row } = advanceUser(id, undefined, defaultPolicy, 0, { type: 'connected', userId: id, sessionId: id });
    const { changes, presence } = advanceUser(id, sent(row), defaultPolicy, 1, { type: 'claimed', userId: id, claim: { id, detail: 'x' } });
    expect(presence).toMatchObject({ userId: id, status: 'active', because: { sessionId: id } });
    expect(changes).toMatchObject([{ type: 'claim', userId: id, claimId: id }]);
  });

  const row: UserRow = advance(undefined, 0, connected).row!;
  const plainly: Policy = defaultPolicy;
  it.each([
    { call: () => advanceUser(5 as never, row, plainly, 0), message: 'Expected `userId` to be a string, received 5.' },
    { call: () => advanceUser('ada', row, plainly, 1234.5), message: 'Expected `now` to be whole milliseconds, received 1234.5. Floor it where you read your clock.' },
    { call: () => advanceUser('bob', row, plainly, 0), message: 'Expected `row.evidence.userId` to be "bob", as `userId` is, received "ada".' },
    { call: () => advanceUser('ada', row, plainly, 0, { ...beat, userId: 'bob' }), message: 'Expected `signal.userId` to be "ada", as `userId` is, received "bob".' },
    { call: () => advanceUser('ada', row, plainly, 0, null as never), message: 'Expected the value to be a signal (an object), received null.' },
    { call: () => advanceUser('ada', row, plainly, 0, { ...beat, at: 0.5 }), message: 'Expected `at` to be whole milliseconds, received 0.5.' },
    { call: () => advanceUser('ada', null as never, plainly, 0), message: 'Expected `row` to be an object or undefined, received null.' },
    { call: () => advanceUser('ada', { ...row, toldAt: '0' } as never, plainly, 0), message: 'Expected `row.toldAt` to be whole milliseconds, received "0".' },
    { call: () => advanceUser('ada', { ...row, evidence: {} } as never, plainly, 0), message: 'Expected `row.evidence.userId` to be a string, received nothing.' },
    { call: () => advanceUser('ada', { ...row, told: undefined } as never, plainly, 0), message: 'Expected `row.told` to be what others were shown last, received nothing.' },
    { call: () => advanceUser('ada', row, plainly, 0, beat, 5 as never), message: 'Expected `gaps` to be a list of { from, until }, received 5.' },
  ])('refuses what breaks its type: $message', ({ call, message }) => {
    expect(thrownBy(call)).toBe(`TypeError: ${message}`);
  });
});
