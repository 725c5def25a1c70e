import { describe, expect, it } from 'vitest';
import { mergeEvidence, observe } from 'presence-model';
import type { ClaimEvidence, Numbered, SessionEvidence, Signal, UserEvidence } from 'presence-model';
import { activity, beat, claimed, cleared, connected, disconnected, frozen, heard, hostileIds, nothing, sent, thrownBy, unclaimed } from './said.js';

/** What is known of the only session. */
const tabOf = (...signals: readonly Numbered<Signal>[]): SessionEvidence => heard(...signals).sessions[0]!;
const claimOf = (...signals: readonly Numbered<Signal>[]): ClaimEvidence => heard(...signals).claims[0]!;
/** Both orders, which must agree. */
const bothOrders = <T>(of: (...signals: readonly Numbered<Signal>[]) => T, a: Numbered<Signal>, b: Numbered<Signal>): T => {
  expect(of(b, a)).toEqual(of(a, b));
  return of(a, b);
};

describe('observe', () => {
  it.each([
    { says: 'connected alone', signal: connected(7), session: { firstSeenAt: 7, seenAt: 7 } },
    { says: 'a beat alone', signal: beat(7), session: { firstSeenAt: 7, seenAt: 7 } },
    { says: 'a report', signal: beat(7, { report: 'idle' }), session: { firstSeenAt: 7, seenAt: 7, report: { word: 'idle', at: 7, since: 7 } } },
    { says: 'an earlier interaction', signal: beat(7, { activeAt: 3 }), session: { firstSeenAt: 7, seenAt: 7, activeAt: 3 } },
    { says: 'an interaction at its instant', signal: connected(7, { activeAt: 7 }), session: { firstSeenAt: 7, seenAt: 7, activeAt: 7 } },
    { says: 'a later interaction, cut to its instant', signal: beat(7, { activeAt: 8 }), session: { firstSeenAt: 7, seenAt: 7, activeAt: 7 } },
    { says: 'a promise of quiet', signal: beat(7, { quietForMs: 100 }), session: { firstSeenAt: 7, seenAt: 7, quietForMs: 100 } },
    { says: 'a promise of nothing', signal: beat(7, { quietForMs: 0 }), session: { firstSeenAt: 7, seenAt: 7 } },
    { says: 'that it does not count', signal: connected(7, { uncounted: true }), session: { firstSeenAt: 7, seenAt: 7, uncounted: true } },
    { says: 'that it counts', signal: connected(7, { uncounted: false }), session: { firstSeenAt: 7, seenAt: 7 } },
    { says: 'activity', signal: activity(7), session: { firstSeenAt: 7, seenAt: 7, activeAt: 7, setAsideAt: 7 } },
    {
      says: 'activity with a report',
      signal: activity(7, { report: 'idle' }),
      session: { firstSeenAt: 7, seenAt: 7, activeAt: 7, report: { word: 'idle', at: 7, since: 7 } },
    },
    { says: 'an end', signal: disconnected(7, 'closed'), session: { departures: { closed: 7 } } },
  ])('keeps of $says only instants', ({ signal, session }) => {
    expect(observe(undefined, signal)).toEqual({ userId: 'ada', sessions: [{ sessionId: 'tab', epoch: 1, ...session }], claims: [] });
  });

  it('takes an end without a cause for dropped', () => {
    const { sessions } = observe(undefined, { type: 'disconnected', userId: 'ada', sessionId: 'tab', epoch: 1, at: 7 });
    expect(sessions[0]?.departures).toEqual({ dropped: 7 });
  });

  it('keeps what is said of claims', () => {
    expect(heard(claimed(1, { id: 'q', show: 'away' }))).toEqual({ ...nothing, claims: [{ id: 'q', at: 1, claim: { id: 'q', show: 'away' } }] });
    expect(heard(unclaimed(2, 'q'))).toEqual({ ...nothing, claims: [{ id: 'q', at: 2 }] });
    expect(heard(cleared(3))).toEqual({ ...nothing, clearedAt: 3 });
  });

  it('takes the earliest first sight and the latest life', () => {
    expect(tabOf(beat(5), beat(3), beat(9))).toMatchObject({ firstSeenAt: 3, seenAt: 9 });
  });

  it.each([
    { case: 'a later beat ends an older promise', a: beat(5, { quietForMs: 100 }), b: beat(6), seenAt: 6, quietForMs: undefined },
    { case: 'a later beat with a shorter promise ends it too', a: beat(5, { quietForMs: 100 }), b: beat(6, { quietForMs: 1 }), seenAt: 6, quietForMs: 1 },
    { case: 'an older promise that comes late says nothing', a: beat(6), b: beat(5, { quietForMs: 100 }), seenAt: 6, quietForMs: undefined },
    { case: 'of one instant the longer promise counts', a: beat(5, { quietForMs: 100 }), b: beat(5, { quietForMs: 20 }), seenAt: 5, quietForMs: 100 },
    { case: 'of one instant a promise counts over none', a: beat(5, { quietForMs: 100 }), b: activity(5), seenAt: 5, quietForMs: 100 },
    { case: 'life of an older connection is life', a: beat(6, { epoch: 1, quietForMs: 9 }), b: beat(5, { epoch: 2 }), seenAt: 6, quietForMs: 9 },
  ])('$case', ({ a, b, seenAt, quietForMs }) => {
    const session = bothOrders(tabOf, a, b);
    expect(session.seenAt).toBe(seenAt);
    expect(session.quietForMs).toBe(quietForMs);
  });

  it.each([
    { case: 'the latest counts', a: beat(9, { activeAt: 4 }), b: activity(6), activeAt: 6 },
    { case: 'a late beat may know of a later one', a: activity(4), b: beat(9, { activeAt: 6 }), activeAt: 6 },
    { case: 'none of a later beat takes it away', a: activity(4), b: beat(9), activeAt: 4 },
  ])('of interactions $case', ({ a, b, activeAt }) => {
    expect(bothOrders(tabOf, a, b).activeAt).toBe(activeAt);
  });

  it.each([
    { case: 'the later is the last word', a: beat(5, { report: 'idle' }), b: beat(6, { report: 'active' }), report: { word: 'active', at: 6, since: 6 } },
    { case: 'of one instant the smaller word', a: beat(5, { report: 'idle' }), b: beat(5, { report: 'background' }), report: { word: 'background', at: 5, since: 5 } },
    { case: 'a beat without one leaves it', a: beat(5, { report: 'idle' }), b: beat(6), report: { word: 'idle', at: 5, since: 5 } },
    { case: 'it outlives the connection', a: beat(5, { report: 'idle' }), b: connected(6, { epoch: 2 }), report: { word: 'idle', at: 5, since: 5 } },
    { case: 'an explicit none is a word', a: beat(5, { report: 'idle' }), b: beat(6, { report: 'none' }), report: { word: 'none', at: 6, since: 6 } },
  ])('of reports: $case', ({ a, b, report }) => {
    expect(bothOrders(tabOf, a, b).report).toEqual(report);
  });

  it.each([
    { case: 'a late duplicate restarts no grace', a: disconnected(10, 'dropped'), b: disconnected(20, 'dropped'), departures: { dropped: 10 } },
    { case: 'each cause is on its own', a: disconnected(10, 'dropped'), b: disconnected(5, 'closed'), departures: { closed: 5, dropped: 10 } },
    { case: 'life does not take one away', a: disconnected(10, 'dropped'), b: beat(20), departures: { dropped: 10 } },
    { case: 'a newer connection has none', a: disconnected(10, 'dropped'), b: connected(10, { epoch: 2 }), departures: undefined },
    { case: 'the end of an older one is inert', a: connected(10, { epoch: 2 }), b: disconnected(20, 'left', { epoch: 1 }), departures: undefined },
    {
      case: 'those of a newer one replace', a: disconnected(10, 'left'), b: disconnected(20, 'dropped', { epoch: 2 }), departures: { dropped: 20 },
    },
  ])('of departures: $case', ({ a, b, departures }) => {
    expect(bothOrders(tabOf, a, b).departures).toEqual(departures);
  });

  it.each([
    { case: 'true wins within a connection', a: beat(5, { uncounted: true }), b: beat(6), uncounted: true },
    { case: 'a newer connection counts anew', a: beat(5, { uncounted: true }), b: connected(6, { epoch: 2 }), uncounted: undefined },
    { case: 'a newer connection may not count', a: beat(5), b: connected(6, { epoch: 2, uncounted: true }), uncounted: true },
    { case: 'an older one decides nothing', a: beat(5, { epoch: 2 }), b: beat(6, { uncounted: true }), uncounted: undefined },
  ])('of uncounted: $case', ({ a, b, uncounted }) => {
    expect(bothOrders(tabOf, a, b).uncounted).toBe(uncounted);
  });

  it('keeps life, interaction and report over a reconnect, but neither departures nor uncounted', () => {
    const before = [activity(5), beat(6, { report: 'background', quietForMs: 9, uncounted: true }), disconnected(7, 'closed')];
    expect(tabOf(...before, connected(8, { epoch: 2 }))).toEqual({
      sessionId: 'tab', firstSeenAt: 5, seenAt: 8, activeAt: 5, report: { word: 'background', at: 6, since: 6 }, setAsideAt: 5, epoch: 2,
    });
  });

  it.each([
    { case: 'the later word wins', a: claimed(5, { id: 'q', show: 'away' }), b: claimed(6, { id: 'q', show: 'idle' }), said: { id: 'q', show: 'idle' } },
    { case: 'a later taking back wins', a: claimed(5, { id: 'q', show: 'away' }), b: unclaimed(6, 'q'), said: undefined },
    { case: 'an earlier taking back does not', a: claimed(5, { id: 'q', show: 'away' }), b: unclaimed(4, 'q'), said: { id: 'q', show: 'away' } },
    { case: 'on a tie taken back wins', a: claimed(5, { id: 'q', show: 'away' }), b: unclaimed(5, 'q'), said: undefined },
    {
      case: 'on a tie the later end',
      a: claimed(5, { id: 'q', show: 'away', expiresAt: 20 }),
      b: claimed(5, { id: 'q', show: 'idle', expiresAt: 19 }),
      said: { id: 'q', show: 'away', expiresAt: 20 },
    },
    {
      case: 'on a tie no end is the latest',
      a: claimed(5, { id: 'q', show: 'away', expiresAt: 20 }),
      b: claimed(5, { id: 'q', show: 'idle' }),
      said: { id: 'q', show: 'idle' },
    },
    {
      case: 'then the smaller JSON',
      a: claimed(5, { id: 'q', show: 'idle' }),
      b: claimed(5, { id: 'q', show: 'away' }),
      said: { id: 'q', show: 'away' },
    },
    {
      case: 'with its keys in code-unit order',
      a: claimed(5, { show: 'away', id: 'q' }),
      b: claimed(5, { id: 'q', atMost: 'offline' }),
      said: { id: 'q', atMost: 'offline' },
    },
  ])('of claims: $case', ({ a, b, said }) => {
    expect(bothOrders(claimOf, a, b).claim).toEqual(said);
  });

  it('keeps -0 as 0, as JSON would', () => {
    const evidence = heard(beat(-0, { activeAt: -0, report: 'idle' }), activity(-0), disconnected(-0, 'dropped'), cleared(-0));
    expect(evidence).toEqual(sent(evidence));
  });

  it('keeps the latest clearing', () => {
    expect(heard(cleared(5), cleared(9), cleared(7)).clearedAt).toBe(9);
  });

  it('lists sessions and claims by id, whatever order they came in', () => {
    const evidence = heard(...['b', 'a', 'B'].flatMap((id) => [beat(1, { sessionId: id }), claimed(1, { id })]));
    expect(evidence.sessions.map(({ sessionId }) => sessionId)).toEqual(['B', 'a', 'b']);
    expect(evidence.claims.map(({ id }) => id)).toEqual(['B', 'a', 'b']);
  });

  it.each([
    connected(5, { report: 'idle', activeAt: 4, quietForMs: 9 }), beat(5), activity(5), disconnected(5, 'left'), claimed(5, { id: 'q', detail: { a: [1] } }),
    unclaimed(5, 'q'), cleared(5),
  ])('gives the same reference back where $type is said twice', (signal) => {
    const once = frozen(heard(beat(1, { report: 'active' }), signal));
    expect(observe(once, sent(signal))).toBe(once);
  });

  it('keeps the parts that did not change', () => {
    const before = frozen(heard(beat(1), beat(1, { sessionId: 'phone' }), claimed(1, { id: 'q' })));
    const after = observe(before, beat(2));
    expect(after).not.toBe(before);
    expect(after.sessions[0]).toBe(before.sessions[0]);
    expect(after.claims).toBe(before.claims);
  });

  it.each(hostileIds)('takes %j for an id, a word and a cause like any other', (id) => {
    const about = { userId: id, sessionId: id, epoch: 1 };
    const evidence = [
      observe(undefined, { ...about, type: 'heartbeat', at: 1, report: id }),
      observe(undefined, { ...about, type: 'disconnected', at: 2, cause: id }),
      observe(undefined, { ...about, type: 'disconnected', at: 3, cause: 'dropped' }),
      observe(undefined, { type: 'claimed', userId: id, at: 4, claim: { id } }),
    ].reduce(mergeEvidence);
    expect(evidence.sessions.map(({ sessionId, report }) => [sessionId, report?.word])).toEqual([[id, id]]);
    expect(Object.entries(evidence.sessions[0]?.departures ?? {}).sort()).toEqual([[id, 2], ['dropped', 3]].sort());
    expect(evidence.claims[0]?.id).toBe(id);
    expect(sent(evidence)).toEqual(evidence);
  });

  it.each([
    { signal: null, message: 'Expected the value to be a signal (an object), received null.' },
    { signal: [], message: 'Expected the value to be a signal (an object), received a list.' },
    {
      signal: { ...beat(1), type: 'ping' },
      message: 'Expected `type` to be one of connected, heartbeat, activity, disconnected, claimed, unclaimed, cleared, received "ping".',
    },
    { signal: { ...beat(1), userId: 5 }, message: 'Expected `userId` to be a string, received 5.' },
    { signal: { ...beat(1), at: 1.5 }, message: 'Expected `at` to be whole milliseconds, received 1.5.' },
    { signal: { ...beat(1), at: undefined }, message: 'Expected `at` to be whole milliseconds, received nothing.' },
    { signal: { ...beat(1), sessionId: undefined }, message: 'Expected `sessionId` to be a string, received nothing.' },
    { signal: { ...beat(1), epoch: undefined }, message: 'Expected `epoch` to be a whole number, received nothing.' },
    { signal: { ...beat(1), epoch: 1.5 }, message: 'Expected `epoch` to be a whole number, received 1.5.' },
    { signal: { ...beat(1), report: 5 }, message: 'Expected `report` to be a word, received 5.' },
    { signal: { ...beat(1), activeAt: null }, message: 'Expected `activeAt` to be whole milliseconds, received null.' },
    { signal: { ...beat(1), quietForMs: -1 }, message: 'Expected `quietForMs` to be whole milliseconds, 0 or more, received -1.' },
    { signal: { ...beat(1), uncounted: 1 }, message: 'Expected `uncounted` to be true or false, received 1.' },
    { signal: { ...disconnected(1, 'left'), cause: 5 }, message: 'Expected `cause` to be a word, received 5.' },
    { signal: { ...claimed(1, { id: 'q' }), claim: undefined }, message: 'Expected `claim` to be an object, received nothing.' },
    { signal: { ...unclaimed(1, 'q'), claimId: 5 }, message: 'Expected `claimId` to be a string, received 5.' },
    { signal: claimed(1, { id: 5 } as never), message: 'Expected `claim.id` to be a string, received 5.' },
    { signal: claimed(1, { id: 'q', priority: NaN }), message: 'Expected `claim.priority` to be a finite number, received NaN.' },
    { signal: claimed(1, { id: 'q', expiresAt: 0.5 }), message: 'Expected `claim.expiresAt` to be whole milliseconds, received 0.5.' },
    {
      signal: claimed(1, { id: 'q', show: 'away', atMost: 'away' } as never),
      message: 'Expected `claim.show` to be left out where `atMost` or `atLeast` is given, received "away".',
    },
    { signal: claimed(1, { id: 'q', detail: [undefined] } as never), message: 'Expected `claim.detail` to be JSON, at most 100 levels deep and of at most 100000 parts, received a list.' },
    { signal: beat(1, { userId: 'bob' }), message: 'Expected `userId` to be that of the evidence, "ada", received "bob".' },
  ])('refuses what breaks its type: $message', ({ signal, message }) => {
    const before = frozen(heard(beat(0)));
    expect(thrownBy(() => observe(before, signal as Numbered<Signal>))).toBe(`TypeError: ${message}`);
    expect(before).toEqual(heard(beat(0)));
  });
});

