// The tracker held against its naive oracle: random calls, and after every one of them everything that can be read.

import { deepStrictEqual, ok, strictEqual } from 'node:assert';
import type { IProperty } from 'fast-check';
import { createTracker, defaultPolicy, deriveUser, forget, observe } from 'presence-model';
import type { Change, Connection, Gap, Policy, Signal, Tracker, TrackerSnapshot, Unstamped, UserEvidence } from 'presence-model';
import type { Fact, FastCheck } from './arbitraries.js';
import { checkInvariants } from './invariants.js';
import { OracleTracker } from './oracle-tracker.js';
import type { OracleHandle, OracleLimits, Spoken } from './oracle-tracker.js';
import { absolute, clean, steps, userIds } from './tracker-steps.js';
import type { Step, When } from './tracker-steps.js';

const roomy: OracleLimits = { maxUsers: 100, maxSessionsPerUser: 100, maxClaimsPerUser: 100 };
const narrow: OracleLimits = { maxUsers: 2, maxSessionsPerUser: 2, maxClaimsPerUser: 2 };

/** How often what happened, so that a test can tell that it does. */
export type Tally = Map<string, number>;

interface Pair { readonly connection: Connection; readonly handle: OracleHandle }

/** One tracker and its oracle. */
class Run {
  private policy: Policy;
  private readonly other: Policy;
  private readonly limits: OracleLimits;
  private readonly tellsSessions: boolean;
  private readonly tally: Tally;
  private tracker: Tracker;
  private oracle: OracleTracker;
  private pairs: Pair[] = [];
  private readonly said: Unstamped<Signal>[] = [];
  private readonly held: UserEvidence[] = [];
  private toldAt = -Infinity;

  constructor(policy: Policy, other: Policy, limits: OracleLimits, tellsSessions: boolean, tally: Tally) {
    this.tellsSessions = tellsSessions;
    this.policy = policy;
    this.other = other;
    this.limits = limits;
    this.tally = tally;
    this.tracker = createTracker({ policy, ...limits, sessionChanges: tellsSessions });
    this.oracle = new OracleTracker(policy, limits);
  }

  private when(when: When): number {
    const now = this.tracker.now ?? 50;
    return 'after' in when ? now + when.after : (this.tracker.nextChangeAt ?? now) + when.next;
  }

  /** The newest is 0. */
  private pair(handle: number): Pair | undefined {
    return this.pairs[this.pairs.length - 1 - handle % Math.max(1, this.pairs.length)];
  }

  take(step: Step): void {
    this.count(step.do);
    this.call(step);
    this.readsAgree();
    checkInvariants(this.tracker, this.policy);
  }

