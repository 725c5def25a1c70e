import { describe, expect, it } from 'vitest';
import { defaultPolicy, definePolicy, deriveSession, sessionStatus } from 'presence-model';
import type { Gap, Policy, SessionEvidence, SessionFacts, SessionPresence } from 'presence-model';
import { frozen, sent, thrownBy } from './said.js';

const tab = (facts: SessionFacts): SessionEvidence => ({ sessionId: 'tab', epoch: 1, ...facts });
const said = (word: string, at = 0): { readonly word: string; readonly at: number; readonly since: number } => ({ word, at, since: at });

/** The verdict; both functions must agree on its status. */
function derived(facts: SessionFacts, now: number, policy: Policy = defaultPolicy, gaps: readonly Gap[] = []): SessionPresence {
  const presence = deriveSession(frozen(tab(facts)), policy, now, frozen(gaps));
  expect(sessionStatus(facts, policy, now, gaps)).toBe(presence.status);
  return presence;
}

/** The whole step function, as it says itself when it changes. */
function stepsOf(facts: SessionFacts, from: number, policy: Policy = defaultPolicy, gaps: readonly Gap[] = []): readonly (readonly [number, string])[] {
  const steps: (readonly [number, string])[] = [];
  for (let at: number | undefined = from; at !== undefined;) {
    const presence: SessionPresence = derived(facts, at, policy, gaps);
    if (at > from) expect(derived(facts, at - 1, policy, gaps).nextChangeAt).toBe(at);
    steps.push([at, presence.status]);
    at = presence.nextChangeAt;
  }
  return steps;
}

const cases = [
  { rule: 'silence to idle', facts: { seenAt: 0 }, at: 15_000, before: 'active', after: 'idle' },
  { rule: 'silence to away', facts: { seenAt: 0 }, at: 60_000, before: 'idle', after: 'away' },
  { rule: 'silence to stale', facts: { seenAt: 0 }, at: 180_000, before: 'away', after: 'stale' },
  { rule: 'silence to offline', facts: { seenAt: 0 }, at: 240_000, before: 'stale', after: 'offline' },
  { rule: 'silence after a promise', facts: { seenAt: 0, quietForMs: 60_000 }, at: 75_000, before: 'active', after: 'idle' },
  { rule: 'silence after a promise cut to an hour', facts: { seenAt: 0, quietForMs: 9_999_999 }, at: 3_615_000, before: 'active', after: 'idle' },
  { rule: 'inactivity to idle', facts: { seenAt: 59_000, activeAt: 0 }, at: 60_000, before: 'active', after: 'idle' },
  { rule: 'inactivity to away', facts: { seenAt: 299_000, activeAt: 0 }, at: 300_000, before: 'idle', after: 'away' },
  { rule: 'a lost transport', facts: { seenAt: 9_000, departures: { dropped: 8_999 } }, at: 23_999, before: 'active', after: 'stale' },
  { rule: 'a closed page', facts: { seenAt: 0, departures: { closed: 7_000 } }, at: 12_000, before: 'active', after: 'offline' },
  { rule: 'an unknown cause, read as dropped', facts: { seenAt: 9_000, departures: { kicked: 8_999 } }, at: 23_999, before: 'active', after: 'stale' },
  { rule: 'the first of two departures', facts: { seenAt: 0, departures: { closed: 7_000, dropped: 1_000 } }, at: 12_000, before: 'active', after: 'offline' },
] as const;

