// Everybody a tracker knows, and what happens to them: time passes, evidence is replaced, the difference is told.
// Rule 1: every answer is the pure core's, asked of the evidence held here; nothing here decides a status.
// Rule 2: facts of one instant come before thresholds of that instant (see `asking`).
// Rule 3: what is over is collected as soon as time reaches it, so that when time was advanced makes no difference.

import { shownDiff } from '../diff.js';
import type { Change, SessionChange } from '../diff.js';
import type { UserEvidence } from '../evidence.js';
import { forgettingAt, remember } from '../forget.js';
import type { SessionPresence } from '../session.js';
import type { ShownPresence } from '../shown.js';
import { statusOf } from '../table.js';
import type { Table } from '../table.js';
import { crossingOf, isDue, unionOf } from '../time.js';
import type { Gap, Timestamp } from '../time.js';
import { asOf, userPresenceOf } from '../user.js';
import type { UserPresence } from '../user.js';
import { Columns } from './columns.js';
import { Counts } from './counts.js';
import { Deadlines } from './deadlines.js';
import type { LiveSession } from './live-session.js';
import { LiveUser } from './live-user.js';
import { otherAtOf, patienceOf } from './patience.js';
import { Slots } from './slots.js';

const never = Number.POSITIVE_INFINITY;
const said = 1;

export class Roster {
  readonly table: Table;
  readonly users: Map<string, LiveUser> = new Map<string, LiveUser>();
  readonly deadlines: Deadlines = new Deadlines();
  readonly counts: Counts;
  gaps: readonly Gap[] = [];
  /** Was any instant told yet? */
  hasBegun = false;
  /** Were the thresholds of `now` told, of everybody? Else only those before it, and of users whose `toldAt` is `now`. */
  isReached = false;
  sessions = 0;

  private readonly collecting = new Deadlines();
  private readonly columns = new Columns();
  /** `now`, in ms (0 before the first call), and when the signal at hand was said. Numbers of this size cost an object elsewhere. */
  private readonly clock = new Float64Array(2);
  private readonly slots = new Slots();
  private readonly bySlot: (LiveUser | undefined)[] = [];
  private readonly tellsSessions: boolean;

  constructor(table: Table, tellsSessions: boolean) {
    this.table = table;
    this.tellsSessions = tellsSessions;
    this.counts = new Counts(table.statuses.length);
  }

  // ---- time

  /** The latest instant told of. */
  get now(): Timestamp | undefined {
    return this.hasBegun ? this.clock[0] : undefined;
  }

  /** Time reaches `now`: tells what is due strictly before it, and collects. An earlier `now` counts as the roster's. */
  arrive(now: Timestamp, out: Change[]): void {
    const { clock, deadlines } = this;
    if (!this.hasBegun || now > (clock[0] ?? 0)) {
      clock[said] = now;
      while (deadlines.isDueBefore(clock, said)) this.passFirst(out);
      this.moveTo(now);
    }
    clock[said] = clock[0] ?? 0;
    if (this.collecting.isDueBy(clock, 0)) this.collect();
  }

  /** The signal at hand was said at `at`; of the future is now. Is that not too late to be heard? */
  isInTime(at: Timestamp | undefined): boolean {
    const now = this.clock[0] ?? 0;
    if (at === undefined || at >= now) return true;
    this.clock[said] = at;
    return !isDue(at + this.table.keepSessionMs, now);
  }

  /** Time passes `now`: tells what is due up to and including it, at most `limit` crossings. */
  pass(now: Timestamp, limit: number, out: Change[]): void {
    const end = !this.hasBegun || now > (this.clock[0] ?? 0) ? now : (this.clock[0] ?? 0);
    let crossings = 0;
    while (this.deadlines.firstAt <= end) {
      if (crossings === limit) return;
      this.passFirst(out);
      crossings++;
    }
    this.moveTo(end);
    this.isReached = true;
    this.collect();
  }

  /** Goes on at `now`, of which nothing was told yet if it is another instant than before. */
  moveTo(now: Timestamp): void {
    if (this.clock[0] !== now || !this.hasBegun) this.isReached = false;
    this.clock[0] = now;
    this.hasBegun = true;
  }

