// The tracker held against its naive oracle: random calls, and after every one of them everything that can be read.

import { deepStrictEqual, ok, strictEqual } from 'node:assert';
import type { Arbitrary, IProperty } from 'fast-check';
import { createTracker, deriveUser, forget, observe } from 'presence-model';
import type { Beat, Change, Claim, Connected, Connection, Gap, Policy, Says, Signal, Tracker, TrackerSnapshot, Unstamped, UserEvidence } from 'presence-model';
import { claims, facts, heard, instants, lengths, maybe } from './arbitraries.js';
import type { Fact, FastCheck } from './arbitraries.js';
import { OracleTracker } from './oracle-tracker.js';
import type { OracleHandle, OracleLimits, Spoken } from './oracle-tracker.js';

export const userIds: readonly string[] = ['a', '__proto__', 'constructor', ''];
const sessionIds: readonly string[] = ['s', '__proto__', 't', 'constructor'];

// ---- calls, as data

/** When a call is made: so long after the tracker's now, or so near to what it waits for. */
export type When = { readonly after: number } | { readonly next: number };
/** Its instants are lengths: `at` and `activeAt` before the call, `expiresAt` after it, less `off`. */
export interface Relative { readonly off: number }
export type Step =
  | { readonly do: 'open'; readonly when: When; readonly hello: Unstamped<Omit<Connected, 'type'>> & Relative }
  | { readonly do: 'say'; readonly when: When; readonly handle: number; readonly spoken: Spoken & { readonly uncounted?: boolean } & Relative }
  | { readonly do: 'beat'; readonly when: When; readonly handle: number; readonly beat: Beat }
  | { readonly do: 'observe'; readonly when: When; readonly signal: Unstamped<Signal>; readonly off: number }
  | { readonly do: 'repeat'; readonly when: When; readonly which: number }
  | { readonly do: 'advance'; readonly when: When; readonly limit?: number | undefined; readonly again: boolean }
  | { readonly do: 'poll'; readonly length: number; readonly limit?: number | undefined }
  | { readonly do: 'merge'; readonly when: When; readonly facts: readonly Fact[]; readonly ahead: number; readonly forgetAfter?: number | undefined }
  | { readonly do: 'mergeBack'; readonly when: When; readonly which: number; readonly userId: string }
  | { readonly do: 'gap'; readonly before: number; readonly length: number }
  | { readonly do: 'restore'; readonly resumedAfter?: number | undefined; readonly isOtherPolicy: boolean };

function whens(fc: FastCheck, policy: Policy): Arbitrary<When> {
  return fc.oneof(
    { weight: 4, arbitrary: fc.record({ after: lengths(fc, policy) }) },
    { weight: 3, arbitrary: fc.record({ next: fc.constantFrom(0, 0, -1, 1) }) },
    { weight: 2, arbitrary: fc.constant({ after: 0 }) },
    { weight: 1, arbitrary: fc.record({ after: instants(fc, policy) }) },
    { weight: 1, arbitrary: fc.record({ after: fc.constantFrom(-1, -3, policy.keepSessionMs - 1, policy.keepSessionMs, policy.keepLastSeenMs) }) },
  );
}

