// The users of a tracker, each at a slot: their sessions, how many of those count at which rank, and what others were told.
// Who is ordinary takes one record of four numbers; who claims something, or has many sessions, has a record more.
// Always: a slot below `length` is either one user's or on the list of free ones, never both.

import type { ClaimEvidence } from '../evidence.js';
import type { ShownPresence } from '../shown.js';
import type { Timestamp } from '../time.js';
import { Ids } from './ids.js';
import { Instants } from './instants.js';
import { ManySessions } from './many-sessions.js';
import { Records } from './records.js';
import type { Sessions } from './sessions.js';
import { Siblings } from './siblings.js';
import * as sessionState from './session-state.js';
import { fewSessions, inPage, pageBits } from './sizes.js';
import { userFields } from './user-field.js';
import * as userField from './user-field.js';
import * as userState from './user-state.js';

/** So many ranks fit into one number, four bits each. */
const fewRanks = 8;

/** What is rarely known of a user. */
export interface Rest {
  claims: readonly ClaimEvidence[];
  clearedAt: Timestamp | undefined;
  /** What others were told, where that was more than a status of the policy and a last seen. */
  told: ShownPresence | undefined;
  /** Their position among those whose traces of claims are to be collected; -1: none. */
  place: number;
}

export class Users {
  /** How many there are. */
  size = 0;
  readonly records: Records = new Records(userFields);
  /** Of those who have few sessions. */
  readonly siblings: Siblings = new Siblings();
  readonly ids: Ids = new Ids();
  private readonly sessions: Sessions;
  private readonly bottom: number;
  private readonly rests = new Map<number, Rest>();
  private readonly many = new Map<number, ManySessions>();
  private readonly seenAt = new Instants();
  private readonly activeAt = new Instants();
  private length = 0;
  private free = 0;

  constructor(sessions: Sessions, bottom: number) {
    this.sessions = sessions;
    this.bottom = bottom;
  }

  /** Takes a slot for a user who has no session yet and was told to be at the rank. */
  take(userId: string, told: number): number {
    const { records } = this;
    const slot = this.free === 0 ? this.length++ : this.free - 1;
    if (this.free !== 0) this.free = records.get(slot, userField.first);
    records.reach(slot);
    this.ids.set(slot, userId);
    records.set(slot, userField.first, -1);
    records.set(slot, userField.counts, 0);
    records.set(slot, userField.state, told);
    records.set(slot, userField.place, -1);
    this.size++;
    return slot;
  }

  /** Gives the slot of a user who is gone, with their sessions, back. They are in no queue any more. */
  release(slot: number): void {
    this.rests.delete(slot);
    this.many.delete(slot);
    this.ids.set(slot, '');
    this.records.set(slot, userField.first, this.free);
    this.free = slot + 1;
    this.size--;
  }

  idOf(slot: number): string {
    return this.ids.of(slot);
  }

  has(slot: number, flag: number): boolean {
    return (this.records.get(slot, userField.state) & flag) !== 0;
  }

  private setFlag(slot: number, flag: number, isSet: boolean): void {
    const before = this.records.get(slot, userField.state);
    this.records.set(slot, userField.state, isSet ? before | flag : before & ~flag);
  }

  /** The rank that others were told. */
  toldOf(slot: number): number {
    return this.records.get(slot, userField.state) & userState.told;
  }

  setTold(slot: number, rank: number): void {
    this.records.set(slot, userField.state, (this.records.get(slot, userField.state) & ~userState.told) | rank);
  }

  // ---- sessions

  /** How many sessions a user has. */
  sessionsOf(slot: number): number {
    const bits = this.records.get(slot, userField.state);
    return (bits & userState.hasMany) === 0 ? (bits & userState.sessions) >>> userState.sessionsShift : (this.many.get(slot) as ManySessions).size;
  }

  /** The slots of a user's sessions, in no order. */
  slotsOf(slot: number): number[] {
    const slots: number[] = [];
    const first = this.firstOf(slot);
    for (let session = first; session !== -1; session = this.nextOf(slot, session, slots.length, first)) slots.push(session);
    return slots;
  }

  /** The slot of one of a user's sessions, which leads to the others; -1: there is none. */
  firstOf(slot: number): number {
    return this.records.get(slot, userField.first);
  }

  /**
   * The session after that one, where so many are `passed` already; -1: there is none. `began` is where: with any session of
   * somebody who has few, with the first of who has many.
   */
  nextOf(slot: number, session: number, passed: number, began: number): number {
    const many = this.manyOf(slot);
    if (many !== undefined) return many.at(passed) ?? -1;
    const next = this.siblings.after(session);
    return next === began ? -1 : next;
  }

  /** The slot of a session; -1: there is none of this id. Cost: constant. */
  find(slot: number, sessionId: string): number {
    const first = this.firstOf(slot);
    return first === -1 ? -1 : this.findFrom(first, sessionId);
  }

  /** The slot of a session of whoever has that first one; -1: there is none of this id. Cost: constant. */
  findFrom(first: number, sessionId: string): number {
    const { sessions, siblings } = this;
    let session = first;
    do {
      if (sessions.idOf(session) === sessionId) return session;
      session = siblings.after(session);
    } while (session !== first);
    return this.manyOf(sessions.userOf(first))?.find(sessionId) ?? -1;
  }