describe('mergeEvidence', () => {
  const here = frozen(heard(beat(5), activity(3), claimed(2, { id: 'q', show: 'away' })));
  const there = frozen(heard(beat(4), disconnected(9, 'dropped'), beat(1, { sessionId: 'phone' }), unclaimed(3, 'q'), cleared(1)));

  it('knows what both know', () => {
    expect(mergeEvidence(here, there)).toEqual({
      userId: 'ada',
      sessions: [
        { sessionId: 'phone', firstSeenAt: 1, seenAt: 1, epoch: 1 },
        { sessionId: 'tab', firstSeenAt: 3, seenAt: 5, activeAt: 3, setAsideAt: 3, epoch: 1, departures: { dropped: 9 } },
      ],
      claims: [{ id: 'q', at: 3 }],
      clearedAt: 1,
    });
    expect(mergeEvidence(there, here)).toEqual(mergeEvidence(here, there));
  });

  it('takes the later of what forgetting kept', () => {
    const kept = (seenAt: number, activeAt: number): UserEvidence => ({ ...nothing, seenAt, activeAt });
    expect(mergeEvidence(kept(5, 1), kept(4, 3))).toEqual(kept(5, 3));
    expect(mergeEvidence(kept(5, 1), nothing)).toEqual(kept(5, 1));
  });

  it('gives the first back where the second adds nothing', () => {
    const both = frozen(mergeEvidence(here, there));
    expect(mergeEvidence(both, there)).toBe(both);
    expect(mergeEvidence(both, sent(here))).toBe(both);
    expect(mergeEvidence(here, sent(here))).toBe(here);
    expect(mergeEvidence(here, nothing)).toBe(here);
    expect(mergeEvidence(here, both)).toEqual(both);
    expect(mergeEvidence(nothing, here)).toEqual(here);
  });

  it('is in the order of ids, whatever that of its parts', () => {
    const sessions = (...ids: string[]): UserEvidence => ({ ...nothing, sessions: ids.map((sessionId) => ({ sessionId, epoch: 1 })) });
    const [nobody, two, one, three] = [nothing, sessions('c', 'a'), sessions('b'), sessions('a', 'b', 'c')];
    expect(mergeEvidence(nobody, two)).toEqual(sessions('a', 'c'));
    for (const [a, b] of [[two, one], [one, two], [three, two]] as const) expect(mergeEvidence(a, b)).toEqual(three);
  });

  it('takes the earlier beginning of one report', () => {
    const said = (since: number): UserEvidence => ({ ...nothing, sessions: [{ sessionId: 'tab', epoch: 1, report: { word: 'idle', at: 5, since } }] });
    expect(mergeEvidence(said(5), said(3)).sessions[0]?.report).toEqual({ word: 'idle', at: 5, since: 3 });
    expect(mergeEvidence(said(3), said(5)).sessions[0]?.report).toEqual({ word: 'idle', at: 5, since: 3 });
  });

  it.each([
    { a: here, b: { ...here, userId: 'bob' }, message: 'Expected `userId` to be that of the evidence, "ada", received "bob".' },
    { a: null, b: here, message: 'Expected `a` to be an object, received null.' },
    { a: here, b: { userId: 'ada', claims: [] }, message: 'Expected `b.sessions` to be a list, received nothing.' },
    { a: here, b: { ...nothing, sessions: [{ sessionId: 'tab' }] }, message: 'Expected `b.sessions[0].epoch` to be a whole number, received nothing.' },
    { a: here, b: { ...nothing, clearedAt: '5' }, message: 'Expected `b.clearedAt` to be whole milliseconds, received "5".' },
    {
      a: { ...here, sessions: [...here.sessions, ...here.sessions] },
      b: here,
      message: 'Expected `a.sessions[1].sessionId` to be listed once, received "tab".',
    },
    {
      a: { ...nothing, sessions: [{ sessionId: 'tab', epoch: 1, departures: { left: 0.5 } }] },
      b: here,
      message: 'Expected `a.sessions[0].departures.left` to be whole milliseconds, received 0.5.',
    },
  ])('refuses what breaks its type: $message', ({ a, b, message }) => {
    expect(thrownBy(() => mergeEvidence(a as UserEvidence, b as UserEvidence))).toBe(`TypeError: ${message}`);
  });
});