/** One call, or some that make a story. */
export function steps(fc: FastCheck, policy: Policy): Arbitrary<readonly Step[]> {
  const when = whens(fc, policy);
  const userId = fc.constantFrom(...userIds, 'a', 'a', 'a', 'a');
  const sessionId = fc.constantFrom(...sessionIds, 's', 's', 's', 's');
  const off = fc.constantFrom(0, 0, -1, 1, 4);
  const report = maybe(fc, fc.constantFrom(...Object.keys(policy.reports), 'unheard of'));
  const quietForMs = maybe(fc, fc.oneof(lengths(fc, policy), fc.constantFrom(policy.maxQuietMs, policy.maxQuietMs + 1)), 1 / 4);
  const uncounted = maybe(fc, fc.boolean(), 1 / 5);
  const says = { report, activeAt: maybe(fc, instants(fc, policy), 1 / 3), quietForMs };
  const cause = maybe(fc, fc.constantFrom(...Object.keys(policy.departures), 'unheard of'));
  const epoch = maybe(fc, fc.oneof(fc.nat({ max: 3 }), fc.nat({ max: 60 })), 1 / 5);
  const late = maybe(fc, fc.oneof(lengths(fc, policy), fc.constantFrom(policy.keepSessionMs - 1, policy.keepSessionMs)), 1 / 4);
  const handle = fc.nat();
  const claim = fc.record({ type: fc.constant('claimed' as const), at: late, claim: claims(fc, policy) });
  const quiet = fc.record({ type: fc.constant('heartbeat' as const), userId, sessionId, at: late }); // it says nothing else
  const said = fc.oneof({ weight: 4, arbitrary: heard(fc, policy) }, { weight: 1, arbitrary: claim }, { weight: 1, arbitrary: quiet });
  const signal = fc.tuple(said, userId, sessionId, late).map(([one, user, session, at]) =>
    clean<Unstamped<Signal>>({ ...one, userId: user, at, ...('sessionId' in one && { sessionId: session }) } as Unstamped<Signal>));
  const spoken = fc.oneof(
    { weight: 4, arbitrary: fc.record({ type: fc.constant('heartbeat' as const), ...says, uncounted, off }) },
    { weight: 3, arbitrary: fc.record({ type: fc.constant('heartbeat' as const), off }) },
    { weight: 1, arbitrary: fc.record({ type: fc.constant('activity' as const), report, off }) },
    { weight: 3, arbitrary: fc.record({ type: fc.constant('disconnected' as const), cause, off }) },
  ).map((said) => clean(said) as Spoken & Relative);
  const beat = fc.record({
    type: fc.constantFrom('connected', 'heartbeat', 'heartbeat', 'disconnected'), sessionId, epoch: fc.nat({ max: 60 }), report,
    inactiveForMs: maybe(fc, lengths(fc, policy)), quietForMs, cause,
  }).map((told) => clean(told) as unknown as Beat);
  const limit = maybe(fc, fc.integer({ min: 1, max: 3 }), 2 / 3);
  const ahead = fc.oneof(fc.constant(0), lengths(fc, policy)); // another machine's clock
  const merged = fc.tuple(fc.array(facts(fc, policy), { maxLength: 5 }), userId).map(([list, user]) => list.map((fact): Fact => ({ ...fact, userId: user })));
  const call = <K extends Step['do']>(kind: K, fields: object): Arbitrary<Step> =>
    fc.record({ do: fc.constant(kind), ...fields }).map((step) => step as unknown as Step);
  const hello = (who: Arbitrary<string>, which: Arbitrary<string>): Arbitrary<object> =>
    fc.record({ userId: who, sessionId: which, at: late, epoch, ...says, uncounted, off }).map(clean);
  const open = call('open', { when, hello: hello(userId, sessionId) });
  const advance = call('advance', { when, limit, again: fc.boolean() });
  const step = fc.oneof(
    { weight: 4, arbitrary: open },
    { weight: 7, arbitrary: call('say', { when, handle, spoken }) },
    { weight: 2, arbitrary: call('beat', { when, handle, beat }) },
    { weight: 6, arbitrary: call('observe', { when, signal, off }) },
    { weight: 1, arbitrary: call('repeat', { when, which: fc.nat() }) },
    { weight: 5, arbitrary: advance },
    { weight: 1, arbitrary: call('poll', { length: fc.nat({ max: 4 }), limit }) },
    { weight: 2, arbitrary: call('merge', { when, facts: merged, ahead, forgetAfter: maybe(fc, instants(fc, policy), 1 / 3) }) },
    { weight: 1, arbitrary: call('mergeBack', { when, which: fc.nat(), userId }) },
    { weight: 1, arbitrary: call('gap', { before: lengths(fc, policy), length: lengths(fc, policy) }) },
    { weight: 1, arbitrary: call('restore', { resumedAfter: maybe(fc, lengths(fc, policy)), isOtherPolicy: fc.constantFrom(false, false, false, true) }) },
  );
  // a duplicated tab: two connections of one session, the newer ends, the older says that it is alive
  const tab = call('open', { when, hello: hello(fc.constant('a'), fc.constant('s')) });
  const end = call('say', { when, handle: fc.constant(0), spoken: fc.record({ type: fc.constant('disconnected'), cause, off }).map(clean) });
  const older = call('say', { when, handle: fc.constant(1), spoken: fc.record({ type: fc.constant('heartbeat'), ...says, off }).map(clean) });
  const duplicated = fc.tuple(tab, tab, maybe(fc, step, 1 / 4), end, maybe(fc, step, 1 / 4), older).map((list) => list.filter((one) => one !== undefined));
  // several users of whom something is due at one instant, and a limit that may lie within it
  const atOnce = fc.record({ says: fc.record(says).map((said) => clean(said) as Says), who: fc.subarray([...userIds], { minLength: 2 }) })
    .map(({ says: said, who }) => who.map((one): Step => ({ do: 'open', when: { after: 0 }, hello: { ...said, userId: one, sessionId: 's', off: 0 } })));
  const crowd = fc.tuple(atOnce, advance, advance).map(([opens, ...later]) => [...opens, ...later]);
  const declared = fc.array(fc.tuple(when, claim, off), { minLength: 3, maxLength: 4 })
    .map((list) => list.map(([at, said, by]): Step => ({ do: 'observe', when: at, signal: clean({ ...said, userId: 'a' } as Unstamped<Signal>), off: by })));
  // hosts of plain signals do not number their connections: a transport ends, and the session beats on
  const beats = fc.tuple(fc.constantFrom('connected', 'disconnected', 'heartbeat', 'heartbeat'), when, cause, late).map(([type, at, why, by]): Step => {
    const of = { userId: 'a', sessionId: 's', at: by };
    return { do: 'observe', when: at, off: 0, signal: clean(type === 'disconnected' ? { ...of, type, cause: why } : { ...of, type }) as Unstamped<Signal> };
  });
  const plain = fc.array(beats, { minLength: 3, maxLength: 5 });
  const tabs = fc.tuple(...sessionIds.slice(0, 3).map((session) => call('open', { when, hello: hello(fc.constant('a'), fc.constant(session)) })));
  // what was claimed here was taken back there, so long ago that of both nothing is left
  const oldNews = fc.record({ claim: claims(fc, policy), who: userId, length: fc.nat({ max: 2 }), isAll: fc.boolean() }).map(({ claim: made, who, length, isAll }): Step[] => [
    { do: 'observe', when: { after: 0 }, signal: { type: 'claimed', userId: who, claim: made }, off: 0 },
    { do: 'merge', when: { after: policy.keepSessionMs + length }, ahead: 0,
      facts: [{ ...(isAll ? { type: 'cleared' } : { type: 'unclaimed', claimId: made.id }), userId: who, at: policy.keepSessionMs * 2 }] },
  ]);
  return fc.oneof(
    { weight: 24, arbitrary: step.map((one) => [one]) },
    ...[duplicated, crowd, declared, plain, tabs, oldNews].map((arbitrary) => ({ weight: 1, arbitrary })),
  );
}

