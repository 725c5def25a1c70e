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

  it('writes users without a session below all others', () => {
    expect(withoutSession(0)).toBe(-2);
    expect(withoutSession(withoutSession(5))).toBe(5);
  });
});
