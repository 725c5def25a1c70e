import { describe, expect, it } from 'vitest';
import { becauseOf, precedes } from '../../src/because.js';
import type { Word } from '../../src/because.js';

const word: Word = { rank: 1, clock: 'silence', cause: '', report: '', since: 0, afterMs: 10, crossedAt: 10 };

describe('precedes', () => {
  it.each([
    { case: 'the first to have said it', a: { clock: 'departure', crossedAt: 9 }, b: { clock: 'silence', crossedAt: 10 } },
    { case: 'silence before inactivity', a: { clock: 'silence' }, b: { clock: 'inactivity' } },
    { case: 'inactivity before untouched', a: { clock: 'inactivity' }, b: { clock: 'untouched' } },
    { case: 'untouched before the report', a: { clock: 'untouched' }, b: { clock: 'report' } },
    { case: 'the report before a departure', a: { clock: 'report' }, b: { clock: 'departure' } },
    { case: 'the smaller cause', a: { clock: 'departure', cause: 'closed' }, b: { clock: 'departure', cause: 'dropped' } },
  ] as const)('$case', ({ a, b }) => {
    expect(precedes({ ...word, ...a }, { ...word, ...b })).toBe(true);
    expect(precedes({ ...word, ...b }, { ...word, ...a })).toBe(false);
  });

  it('is not before itself', () => {
    expect(precedes(word, word)).toBe(false);
  });
});

describe('becauseOf', () => {
  it.each([
    { clock: 'silence', because: { clock: 'silence', since: 0, afterMs: 10, crossedAt: 10 } },
    { clock: 'inactivity', because: { clock: 'inactivity', since: 0, afterMs: 10, crossedAt: 10 } },
    { clock: 'untouched', because: { clock: 'untouched', since: 0, afterMs: 10, crossedAt: 10 } },
    { clock: 'report', because: { clock: 'report', report: 'dnd', since: 0 } },
    { clock: 'departure', because: { clock: 'departure', cause: 'left', since: 0, afterMs: 10, crossedAt: 10 } },
  ] as const)('of $clock says what it knows and no more', ({ clock, because }) => {
    expect(becauseOf({ ...word, clock, cause: 'left', report: 'dnd' })).toStrictEqual(because);
  });

  it('is none at the best status', () => {
    expect(becauseOf({ ...word, rank: 0, clock: 'report' })).toStrictEqual({ clock: 'none' });
  });
});
