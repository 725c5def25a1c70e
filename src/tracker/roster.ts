// Everybody a tracker knows, and what time it is for them.
// Rule 1: every answer is the pure core's, asked of what is written down here; nothing here decides a status.
// Rule 2: facts of one instant come before thresholds of that instant (see `asking`).
// Always: nothing that is kept is over as of `now` (see forget.ts).

import type { SessionEvidence, UserEvidence } from '../evidence.js';
import { byCodeUnits } from '../plain.js';
import type { Draft } from '../plain.js';
import { statusOf } from '../table.js';
import type { Table } from '../table.js';
import { unionOf } from '../time.js';
import type { Gap, Timestamp } from '../time.js';
import { asOf, userPresenceOf } from '../user.js';
import type { UserPresence } from '../user.js';
import { Counts } from './counts.js';
import { Deadlines } from './deadlines.js';
import { Directory } from './directory.js';
import { Heap } from './heap.js';
import { Leavings } from './leavings.js';
import { readSession } from './session-evidence.js';
import * as state from './session-state.js';
import { SessionView } from './session-view.js';
import { Sessions } from './sessions.js';
import { StandingByWord } from './standing.js';
import { ToldNow } from './told-now.js';
import * as userField from './user-field.js';
import { Users } from './users.js';
import type { Rest } from './users.js';

export class Roster {
  readonly table: Table;
  readonly tellsSessions: boolean;
  readonly directory: Directory;
  readonly sessions: Sessions = new Sessions();
  readonly view: SessionView = new SessionView(this.sessions);
  readonly users: Users;
  /** How many users are shown as what. */
  readonly counts: Counts;
  /** When sessions change if nothing is heard. */
  readonly deadlines: Deadlines = new Deadlines(this.sessions.records);
  /** When something else ends for users: a claim, a last seen. */
  readonly endings: Heap;
  /** When sessions are over. */
  readonly leavings: Leavings = new Leavings(this.sessions);
  /** When traces of claims are over. */
  readonly traces: Heap;
  readonly standing: StandingByWord;
  /** The rank of the outward word of each rank. */
  readonly outward: readonly number[];
  /** What operators were told of a session, where that was a word of another policy. Empty, but while a snapshot is restored. */
  readonly foreign: Map<number, string> = new Map<number, string>();
  gaps: readonly Gap[] = [];
  /** Were the thresholds of `now` told, of everybody? Else only those before it, and of users told in this instant. */
  isReached = false;

  /** `now`, the end of the last gap, and `seenUpTo`; numbers in flat arrays are kept in no box. */
  readonly clock: Float64Array = new Float64Array(3).fill(Number.NEGATIVE_INFINITY);
  /** Where `telling.ts` leaves an instant. */
  readonly found: Float64Array = new Float64Array(1);
  /** Kept, so that no compiler leaves the reading out (see read-ahead.ts). */
  readAhead = 0;
  private hasBegun = false;
  private readonly toldNow: ToldNow = new ToldNow();

  constructor(table: Table, tellsSessions: boolean) {
    this.table = table;
    this.tellsSessions = tellsSessions;
    this.users = new Users(this.sessions, table.bottom);
    this.directory = new Directory(this.users, this.sessions);
    this.counts = new Counts(table.statuses.length);
    this.outward = table.outward.map((word) => table.ranks.get(word) as number);
    // The policy's own words come first, so that no words that clients make up can take their numbers.
    for (const word of table.reports.keys()) this.sessions.words.numberOf(word);
    for (const cause of table.none.departures.keys()) this.sessions.causes.numberOf(cause);
    this.standing = new StandingByWord(table, this.sessions.words);
    const { users } = this;
    this.endings = new Heap({
      place: (user, position) => { users.records.set(user, userField.place, position); },
      precedes: (user, other) => users.idOf(user) < users.idOf(other),
    });
    this.traces = new Heap({
      place: (user, position) => {
        (users.restOf(user) as Rest).place = position;
      },
      precedes: () => false,
    });
  }

  // ---- time

  get now(): Timestamp | undefined {
    return this.hasBegun ? this.clock[0] : undefined;
  }

  /** `now`, or 0 before the first call. */
  get time(): Timestamp {
    return this.hasBegun ? this.clock[0] as number : 0;
  }

  /** Is this instant later than all that were `now`? */
  isLater(now: Timestamp): boolean {
    return now > (this.clock[0] as number) || !this.hasBegun;
  }

  /** `now` is this instant, to which nobody has been told. */
  moveTo(now: Timestamp): void {
    if (this.hasBegun && now === this.clock[0]) return;
    this.hasBegun = true;
    this.clock[0] = now;
    this.isReached = false;
    this.toldNow.clear();
    this.deadlines.moveTo(now);
  }

  /** When the answer about anybody changes first; infinite: never. */
  get firstAt(): number {
    return Math.min(this.deadlines.firstAt, this.endings.firstAt);
  }

  /** Does the answer about anybody change before that instant? */
  isDueBefore(at: Timestamp): boolean {
    return this.deadlines.isDueBefore(at) || this.endings.isDueBefore(at);
  }

  /** When something is over next; infinite: never, as things stand. */
  get overAt(): number {
    return Math.min(this.leavings.firstAt, this.traces.firstAt);
  }

  /** A user is told of the thresholds of `now`. */
  setTold(user: number): void {
    this.toldNow.add(user);
  }

  isTold(user: number): boolean {
    return user !== -1 && this.toldNow.has(user);
  }

  /** The instant as of which a user (-1: somebody unknown) is judged: `now`, or just before it while its thresholds are still to be told. */
  asking(user: number): Timestamp {
    return this.time - this.lag(user);
  }

