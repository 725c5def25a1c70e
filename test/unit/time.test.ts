import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assertInstant, crossingOf, isDue, noGaps, ranFor, unionOf } from '../../src/time.js';
import type { Gap } from '../../src/time.js';
import { frozen, thrownBy } from './said.js';

const gap = (from: number, until: number): Gap => ({ from, until });

describe('isDue', () => {
  it.each([
    { deadline: 10, now: 9, due: false },
    { deadline: 10, now: 10, due: true },
    { deadline: 10, now: 11, due: true },
    { deadline: 0, now: -1, due: false },
    { deadline: 0, now: -0, due: true },
    { deadline: -5, now: -5, due: true },
  ])('of $deadline at $now is $due', ({ deadline, now, due }) => {
    expect(isDue(deadline, now)).toBe(due);
  });
});

describe('crossingOf', () => {
  it.each([
    { case: 'no gap', since: 100, afterMs: 15, gaps: [], crossing: 115 },
    { case: 'a gap before', since: 100, afterMs: 15, gaps: [gap(0, 50)], crossing: 115 },
    { case: 'a gap that ends at the start', since: 50, afterMs: 15, gaps: [gap(0, 50)], crossing: 65 },
    { case: 'a gap that ends one after the start', since: 50, afterMs: 15, gaps: [gap(0, 51)], crossing: 66 },
    { case: 'a gap around the start', since: 10, afterMs: 15, gaps: [gap(0, 20)], crossing: 35 },
    { case: 'a gap from the start', since: 0, afterMs: 15, gaps: [gap(0, 10)], crossing: 25 },
    { case: 'a gap within', since: 0, afterMs: 15, gaps: [gap(5, 10)], crossing: 20 },
    { case: 'a gap from one before the crossing', since: 0, afterMs: 15, gaps: [gap(14, 30)], crossing: 31 },
    { case: 'a gap exactly from the crossing', since: 0, afterMs: 15, gaps: [gap(15, 30)], crossing: 15 },
    { case: 'a gap after the crossing', since: 0, afterMs: 15, gaps: [gap(16, 30)], crossing: 15 },
    { case: 'two gaps within', since: 0, afterMs: 15, gaps: [gap(5, 10), gap(12, 20)], crossing: 28 },
    { case: 'a gap reached because of another', since: 0, afterMs: 15, gaps: [gap(5, 10), gap(19, 30)], crossing: 31 },
    { case: 'a gap just missed in spite of another', since: 0, afterMs: 15, gaps: [gap(5, 10), gap(20, 30)], crossing: 20 },
    { case: 'a cell 0 within a gap', since: 10, afterMs: 0, gaps: [gap(5, 20)], crossing: 10 },
    { case: 'a cell 0 at the start of a gap', since: 10, afterMs: 0, gaps: [gap(10, 20)], crossing: 10 },
    { case: 'instants below 0', since: -30, afterMs: 15, gaps: [gap(-25, -20)], crossing: -10 },
  ])('with $case', ({ since, afterMs, gaps, crossing }) => {
    expect(crossingOf(since, afterMs, gaps)).toBe(crossing);
  });
});

describe('ranFor', () => {
  it.each([
    { case: 'no gap', since: 100, now: 115, gaps: [], ran: 15 },
    { case: 'no gap, before the start', since: 100, now: 98, gaps: [], ran: -2 },
    { case: 'a gap before', since: 100, now: 115, gaps: [gap(0, 50)], ran: 15 },
    { case: 'a gap around the start', since: 10, now: 35, gaps: [gap(0, 20)], ran: 15 },
    { case: 'a gap within', since: 0, now: 20, gaps: [gap(5, 10)], ran: 15 },
    { case: 'a gap that goes on', since: 0, now: 20, gaps: [gap(15, 30)], ran: 15 },
    { case: 'a gap from now', since: 0, now: 15, gaps: [gap(15, 30)], ran: 15 },
    { case: 'a gap around it all', since: 5, now: 15, gaps: [gap(0, 30)], ran: 0 },
    { case: 'a gap, before the start', since: 10, now: 5, gaps: [gap(0, 20)], ran: -5 },
    { case: 'two gaps within', since: 0, now: 28, gaps: [gap(5, 10), gap(12, 20)], ran: 15 },
  ])('with $case is $ran', ({ since, now, gaps, ran }) => {
    expect(ranFor(since, now, gaps)).toBe(ran);
  });

  it('is the other side of crossingOf: `afterMs` from the crossing on, and not before', () => {
    const small = fc.integer({ min: -20, max: 20 });
    const someGaps = fc.array(fc.record({ from: small, until: small }), { maxLength: 4 }).map(unionOf);
    fc.assert(fc.property(small, fc.integer({ min: 1, max: 20 }), someGaps, fc.integer({ min: -40, max: 60 }), (since, afterMs, gaps, now) => {
      expect(ranFor(since, now, gaps) >= afterMs).toBe(isDue(crossingOf(since, afterMs, gaps), now));
    }));
  });

  it('is exact at the ends of time', () => {
    const { MAX_SAFE_INTEGER: last, MIN_SAFE_INTEGER: first } = Number;
    expect(ranFor(first, last, noGaps)).toBeGreaterThanOrEqual(last);
    expect(ranFor(last - 1, last, noGaps)).toBe(1);
    expect(ranFor(last, first, noGaps)).toBeLessThan(0);
  });
});

