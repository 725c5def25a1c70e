import { describe, expect, it } from 'vitest';
import { complaint, received } from '../../src/complaint.js';

describe('complaint', () => {
  it('names the field, the wish and what came', () => {
    expect(complaint('at', 'whole milliseconds', 1.5)).toBe('Expected `at` to be whole milliseconds, received 1.5.');
  });

  it('speaks of the value where there is no field', () => {
    expect(complaint('', 'an object', null)).toBe('Expected the value to be an object, received null.');
  });
});

describe('received', () => {
  it.each([
    { value: undefined, expected: 'nothing' },
    { value: null, expected: 'null' },
    { value: 1234.5, expected: '1234.5' },
    { value: NaN, expected: 'NaN' },
    { value: -Infinity, expected: '-Infinity' },
    { value: true, expected: 'true' },
    { value: 10n, expected: 'the bigint 10' },
    { value: 'a "b"', expected: '"a \\"b\\""' },
    { value: [1], expected: 'a list' },
    { value: { a: 1 }, expected: 'an object' },
    { value: () => 1, expected: 'a function' },
    { value: Symbol('s'), expected: 'a symbol' },
  ])('says $expected', ({ value, expected }) => {
    expect(received(value)).toBe(expected);
  });

  it('cuts a text after sixty characters', () => {
    expect(received('x'.repeat(60))).toBe(`"${'x'.repeat(60)}"`);
    expect(received('x'.repeat(61))).toBe(`"${'x'.repeat(60)}…"`);
  });

  it('looks at nothing inside an object', () => {
    expect(received(new Proxy({}, { get: () => { throw new Error('looked'); } }))).toBe('an object');
  });
});