  /** How long before `now` that is, in ms: 0 or 1. */
  lag(user: number): number {
    return this.isReached || !this.hasBegun || this.isTold(user) ? 0 : 1;
  }

  /** A gap that is known from now on. */
  addGaps(gaps: readonly Gap[]): void {
    this.gaps = unionOf([...this.gaps, ...gaps]);
    this.clock[1] = this.gaps[this.gaps.length - 1]?.until ?? Number.NEGATIVE_INFINITY;
  }

  /** Is this instant after every gap, so that no clock that starts then is stopped? */
  isAfterGaps(at: Timestamp): boolean {
    return at >= (this.clock[1] as number);
  }

  /** Somebody was seen at this instant, which may be ahead of `now` where another server said so. */
  noteSeen(at: Timestamp | undefined): void {
    if (at !== undefined && at > (this.clock[2] as number)) this.clock[2] = at;
  }

  /** Was nobody seen later than `now`? */
  get isSeenByNow(): boolean {
    return (this.clock[2] as number) <= (this.clock[0] as number);
  }

  // ---- people

  /** The slot of a user; -1: nobody knows them. */
  find(userId: string): number {
    return this.directory.get(userId);
  }

  /** Everybody who is known, as of now. */
  everybody(): readonly number[] {
    return this.directory.userIds().map((userId) => this.find(userId));
  }

  /** Takes up somebody unknown, who is at the bottom until more is told. */
  make(userId: string): number {
    const told = this.outward[this.table.bottom] as number;
    const user = this.users.take(userId, told);
    this.toldNow.remove(user);
    this.directory.add(userId, user);
    this.counts.add(told, 1);
    return user;
  }

  /** The record of a user ends. */
  drop(user: number): void {
    const { users } = this;
    for (const slot of users.slotsOf(user)) this.dropSession(user, slot);
    const place = users.records.get(user, userField.place);
    if (place !== -1) this.endings.remove(place);
    const trace = users.restOf(user)?.place ?? -1;
    if (trace !== -1) this.traces.remove(trace);
    this.counts.add(users.toldOf(user), -1);
    this.directory.delete(users.idOf(user));
    users.release(user);
  }

  /** A session becomes known of a user. */
  makeSession(user: number, sessionId: string): number {
    const slot = this.sessions.take(sessionId, user, this.table.bottom);
    this.users.add(user, slot);
    return slot;
  }

  /** A session is known no longer. */
  dropSession(user: number, slot: number): void {
    const { sessions, users } = this;
    this.setLeaving(slot, undefined);
    this.deadlines.clear(slot);
    users.discount(user, slot);
    users.remove(user, slot);
    sessions.release(slot);
  }

  /** What others were told last changes to a rank. */
  setShown(user: number, rank: number): void {
    this.counts.move(this.users.toldOf(user), rank);
    this.users.setTold(user, rank);
  }

  /** Sets when something else than a session ends for a user; infinite: never. */
  setEnding(user: number, at: number): void {
    const place = this.users.records.get(user, userField.place);
    if (at !== Number.POSITIVE_INFINITY) this.endings.set(user, place, at);
    else if (place !== -1) this.endings.remove(place);
  }

  /** Sets when a session is over that has no deadline any more; absent: not as things stand. */
  setLeaving(slot: number, at: Timestamp | undefined): void {
    this.leavings.remove(slot);
    if (at !== undefined) this.leavings.add(slot, at);
  }

  /** Sets when the next trace of a user's claims is over; absent: there is none. Only of those who have a rest. */
  setTrace(user: number, at: Timestamp | undefined): void {
    const { place } = this.users.restOf(user) as Rest;
    if (at !== undefined) this.traces.set(user, place, at);
    else if (place !== -1) this.traces.remove(place);
  }

  // ---- what is known

  /** What is known of a user, as plain data. Cost: linear in their sessions, whose order is made. */
  read(user: number): UserEvidence {
    const { users, sessions } = this;
    const rest = users.restOf(user);
    const known = users.slotsOf(user).map((slot) => readSession(sessions, slot)).sort((a, b) => byCodeUnits(a.sessionId, b.sessionId));
    const evidence: Draft<UserEvidence> = { userId: users.idOf(user), sessions: known, claims: rest?.claims ?? [] };
    const seenAt = users.seenAtOf(user);
    const activeAt = users.activeAtOf(user);
    if (rest?.clearedAt !== undefined) evidence.clearedAt = rest.clearedAt;
    if (seenAt !== undefined) evidence.seenAt = seenAt;
    if (activeAt !== undefined) evidence.activeAt = activeAt;
    return evidence;
  }

  /** What is known of a session, if it is known. */
  sessionOf(userId: string, sessionId: string): SessionEvidence | undefined {
    const user = this.find(userId);
    const slot = user === -1 ? -1 : this.users.find(user, sessionId);
    return slot === -1 ? undefined : readSession(this.sessions, slot);
  }

  /** The answer about a user, as of what was told. */
  ask(userId: string): UserPresence {
    const user = this.find(userId);
    const evidence = user === -1 ? { userId, sessions: [], claims: [] } : this.read(user);
    return asOf(this.time, userPresenceOf(evidence, this.table, this.asking(user), this.gaps));
  }

  /** The status that others were told. */
  shownStatus(userId: string): string {
    const user = this.find(userId);
    return statusOf(user === -1 ? this.outward[this.table.bottom] as number : this.users.toldOf(user), this.table);
  }

  /** Can a session be judged in small numbers: no rare fact, and no gap that stops a clock of it? */
  isPlain(slot: number): boolean {
    const { sessions } = this;
    if (sessions.has(slot, state.isSpilled) || !this.isAfterGaps(sessions.seenAtOf(slot))) return false;
    return !sessions.has(slot, state.cause) || this.isAfterGaps(sessions.departedAtOf(slot));
  }
}