  /** Adds a session, which counts nowhere yet. */
  add(slot: number, session: number): void {
    const { records, sessions, siblings } = this;
    const count = this.sessionsOf(slot);
    siblings.begin(session);
    if (this.bottom >= fewRanks || count >= fewSessions) this.makeMany(slot);
    const first = this.firstOf(slot);
    const many = this.manyOf(slot);
    if (many === undefined) this.setFew(slot, count + 1);
    many?.add(sessions.idOf(session), session);
    if (first === -1) records.set(slot, userField.first, session);
    else if (many === undefined) siblings.join(session, first);
  }

  /** Takes a session away, which counts nowhere any more. */
  remove(slot: number, session: number): void {
    const { records, sessions, siblings } = this;
    const many = this.manyOf(slot);
    const next = siblings.after(session);
    many?.remove(sessions.idOf(session), session);
    if (many === undefined) {
      this.setFew(slot, this.sessionsOf(slot) - 1);
      siblings.leave(session);
    }
    if (this.firstOf(slot) !== session) return;
    const isLast = next === session;
    records.set(slot, userField.first, many === undefined ? (isLast ? -1 : next) : many.at(0) ?? -1);
  }

  private setFew(slot: number, count: number): void {
    const { records } = this;
    records.set(slot, userField.state, (records.get(slot, userField.state) & ~userState.sessions) | (count << userState.sessionsShift));
  }

  /** A session counts at its rank, unless it is not to. */
  count(slot: number, session: number): void {
    const { sessions } = this;
    if (sessions.has(session, sessionState.uncounted)) return;
    sessions.setFlag(session, sessionState.isCounted, true);
    this.tally(slot, sessions.rankOf(session), 1);
  }

  /** A session counts nowhere until it is counted again. */
  discount(slot: number, session: number): void {
    const { sessions } = this;
    if (!sessions.has(session, sessionState.isCounted)) return;
    sessions.setFlag(session, sessionState.isCounted, false);
    this.tally(slot, sessions.rankOf(session), -1);
  }

  /** A session that counts is at another rank. */
  move(slot: number, from: number, to: number): void {
    const page = this.records.pages[slot >>> pageBits] as Int32Array;
    const here = (slot & inPage) * userFields;
    if (((page[here + userField.state] as number) & userState.hasMany) === 0) {
      page[here + userField.counts] = (page[here + userField.counts] as number) - (1 << (from * 4)) + (1 << (to * 4));
      return;
    }
    const many = this.many.get(slot) as ManySessions;
    many.tally(from, -1);
    many.tally(to, 1);
  }

  private tally(slot: number, rank: number, by: 1 | -1): void {
    const many = this.manyOf(slot);
    if (many !== undefined) many.tally(rank, by);
    else this.records.set(slot, userField.counts, this.records.get(slot, userField.counts) + by * (1 << (rank * 4)));
  }

  /** The best rank at which a session counts; the bottom, if none does. */
  bestOf(slot: number): number {
    const many = this.manyOf(slot);
    if (many !== undefined) return many.best === -1 ? this.bottom : many.best;
    return bestIn(this.records.get(slot, userField.counts), this.bottom);
  }

  /** Have they so many sessions that there is a record more of these? */
  hasMany(slot: number): boolean {
    return this.has(slot, userState.hasMany);
  }

  private manyOf(slot: number): ManySessions | undefined {
    return this.hasMany(slot) ? this.many.get(slot) : undefined;
  }

  /** Somebody with more than a few sessions, or statuses, gets a record more. */
  private makeMany(slot: number): void {
    if (this.hasMany(slot)) return;
    const { sessions } = this;
    const many = new ManySessions(this.bottom);
    for (const session of this.slotsOf(slot)) {
      many.add(sessions.idOf(session), session);
      if (sessions.has(session, sessionState.isCounted)) many.tally(sessions.rankOf(session), 1);
    }
    for (const session of this.slotsOf(slot)) this.siblings.begin(session);
    this.records.set(slot, userField.counts, 0);
    this.setFew(slot, 0);
    this.many.set(slot, many);
    this.setFlag(slot, userState.hasMany, true);
  }

  // ---- what else is known

  restOf(slot: number): Rest | undefined {
    return this.has(slot, userState.hasRest) ? this.rests.get(slot) : undefined;
  }

  /** Replaces what is rarely known; nothing, where there is nothing to know. */
  setRest(slot: number, rest: Rest | undefined): void {
    this.setFlag(slot, userState.hasRest, rest !== undefined);
    if (rest === undefined) this.rests.delete(slot);
    else this.rests.set(slot, rest);
  }

  /** When sessions that are forgotten by now were last seen. */
  seenAtOf(slot: number): Timestamp | undefined {
    return this.has(slot, userState.hasLast) ? this.seenAt.get(slot) : undefined;
  }

  /** When sessions that are forgotten by now were last active. */
  activeAtOf(slot: number): Timestamp | undefined {
    return this.has(slot, userState.hasLast) ? this.activeAt.get(slot) : undefined;
  }

  /** Replaces what forgetting kept. */
  setLast(slot: number, seenAt: Timestamp | undefined, activeAt: Timestamp | undefined): void {
    const hasLast = seenAt !== undefined || activeAt !== undefined;
    this.setFlag(slot, userState.hasLast, hasLast);
    if (!hasLast) return;
    this.seenAt.set(slot, seenAt);
    this.activeAt.set(slot, activeAt);
  }
}

/** The best rank of those counted in one number, four bits each; the bottom, if none is. */
export function bestIn(counts: number, bottom: number): number {
  return counts === 0 ? bottom : (31 - Math.clz32(counts & -counts)) >> 2;
}
