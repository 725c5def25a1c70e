// The number of an id says where it is looked for, so ids of every kind must fall everywhere.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashOf } from '../../../src/tracker/hash.js';

const kinds: readonly (readonly [string, (i: number) => string])[] = [
  ['numbers', (i) => String(i)],
  ['numbers a thousand apart', (i) => String(i * 1_000)],
  ['numbered names', (i) => `user-${i}`],
  ['names at a host', (i) => `user${i}@example.com`],
  ['numbers of one length', (i) => `u${String(i).padStart(9, '0')}`],
  ['hexadecimal numbers', (i) => `00000000-0000-4000-8000-${i.toString(16).padStart(12, '0')}`],
  ['numbers made of the time', (i) => String(175_928_847_299_117_063n + (BigInt(i) << 22n))],
  ['long names of one kind', (i) => `https://chat.example.com/tenants/7/users/${i}/profile`],
  ['two letters of any kind', (i) => String.fromCharCode(i & 0xff, i >>> 8)],
  ['chance', (i) => Math.imul(i + 1, 0x9e37_79b1).toString(36)],
];

describe('hashOf', () => {
  it.each(kinds)('spreads %s over places and parts', (_, idOf) => {
    const ids = 64_000;
    const [byHighest, byLowest] = [new Array<number>(64).fill(0), new Array<number>(64).fill(0)];
    for (let i = 0; i < ids; i++) {
      const hash = hashOf(idOf(i));
      byHighest[hash >>> 26]!++;
      byLowest[hash & 63]!++;
    }
    for (const count of [...byHighest, ...byLowest]) expect(Math.abs(count / (ids / 64) - 1)).toBeLessThan(0.2);
  });

  it.each(kinds)('gives hardly any two %s one number', (_, idOf) => {
    const ids = 64_000;
    const hashes = new Set(Array.from({ length: ids }, (__, i) => hashOf(idOf(i))));
    expect(ids - hashes.size).toBeLessThan(8); // of chance, half a pair
  });

  it('is a whole number of 32 bits, the same for the same letters', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (id) => {
      const hash = hashOf(id);
      expect(hash | 0).toBe(hash);
      expect(hashOf(id.split('').join(''))).toBe(hash);
    }));
  });

  it('depends on every letter, and on how many there are', () => {
    const id = 'V1StGXR8_Z5jdHi6B-myT';
    const others = [...Array.from(id, (_, at) => `${id.slice(0, at)}!${id.slice(at + 1)}`), `${id}\0`, id.slice(1), ''];
    expect(new Set([id, ...others].map(hashOf)).size).toBe(others.length + 1);
  });
});