describe.each([
  { name: 'sessionStatus', statusOf: (facts: SessionFacts, now: number): string => sessionStatus(facts, defaultPolicy, now) },
  { name: 'deriveSession', statusOf: (facts: SessionFacts, now: number): string => deriveSession(tab(facts), defaultPolicy, now).status },
])('$name', ({ statusOf }) => {
  it.each(cases)('crosses $rule at $at', ({ facts, at, before, after }) => {
    expect([at - 1, at, at + 1].map((now) => statusOf(facts, now))).toEqual([before, after, after]);
  });

  it('is at the bottom at once after a sign-out', () => {
    expect(statusOf({ seenAt: 0, departures: { left: 0 } }, 0)).toBe('offline');
  });

  it('is at the bottom for a session never seen alive, whatever ends are known', () => {
    expect(statusOf({}, 0)).toBe('offline');
    expect(statusOf({ departures: { dropped: 0 } }, 0)).toBe('offline');
    expect(statusOf({ report: said('active'), activeAt: 0 }, 0)).toBe('offline');
  });

  it.each([
    { word: 'none', status: 'active' },
    { word: 'active', status: 'active' },
    { word: 'idle', status: 'idle' },
    { word: 'background', status: 'away' },
    { word: 'unknown', status: 'active' },
    { word: 'constructor', status: 'active' },
  ])('is at best $status while $word is reported', ({ word, status }) => {
    expect(statusOf({ seenAt: 0, report: said(word) }, 0)).toBe(status);
  });

  it.each([
    { case: 'activity sets aside a worse report said before', setAsideAt: 1, status: 'active' },
    { case: 'not one said at the same instant', setAsideAt: 0, status: 'idle' },
    { case: 'not one said later', setAsideAt: -1, status: 'idle' },
  ])('$case', ({ setAsideAt, status }) => {
    expect(statusOf({ seenAt: 1, report: said('idle'), setAsideAt }, 1)).toBe(status);
  });
});

describe('sessionStatus', () => {
  it('takes what was seen for first seen, where that is not said', () => {
    const policy = definePolicy({ silence: {}, untouched: { away: 30_000 } });
    expect(sessionStatus({ seenAt: 5 }, policy, 30_004)).toBe('active');
    expect(sessionStatus({ seenAt: 5 }, policy, 30_005)).toBe('away');
    expect(sessionStatus({ seenAt: 5, firstSeenAt: 0 }, policy, 30_000)).toBe('away');
  });

  it.each([
    { call: () => sessionStatus({ seenAt: 0 }, defaultPolicy, 1234.5), message: 'Expected `now` to be whole milliseconds, received 1234.5. Floor it where you read your clock.' },
    { call: () => sessionStatus({ seenAt: 0 }, defaultPolicy, NaN), message: 'Expected `now` to be whole milliseconds, received NaN.' },
    { call: () => sessionStatus({ seenAt: 0 }, defaultPolicy, '5' as never), message: 'Expected `now` to be whole milliseconds, received "5".' },
    { call: () => sessionStatus({ seenAt: 0 }, defaultPolicy, undefined as never), message: 'Expected `now` to be whole milliseconds, received nothing.' },
    { call: () => sessionStatus({ seenAt: 1.5 }, defaultPolicy, 0), message: 'Expected `session.seenAt` to be whole milliseconds, received 1.5.' },
    { call: () => sessionStatus({ seenAt: 0, quietForMs: -1 }, defaultPolicy, 0), message: 'Expected `session.quietForMs` to be whole milliseconds, 0 or more, received -1.' },
    { call: () => sessionStatus({ seenAt: 0, departures: [] } as never, defaultPolicy, 0), message: 'Expected `session.departures` to be an object, received a list.' },
    { call: () => sessionStatus({ seenAt: 0, report: 'idle' } as never, defaultPolicy, 0), message: 'Expected `session.report` to be an object, received "idle".' },
    { call: () => sessionStatus(null as never, defaultPolicy, 0), message: 'Expected `session` to be an object, received null.' },
    { call: () => sessionStatus(undefined as never, defaultPolicy, 0), message: 'Expected `session` to be an object, received nothing.' },
    { call: () => sessionStatus(5 as never, defaultPolicy, 0), message: 'Expected `session` to be an object, received 5.' },
    { call: () => sessionStatus([] as never, defaultPolicy, 0), message: 'Expected `session` to be an object, received a list.' },
    {
      call: () => sessionStatus({ seenAt: 0 }, defaultPolicy, 0, [{ from: 0, until: 0.5 }]),
      message: 'Expected `gaps[0].until` to be whole milliseconds, received 0.5. Floor it where you read your clock.',
    },
  ])('refuses what breaks its type: $message', ({ call, message }) => {
    expect(thrownBy(call)).toBe(`TypeError: ${message}`);
  });
});

