import { describe, expect, it } from 'vitest';
import { defaultPolicy, definePolicy } from 'presence-model';
import type { Signal } from 'presence-model';
import { comparePolicies, sumDifferences } from 'presence-model/testing';
import type { Difference } from 'presence-model/testing';
import { activity, beat, claimed, connected, disconnected, frozen, hostileIds, sent, thrownBy } from '../said.js';

const patient = definePolicy({ inactivity: { idle: 600_000, away: 900_000 } });
const minute = 60_000;

/** Beats of ada's tab every 10 s. */
const beats = (from: number, until: number): readonly Signal[] =>
  Array.from({ length: Math.ceil((until - from) / 10_000) }, (_, i) => beat(from + i * 10_000));

const ofUser = (differences: readonly Difference[]): readonly Difference[] => differences.filter(({ sessionId }) => sessionId === undefined);
const ofSessions = (differences: readonly Difference[]): readonly Difference[] => differences.filter(({ sessionId }) => sessionId !== undefined);

describe('comparePolicies', () => {
  it('says what would have been shown if idle were ten minutes', () => {
    const signals = frozen([activity(0), ...beats(10_000, 20 * minute)]);
    const differences = comparePolicies(signals, defaultPolicy, patient, frozen({ from: 0, until: 20 * minute }));
    const spans = [
      { from: minute, until: 5 * minute, a: 'idle', b: 'active', begunBy: 'a' },
      { from: 5 * minute, until: 10 * minute, a: 'away', b: 'active', begunBy: 'a' },
      { from: 10 * minute, until: 15 * minute, a: 'away', b: 'idle', begunBy: 'b', endedBy: 'b' },
    ];
    expect(differences).toStrictEqual([
      ...spans.map((span) => ({ userId: 'ada', ...span })),
      ...spans.map((span) => ({ userId: 'ada', sessionId: 'tab', ...span })),
    ]);
  });

  it('says nothing where the policies agree', () => {
    expect(comparePolicies([activity(0), ...beats(0, minute)], defaultPolicy, patient, { from: 0, until: minute })).toEqual([]);
    expect(comparePolicies([], defaultPolicy, patient, { from: 0, until: minute })).toEqual([]);
    expect(comparePolicies([activity(0)], defaultPolicy, patient, { from: 0, until: 0 })).toEqual([]);
  });

  it.each([
    { at: 4_999, spans: [] },
    { at: 5_000, spans: [] },
    { at: 5_001, spans: [[5_000, 5_001]] },
    { at: 5_002, spans: [[5_000, 5_002]] },
    { at: 5_999, spans: [[5_000, 5_999]] },
    { at: 6_000, spans: [[5_000, 6_000]] },
    { at: 6_001, spans: [[5_000, 6_000]] },
  ])('is exact: a beat after $at ms between thresholds of 5 and 6 s', ({ at, spans }) => {
    const [five, six] = [5_000, 6_000].map((idle) => definePolicy({ silence: { ...defaultPolicy.silence, idle } }));
    const differences = ofUser(comparePolicies([connected(0), beat(at)], five!, six!, { from: 0, until: 9_000 }));
    expect(differences.map(({ from, until }) => [from, until])).toEqual(spans);
  });

  it('says whose change began and ended it', () => {
    const quick = definePolicy({ silence: { ...defaultPolicy.silence, idle: 5_000 } });
    const direct = definePolicy({ silence: { away: 15_000, offline: 240_000 } });
    const changes = (list: readonly Difference[]): readonly unknown[] => ofUser(list).map(({ a, b, begunBy, endedBy }) => [a, b, begunBy, endedBy]);
    const range = { from: 0, until: 20_000 };
    // b falls earlier; then both stand on the same rung because a comes after.
    expect(changes(comparePolicies([connected(0)], defaultPolicy, quick, range))).toEqual([['active', 'idle', 'b', 'a']]);
    // Both fall at once, to different rungs, and return at once.
    expect(changes(comparePolicies([connected(0), beat(17_000)], defaultPolicy, direct, range))).toEqual([['idle', 'away', 'both', 'both']]);
    // It was so when the range began, and still is when it ends.
    expect(changes(comparePolicies([connected(0)], defaultPolicy, quick, { from: 6_000, until: 14_000 }))).toEqual([['active', 'idle', undefined, undefined]]);
  });

  it('cuts to the range, lets earlier signals count and leaves out later ones', () => {
    const signals = [activity(0), ...beats(10_000, 20 * minute)];
    const spans = (from: number, until: number): readonly unknown[] =>
      ofUser(comparePolicies(signals, defaultPolicy, patient, { from, until })).map((difference) => [difference.from, difference.until]);
    expect(spans(2 * minute, 3 * minute)).toEqual([[2 * minute, 3 * minute]]);
    expect(spans(0, minute)).toEqual([]);
    expect(spans(0, minute + 1)).toEqual([[minute, minute + 1]]);
    const reading = (more: readonly Signal[]): readonly Difference[] => comparePolicies([...signals, ...more], defaultPolicy, patient, { from: 0, until: 20 * minute });
    expect(reading([disconnected(20 * minute, 'left')])).toEqual(reading([]));
    expect(reading([disconnected(20 * minute - 1, 'left')])).toEqual(reading([]));
    expect(reading([disconnected(12 * minute, 'left')])).not.toEqual(reading([]));
  });

  it('takes signals in any order, and gaps', () => {
    const signals = [activity(0), ...beats(10_000, 2 * minute)];
    const range = { from: 0, until: 2 * minute };
    expect(comparePolicies([...signals].reverse(), defaultPolicy, patient, range)).toEqual(comparePolicies(signals, defaultPolicy, patient, range));
    const quick = definePolicy({ silence: { ...defaultPolicy.silence, idle: 5_000 } });
    const gaps = [{ from: 2_000, until: 62_000 }];
    expect(ofUser(comparePolicies([connected(0)], defaultPolicy, quick, { ...range, gaps })).map(({ from, until }) => [from, until])).toEqual([[65_000, 75_000]]);
  });

  it('shows users as others see them, and sessions as they are', () => {
    const capped = [connected(0), claimed(1, { id: 'q', atMost: 'offline' }), activity(2), ...beats(10_000, 2 * minute)];
    const differences = comparePolicies(capped, defaultPolicy, patient, { from: 0, until: 2 * minute });
    expect(ofUser(differences)).toEqual([]);
    expect(ofSessions(differences)).toHaveLength(1);
    // Outwardly idle and away are one; the other tab keeps the user active.
    const alike = definePolicy({ shownAs: { idle: 'active' } });
    const renamed = comparePolicies([connected(0)], defaultPolicy, alike, { from: 0, until: 20_000 });
    expect(renamed).toEqual([{ userId: 'ada', from: 15_000, until: 20_000, a: 'idle', b: 'active', begunBy: 'a' }]);
    const two = [activity(0), ...beats(10_000, 2 * minute), activity(70_000, { sessionId: 'phone' }), activity(58_000, { sessionId: 'phone' })];
    const both = comparePolicies(two, defaultPolicy, patient, { from: 0, until: 72_000 });
    expect(ofUser(both)).toEqual([]);
    expect(ofSessions(both).map(({ sessionId, from, until }) => [sessionId, from, until])).toEqual([['tab', 60_000, 72_000]]);
  });

  it('takes policies with words of their own', () => {
    const calls = definePolicy({
      statuses: ['busy', 'active', 'gone'],
      silence: { gone: 15_000 },
      reports: { none: 'active', call: 'busy' },
      departures: { dropped: { gone: 0 } },
    });
    const signals: readonly Signal[] = [connected(10_000, { report: 'call' }), beat(20_000, { report: 'idle' })];
    const differences = comparePolicies(signals, defaultPolicy, calls, { from: 0, until: 30_000 });
    const status: (typeof differences)[number]['b'] | undefined = differences[0]?.b;
    expect(status).toBe('gone');
    // A report that one policy does not know reads as none to it; the bottoms differ by name.
    expect(ofUser(differences)).toEqual([
      { userId: 'ada', from: 0, until: 10_000, a: 'offline', b: 'gone' },
      { userId: 'ada', from: 10_000, until: 20_000, a: 'active', b: 'busy', begunBy: 'both' },
      { userId: 'ada', from: 20_000, until: 30_000, a: 'idle', b: 'active', begunBy: 'both' },
    ]);
    // Of a session nothing is said before it is heard of.
    expect(ofSessions(differences)[0]).toEqual({ userId: 'ada', sessionId: 'tab', from: 10_000, until: 20_000, a: 'active', b: 'busy', begunBy: 'both' });
  });

  it('has a session that one policy has forgotten at its bottom', () => {
    const brief = definePolicy({ silence: { offline: 10_000 }, keepSessionMs: 1 });
    const slow = definePolicy({ silence: { offline: 100_000 } });
    const differences = ofSessions(comparePolicies([connected(0)], brief, slow, { from: 50_000, until: 60_000 }));
    expect(differences).toEqual([{ userId: 'ada', sessionId: 'tab', from: 50_000, until: 60_000, a: 'offline', b: 'active' }]);
  });

  it('sorts by user, then session, then time, and takes any id', () => {
    const quick = definePolicy({ silence: { ...defaultPolicy.silence, idle: 5_000 } });
    const signals = hostileIds.flatMap((id) => [connected(0, { userId: id, sessionId: 'b' }), connected(0, { userId: id, sessionId: id })]);
    const differences = comparePolicies(signals, defaultPolicy, quick, { from: 0, until: 10_000 });
    const sorted = [...hostileIds].sort((a, b) => (a < b ? -1 : 1));
    expect(ofUser(differences).map(({ userId }) => userId)).toEqual(sorted);
    expect(differences.map(({ userId, sessionId }) => [userId, sessionId])).toEqual(
      sorted.flatMap((id) => [[id, undefined], ...[id, 'b'].sort((a, b) => (a < b ? -1 : 1)).map((sessionId) => [id, sessionId])]));
  });

  it('takes JSON copies of policies', () => {
    const signals = [activity(0), ...beats(10_000, 2 * minute)];
    const range = { from: 0, until: 2 * minute };
    expect(comparePolicies(signals, sent(defaultPolicy), sent(patient), range)).toEqual(comparePolicies(signals, defaultPolicy, patient, range));
  });

  const mistakes: readonly { readonly signals: unknown; readonly range: unknown; readonly message: string }[] = [
    { signals: 5, range: { from: 0, until: 1 }, message: 'Expected `signals` to be a list, received 5.' },
    { signals: [], range: undefined, message: 'Expected `range` to be { from, until }, received nothing.' },
    { signals: [], range: { from: 0.5, until: 1 }, message: 'Expected `from` to be whole milliseconds, received 0.5. Floor it where you read your clock.' },
    { signals: [], range: { from: 2, until: 1 }, message: 'Expected `until` to be 2 or later, as `from` is, received 1.' },
    { signals: [], range: { from: 0, until: 1, gaps: [{ from: 0 }] }, message: 'Expected `gaps[0].until` to be whole milliseconds, received nothing.' },
    { signals: [connected(0), { ...connected(0), at: 'noon' }], range: { from: 0, until: 1 }, message: 'signals[1]: Expected `at` to be whole milliseconds, received "noon".' },
  ];

  it.each(mistakes)('refuses what breaks its type: $message', ({ signals, range, message }) => {
    expect(thrownBy(() => comparePolicies(signals as never, defaultPolicy, patient, range as never))).toBe(`TypeError: ${message}`);
  });

  it('refuses what is no policy', () => {
    expect(thrownBy(() => comparePolicies([], defaultPolicy, 5 as never, { from: 0, until: 1 }))).toMatch(/^TypeError: Expected `policy`/);
  });
});

