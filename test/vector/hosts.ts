// Three hosts hear the same: a tracker, a row of `advanceUser` for each user, and the pure core. They must agree, always.
// The first two get signals as a simple host gives them, without numbers. The pure core gets them numbered and stamped, and is
// asked anew each time.

import { isDeepStrictEqual } from 'node:util';
import { advanceUser, createTracker, deriveUser, forget, observe } from 'presence-model';
import type { Change, Gap, Numbered, Policy, Signal, Tracker, Unstamped, UserEvidence, UserPresence, UserRow } from 'presence-model';

/** The hosts gave different answers: a fault of the library, never an outcome of a case. */
export class Disagreement extends Error {}

export class Hosts {
  readonly policy: Policy;
  readonly tracker: Tracker;
  /** What the tracker told in the last step, sessions included. */
  step: Change[] = [];
  private now: number | undefined;
  private readonly gaps: Gap[] = [];
  private readonly rows = new Map<string, UserRow | undefined>();
  private readonly toldByTracker: Change[] = [];
  private readonly toldByRows = new Map<string, Change[]>();
  private readonly pure = new Map<string, UserEvidence | undefined>();
  private readonly numbers = new Numbers();

  constructor(policy: Policy) {
    this.policy = policy;
    this.tracker = createTracker({ policy, sessionChanges: true });
  }

  /** From here on a new step is told. */
  beginStep(): void {
    this.step = [];
  }

  /** A signal is heard at `now`; one with an earlier `at` is late. */
  tell(signal: Unstamped<Signal>, now: number): void {
    this.arrive(now);
    const { userId } = signal;
    this.told(this.tracker.observe(signal, now));
    this.advance(userId, now, signal);
    const known = this.pure.get(userId);
    const kept = known === undefined ? undefined : forget(known, this.policy, now, this.gaps);
    this.pure.set(userId, observe(kept, this.numbers.placed(signal, now)));
  }

  /** Nobody was listening. */
  gap(gap: Gap): void {
    this.gaps.push(gap);
    this.told(this.tracker.gap(gap));
  }

  /** Time reaches `now`. */
  reach(now: number): void {
    this.arrive(now);
    this.told(this.tracker.advanceTo(now));
    for (const userId of this.rows.keys()) this.advance(userId, now);
  }

  /** What all of them answer of a user. */
  user(userId: string): UserPresence {
    const now = this.now ?? 0;
    this.reach(now);
    const presence = this.tracker.user(userId);
    const row = advanceUser(userId, this.rows.get(userId), this.policy, now, undefined, this.gaps).presence;
    mustAgree('a tracker and a row', presence, row);
    const evidence = this.pure.get(userId);
    const kept = evidence === undefined ? undefined : forget(evidence, this.policy, now, this.gaps);
    const derived = deriveUser(kept ?? { userId, sessions: [], claims: [] }, this.policy, now, this.gaps);
    mustAgree('a tracker and the pure core', withoutBeginnings(presence), withoutBeginnings(derived));
    mustAgree('what a tracker and a row told', this.historyOf(userId), this.toldByRows.get(userId) ?? []);
    return presence;
  }

  /** What was told of a user in the last step, for others to see. */
  toldOf(userId: string): readonly Change[] {
    return this.step.filter((change) => change.userId === userId && change.shown !== undefined);
  }

  /** Everything that was ever told of a user, for others to see. */
  historyOf(userId: string): readonly Change[] {
    return this.toldByTracker.filter((change) => change.userId === userId);
  }

  private arrive(now: number): void {
    this.now = Math.max(now, this.now ?? now);
  }

  private told(changes: readonly Change[]): void {
    this.step.push(...changes);
    this.toldByTracker.push(...changes.filter(({ shown }) => shown !== undefined));
  }

  private advance(userId: string, now: number, signal?: Unstamped<Signal>): void {
    const { row, changes } = advanceUser(userId, this.rows.get(userId), this.policy, now, signal, this.gaps);
    this.rows.set(userId, row);
    this.toldByRows.set(userId, [...(this.toldByRows.get(userId) ?? []), ...changes.filter(({ shown }) => shown !== undefined)]);
  }
}

function mustAgree(who: string, one: unknown, other: unknown): void {
  if (isDeepStrictEqual(one, other)) return;
  throw new Disagreement(`Not the same: ${who}.\n${JSON.stringify(one, undefined, 1)}\n${JSON.stringify(other, undefined, 1)}`);
}

/** A report that repeats the last one keeps its beginning with a receiver only, and claims are stamped by each on its own. */
function withoutBeginnings(presence: UserPresence): unknown {
  const { because, sessions, claims, ...rest } = presence;
  return {
    ...rest,
    because: because.by === 'session' && because.reason.clock === 'report' ? { ...because, reason: 'report' } : because,
    sessions: sessions.map((session) => (session.because.clock === 'report' ? { ...session, because: 'report' } : session)),
    claims: claims.map(({ claim, inForce }) => ({ claim, inForce })),
  };
}

/** A host's own numbers: it counts the connections of each session, and its claims. */
class Numbers {
  private readonly connections = new Map<string, { readonly epoch: number; readonly endedAt?: number }>();
  private claimsSaid = Number.MIN_SAFE_INTEGER;

  placed(signal: Unstamped<Signal>, now: number): Numbered<Signal> {
    const at = signal.at ?? now;
    if (!('sessionId' in signal)) {
      this.claimsSaid = Math.max(at, this.claimsSaid + 1);
      return { ...signal, at: this.claimsSaid };
    }
    return { ...signal, at, epoch: signal.epoch ?? this.epochOf(signal, at) };
  }

  private epochOf(signal: { readonly type: Signal['type']; readonly userId: string; readonly sessionId: string }, at: number): number {
    const key = JSON.stringify([signal.userId, signal.sessionId]);
    const { epoch, endedAt } = this.connections.get(key) ?? { epoch: 0 };
    const isEnd = signal.type === 'disconnected';
    const opens = epoch === 0 || signal.type === 'connected' || (!isEnd && endedAt !== undefined && at > endedAt);
    const number = opens ? epoch + 1 : epoch;
    this.connections.set(key, isEnd ? { epoch: number, endedAt: at } : opens ? { epoch: number } : { epoch, ...(endedAt === undefined ? {} : { endedAt }) });
    return number;
  }
}
