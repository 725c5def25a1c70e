// The directory against a `Map`, with ids that fall where they like, and with ids that somebody made to fall into one place.

import fc from 'fast-check';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Directory } from '../../../src/tracker/directory.js';
import { hashOf } from '../../../src/tracker/hash.js';
import { Sessions } from '../../../src/tracker/sessions.js';
import { fewEntries } from '../../../src/tracker/sizes.js';
import { Users } from '../../../src/tracker/users.js';
import { checkDirectory } from '../../support/invariants.js';

vi.mock('../../../src/tracker/hash.js', async (real) => {
  const { hashOf: really } = await real<{ readonly hashOf: (id: string) => number }>();
  return { hashOf: vi.fn(really) };
});

const hash = vi.mocked(hashOf);
const really = hash.getMockImplementation()!;

const bottom = 4;
let sessions: Sessions;
let users: Users;
let directory: Directory;
/** Who is known, and the slots of their sessions. */
let twin: Map<string, { readonly user: number; readonly slots: number[] }>;

function begin(): void {
  sessions = new Sessions();
  users = new Users(sessions, bottom);
  directory = new Directory(users, sessions);
  twin = new Map();
}

beforeEach(() => {
  hash.mockImplementation(really);
  begin();
});

function add(userId: string): void {
  if (twin.has(userId)) return;
  const user = users.take(userId, bottom);
  directory.add(userId, user);
  twin.set(userId, { user, slots: [] });
}

/** Somebody has a session more. */
function open(userId: string): void {
  add(userId);
  const { user, slots } = twin.get(userId)!;
  const slot = sessions.take(`s${slots.length}`, user, bottom);
  users.add(user, slot);
  slots.push(slot);
}

/** The oldest session of somebody is gone. */
function close(userId: string): void {
  const { user, slots } = twin.get(userId) ?? { user: -1, slots: [] };
  const slot = slots.shift();
  if (slot === undefined) return;
  users.remove(user, slot);
  sessions.release(slot);
}

function remove(userId: string): void {
  const known = twin.get(userId);
  while (known !== undefined && known.slots.length > 0) close(userId);
  directory.delete(userId);
  if (known !== undefined) users.release(known.user);
  twin.delete(userId);
}

function check(asked: Iterable<string>): void {
  for (const userId of asked) {
    const { user, slots } = twin.get(userId) ?? { user: -1, slots: [] };
    expect(directory.get(userId)).toBe(user);
    const lead = directory.leadOf(userId);
    expect(slots.length === 0 ? lead === -1 : slots.includes(lead)).toBe(true);
    expect(directory.leadOf(userId)).toBe(lead);
  }
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
const steps = { open, close, remove, ask: (userId: string) => directory.leadOf(userId) };
const step = fc.record({
  userId: fc.constantFrom(...names),
  does: fc.constantFrom<keyof typeof steps>('open', 'open', 'open', 'close', 'close', 'remove', 'ask'),
});

describe('Directory', () => {
  it('leads to whom a Map would, whatever ids share', () => {
    fc.assert(fc.property(fc.constantFrom(...kinds), fc.array(step, { maxLength: 200, size: 'max' }), (kind, history) => {
      hash.mockImplementation(kind);
      begin();
      for (const { userId, does } of history) steps[does](userId);
      check(names);
    }));
  });

  it('leads to nobody of theirs after another took the slot', () => {
    open('ada');
    expect(directory.leadOf('ada')).toBe(0);
    close('ada');
    open('bob');
    expect(twin.get('bob')?.slots).toEqual([0]);
    expect(directory.leadOf('ada')).toBe(-1);
    expect(directory.leadOf('bob')).toBe(0);
  });

  it('finds who was written, whatever the id', () => {
    const all = ['', 'a', '__proto__', 'constructor', '\ud800', 'ü', 'a\0', 'a\0\0', ...Array.from({ length: 10_000 }, (_, i) => `user${i}`)];
    for (const id of all) open(id);
    check(all);
    open('a');
    close('b');
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
    for (const id of made) open(id);
    for (const id of ordinary) open(id);
    check([...made, ...ordinary]);
    expect(othersIn(inside())).toBeGreaterThanOrEqual(1_000 - fewEntries);
    expect([...inside().others.keys()].filter((id) => !id.startsWith('made')).length).toBeLessThan(30);
    for (const id of made) remove(id);
    check([...made, ...ordinary]);
  });

  it('leaves few to the Map where nobody was made to', () => {
    for (let i = 0; i < 50_000; i++) add(`user${i}`);
    expect(othersIn(inside()) / 50_000).toBeLessThan(0.04);
    checkDirectory(directory);
  });
});
