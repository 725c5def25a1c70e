import { describe, expect, it } from 'vitest';
import { different, equal, proven, refused } from '../../../src/fast-check/proof.js';

describe('equal', () => {
  it.each<[string, unknown, unknown]>([
    ['the same reference', equal, equal],
    ['numbers', 1, 1],
    ['no number', NaN, NaN],
    ['nothing', undefined, undefined],
    ['records, whatever the order of their fields', { a: 1, b: [2, { c: null }] }, { b: [2, { c: null }], a: 1 }],
    ['records without a prototype', Object.assign(Object.create(null) as object, { a: 1 }), { a: 1 }],
    ['hostile keys', JSON.parse('{"__proto__":1}'), JSON.parse('{"__proto__":1}')],
  ])('is silent about %s', (_, actual, expected) => {
    expect(() => { equal(actual, expected); }).not.toThrow();
  });

  it.each<[string, unknown, unknown, string]>([
    ['numbers', 1, 2, 'It was 1, expected was 2.'],
    ['the sign of zero', -0, 0, 'It was 0, expected was 0.'],
    ['a value in depth', { a: [{ b: 'x' }] }, { a: [{ b: 'y' }] }, 'At a.0.b it was "x", expected was "y".'],
    ['a missing field', { a: 1 }, { a: 1, b: 2 }, 'At b it was absent, expected was 2.'],
    ['a field too many', { a: 1, b: undefined }, { a: 1 }, 'At b it was absent, expected was absent.'],
    ['an inherited field', {}, { constructor: 1 }, 'At constructor it was absent, expected was 1.'],
    ['a list and a record', [], {}, 'It was [], expected was {}.'],
    ['a record and null', {}, null, 'It was {}, expected was null.'],
    ['a list that is too short', [1], [1, 2], 'At 1 it was absent, expected was 2.'],
    ['a hostile key', JSON.parse('{"__proto__":1}'), {}, 'At __proto__ it was 1, expected was absent.'],
    ['long values, in brief', 'x'.repeat(1_000), '', `It was "${'x'.repeat(299)}…, expected was "".`],
  ])('tells %s', (_, actual, expected, message) => {
    expect(() => { equal(actual, expected); }).toThrow(new Error(message));
  });
});

describe('different', () => {
  it('is silent about what differs', () => {
    expect(() => { different({ a: 1 }, { a: 2 }); }).not.toThrow();
  });

  it('tells what does not', () => {
    expect(() => { different({ a: 1 }, { a: 1 }); }).toThrow('Nothing differed from {"a":1}.');
  });
});

describe('proven', () => {
  it('tells only what is not so', () => {
    expect(() => { proven(true, 'one is one'); }).not.toThrow();
    expect(() => { proven(false, 'one is two'); }).toThrow('It was not so that one is two.');
  });
});

describe('refused', () => {
  it('is silent about a call that throws a TypeError', () => {
    expect(() => { refused(() => { throw new TypeError('no'); }); }).not.toThrow();
  });

  it.each<[string, () => unknown, string]>([
    ['a call that is taken', () => 1, 'A call that breaks the types was taken: () => 1.'],
    ['another error', () => { throw new RangeError('no'); }, 'It was "RangeError", expected was "TypeError".'],
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- what is thrown may be anything
    ['no error at all', () => { throw undefined; }, 'It was absent, expected was "TypeError".'],
  ])('tells %s', (_, call, message) => {
    expect(() => { refused(call); }).toThrow(message);
  });
});
