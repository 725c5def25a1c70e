// Who is where: from a user's id to the user, and to a session that leads to their others.
// It is a table of numbers: an id has its place there, and stands at it or soon after. Who finds no room there is in a `Map`, so
// ids that somebody chose to fall into one place cost no more than that does.
// Rule: the session is only where to look first: it is theirs if its record says so, and else another is written down. So nobody needs
// to be found because a session came or went.
// Always: nobody stands before their place, nor `fewEntries` after it.
// Always: a part is at most three quarters full.

import { hashOf } from './hash.js';
import type { Ids } from './ids.js';
import type { Sessions } from './sessions.js';
import { fewEntries, inParts, partBits } from './sizes.js';
import type { Users } from './users.js';

/** Of an entry: the hash of the id, its user plus 1 (0: it is free), a session that is, or was, theirs (-1: none is). */
const [hashed, whose, leads, stride] = [0, 1, 2, 3];
/** By how much a hash is shifted to be one of two places, which is what a part begins with. */
const firstShift = 31;
/** What stands where no part is. Never written. */
const noPart = partOf(firstShift);

export class Directory {
  size = 0;
  private readonly users: Users;
  private readonly ids: Ids;
  private readonly sessions: Sessions;
  /** The table. The lowest bits of a hash say in which part, so that no growth is felt; the highest say where in it. */
  private readonly parts: Int32Array[] = Array.from({ length: 1 << partBits }, () => noPart);
  /** By how much a hash is shifted to be a place, part by part. */
  private readonly shifts = new Int32Array(1 << partBits).fill(firstShift);
  /** How many entries of each part are taken. */
  private readonly taken = new Int32Array(1 << partBits);
  /** Who found no room. */
  private readonly others = new Map<string, number>();

  constructor(users: Users, sessions: Sessions) {
    this.users = users;
    this.ids = users.ids;
    this.sessions = sessions;
  }

  /** The slot of a user; -1: nobody of this id is known. */
  get(userId: string): number {
    const hash = hashOf(userId);
    const part = this.parts[hash & inParts] as Int32Array;
    const entry = this.find(part, hash, userId);
    return entry === -1 ? this.others.get(userId) ?? -1 : (part[entry + whose] as number) - 1;
  }

  /** The slot of one of a user's sessions, which leads to the others; -1: nobody of this id is known, or they have none. */
  leadOf(userId: string): number {
    const hash = hashOf(userId);
    const part = this.parts[hash & inParts] as Int32Array;
    const entry = this.find(part, hash, userId);
    if (entry !== -1) {
      const lead = part[entry + leads] as number;
      if (lead !== -1 && this.sessions.userOf(lead) === (part[entry + whose] as number) - 1) return lead;
    }
    return this.leadAnew(part, entry, userId);
  }

  /** Takes in a user whose id nobody here has. */
  add(userId: string, user: number): void {
    const hash = hashOf(userId);
    const index = hash & inParts;
    this.size++;
    if (this.parts[index] === noPart || (this.taken[index] as number) >= 0.75 * roomOf(this.shifts[index] as number)) this.grow(index);
    this.put(hash, user, -1);
  }

  delete(userId: string): void {
    const hash = hashOf(userId);
    const index = hash & inParts;
    const part = this.parts[index] as Int32Array;
    const entry = this.find(part, hash, userId);
    if (entry !== -1) {
      part[entry + whose] = 0;
      this.taken[index] = (this.taken[index] as number) - 1;
      this.size--;
    } else if (this.others.delete(userId)) this.size--;
  }

  /** Everybody, as of now, in no order. */
  userIds(): string[] {
    const userIds = [...this.others.keys()];
    for (const part of this.parts) {
      for (let entry = 0; entry < part.length; entry += stride) {
        const user = (part[entry + whose] as number) - 1;
        if (user !== -1) userIds.push(this.users.idOf(user));
      }
    }
    return userIds;
  }

  /** Where to look first from now on, for who was led to nobody of theirs, or to nobody at all. */
  private leadAnew(part: Int32Array, entry: number, userId: string): number {
    if (entry === -1) return this.firstOf(this.others.get(userId) ?? -1);
    const first = this.firstOf((part[entry + whose] as number) - 1);
    part[entry + leads] = first;
    return first;
  }

  private firstOf(user: number): number {
    return user === -1 ? -1 : this.users.firstOf(user);
  }

  /** The entry of an id in the table; -1: it has none. */
  private find(part: Int32Array, hash: number, userId: string): number {
    const { ids } = this;
    const first = (hash >>> (this.shifts[hash & inParts] as number)) * stride;
    for (let entry = first; entry < first + fewEntries * stride; entry += stride) {
      if (part[entry + hashed] !== hash) continue;
      const user = (part[entry + whose] as number) - 1;
      if (user !== -1 && ids.of(user) === userId) return entry;
    }
    return -1;
  }

  /** Somebody comes into the table, at the first free entry, or to the others. */
  private put(hash: number, user: number, led: number): void {
    const index = hash & inParts;
    const part = this.parts[index] as Int32Array;
    const first = (hash >>> (this.shifts[index] as number)) * stride;
    for (let entry = first; entry < first + fewEntries * stride; entry += stride) {
      if (part[entry + whose] !== 0) continue;
      part[entry + hashed] = hash;
      part[entry + whose] = user + 1;
      part[entry + leads] = led;
      this.taken[index] = (this.taken[index] as number) + 1;
      return;
    }
    this.others.set(this.users.idOf(user), user);
  }

  /** A part has twice as many places. */
  private grow(index: number): void {
    const before = this.parts[index] as Int32Array;
    const shift = (this.shifts[index] as number) - 1;
    this.shifts[index] = shift;
    this.parts[index] = partOf(shift);
    this.taken[index] = 0;
    for (let entry = 0; entry < before.length; entry += stride) {
      const user = (before[entry + whose] as number) - 1;
      if (user !== -1) this.put(before[entry + hashed] as number, user, before[entry + leads] as number);
    }
  }
}

/** How many places that are. */
function roomOf(shift: number): number {
  return 2 ** (32 - shift);
}

/** A part with so many places; the last of them has as many entries after it as any. */
function partOf(shift: number): Int32Array {
  return new Int32Array((roomOf(shift) + fewEntries) * stride);
}