describe('unionOf', () => {
  it.each([
    { case: 'unsorted gaps', gaps: [gap(20, 30), gap(0, 10)], union: [gap(0, 10), gap(20, 30)] },
    { case: 'overlapping gaps', gaps: [gap(0, 10), gap(5, 20)], union: [gap(0, 20)] },
    { case: 'touching gaps', gaps: [gap(0, 10), gap(10, 20)], union: [gap(0, 20)] },
    { case: 'gaps one apart', gaps: [gap(11, 20), gap(0, 10)], union: [gap(0, 10), gap(11, 20)] },
    { case: 'a gap within another', gaps: [gap(0, 20), gap(5, 10)], union: [gap(0, 20)] },
    { case: 'the same gap twice', gaps: [gap(0, 10), gap(0, 10)], union: [gap(0, 10)] },
    { case: 'the same beginning', gaps: [gap(0, 10), gap(0, 20)], union: [gap(0, 20)] },
    { case: 'an empty gap', gaps: [gap(5, 5)], union: [] },
    { case: 'a gap that ends before it begins', gaps: [gap(9, 5), gap(0, 3)], union: [gap(0, 3)] },
    { case: 'an empty gap between two', gaps: [gap(0, 10), gap(15, 15), gap(20, 30)], union: [gap(0, 10), gap(20, 30)] },
    { case: 'a gap that joins two', gaps: [gap(0, 10), gap(20, 30), gap(8, 22)], union: [gap(0, 30)] },
  ])('of $case', ({ gaps, union }) => {
    expect(unionOf(frozen(gaps))).toEqual(union);
  });

  it('is one shared empty list of nothing', () => {
    expect(unionOf(undefined)).toBe(noGaps);
    expect(unionOf([])).toBe(noGaps);
  });

  it('is the list itself where that is a union already', () => {
    const gaps = frozen([gap(0, 10), gap(11, 20)]);
    expect(unionOf(gaps)).toBe(gaps);
  });

  it.each([
    { gaps: {}, message: 'Expected `gaps` to be a list of { from, until }, received an object.' },
    { gaps: [gap(0, 1), gap(0, 1.5)], message: 'Expected `gaps[1].until` to be whole milliseconds, received 1.5. Floor it where you read your clock.' },
    { gaps: [{ until: 5 }], message: 'Expected `gaps[0].from` to be whole milliseconds, received nothing.' },
    { gaps: [null], message: 'Expected `gaps[0].from` to be whole milliseconds, received nothing.' },
  ])('refuses $gaps', ({ gaps, message }) => {
    expect(thrownBy(() => unionOf(gaps as unknown as Gap[]))).toBe(`TypeError: ${message}`);
  });
});

describe('assertInstant', () => {
  it.each([0, -0, -1, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER])('accepts %d', (value) => {
    expect(() => { assertInstant('now', value); }).not.toThrow();
  });

  it.each([
    { value: 1234.5, message: 'received 1234.5. Floor it where you read your clock.' },
    { value: -0.5, message: 'received -0.5. Floor it where you read your clock.' },
    { value: NaN, message: 'received NaN.' },
    { value: Infinity, message: 'received Infinity.' },
    { value: '5', message: 'received "5".' },
    { value: 5n, message: 'received the bigint 5.' },
    { value: undefined, message: 'received nothing.' },
    { value: null, message: 'received null.' },
    { value: {}, message: 'received an object.' },
  ])('refuses $value', ({ value, message }) => {
    expect(thrownBy(() => { assertInstant('now', value); })).toBe(`TypeError: Expected \`now\` to be whole milliseconds, ${message}`);
  });
});