  private call(step: Step): void {
    const { tracker, oracle } = this;
    switch (step.do) {
      case 'open': {
        const now = this.when(step.when);
        const hello = absolute(step.hello, now, step.hello.off);
        const ours = tracker.open(hello, now);
        const theirs = oracle.open(hello, now);
        this.tell(ours.changes, theirs.changes);
        this.pairs.push({ connection: ours.connection, handle: theirs.connection });
        if (theirs.connection.isRejected) this.count('open rejected');
        return;
      }
      case 'say': {
        const pair = this.pair(step.handle);
        if (pair === undefined) return;
        const now = this.when(step.when);
        const spoken = absolute(step.spoken, now, step.spoken.off);
        const { uncounted: _, ...heardOf } = spoken; // whether it counts was said by the hello
        this.tell(say(pair.connection, spoken, now), this.oracleSays(pair.handle, heardOf, now));
        return;
      }
      case 'beat': {
        const pair = this.pair(step.handle);
        if (pair === undefined) return;
        const now = this.when(step.when);
        const { type, report, quietForMs, inactiveForMs, cause } = step.beat;
        const at = Math.max(now, tracker.now ?? now);
        const activeAt = inactiveForMs === undefined ? undefined : at - inactiveForMs;
        const spoken = clean(type === 'disconnected' ? { type, cause } : { type, report, quietForMs, activeAt }) as Spoken;
        this.tell(pair.connection.beat(step.beat, now), this.oracleSays(pair.handle, spoken, now));
        return;
      }
      case 'observe': {
        const now = this.when(step.when);
        const signal = absolute(step.signal, now, step.off);
        this.said.push(signal);
        this.count(`observe ${signal.type}`);
        this.tell(tracker.observe(signal, now), oracle.observe(signal, now));
        return;
      }
      case 'repeat': {
        const signal = this.said[step.which % Math.max(1, this.said.length)];
        if (signal === undefined) return;
        const now = this.when(step.when);
        this.tell(tracker.observe(signal, now), oracle.observe(signal, now));
        return;
      }
      case 'advance': {
        const now = this.when(step.when);
        this.advance(now, step.limit);
        if (!step.again || step.limit === undefined) return;
        for (let calls = 0; this.isBehind(now); calls++) {
          ok(calls < 1_000, 'it gets there');
          this.readsAgree();
          this.advance(now, step.limit);
        }
        return;
      }
      case 'poll': {
        const from = tracker.now ?? 50;
        for (let now = from; now <= from + step.length; now++) {
          this.advance(now, step.limit);
          this.readsAgree();
        }
        return;
      }
      case 'merge': {
        const now = this.when(step.when);
        const heardOf = step.facts.map((fact): Fact => absolute({ ...fact, at: fact.at / 2 | 0 }, now, -step.ahead));
        const [first] = heardOf;
        if (first === undefined) return;
        const nobody: UserEvidence = { userId: first.userId, sessions: [], claims: [] };
        const all = heardOf.reduce(observe, nobody);
        const evidence = step.forgetAfter === undefined ? all : forget(all, this.policy, now + step.forgetAfter) ?? nobody;
        this.tell(tracker.merge(evidence, now), oracle.merge(evidence, now));
        return;
      }
      case 'mergeBack': {
        const evidence = this.held[step.which % Math.max(1, this.held.length)];
        if (evidence === undefined) return;
        const now = this.when(step.when);
        const another = { ...evidence, userId: step.userId };
        this.tell(tracker.merge(another, now), oracle.merge(another, now));
        return;
      }
      case 'gap': {
        const from = (tracker.now ?? 50) - step.before;
        const gap: Gap = { from, until: from + step.length };
        this.tell(tracker.gap(gap), oracle.gap(gap));
        return;
      }
      case 'restore': {
        if (step.isOtherPolicy) this.policy = this.other;
        const { policy, limits } = this;
        const resumedAt = step.resumedAfter === undefined || tracker.now === undefined ? undefined : tracker.now + step.resumedAfter;
        const snapshot = JSON.parse(JSON.stringify(tracker.snapshot())) as TrackerSnapshot;
        const options = { policy, ...limits, sessionChanges: this.tellsSessions, snapshot };
        this.tracker = createTracker(resumedAt === undefined ? options : { ...options, resumedAt });
        this.oracle = new OracleTracker(policy, limits, oracle.snapshot(), resumedAt);
        this.pairs = [];
      }
    }
  }

  private oracleSays(handle: OracleHandle, spoken: Spoken, now: number): readonly Change[] {
    const { epoch } = handle;
    if (handle.isRejected) this.count('say on a rejected handle');
    if (handle.hasEnded) this.count('say on an ended handle');
    const changes = this.oracle.say(handle, spoken, now);
    if (handle.epoch !== epoch) this.count('takeover');
    else if (this.oracle.user(handle.userId).sessions.length > 0 && this.pairs.some((p) => p.handle.userId === handle.userId
      && p.handle.sessionId === handle.sessionId && p.handle.epoch > epoch)) this.count('say on a superseded handle');
    return changes;
  }

  private advance(now: number, limit?: number): void {
    const { tracker, oracle } = this;
    const ours = limit === undefined ? tracker.advanceTo(now) : tracker.advanceTo(now, limit);
    // of several users at the instant where the limit was reached, those are told who wait no longer for that instant
    const theirs = oracle.advanceTo(now, limit, (userId) => tracker.user(userId).nextChangeAt !== tracker.now);
    this.tell(ours, theirs);
    if (this.isBehind(now)) this.count('limited');
  }

  private isBehind(now: number): boolean {
    const { now: at = now, nextChangeAt = Infinity } = this.tracker;
    return at < now || nextChangeAt <= at;
  }

  private count(what: string): void {
    this.tally.set(what, (this.tally.get(what) ?? 0) + 1);
  }