  private passFirst(out: Change[]): void {
    const at = this.deadlines.firstAt;
    this.moveTo(at);
    this.collect();
    const user = this.bySlot[this.deadlines.first];
    if (user === undefined || this.deadlines.firstAt !== at) return;
    user.toldAt = at;
    this.replace(user, remember(user.read(), this.table, at, this.gaps), 'time', out);
  }

  /** Drops what is over as of now, and tells nothing of it. */
  private collect(): void {
    while (this.collecting.isDueBy(this.clock, 0)) {
      const user = this.bySlot[this.collecting.first];
      if (user === undefined) return;
      this.keep(user, remember(user.read(), this.table, this.now ?? 0, this.gaps, this.asking(user)));
    }
  }

  /** The instant as of which a user is judged: `now`, or just before it while its thresholds are still to be told. */
  asking(user: LiveUser | undefined): Timestamp {
    const now = this.now ?? 0;
    return this.isTold(user) ? now : now - 1;
  }

  /** Were the thresholds of `now` told of this user? Before the first call there is nothing to tell. */
  private isTold(user: LiveUser | undefined): boolean {
    return this.isReached || !this.hasBegun || user?.toldAt === this.clock[0];
  }

  // ---- people

  /** The answer about a user, as of what was told. */
  ask(userId: string): UserPresence {
    const user = this.users.get(userId);
    const evidence = user?.read() ?? { userId, sessions: [], claims: [] };
    return asOf(this.now ?? 0, userPresenceOf(evidence, this.table, this.asking(user), this.gaps));
  }

  /** What is known of a user, without what is over as of now. */
  known(userId: string): UserEvidence | undefined {
    const user = this.users.get(userId);
    return user === undefined ? undefined : remember(user.read(), this.table, this.now ?? 0, this.gaps, this.asking(user));
  }

  /** Takes up somebody unknown, who is at the bottom until more is told. */
  make(userId: string): LiveUser {
    const { table } = this;
    const status = table.outward[table.bottom] ?? statusOf(table.bottom, table);
    const user = new LiveUser({ userId, at: this.now ?? 0, status }, this.slots.take());
    this.users.set(userId, user);
    this.bySlot[user.slot] = user;
    this.deadlines.enter(user.slot);
    this.collecting.enter(user.slot);
    this.counts.add(table.bottom, 1);
    return user;
  }

  /** Takes up somebody from a snapshot, with what was told of them, and tells what reads differently since. */
  resume(
    evidence: UserEvidence, told: ShownPresence, toldAt: Timestamp | undefined, sessions: readonly (readonly [string, boolean])[], out: Change[],
  ): void {
    const user = this.make(evidence.userId);
    this.counts.add(this.shownRank(user), -1);
    user.told = told;
    user.toldAt = toldAt;
    this.counts.add(this.shownRank(user), 1);
    this.sessions += user.write(evidence, this.columns, statusOf(this.table.bottom, this.table));
    user.sessions.forEach((session, i) => { [session.toldStatus, session.toldDeparted] = sessions[i] ?? [session.toldStatus, false]; });
    this.replace(user, this.known(user.userId), 'signal', out);
  }

  /** Replaces what is known of a user and tells what others see of that. */
  replace(user: LiveUser, evidence: UserEvidence | undefined, cause: 'signal' | 'time', out: Change[]): void {
    const { table } = this;
    const now = this.now ?? 0;
    const known = evidence ?? { userId: user.userId, sessions: [], claims: [] };
    this.sessions += user.write(known, this.columns, statusOf(table.bottom, table));
    const presence = asOf(now, userPresenceOf(known, table, this.asking(user), this.gaps));
    presence.sessions.forEach((session, i) => {
      const live = user.sessions[i];
      if (live !== undefined) this.note(live, session, user, out);
    });
    out.push(...shownDiff(user.told, presence, cause));
    this.counts.add(this.shownRank(user), -1);
    user.told = presence.shown;
    this.counts.add(this.shownRank(user), 1);
    user.otherNextAt = this.otherNextOf(presence);
    this.deadlines.set(user.slot, presence.nextChangeAt ?? never);
    this.keep(user, evidence, false);
  }

  /** The rank of what others were told of a user. A word of another policy, from a snapshot, counts as the bottom. */
  shownRank(user: LiveUser): number {
    return this.table.ranks.get(user.told.status) ?? this.table.bottom;
  }

