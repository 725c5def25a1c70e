// The sessions of a tracker, each at a slot, in flat records: what is common is written in numbers, what is rare is kept as the
// evidence it came as (see session-evidence.ts).
// Rule: an instant is written as ms after a beginning, which neighbours share, and which moves on with time.
// Always: a slot below `length` is either one session's or on the list of free ones, never both.
// Always: who is spilled has an entry in `spilled`, and nobody else has.

import { lastSeenOf } from '../evidence.js';
import type { SessionEvidence } from '../evidence.js';
import type { Timestamp } from '../time.js';
import { Ids } from './ids.js';
import { Records } from './records.js';
import { saidFields } from './said-field.js';
import * as said from './said-field.js';
import { absent, fieldBits } from './session-field.js';
import * as field from './session-field.js';
import * as state from './session-state.js';
import { beginningBits } from './sizes.js';
import { Words } from './words.js';

export class Sessions {
  readonly records: Records = new Records(1 << fieldBits);
  readonly ids: Ids = new Ids();
  /** When each was first seen, in ms after its beginning: no beat needs it. */
  readonly firstSeen: Records = new Records(1);
  /**
   * Numbers of connections: as they are, or how much they are above the instant at which the session was first seen. There
   * are pages only where one needs them: a session's first connection is numbered by that instant.
   */
  readonly epochs: Records = new Records(1);
  /** What some said besides. */
  readonly said: Records = new Records(saidFields);
  /** What was reported. */
  readonly words: Words = new Words(0x3f);
  /** Why connections ended. */
  readonly causes: Words = new Words(0xf);
  /** What is known of sessions with rare facts. */
  readonly spilled: Map<number, SessionEvidence> = new Map<number, SessionEvidence>();
  /** From when on instants are written; for neighbours of whom nothing was written yet, no instant. */
  readonly beginnings: number[] = [];
  /** How many there are. */
  size = 0;
  /** How many slots there are, those included that are free. */
  length = 0;

  /** The first free slot, plus 1; 0: none. */
  private free = 0;

  /** Takes a slot for a session, of which nothing is known yet but that it was told to be at the rank. */
  take(sessionId: string, user: number, rank: number): number {
    const { records } = this;
    const slot = this.free === 0 ? this.length++ : this.free - 1;
    if (this.free !== 0) this.free = records.get(slot, field.next);
    records.reach(slot);
    this.firstSeen.reach(slot);
    this.ids.set(slot, sessionId);
    records.set(slot, field.next, -1);
    records.set(slot, field.activeAt, absent);
    records.set(slot, field.state, rank);
    records.set(slot, field.user, user);
    this.size++;
    return slot;
  }

  /** Gives the slot of a session that is gone back. It is in no queue any more. */
  release(slot: number): void {
    const { records } = this;
    if (this.has(slot, state.isSpilled)) this.spilled.delete(slot);
    this.ids.set(slot, '');
    records.set(slot, field.state, 0);
    records.set(slot, field.user, -1);
    this.renew(slot);
    records.set(slot, field.next, this.free);
    this.free = slot + 1;
    this.size--;
  }

  idOf(slot: number): string {
    return this.ids.of(slot);
  }

  /** The slot of its user. */
  userOf(slot: number): number {
    return this.records.get(slot, field.user);
  }

  /** From when on the instants of the slot, and of its neighbours, are written. */
  beginningOf(slot: number): number {
    return this.beginnings[slot >>> beginningBits] as number;
  }

  /** Another number for another session in the slot, and for another connection of the session. */
  versionOf(slot: number): number {
    return this.records.get(slot, field.version);
  }

  has(slot: number, flag: number): boolean {
    return (this.records.get(slot, field.state) & flag) !== 0;
  }

  setFlag(slot: number, flag: number, isSet: boolean): void {
    const before = this.records.get(slot, field.state);
    this.records.set(slot, field.state, isSet ? before | flag : before & ~flag);
  }

  rankOf(slot: number): number {
    return this.records.get(slot, field.state) & state.rank;
  }

  setRank(slot: number, rank: number): void {
    this.records.set(slot, field.state, (this.records.get(slot, field.state) & ~state.rank) | rank);
  }

  /** Did the current connection end? */
  isDeparted(slot: number): boolean {
    return this.has(slot, state.isSpilled) ? this.spilled.get(slot)?.departures !== undefined : this.has(slot, state.cause);
  }

  /** The number of the current connection. */
  epochOf(slot: number): number {
    const bits = this.records.get(slot, field.state);
    if ((bits & state.isSpilled) !== 0) return (this.spilled.get(slot) as SessionEvidence).epoch;
    const epoch = this.epochs.has(slot) ? this.epochs.get(slot, 0) : 0;
    return (bits & state.isEpochPlain) !== 0 ? epoch : this.beginningOf(slot) + this.firstSeenOf(slot) + epoch;
  }

  /** Writes the number of a connection down. */
  setEpoch(slot: number, epoch: number): void {
    if (epoch !== 0) this.epochs.reach(slot);
    if (this.epochs.has(slot)) this.epochs.set(slot, 0, epoch);
  }

  /** The last interaction, if one is known. */
  activeAtOf(slot: number): Timestamp | undefined {
    if (this.has(slot, state.isSpilled)) return this.spilled.get(slot)?.activeAt;
    const at = this.records.get(slot, field.activeAt);
    return at === absent ? undefined : this.beginningOf(slot) + at;
  }

  /** When it was last seen, in life or at the end of its connection, if ever. */
  lastSeenOf(slot: number): Timestamp | undefined {
    if (this.has(slot, state.isSpilled)) return lastSeenOf(this.spilled.get(slot) as SessionEvidence);
    const seenAt = this.beginningOf(slot) + this.records.get(slot, field.seenAt);
    return this.has(slot, state.cause) ? Math.max(seenAt, this.departedAtOf(slot)) : seenAt;
  }

  /** The latest proof of life of a session that is not spilled. */
  seenAtOf(slot: number): number {
    return this.beginningOf(slot) + this.records.get(slot, field.seenAt);
  }

  /** When a session that is not spilled was first seen, in ms after its beginning. */
  firstSeenOf(slot: number): number {
    return this.firstSeen.get(slot, 0);
  }

  /** When the report of a session that is not spilled was said last, in ms after its beginning. */
  reportAtOf(slot: number): number {
    return this.has(slot, state.isRestated) ? this.records.get(slot, field.seenAt) : this.said.get(slot, said.reportAt);
  }

  /** When the connection of a session that has departed, and is not spilled, ended. */
  departedAtOf(slot: number): number {
    return this.beginningOf(slot) + this.said.get(slot, said.departedAt);
  }

  /** The slot or its connection is another's from now on, so it has another version. */
  renew(slot: number): void {
    this.records.set(slot, field.version, (this.records.get(slot, field.version) + 1) | 0);
  }
}
