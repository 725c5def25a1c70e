import { describe, expect, it } from 'vitest';
import { byCodeUnits, canonical, isRecord, owns, sortById } from '../../src/plain.js';
import { hostileIds } from './said.js';

describe('owns', () => {
  it.each(hostileIds)('finds %j only where it is a key itself', (key) => {
    expect(owns({}, key)).toBe(false);
    expect(owns(Object.fromEntries([[key, undefined]]), key)).toBe(true);
  });

  it('works on objects without a prototype', () => {
    expect(owns(Object.assign(Object.create(null) as object, { a: 1 }), 'a')).toBe(true);
  });
});

describe('isRecord', () => {
  it.each([
    { value: {}, expected: true },
    { value: Object.create(null) as object, expected: true },
    { value: null, expected: false },
    { value: [], expected: false },
    { value: 'text', expected: false },
    { value: undefined, expected: false },
    { value: () => 1, expected: false },
  ])('of $value is $expected', ({ value, expected }) => {
    expect(isRecord(value)).toBe(expected);
  });
});

describe('sortById', () => {
  it.each([
    [[]], [['a']], [['a', 'b', 'c']], [['c', 'b', 'a']], [['a', 'c', 'b']], [['b', 'a', 'c']], [['10', '9', '1']], [['z', 'é', 'B', 'a']],
  ])('puts %j in the order of code units', (ids) => {
    const items = ids.map((id) => ({ id }));
    expect(sortById([...items], ({ id }) => id).map(({ id }) => id)).toEqual([...ids].sort());
  });

  it('leaves those of one id in their order', () => {
    const items = [{ id: 'b', n: 1 }, { id: 'a', n: 2 }, { id: 'b', n: 3 }, { id: 'a', n: 4 }];
    expect(sortById(items, ({ id }) => id).map(({ n }) => n)).toEqual([2, 4, 1, 3]);
  });
});

describe('byCodeUnits', () => {
  it.each([
    { a: 'a', b: 'b', expected: -1 },
    { a: 'b', b: 'a', expected: 1 },
    { a: 'a', b: 'a', expected: 0 },
    { a: '', b: 'a', expected: -1 },
    { a: 'B', b: 'a', expected: -1 },
    { a: '10', b: '9', expected: -1 },
    { a: 'é', b: 'z', expected: 1 },
    { a: '\ud83d\ude00', b: '\uff5e', expected: -1 },
  ])('puts $a against $b as $expected', ({ a, b, expected }) => {
    expect(byCodeUnits(a, b)).toBe(expected);
  });
});

describe('canonical', () => {
  it.each([
    { value: undefined, expected: '' },
    { value: null, expected: 'null' },
    { value: -0, expected: '0' },
    { value: 'a"b', expected: '"a\\"b"' },
    { value: [2, 1, []], expected: '[2,1,[]]' },
    { value: { b: 1, a: { d: true, c: null } }, expected: '{"a":{"c":null,"d":true},"b":1}' },
    { value: { 10: 'ten', 9: 'nine', B: 1, a: 2 }, expected: '{"10":"ten","9":"nine","B":1,"a":2}' },
    { value: JSON.parse('{"__proto__":1}') as { [key: string]: number }, expected: '{"__proto__":1}' },
  ])('writes $expected', ({ value, expected }) => {
    expect(canonical(value)).toBe(expected);
  });

  it('does not depend on the order in which keys were written', () => {
    expect(canonical({ a: 1, b: [{ c: 2, d: 3 }] })).toBe(canonical({ b: [{ d: 3, c: 2 }], a: 1 }));
  });
});