  /**
   * A heartbeat that says nothing else, of the instant last named. Where it changes no status it is written down, without making an object;
   * else nothing is done, the answer is false, and the whole way is to be gone.
   */
  beat(user: LiveUser, session: LiveSession): boolean {
    const { columns, clock, gaps } = this;
    const { slot } = session;
    const now = clock[0] ?? 0;
    const at = clock[said] ?? now;
    if (!(at > (columns.seenAt[slot] ?? at)) || !((columns.nextAt[slot] ?? now) > now)) return false;
    if (Number.isNaN(columns.patience[slot] ?? 0)) this.learn(user, session);
    const patience = columns.patience[slot] ?? Number.NaN;
    if (Number.isNaN(patience)) return false;
    const silentAt = gaps.length === 0 ? at + patience : crossingOf(at, patience, gaps);
    const otherAt = columns.otherAt[slot] ?? never;
    const nextAt = otherAt < silentAt ? otherAt : silentAt;
    if (!(nextAt > now) || (nextAt !== never && !Number.isSafeInteger(nextAt))) return false;
    columns.seenAt[slot] = at;
    columns.nextAt[slot] = nextAt;
    this.schedule(user);
    return true;
  }

  /** Asks ahead, once for as long as nothing but such heartbeats is heard. */
  private learn(user: LiveUser, session: LiveSession): void {
    const { columns, table, gaps } = this;
    const asked = this.asking(user);
    columns.patience[session.slot] = patienceOf(session, table, asked, this.now ?? asked, gaps);
    columns.otherAt[session.slot] = otherAtOf(session, table, asked, gaps);
  }

  /** Evicts a user of whom nothing is left that others see. */
  drop(user: LiveUser): void {
    this.sessions -= user.discard(this.columns);
    this.deadlines.set(user.slot, never);
    this.collecting.set(user.slot, never);
    this.counts.add(this.shownRank(user), -1);
    this.users.delete(user.userId);
    this.bySlot[user.slot] = undefined;
    this.slots.release(user.slot);
  }

  /** A gap becomes known: everybody is judged anew. */
  addGaps(gaps: readonly Gap[], out: Change[]): void {
    this.gaps = unionOf([...this.gaps, ...gaps]);
    for (const user of [...this.users.values()]) this.replace(user, this.known(user.userId), 'signal', out);
  }

  /** Keeps what is left of a user, and sets the alarm for what is to be collected next. */
  private keep(user: LiveUser, evidence: UserEvidence | undefined, isNew = true): void {
    if (evidence === undefined) {
      this.drop(user);
      return;
    }
    if (isNew) this.sessions += user.write(evidence, this.columns, statusOf(this.table.bottom, this.table));
    this.collecting.set(user.slot, forgettingAt(evidence, this.table, this.now ?? 0, this.gaps) ?? never);
  }

  /** Writes down what a session's verdict is, and tells operators of it where they asked to be told. */
  private note(live: LiveSession, session: SessionPresence, user: LiveUser, out: Change[]): void {
    const { columns } = this;
    columns.nextAt[live.slot] = session.nextChangeAt ?? never;
    const departed = session.departure !== undefined;
    if (live.toldStatus === session.status && live.toldDeparted === departed) return;
    const from = { status: live.toldStatus, departed: live.toldDeparted };
    live.toldStatus = session.status;
    live.toldDeparted = departed;
    if (!this.tellsSessions) return;
    const { sessionId, status, because, at } = session;
    const change: SessionChange = { type: 'session', userId: user.userId, at, sessionId, from, to: { status, departed }, because };
    out.push(change);
  }

  private otherNextOf({ claims, derived, lastSeenAt }: UserPresence): number {
    const { table } = this;
    let next = never;
    for (const { claim } of claims) if (claim.expiresAt !== undefined && claim.expiresAt < next) next = claim.expiresAt;
    if (table.ranks.get(derived) === table.bottom && lastSeenAt !== undefined) next = Math.min(next, lastSeenAt + table.keepLastSeenMs);
    return next;
  }

  /** Sets the alarm of a user whose sessions' alarms moved. */
  private schedule({ slot, sessions, otherNextAt }: LiveUser): void {
    const { nextAt } = this.columns;
    let next = otherNextAt;
    for (let i = 0, session = sessions[0]; session !== undefined; session = sessions[++i]) {
      const at = nextAt[session.slot] ?? never;
      if (at < next) next = at;
    }
    this.deadlines.at[slot] = next;
    this.deadlines.settle(slot);
  }
}