describe('deriveSession', () => {
  it('walks down the ladder, saying each time when it changes next', () => {
    expect(stepsOf({ seenAt: 0 }, 0)).toEqual([[0, 'active'], [15_000, 'idle'], [60_000, 'away'], [180_000, 'stale'], [240_000, 'offline']]);
  });

  it('is the worst over its clocks', () => {
    // idle by inactivity at 60 s, away by silence at 50 s + 60 s, stale by the end at 100 s + 15 s
    expect(stepsOf({ seenAt: 50_000, activeAt: 0, departures: { dropped: 100_000 } }, 50_000))
      .toEqual([[50_000, 'active'], [60_000, 'idle'], [110_000, 'away'], [115_000, 'stale'], [290_000, 'offline']]);
  });

  it('says nothing of clocks that a report is worse than', () => {
    expect(stepsOf({ seenAt: 0, report: said('background') }, 0)).toEqual([[0, 'away'], [180_000, 'stale'], [240_000, 'offline']]);
  });

  it('says all that it knows', () => {
    const facts = { firstSeenAt: 0, seenAt: 9_000, activeAt: 2_000, report: said('background', 8_000), departures: { closed: 9_500, dropped: 9_600 }, uncounted: true } as const;
    expect(derived(facts, 10_000)).toStrictEqual({
      sessionId: 'tab',
      at: 10_000,
      status: 'away',
      because: { clock: 'report', report: 'background', since: 8_000 },
      report: 'background',
      departure: { cause: 'closed', at: 9_500 },
      uncounted: true,
      lastSeenAt: 9_500,
      lastActiveAt: 2_000,
      nextChangeAt: 14_500,
    });
  });

  it('says little of a session never seen alive', () => {
    expect(derived({ departures: { left: 5 } }, 10)).toStrictEqual({
      sessionId: 'tab', at: 10, status: 'offline', because: { clock: 'never' }, report: 'none', departure: { cause: 'left', at: 5 },
    });
  });

  it('reads a report and a cause that the policy does not know as none and dropped', () => {
    expect(derived({ seenAt: 0, report: said('afk'), departures: { kicked: 0 } }, 15_000)).toMatchObject({
      status: 'stale',
      because: { clock: 'departure', cause: 'dropped', since: 0, afterMs: 15_000, crossedAt: 15_000 },
      report: 'none',
      departure: { cause: 'dropped', at: 0 },
    });
  });

  it.each([
    { case: 'the earliest end', departures: { closed: 7, dropped: 5 }, departure: { cause: 'dropped', at: 5 } },
    { case: 'of equals the smaller cause', departures: { left: 5, dropped: 5, closed: 5 }, departure: { cause: 'closed', at: 5 } },
    { case: 'of equals the smaller cause as it is read', departures: { aaa: 5, closed: 5 }, departure: { cause: 'closed', at: 5 } },
  ])('names $case', ({ departures, departure }) => {
    expect(derived({ seenAt: 0, departures }, 10).departure).toEqual(departure);
  });

  it.each([
    { case: 'life after the end', facts: { seenAt: 9, departures: { dropped: 5 } }, lastSeenAt: 9 },
    { case: 'the end after life', facts: { seenAt: 5, departures: { dropped: 9 } }, lastSeenAt: 9 },
    { case: 'the earliest end', facts: { seenAt: 1, departures: { dropped: 9, closed: 5 } }, lastSeenAt: 5 },
    { case: 'a promise does not count', facts: { seenAt: 5, quietForMs: 100 }, lastSeenAt: 5 },
  ])('was last seen: $case', ({ facts, lastSeenAt }) => {
    expect(derived(facts, 10).lastSeenAt).toBe(lastSeenAt);
  });

  describe('because', () => {
    const even = definePolicy({
      statuses: ['in', 'out'],
      silence: { out: 10 },
      inactivity: { out: 10 },
      untouched: { out: 10 },
      reports: { none: 'in', gone: 'out' },
      departures: { dropped: { out: 10 }, axed: { out: 10 } },
    });
    it.each([
      { case: 'silence before inactivity', facts: { seenAt: 0, activeAt: 0 }, clock: { clock: 'silence', since: 0, afterMs: 10, crossedAt: 10 } },
      { case: 'inactivity before a departure', facts: { seenAt: 1, activeAt: 0, departures: { dropped: 0 } }, clock: { clock: 'inactivity', since: 0, afterMs: 10, crossedAt: 10 } },
      { case: 'untouched before the report', facts: { firstSeenAt: 0, seenAt: 10, report: said('gone', 10) }, clock: { clock: 'untouched', since: 0, afterMs: 10, crossedAt: 10 } },
      { case: 'the report before a departure', facts: { seenAt: 10, activeAt: 10, report: said('gone', 10), departures: { dropped: 0 } }, clock: { clock: 'report', report: 'gone', since: 10 } },
      { case: 'the smaller cause', facts: { seenAt: 5, departures: { dropped: 0, axed: 0 } }, clock: { clock: 'departure', cause: 'axed', since: 0, afterMs: 10, crossedAt: 10 } },
      { case: 'the first to have said it', facts: { seenAt: 3, activeAt: 4, departures: { dropped: 2 } }, clock: { clock: 'departure', cause: 'dropped', since: 2, afterMs: 10, crossedAt: 12 } },
      { case: 'a report that stood before', facts: { seenAt: 3, report: { word: 'gone', at: 9, since: 1 }, departures: { dropped: 2 } }, clock: { clock: 'report', report: 'gone', since: 1 } },
    ])('names $case', ({ facts, clock }) => {
      expect(derived(facts, 20, even).because).toEqual(clock);
    });

    it('is none at the best status, whatever is reported', () => {
      expect(derived({ seenAt: 0, report: said('active') }, 0).because).toEqual({ clock: 'none' });
    });

    it('does not change when another clock says the same later', () => {
      // idle by inactivity at 60 s; silence says so too at 65 s
      expect(derived({ seenAt: 50_000, activeAt: 0 }, 60_000).nextChangeAt).toBe(110_000);
      expect(derived({ seenAt: 50_000, activeAt: 0 }, 65_000).because).toEqual({ clock: 'inactivity', since: 0, afterMs: 60_000, crossedAt: 60_000 });
    });

    const chat = definePolicy({ statuses: ['busy', 'here', 'gone'], silence: {}, reports: { none: 'here', dnd: 'busy' }, departures: { dropped: {} } });
    it.each([
      { case: 'the session was first seen', facts: { firstSeenAt: 2, seenAt: 9 }, since: 2 },
      { case: 'an unknown report was first said', facts: { firstSeenAt: 2, seenAt: 9, report: { word: 'afk', at: 8, since: 5 } }, since: 5 },
      { case: 'an explicit none was first said', facts: { firstSeenAt: 2, seenAt: 9, report: { word: 'none', at: 8, since: 6 } }, since: 6 },
    ])('dates a standing none from when $case', ({ facts, since }) => {
      expect(derived(facts, 10, chat).because).toEqual({ clock: 'report', report: 'none', since });
    });

    it('dates a standing none from when the last report was set aside', () => {
      const policy = definePolicy({ ...chat, reports: { none: 'here', dnd: 'busy', hidden: 'gone' } });
      expect(derived({ firstSeenAt: 2, seenAt: 9, report: said('hidden', 5), setAsideAt: 7 }, 10, policy).because).toEqual({ clock: 'report', report: 'none', since: 7 });
    });
  });

  describe('with rows that a report replaces', () => {
    const policy = definePolicy({
      untouched: { idle: 30_000 },
      whileReported: {
        background: { silence: { offline: 600_000 }, inactivity: { stale: 60_000 }, untouched: {}, departures: { closed: { offline: 1_000 } } },
        none: { departures: { closed: { offline: 2_000 } } },
      },
    });
    it.each([
      { row: 'silence', facts: { seenAt: 0, activeAt: 599_999, report: said('background') }, at: 600_000, before: 'away', after: 'offline' },
      { row: 'inactivity', facts: { seenAt: 0, activeAt: 0, report: said('background') }, at: 60_000, before: 'away', after: 'stale' },
      { row: 'the cause named', facts: { seenAt: 0, report: said('background'), departures: { closed: 0 } }, at: 1_000, before: 'away', after: 'offline' },
      { row: 'none of the causes not named', facts: { seenAt: 0, report: said('background'), departures: { dropped: 0 } }, at: 15_000, before: 'away', after: 'stale' },
      { row: 'those of none, without a report', facts: { seenAt: 0, departures: { closed: 0 } }, at: 2_000, before: 'active', after: 'offline' },
      { row: 'those of none, with an unknown report', facts: { seenAt: 0, report: said('afk'), departures: { closed: 0 } }, at: 2_000, before: 'active', after: 'offline' },
      { row: 'nothing of none, with another report', facts: { seenAt: 0, report: said('active'), departures: { closed: 0 } }, at: 5_000, before: 'active', after: 'offline' },
      { row: 'nothing, with another report', facts: { seenAt: 29_000, firstSeenAt: 0, report: said('active') }, at: 30_000, before: 'active', after: 'idle' },
    ])('replaces $row', ({ facts, at, before, after }) => {
      expect([at - 1, at, at + 1].map((now) => derived(facts, now, policy).status)).toEqual([before, after, after]);
    });

    it('goes back to its own rows once the report is set aside', () => {
      const facts = { seenAt: 1, activeAt: 1, report: said('background'), setAsideAt: 1, departures: { closed: 1 } };
      expect([2_000, 2_001].map((now) => derived(facts, now, policy).status)).toEqual(['active', 'offline']);
    });
  });

  describe('with facts later than now', () => {
    it('reads a clock that starts later as 0', () => {
      expect(derived({ seenAt: 100 }, 50)).toMatchObject({ status: 'active', because: { clock: 'none' }, lastSeenAt: 100, nextChangeAt: 15_100 });
      expect(stepsOf({ seenAt: 100, departures: { dropped: 200 } }, 50).slice(0, 3)).toEqual([[50, 'active'], [15_100, 'idle'], [15_200, 'stale']]);
    });

    it('counts an end at once that has no grace, its instant as told', () => {
      expect(derived({ seenAt: 0, departures: { left: 100 } }, 50)).toMatchObject({
        status: 'offline',
        because: { clock: 'departure', cause: 'left', since: 100, afterMs: 0, crossedAt: 100 },
        departure: { cause: 'left', at: 100 },
        lastSeenAt: 100,
      });
      expect(derived({ seenAt: 0, departures: { left: 100 } }, 50).nextChangeAt).toBeUndefined();
    });

    it('names another clock once that has said it first', () => {
      const facts = { seenAt: 0, departures: { left: 300_000 } };
      expect(derived(facts, 50).nextChangeAt).toBe(240_000);
      expect(derived(facts, 240_000).because).toEqual({ clock: 'silence', since: 0, afterMs: 240_000, crossedAt: 240_000 });
      expect(derived(facts, 240_000).nextChangeAt).toBeUndefined();
    });

    it('counts a report at once, its beginning as told', () => {
      expect(derived({ seenAt: 0, report: said('idle', 100) }, 50)).toMatchObject({ status: 'idle', because: { clock: 'report', report: 'idle', since: 100 } });
    });
  });

  describe('with gaps', () => {
    const gap = (from: number, until: number): Gap => ({ from, until });
    it.each([
      { case: 'silence does not run', facts: { seenAt: 0 }, gaps: [gap(5_000, 65_000)], at: 75_000, before: 'active', after: 'idle' },
      { case: 'overlapping gaps count once', facts: { seenAt: 0 }, gaps: [gap(5_000, 20_000), gap(10_000, 65_000)], at: 75_000, before: 'active', after: 'idle' },
      { case: 'unsorted gaps count alike', facts: { seenAt: 0 }, gaps: [gap(8_000, 9_000), gap(5_000, 7_000)], at: 18_000, before: 'active', after: 'idle' },
      { case: 'an empty gap is none', facts: { seenAt: 0 }, gaps: [gap(5_000, 5_000)], at: 15_000, before: 'active', after: 'idle' },
      { case: 'a threshold exactly at the start of one is crossed', facts: { seenAt: 0 }, gaps: [gap(15_000, 50_000)], at: 15_000, before: 'active', after: 'idle' },
      { case: 'a threshold one after its start waits', facts: { seenAt: 1 }, gaps: [gap(15_000, 50_000)], at: 50_001, before: 'active', after: 'idle' },
      { case: 'a promise that ends within one is not prolonged', facts: { seenAt: 0, quietForMs: 10_000 }, gaps: [gap(5_000, 20_000)], at: 35_000, before: 'active', after: 'idle' },
      { case: 'a promise that outlasts one is not prolonged', facts: { seenAt: 0, quietForMs: 30_000 }, gaps: [gap(5_000, 20_000)], at: 45_000, before: 'active', after: 'idle' },
      { case: 'a gap after a promise is cut out', facts: { seenAt: 0, quietForMs: 5_000 }, gaps: [gap(5_000, 20_000)], at: 35_000, before: 'active', after: 'idle' },
      { case: 'grace does not run', facts: { seenAt: 24_000, departures: { dropped: 0 } }, gaps: [gap(0, 10_000)], at: 25_000, before: 'active', after: 'stale' },
      { case: 'inactivity runs on', facts: { seenAt: 0, activeAt: 0 }, gaps: [gap(0, 100_000)], at: 60_000, before: 'active', after: 'idle' },
    ])('$case', ({ facts, gaps, at, before, after }) => {
      expect([at - 1, at, at + 1].map((now) => derived(facts, now, defaultPolicy, gaps).status)).toEqual([before, after, after]);
    });

    it('lets untouched run on', () => {
      const policy = definePolicy({ untouched: { idle: 30_000 } });
      expect([29_999, 30_000].map((now) => derived({ seenAt: 0 }, now, policy, [gap(0, 100_000)]).status)).toEqual(['active', 'idle']);
    });

    it('crosses a cell 0 within one', () => {
      expect(derived({ seenAt: 0, departures: { left: 10 } }, 10, defaultPolicy, [gap(5, 100)])).toMatchObject({
        status: 'offline', because: { clock: 'departure', cause: 'left', since: 10, afterMs: 0, crossedAt: 10 },
      });
    });

    it('says when it crosses, the gap counted in', () => {
      expect(stepsOf({ seenAt: 0 }, 0, defaultPolicy, [gap(10_000, 20_000), gap(15_000, 30_000)]))
        .toEqual([[0, 'active'], [35_000, 'idle'], [80_000, 'away'], [200_000, 'stale'], [260_000, 'offline']]);
      expect(derived({ seenAt: 0 }, 35_000, defaultPolicy, [gap(10_000, 30_000)]).because).toEqual({ clock: 'silence', since: 0, afterMs: 15_000, crossedAt: 35_000 });
    });
  });

  it('never changes where no threshold can be reached any more', () => {
    const late = Number.MAX_SAFE_INTEGER;
    expect(derived({ seenAt: late }, late).nextChangeAt).toBeUndefined();
    expect(derived({ seenAt: late - 15_000 }, late - 1).nextChangeAt).toBe(late);
  });

  it('asks at instants below 0 as at any other', () => {
    expect(stepsOf({ seenAt: -15_000 }, -15_000).slice(0, 2)).toEqual([[-15_000, 'active'], [0, 'idle']]);
  });

  it('takes -0 for 0', () => {
    const facts = { firstSeenAt: -0, seenAt: -0, activeAt: -0, report: { word: 'idle', at: -0, since: -0 }, departures: { dropped: -0 } };
    expect(sent(derived(facts, -0))).toEqual(derived(sent(facts), 0));
  });

  it('refuses an instant that is none', () => {
    expect(thrownBy(() => deriveSession(tab({ seenAt: 0 }), defaultPolicy, 1234.5)))
      .toBe('TypeError: Expected `now` to be whole milliseconds, received 1234.5. Floor it where you read your clock.');
  });
});
