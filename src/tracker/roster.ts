// Everybody a tracker knows, and what happens to them: time passes, evidence is replaced, the difference is told.
// Rule 1: every answer is the pure core's, asked of the evidence held here; nothing here decides a status.
// Rule 2: facts of one instant come before thresholds of that instant (see `asking`).
// Rule 3: what is over is collected as soon as time reaches it, so that when time was advanced makes no difference.

import { shownDiff } from '../diff.js';
import type { Change, SessionChange } from '../diff.js';
import type { UserEvidence } from '../evidence.js';
import { forgettingAt, remember } from '../forget.js';
import { rankOf, worseAt } from '../session.js';
import type { SessionPresence } from '../session.js';
import type { ShownPresence } from '../shown.js';
import { statusOf } from '../table.js';
import type { Table } from '../table.js';
import { unionOf } from '../time.js';
import type { Gap, Timestamp } from '../time.js';
import { asOf, userPresenceOf } from '../user.js';
import type { UserPresence } from '../user.js';
import { Columns } from './columns.js';
import { Counts } from './counts.js';
import { Deadlines } from './deadlines.js';
import type { LiveSession } from './live-session.js';
import { LiveUser } from './live-user.js';

const never = Number.POSITIVE_INFINITY;

export class Roster {
  readonly table: Table;
  readonly users: Map<string, LiveUser> = new Map<string, LiveUser>();
  readonly deadlines: Deadlines = new Deadlines(0);
  readonly counts: Counts;
  gaps: readonly Gap[] = [];
  now: Timestamp | undefined;
  /** Were the thresholds of `now` told, of everybody? Else only those before it, and of users whose `toldAt` is `now`. */
  isReached = false;
  sessions = 0;

  private readonly collecting = new Deadlines(1);
  private readonly columns = new Columns();
  private readonly tellsSessions: boolean;
  private made = 0;

  constructor(table: Table, tellsSessions: boolean) {
    this.table = table;
    this.tellsSessions = tellsSessions;
    this.counts = new Counts(table.statuses.length);
  }

  // ---- time

  /** Time reaches `now`: tells what is due strictly before it, and collects. An earlier `now` counts as the roster's. */
  arrive(now: Timestamp, out: Change[]): Timestamp {
    const reached = this.now === undefined || now > this.now ? now : this.now;
    while (this.deadlines.firstAt < reached) this.passFirst(out);
    if (this.now !== reached) this.isReached = false;
    this.now = reached;
    this.collect(reached);
    return reached;
  }

  /** Time passes `now`: tells what is due up to and including it, at most `limit` crossings. */
  pass(now: Timestamp, limit: number, out: Change[]): void {
    const end = this.now === undefined || now > this.now ? now : this.now;
    let crossings = 0;
    while (this.deadlines.firstAt <= end) {
      if (crossings === limit) return;
      this.passFirst(out);
      crossings++;
    }
    this.now = end;
    this.isReached = true;
    this.collect(end);
  }

  private passFirst(out: Change[]): void {
    const at = this.deadlines.firstAt;
    if (this.now !== at) this.isReached = false;
    this.now = at;
    this.collect(at);
    const user = this.deadlines.first;
    if (user === undefined || this.deadlines.firstAt !== at) return;
    user.toldAt = at;
    this.replace(user, remember(user.read(), this.table, at, this.gaps), 'time', out);
  }

  /** Drops what is over as of `at`, and tells nothing of it. */
  private collect(at: Timestamp): void {
    while (this.collecting.firstAt <= at) {
      const user = this.collecting.first;
      if (user === undefined) return;
      this.keep(user, remember(user.read(), this.table, at, this.gaps, this.asking(user)));
    }
  }

  /** The instant as of which a user is judged: `now`, or just before it while its thresholds are still to be told. */
  asking(user: LiveUser | undefined): Timestamp {
    const now = this.now ?? 0;
    return this.isReached || this.now === undefined || user?.toldAt === now ? now : now - 1;
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
    const user = new LiveUser({ userId, at: this.now ?? 0, status }, this.made++);
    this.users.set(userId, user);
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
      if (live !== undefined) this.note(live, session, user.userId, out);
    });
    out.push(...shownDiff(user.told, presence, cause));
    this.counts.add(this.shownRank(user), -1);
    user.told = presence.shown;
    this.counts.add(this.shownRank(user), 1);
    user.otherNextAt = this.otherNextOf(presence);
    this.deadlines.set(user, presence.nextChangeAt ?? never);
    this.keep(user, evidence, false);
  }

  /** The rank of what others were told of a user. A word of another policy, from a snapshot, counts as the bottom. */
  shownRank(user: LiveUser): number {
    return this.table.ranks.get(user.told.status) ?? this.table.bottom;
  }

  /**
   * A heartbeat that says nothing else. Where it changes no status it is written down, without making an object; else
   * nothing is done, the answer is false, and the whole way is to be gone.
   */
  beat(user: LiveUser, session: LiveSession, at: Timestamp): boolean {
    const { columns, table, gaps } = this;
    const { slot } = session;
    const asked = this.asking(user);
    const before = columns.seenAt[slot] ?? Number.NaN;
    if (!(at >= before) || session.isAheadOf(asked) || session.departures !== undefined) return false;
    columns.seenAt[slot] = at;
    const rank = rankOf(session, table, asked, gaps);
    if (rank !== columns.rank[slot] || rank === table.bottom) {
      columns.seenAt[slot] = before;
      return false;
    }
    columns.nextAt[slot] = worseAt(session, table, asked, gaps, rank);
    this.deadlines.set(user, this.nextOf(user));
    return true;
  }

  /** Evicts a user of whom nothing is left that others see. */
  drop(user: LiveUser): void {
    this.sessions -= user.discard(this.columns);
    this.deadlines.set(user, never);
    this.collecting.set(user, never);
    this.counts.add(this.shownRank(user), -1);
    this.users.delete(user.userId);
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
    this.collecting.set(user, forgettingAt(evidence, this.table, this.now ?? 0, this.gaps) ?? never);
  }

  /** Writes down what a session's verdict is, and tells operators of it where they asked to be told. */
  private note(live: LiveSession, session: SessionPresence, userId: string, out: Change[]): void {
    const { columns, table } = this;
    columns.rank[live.slot] = table.ranks.get(session.status) ?? table.bottom;
    columns.nextAt[live.slot] = session.nextChangeAt ?? never;
    const departed = session.departure !== undefined;
    if (live.toldStatus === session.status && live.toldDeparted === departed) return;
    const from = { status: live.toldStatus, departed: live.toldDeparted };
    live.toldStatus = session.status;
    live.toldDeparted = departed;
    if (!this.tellsSessions) return;
    const { sessionId, status, because, at } = session;
    const change: SessionChange = { type: 'session', userId, at, sessionId, from, to: { status, departed }, because };
    out.push(change);
  }

  private otherNextOf({ claims, derived, lastSeenAt }: UserPresence): number {
    const { table } = this;
    let next = never;
    for (const { claim } of claims) if (claim.expiresAt !== undefined && claim.expiresAt < next) next = claim.expiresAt;
    if (table.ranks.get(derived) === table.bottom && lastSeenAt !== undefined) next = Math.min(next, lastSeenAt + table.keepLastSeenMs);
    return next;
  }

  private nextOf(user: LiveUser): number {
    let next = user.otherNextAt;
    for (const { slot } of user.sessions) {
      const at = this.columns.nextAt[slot] ?? never;
      if (at < next) next = at;
    }
    return next;
  }
}
