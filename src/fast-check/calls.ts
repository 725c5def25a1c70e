// Random calls on the two hosts of the model, a row in a store and a tracker, and how they are made.

import type { Arbitrary } from 'fast-check';
import { advanceUser, createTracker } from '../index.js';
import type { Advanced, Change, Claim, Connection, Gap, Policy, Signal, Tracker, TrackerOptions, Unstamped, UserRow } from '../index.js';
import { facts, present, userId } from './facts.js';
import { ages, lengths, maybe } from './instants.js';
import type { Fc } from './property-tester.js';

/** Something said at an instant, by a signal or (where it can be) by the handle of the session's connection. */
export interface Call {
  readonly now: number;
  readonly signal: Unstamped<Signal>;
  readonly isByHandle: boolean;
}

/** Whom trackers are told of. */
export const userIds: readonly string[] = [userId, '__proto__', ''];

/** How to call. */
export interface Calling {
  /** About whom. Default: `ada`. */
  readonly users?: readonly string[];
  /** The least time between two calls, in ms. Default: 0. */
  readonly leastMs?: number;
  /** How many at most. Default: 8. */
  readonly most?: number;
}

/** Calls at instants that never fall. What they say lies on the policy's lattice, seen from the instant of the call. */
export function calls(fc: Fc, policy: Policy, { users = [userId], leastMs = 0, most = 8 }: Calling = {}): Arbitrary<readonly Call[]> {
  const step = fc.oneof(
    { withCrossShrink: true },
    { weight: 2, arbitrary: fc.constant(0) },
    { weight: 3, arbitrary: lengths(fc, policy) },
    { weight: 1, arbitrary: ages(fc, policy) },
  );
  const quiet = fc.record({ type: fc.constant('heartbeat' as const), userId: fc.constant(userId), sessionId: fc.constantFrom('a', 'b') });
  const late = fc.oneof(
    { weight: 5, arbitrary: lengths(fc, policy) },
    { weight: 1, arbitrary: fc.constantFrom(policy.keepSessionMs, policy.keepSessionMs - 1) },
  );
  const call = fc.record({
    step,
    said: fc.oneof({ weight: 3, arbitrary: facts(fc, policy) }, { weight: 1, arbitrary: quiet }),
    about: fc.constantFrom(userId, ...users),
    late: maybe(fc, late, 1 / 3),
    epoch: maybe(fc, fc.integer({ min: 0, max: 60 }), 1 / 8),
    isByHandle: fc.boolean(),
  });
  return fc.array(call, { maxLength: most }).map((list) => {
    let now = 0;
    return list.map(({ step: by, said, about, late, epoch, isByHandle }): Call => {
      now += Math.max(leastMs, by);
      const at = late === undefined ? undefined : now - late;
      const moved = { ...said, userId: about, at, ...('sessionId' in said && { epoch }), ...placed(said, now) };
      return { now, isByHandle, signal: present(moved) as Unstamped<Signal> };
    });
  });
}

/** The other instants of a signal, so long before or after the call as they were before or after 0. */
function placed(said: object, now: number): object {
  const { activeAt, claim } = said as { readonly activeAt?: number; readonly claim?: Claim };
  return {
    ...(activeAt !== undefined && { activeAt: now - activeAt }),
    ...(claim !== undefined && { claim: claim.expiresAt === undefined ? claim : { ...claim, expiresAt: now + claim.expiresAt } }),
  };
}

/** Calls of which some say nothing and only ask. */
export type Asking = Omit<Call, 'signal'> & { readonly signal?: Unstamped<Signal> | undefined };

/** {@link calls}, some of which only ask. */
export function askings(fc: Fc, policy: Policy): Arbitrary<readonly Asking[]> {
  return fc.tuple(calls(fc, policy), fc.array(fc.boolean(), { maxLength: 8 }))
    .map(([said, isSilent]) => said.map((call, i): Asking => (isSilent[i] === true ? { ...call, signal: undefined } : call)));
}

/** A row in a store, and all that was told of it. */
export class Store {
  row: UserRow | undefined;
  readonly changes: Change[] = [];
  private readonly policy: Policy;
  private readonly gaps: readonly Gap[];

  constructor(policy: Policy, gaps: readonly Gap[] = []) {
    this.policy = policy;
    this.gaps = gaps;
  }

  /** Takes the row to `now`. */
  call(now: number, signal?: Unstamped<Signal>): Advanced {
    const advanced = advanceUser(userId, this.row, this.policy, now, signal, this.gaps);
    this.row = advanced.row;
    this.changes.push(...advanced.changes);
    return advanced;
  }
}

/** A row taken through calls. */
export function stored(policy: Policy, said: readonly Asking[], gaps?: readonly Gap[]): Store {
  const store = new Store(policy, gaps);
  for (const { now, signal } of said) store.call(now, signal);
  return store;
}

/** The instant of the last of these calls. */
export function endOf(said: readonly Asking[]): number {
  return said.reduce((_, { now }) => now, 0);
}

/** A tracker, and the handles that its callers hold. */
export class Host {
  readonly tracker: Tracker;
  readonly handles: Map<string, Connection> = new Map<string, Connection>();

  constructor(policy: Policy, options: TrackerOptions = {}) {
    this.tracker = createTracker({ ...options, policy, sessionChanges: true });
  }

  /** Makes a call, by the handle of the session's connection where that is asked and can be. */
  hear({ now, signal, isByHandle }: Call): readonly Change[] {
    if (!isByHandle || signal.type === 'claimed' || signal.type === 'unclaimed' || signal.type === 'cleared') return this.tracker.observe(signal, now);
    const key = JSON.stringify([signal.userId, signal.sessionId]);
    const handle = this.handles.get(key);
    if (signal.type === 'connected' || handle === undefined) {
      const { type: _, ...hello } = signal.type === 'connected' ? signal : { type: 'connected', userId: signal.userId, sessionId: signal.sessionId };
      const opened = this.tracker.open(hello, now);
      this.handles.set(key, opened.connection);
      return opened.changes;
    }
    if (signal.type === 'heartbeat') return handle.heartbeat(now, signal);
    return signal.type === 'activity' ? handle.activity(now, signal.report) : handle.disconnected(now, signal.cause);
  }

  /** Makes calls one after the other. */
  hearAll(said: readonly Call[]): this {
    for (const call of said) this.hear(call);
    return this;
  }

  /** The instant of the last call. */
  get now(): number {
    return this.tracker.now ?? 0;
  }
}

/** Everything that can be read. */
export function read(tracker: Tracker): unknown {
  const { now, nextChangeAt, size } = tracker;
  return [now, nextChangeAt, size, [...tracker.userIds()], userIds.map((id) => [tracker.user(id), tracker.evidence(id)])];
}

/** Everything that can be read, and everything that is kept. */
export function whole(tracker: Tracker): unknown {
  return [read(tracker), tracker.snapshot()];
}