  /** Per user; of several users only that time never falls. */
  private tell(ours: readonly Change[], theirs: readonly Change[]): void {
    for (const { at } of ours) {
      ok(at >= this.toldAt, `told at ${at} after ${this.toldAt}`);
      this.toldAt = at;
    }
    for (const change of theirs) this.count(change.type === 'rejected' ? `rejected ${change.reason}` : `told ${change.type}`);
    for (const userId of new Set([...ours, ...theirs].map((change) => change.userId))) {
      const of = (changes: readonly Change[]): readonly Change[] => changes.filter((change) => change.userId === userId);
      deepStrictEqual(of(ours), of(theirs).filter(({ type }) => this.tellsSessions || type !== 'session'));
    }
  }

  private readsAgree(): void {
    const { tracker, oracle, policy } = this;
    strictEqual(tracker.now, oracle.now);
    strictEqual(tracker.nextChangeAt, oracle.nextChangeAt);
    deepStrictEqual(this.pairs.map((pair) => pair.connection.epoch), this.pairs.map((pair) => pair.handle.epoch));
    deepStrictEqual(tracker.size, oracle.size);
    const known = oracle.userIds();
    const ranks = new Map<string, number>();
    for (const userId of [...userIds, 'nobody']) {
      const user = oracle.user(userId);
      deepStrictEqual(tracker.user(userId), user);
      deepStrictEqual(tracker.shown(userId), user.shown);
      strictEqual(tracker.status(userId), user.status);
      const evidence = tracker.evidence(userId);
      strictEqual(evidence !== undefined, known.includes(userId));
      if (evidence === undefined) continue;
      ranks.set(userId, policy.statuses.indexOf(user.status));
      deepStrictEqual(evidence.sessions.map(({ epoch }) => epoch), oracle.epochs(userId));
      if (!this.held.includes(evidence)) this.held.push(evidence);
      for (const later of [0, 17]) {
        const at = oracle.judgedAt(userId) + later;
        deepStrictEqual(deriveUser(evidence, policy, at, oracle.gaps), oracle.userAt(userId, at));
      }
    }
    const shownAt = (isShown: (rank: number) => boolean): readonly string[] => known.filter((userId) => isShown(ranks.get(userId) ?? NaN));
    deepStrictEqual(sorted(tracker.userIds()), known);
    strictEqual(tracker.count(), known.length);
    policy.statuses.forEach((status, rank) => {
      strictEqual(tracker.count({ status }), shownAt((shown) => shown === rank).length);
      const better = shownAt((shown) => shown <= rank);
      deepStrictEqual(sorted(tracker.userIds({ atLeast: status })), better);
      strictEqual(tracker.count({ atLeast: status }), better.length);
    });
  }
}

function say(connection: Connection, spoken: Spoken & { readonly uncounted?: boolean }, now: number): readonly Change[] {
  switch (spoken.type) {
    case 'activity': return spoken.report === undefined ? connection.activity(now) : connection.activity(now, spoken.report);
    case 'disconnected': return spoken.cause === undefined ? connection.disconnected(now) : connection.disconnected(now, spoken.cause);
    default: {
      const { type: _, ...says } = spoken;
      return Object.keys(says).length === 0 ? connection.heartbeat(now) : connection.heartbeat(now, says);
    }
  }
}

const sorted = (ids: Iterable<string>): readonly string[] => [...ids].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));

/** Random calls on one tracker, roomy or narrow. */
export function tracksAsTheOracle(fc: FastCheck, policy: Policy, other: Policy = policy, tally: Tally = new Map()): IProperty<unknown> {
  return fc.property(fc.array(steps(fc, policy), { maxLength: 14, size: 'max' }), fc.boolean(), fc.boolean(), (calls, isNarrow, tellsSessions) => {
    const run = new Run(policy, other, isNarrow ? narrow : roomy, tellsSessions, tally);
    for (const step of calls.flat()) run.take(step);
  });
}

/** The same under each of these policies in turn, some runs each; throws what differs. */
export function tracksUnder(fc: FastCheck, policies: readonly Policy[], { seed, numRuns }: { readonly seed: number; readonly numRuns: number }): void {
  policies.forEach((policy, i) => {
    const details = fc.check(tracksAsTheOracle(fc, policy, policies[i + 1] ?? defaultPolicy), { seed: seed + i, numRuns });
    if (details.failed) throw new Error(`Differs under the policy ${JSON.stringify(policy)}\n${fc.defaultReportMessage(details)}`);
  });
}
