import { describe, expect, it } from 'vitest';
import { Directory, withoutSession } from '../../../src/tracker/directory.js';

describe('Directory', () => {
  it('finds who was written, whatever the id', () => {
    const directory = new Directory();
    const ids = ['', 'a', '__proto__', 'constructor', '\ud800', 'ü', ...Array.from({ length: 1_000 }, (_, i) => `user${i}`)];
    ids.forEach((id, i) => { directory.set(id, i); });
    expect(ids.map((id) => directory.get(id))).toEqual(ids.map((_, i) => i));
    expect(directory.size).toBe(ids.length);
    expect([...directory.userIds()].sort()).toEqual([...ids].sort());
    directory.set('a', 7);
    expect([directory.get('a'), directory.size]).toEqual([7, ids.length]);
    directory.delete('a');
    directory.delete('a');
    expect([directory.get('a'), directory.size]).toEqual([-1, ids.length - 1]);
    expect(directory.get('nobody')).toBe(-1);
  });

  it.each<[string, (i: number) => string]>([
    ['numbers', (i) => String(i)],
    ['numbered names', (i) => `user-${i}`],
    ['names at a host', (i) => `user${i}@example.com`],
    ['numbers at a host', (i) => `${i}@example.com`],
    ['numbers of one length', (i) => `u${String(i).padStart(9, '0')}`],
    ['hexadecimal numbers', (i) => `00000000-0000-4000-8000-${i.toString(16).padStart(12, '0')}`],
    ['chance', (i) => Math.imul(i + 1, 0x9e3779b1).toString(36)],
  ])('spreads %s over its maps', (_, idOf) => {
    const directory = new Directory();
    const users = 43_000;
    for (let i = 0; i < users; i++) directory.set(idOf(i), i);
    const { maps } = directory as unknown as { readonly maps: readonly ReadonlyMap<string, number>[] };
    for (const { size } of maps) expect(Math.abs(size / (users / maps.length) - 1)).toBeLessThan(0.2);
  });

  it('takes turns where ids are numbered', () => {
    const directory = new Directory();
    for (let i = 1_990; i < 1_990 + 43; i++) directory.set(`user-${i}`, i);
    const { maps } = directory as unknown as { readonly maps: readonly ReadonlyMap<string, number>[] };
    expect(maps.map(({ size }) => size)).toEqual(Array.from({ length: 43 }, () => 1));
  });

  it('writes users without a session below all others', () => {
    expect(withoutSession(0)).toBe(-2);
    expect(withoutSession(withoutSession(5))).toBe(5);
  });
});
