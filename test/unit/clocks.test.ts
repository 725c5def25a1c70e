import { describe, expect, it } from 'vitest';
import { defaultPolicy, definePolicy } from 'presence-model';
import type { SessionFacts } from 'presence-model';
import { foldClocks, isSetAside, quietOf, reportedSince, standingRows } from '../../src/clocks.js';
import { tableOf } from '../../src/define.js';
import { noGaps } from '../../src/time.js';

const table = tableOf(defaultPolicy);
const busy = tableOf(definePolicy({
  statuses: ['busy', 'here', 'gone'],
  silence: { gone: 60_000 },
  reports: { none: 'here', dnd: 'busy', hidden: 'gone' },
  departures: { dropped: { gone: 5_000 } },
}));
const said = (word: string, at: number, setAsideAt?: number): SessionFacts =>
  ({ seenAt: 0, report: { word, at, since: at }, ...(setAsideAt === undefined ? {} : { setAsideAt }) });

describe('foldClocks', () => {
  const gaps = [{ from: 1, until: 2 }];
  const clocksOf = (session: SessionFacts): readonly string[] =>
    foldClocks<readonly string[]>(session, table, 0, gaps, (all, _, since, stops, __, ___, clock, cause) =>
      [...all, `${clock}${cause === '' ? '' : ` ${cause}`} since ${since}${stops.length > 0 ? ', stopped by gaps' : ''}`], []);

  it('lists every clock once, with its beginning and whether gaps stop it', () => {
    expect(clocksOf({ firstSeenAt: 3, seenAt: 9, quietForMs: 100, activeAt: 5, departures: { left: 7, dropped: 6 } })).toEqual([
      'silence since 109, stopped by gaps',
      'inactivity since 5',
      'departure left since 7, stopped by gaps',
      'departure dropped since 6, stopped by gaps',
    ]);
  });

  it('runs untouched only while no interaction was ever reported', () => {
    expect(clocksOf({ firstSeenAt: 3, seenAt: 9 })).toEqual(['silence since 9, stopped by gaps', 'untouched since 3']);
    expect(clocksOf({ seenAt: 9 })).toEqual(['silence since 9, stopped by gaps', 'untouched since 9']);
  });

  it('runs nothing for a session never seen alive', () => {
    expect(clocksOf({ departures: { left: 7 } })).toEqual([]);
  });

  it('hands on no more than one clock of no gaps', () => {
    expect(foldClocks({ seenAt: 9 }, table, 0, noGaps, (count) => count + 1, 0)).toBe(2);
  });
});

describe('quietOf', () => {
  it.each([
    { quietForMs: undefined, counts: 0 },
    { quietForMs: 3_599_999, counts: 3_599_999 },
    { quietForMs: 3_600_000, counts: 3_600_000 },
    { quietForMs: 3_600_001, counts: 3_600_000 },
  ])('of $quietForMs counts $counts', ({ quietForMs, counts }) => {
    expect(quietOf(quietForMs === undefined ? { seenAt: 0 } : { seenAt: 0, quietForMs }, table)).toBe(counts);
  });
});

describe('isSetAside', () => {
  it.each([
    { case: 'nothing was said', facts: { seenAt: 0, setAsideAt: 5 }, aside: false },
    { case: 'nobody did anything', facts: said('idle', 5), aside: false },
    { case: 'an idle said before', facts: said('idle', 5, 6), aside: true },
    { case: 'an idle said at the same instant', facts: said('idle', 5, 5), aside: false },
    { case: 'an idle said after', facts: said('idle', 5, 4), aside: false },
    { case: 'a background said before', facts: said('background', 5, 6), aside: true },
    { case: 'an active said before', facts: said('active', 5, 6), aside: false },
    { case: 'a none said before', facts: said('none', 5, 6), aside: false },
    { case: 'an unknown word said before', facts: said('afk', 5, 6), aside: false },
  ])('$case: $aside', ({ facts, aside }) => {
    expect(isSetAside(facts, table)).toBe(aside);
  });

  it('leaves a better report alone', () => {
    expect(isSetAside(said('dnd', 5, 6), busy)).toBe(false);
    expect(isSetAside(said('hidden', 5, 6), busy)).toBe(true);
  });
});

describe('standingRows', () => {
  it.each([
    { case: 'nothing was said', facts: { seenAt: 0 }, word: 'none', allowed: 0 },
    { case: 'a word was said', facts: said('background', 5), word: 'background', allowed: 2 },
    { case: 'it was set aside', facts: said('background', 5, 6), word: 'none', allowed: 0 },
    { case: 'an unknown word was said', facts: said('constructor', 5), word: 'none', allowed: 0 },
  ])('where $case are those of $word', ({ facts, word, allowed }) => {
    expect(standingRows(facts, table)).toMatchObject({ word, allowed });
  });
});

describe('reportedSince', () => {
  it.each([
    { case: 'a standing word: since it was first said', facts: { seenAt: 9, firstSeenAt: 1, report: { word: 'idle', at: 5, since: 3 } }, since: 3 },
    { case: 'set aside: since then', facts: { ...said('idle', 5, 7), firstSeenAt: 1 }, since: 7 },
    { case: 'an unknown word: since it was first said', facts: { seenAt: 9, firstSeenAt: 1, report: { word: 'afk', at: 5, since: 3 } }, since: 3 },
    { case: 'an explicit none: since it was first said', facts: { seenAt: 9, firstSeenAt: 1, report: { word: 'none', at: 5, since: 4 } }, since: 4 },
    { case: 'nothing: since the session was first seen', facts: { seenAt: 9, firstSeenAt: 1, setAsideAt: 6 }, since: 1 },
    { case: 'nothing, and no first sight: since it was seen', facts: { seenAt: 9 }, since: 9 },
  ])('of $case', ({ facts, since }) => {
    expect(reportedSince(facts, table)).toBe(since);
  });
});
