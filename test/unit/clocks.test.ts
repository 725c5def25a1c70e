import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultPolicy, definePolicy, sessionStatus } from 'presence-model';
import type { Gap, Policy, SessionFacts } from 'presence-model';
import { foldClocks, isSetAside, quietOf, reportedSince, standingRows } from '../../src/clocks.js';
import { tableOf } from '../../src/define.js';
import { rungAt } from '../../src/ladder.js';
import { rankOf, rankOfLife } from '../../src/session.js';
import { noGaps, unionOf } from '../../src/time.js';
import { gaps as gapsOf, lengths, maybe, policies } from '../support/arbitraries.js';

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

describe('the list that is written once more, for ranks alone', () => {
  interface Question {
    readonly policy: Policy;
    readonly facts: SessionFacts;
    readonly gaps: readonly Gap[];
    readonly now: number;
  }

  /** Every field is there or not, on both sides of the thresholds, of now and of one another. */
  const questions = policies(fc).chain((policy): fc.Arbitrary<Question> => {
    const at = fc.tuple(lengths(fc, policy), fc.integer({ min: -3, max: 3 })).map(([length, off]) => length + off);
    const word = fc.constantFrom(...Object.keys(policy.reports), 'unheard of', 'toString');
    const cause = fc.constantFrom(...Object.keys(policy.departures), 'unheard of', 'constructor');
    return fc.record({
      seenAt: maybe(fc, at, 0.9),
      firstSeenAt: maybe(fc, at),
      quietForMs: maybe(fc, lengths(fc, policy)),
      activeAt: maybe(fc, at),
      report: maybe(fc, fc.record({ word, at, since: at })),
      setAsideAt: maybe(fc, at),
      departures: maybe(fc, fc.array(fc.tuple(cause, at), { maxLength: 3 }).map((ends) => Object.fromEntries(ends) as Record<string, number>)),
    }).chain((known) => {
      const facts = Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined)) as SessionFacts;
      return fc.record({ policy: fc.constant(policy), facts: fc.constant(facts), gaps: gapsOf(fc, policy), now: at });
    });
  });

  /** What foldClocks lists, the worst of it. */
  function worstListed({ policy, facts, gaps, now }: Question): number {
    const known = tableOf(policy);
    if (facts.seenAt === undefined) return known.bottom;
    return foldClocks(facts, known, now, unionOf(gaps), (worst, rungs, since, stops) => Math.max(worst, rungAt(rungs, since, now, stops)?.rank ?? 0),
      standingRows(facts, known).allowed);
  }

  it('says what the list says', () => {
    fc.assert(fc.property(questions, (question) => {
      const { policy, facts, gaps, now } = question;
      const worst = worstListed(question);
      expect(rankOf(facts, tableOf(policy), now, unionOf(gaps))).toBe(worst);
      expect(sessionStatus(facts, policy, now, gaps)).toBe(policy.statuses[worst]);
    }), { numRuns: 1_000 });
  });

  it('says what the list says without gaps', () => {
    fc.assert(fc.property(questions, (question) => {
      const { policy, facts, now } = question;
      expect(sessionStatus(facts, policy, now)).toBe(policy.statuses[worstListed({ ...question, gaps: [] })]);
    }), { numRuns: 1_000 });
  });

  it('says the same of bare instants', () => {
    fc.assert(fc.property(questions, ({ policy, facts: { seenAt = 0, activeAt, firstSeenAt = seenAt }, now }) => {
      const facts = activeAt === undefined ? { seenAt, firstSeenAt } : { seenAt, firstSeenAt, activeAt };
      const known = tableOf(policy);
      expect(rankOfLife(known.none, seenAt, activeAt, firstSeenAt, now)).toBe(rankOf(facts, known, now, noGaps));
    }));
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