describe('sumDifferences', () => {
  const differences = comparePolicies([activity(0), ...beats(10_000, 20 * minute)], defaultPolicy, patient, { from: 0, until: 20 * minute });

  it('adds up time by pair of statuses, the longest first, and changes', () => {
    expect(sumDifferences(differences)).toStrictEqual({
      users: {
        count: 1,
        ms: 14 * minute,
        pairs: [
          { a: 'away', b: 'active', ms: 5 * minute, spans: 1 },
          { a: 'away', b: 'idle', ms: 5 * minute, spans: 1 },
          { a: 'idle', b: 'active', ms: 4 * minute, spans: 1 },
        ],
        changesAdded: 2, // idle at ten minutes, away at fifteen
        changesRemoved: 2, // idle at one, away at five
      },
      sessions: sumDifferences(differences).sessions,
    });
    expect(sumDifferences(differences).sessions).toEqual(sumDifferences(differences).users);
  });

  it('is nothing of nothing', () => {
    const nothing = { count: 0, ms: 0, pairs: [], changesAdded: 0, changesRemoved: 0 };
    expect(sumDifferences([])).toEqual({ users: nothing, sessions: nothing });
  });

  it('adds to a sum of other users and leaves it as it is', () => {
    const first = frozen(sumDifferences(differences));
    const bobs = differences.map((difference) => ({ ...difference, userId: 'bob' }));
    const both = sumDifferences(bobs, first);
    expect(both).toEqual(sumDifferences([...differences, ...bobs]));
    expect(both.users).toMatchObject({ count: 2, ms: 28 * minute, changesAdded: 4, changesRemoved: 4 });
  });

  it('counts a change of both to the same status as neither', () => {
    const direct = definePolicy({ silence: { away: 15_000, offline: 240_000 } });
    const flicker = comparePolicies([connected(0), beat(17_000)], defaultPolicy, direct, { from: 0, until: 20_000 });
    expect(sumDifferences(flicker).users).toMatchObject({ changesAdded: 1, changesRemoved: 1 });
  });

  it('tells hostile ids apart', () => {
    const span = { from: 0, until: 1, a: 'x', b: 'y' };
    const ids = [['a', 'b,c'], ['a,b', 'c'], ['__proto__', 'constructor'], ['a', undefined], ['b', undefined]] as const;
    const list = ids.map(([userId, sessionId]) => ({ userId, ...(sessionId === undefined ? {} : { sessionId }), ...span }));
    expect(sumDifferences(list).sessions.count).toBe(3);
    expect(sumDifferences(list).users.count).toBe(2);
  });
});
