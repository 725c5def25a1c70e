// The directory against a `Map`, with ids that fall where they like, and with ids that somebody made to fall into one place.

import fc from 'fast-check';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Directory, withoutSession } from '../../../src/tracker/directory.js';
import { hashOf } from '../../../src/tracker/hash.js';
import { Ids } from '../../../src/tracker/ids.js';
import { fewEntries } from '../../../src/tracker/sizes.js';
import { checkDirectory } from '../../support/invariants.js';

vi.mock('../../../src/tracker/hash.js', async (real) => {
  const { hashOf: really } = await real<{ readonly hashOf: (id: string) => number }>();
  return { hashOf: vi.fn(really) };
});

const hash = vi.mocked(hashOf);
const really = hash.getMockImplementation()!;

let ids: Ids;
let directory: Directory;
let slots: number;
/** Ids and whom they lead to, and the slots of their users. */
let twin: Map<string, { readonly user: number; readonly lead: number }>;

beforeEach(() => {
  hash.mockImplementation(really);
  ids = new Ids();
  directory = new Directory(ids);
  slots = 0;
  twin = new Map();
});

function set(userId: string, lead: number): void {
  const user = twin.get(userId)?.user ?? slots++;
  ids.set(user, userId);
  directory.set(userId, user, lead);
  twin.set(userId, { user, lead });
}

function remove(userId: string): void {
  directory.delete(userId);
  twin.delete(userId);
}

function check(asked: Iterable<string>): void {
  for (const userId of asked) expect(directory.get(userId)).toBe(twin.get(userId)?.lead ?? -1);
  expect(directory.size).toBe(twin.size);
  expect(directory.userIds().sort()).toEqual([...twin.keys()].sort());
  checkDirectory(directory);
}

/** How many found no room in the table. */
function othersIn({ others }: { readonly others: ReadonlyMap<string, number> }): number {
  return others.size;
}

const inside = (): { readonly others: ReadonlyMap<string, number> } => directory as unknown as { readonly others: ReadonlyMap<string, number> };

/** Hashes like any, hashes of a few places, one of all. */
const kinds: readonly ((id: string) => number)[] = [really, (id) => Math.imul(really(id) & 7, 0x2000_0020), () => -1, () => 0];
const names = Array.from({ length: 60 }, (_, i) => `u${i}`);
const step = fc.record({ userId: fc.constantFrom(...names), lead: fc.oneof({ arbitrary: fc.constant(undefined), weight: 2 }, { arbitrary: fc.nat(9), weight: 3 }) });

describe('Directory', () => {
  it('leads to whom a Map would, whatever ids share', () => {
    fc.assert(fc.property(fc.constantFrom(...kinds), fc.array(step, { maxLength: 200, size: 'max' }), (kind, steps) => {
      hash.mockImplementation(kind);
      ids = new Ids();
      directory = new Directory(ids);
      twin = new Map();
      slots = 0;
      for (const { userId, lead } of steps) {
        if (lead === undefined) remove(userId);
        else set(userId, lead);
      }
      check(names);
    }));
  });

  it('finds who was written, whatever the id', () => {
    const all = ['', 'a', '__proto__', 'constructor', '\ud800', 'ü', 'a\0', 'a\0\0', ...Array.from({ length: 10_000 }, (_, i) => `user${i}`)];
    all.forEach((id, i) => { set(id, i); });
    check(all);
    set('a', 7);
    remove('ü');
    remove('ü');
    check([...all, 'nobody']);
    for (const id of all) remove(id);
    check(all);
  });

  it('puts those into a Map who were made to fall into one place, and nobody else', () => {
    hash.mockImplementation((id) => (id.startsWith('made') ? 0x1234_5678 : really(id)));
    const made = Array.from({ length: 1_000 }, (_, i) => `made${i}`);
    const ordinary = Array.from({ length: 300 }, (_, i) => `user${i}`);
    made.forEach((id, i) => { set(id, i); });
    ordinary.forEach((id, i) => { set(id, i); });
    check([...made, ...ordinary]);
    expect(othersIn(inside())).toBeGreaterThanOrEqual(1_000 - fewEntries);
    expect([...inside().others.keys()].filter((id) => !id.startsWith('made')).length).toBeLessThan(30);
    for (const id of made) remove(id);
    check([...made, ...ordinary]);
  });

  it('leaves few to the Map where nobody was made to', () => {
    for (let i = 0; i < 50_000; i++) set(`user${i}`, i);
    expect(othersIn(inside()) / 50_000).toBeLessThan(0.04);
    checkDirectory(directory);
  });

  it('writes users without a session below all others', () => {
    expect(withoutSession(0)).toBe(-2);
    expect(withoutSession(withoutSession(5))).toBe(5);
  });
});