/** The same with absent fields absent. */
function clean<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as T;
}

/** A relative signal made absolute: an `at` of 0 is `off` before the call, so it may lie beyond it. */
function absolute<T extends object>(said: T, now: number, off: number): T {
  const { at, activeAt, claim } = said as { readonly at?: number; readonly activeAt?: number; readonly claim?: Claim };
  return clean({
    ...said, off: undefined,
    ...(at !== undefined && { at: now - at - off }),
    ...(activeAt !== undefined && { activeAt: now - activeAt - off }),
    ...(claim?.expiresAt !== undefined && { claim: { ...claim, expiresAt: now + claim.expiresAt - off } }),
  });
}

// ---- running them

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
  private readonly tally: Tally;
  private tracker: Tracker;
  private oracle: OracleTracker;
  private pairs: Pair[] = [];
  private readonly said: Unstamped<Signal>[] = [];
  private readonly held: UserEvidence[] = [];
  private toldAt = -Infinity;

  constructor(policy: Policy, other: Policy, limits: OracleLimits, tally: Tally) {
    this.policy = policy;
    this.other = other;
    this.limits = limits;
    this.tally = tally;
    this.tracker = createTracker({ policy, ...limits, sessionChanges: true });
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
        const options = { policy, ...limits, sessionChanges: true, snapshot };
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
      deepStrictEqual(of(ours), of(theirs));
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
  return fc.property(fc.array(steps(fc, policy), { maxLength: 14, size: 'max' }), fc.boolean(), (calls, isNarrow) => {
    const run = new Run(policy, other, isNarrow ? narrow : roomy, tally);
    for (const step of calls.flat()) run.take(step);
  });
}
