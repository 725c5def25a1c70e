// The naive oracle of the tracker: a list of people, each with the list of what was heard of them (see oracle.ts). Every call
// looks at everybody at every instant at which anybody's answer changes. Written from the model alone; it shares no code with src.
// Where the model leaves room, the reading taken here is marked (T1), (T2), …

import type {
  Change, Connected, Gap, Policy, Rejection, RejectionReason, SessionChange, ShownPresence, Signal, Unstamped, UserEvidence, UserPresence,
} from 'presence-model';
import { answer, byCodeUnits, changed, forgotten, know, lastSeen, latest, nextChange, numbered, placed, same, shownOf, userOf } from './oracle.js';
import type { Fact, Memory } from './oracle.js';

export interface OracleLimits {
  readonly maxUsers: number;
  readonly maxSessionsPerUser: number;
  readonly maxClaimsPerUser: number;
}

/** What a handle says, without whose it is. */
export type Spoken =
  | { readonly type: 'connected' | 'heartbeat'; readonly report?: string; readonly activeAt?: number; readonly quietForMs?: number }
  | { readonly type: 'activity'; readonly report?: string }
  | { readonly type: 'disconnected'; readonly cause?: string };

export interface OracleHandle {
  readonly userId: string;
  readonly sessionId: string;
  readonly isRejected: boolean;
  readonly isUncounted: boolean;
  epoch: number;
  hasEnded: boolean;
}

interface Person {
  readonly userId: string;
  memory: Memory;
  told: Pick<ShownPresence, 'userId' | 'at' | 'status' | 'details'>;
  toldSessions: ReadonlyMap<string, SessionChange['to']>;
  /** Everything up to and including the tracker's `now` was told of them. */
  isTold: boolean;
}

export interface OracleSnapshot {
  readonly now: number | undefined;
  readonly people: readonly Person[];
  readonly gaps: readonly Gap[];
  readonly isTold: boolean;
}

export class OracleTracker {
  now: number | undefined;
  gaps: readonly Gap[] = [];
  private people: Person[] = [];
  /** An `advanceTo(now)` was gone through: what comes now is judged as of `now`. */
  private isTold = false;
  /** What another policy changes is told by the first call. */
  private untold: readonly Change[] = [];
  private readonly policy: Policy;
  private readonly limits: OracleLimits;

  constructor(policy: Policy, limits: OracleLimits, snapshot?: OracleSnapshot, resumedAt?: number) {
    this.policy = policy;
    this.limits = limits;
    if (snapshot === undefined) return;
    const { now, people, gaps, isTold } = snapshot;
    this.now = now;
    this.gaps = now === undefined || resumedAt === undefined ? gaps : [...gaps, { from: now, until: Math.max(now, resumedAt) }];
    this.isTold = isTold;
    this.people = people.map((person) => ({ ...person, memory: this.forgotten(this.remember(person.memory.facts, person.memory), person) }));
    this.untold = this.people.flatMap((person) => this.tell(person, 'signal'));
    this.collect();
  }

  // ---- calls

  open(hello: Unstamped<Omit<Connected, 'type'>>, asked: number): { readonly connection: OracleHandle; readonly changes: readonly Change[] } {
    const changes = this.begin(asked);
    const { userId, sessionId } = hello;
    const epoch = hello.epoch ?? this.nextEpoch(userId, sessionId);
    const taken = this.take({ ...hello, type: 'connected', epoch });
    const isRejected = taken.some(({ type }) => type === 'rejected');
    return { connection: { userId, sessionId, epoch, isUncounted: hello.uncounted === true, isRejected, hasEnded: false }, changes: [...changes, ...taken] };
  }

  say(handle: OracleHandle, spoken: Spoken, asked: number): readonly Change[] {
    const changes = this.begin(asked);
    const isAlive = spoken.type !== 'disconnected';
    if (handle.isRejected || (isAlive && handle.hasEnded)) return changes;
    const current = this.session(handle.userId, handle.sessionId);
    // a duplicated tab: superseded, and the departure of the current connection is known
    const isTakeover = isAlive && current !== undefined && handle.epoch < current.epoch && current.departures.length > 0
      && !current.departures.some(({ cause }) => cause === 'left');
    if (isTakeover) handle.epoch = this.nextEpoch(handle.userId, handle.sessionId);
    if (!isAlive) handle.hasEnded = true;
    const { userId, sessionId, epoch, isUncounted } = handle;
    return [...changes, ...this.take({ ...spoken, ...(isAlive && isUncounted && { uncounted: true }), userId, sessionId, epoch })];
  }

  observe(signal: Unstamped<Signal>, asked: number): readonly Change[] {
    return [...this.begin(asked), ...this.take(signal)];
  }

  /** Of several users at the instant where the limit is reached, any may be the ones told: `chosen` says which were. */
  advanceTo(asked: number, limit = Infinity, chosen: (userId: string) => boolean = () => true): readonly Change[] {
    const changes = this.settle();
    const now = Math.max(asked, this.now ?? asked);
    let left = limit;
    for (let at = this.nextChangeAt; at !== undefined && at <= now; at = this.nextChangeAt) {
      if (left === 0) return changes; // (T1) where just as many are due, time goes on to `now`
      this.moveTo(at);
      const due = this.people.filter((person) => this.nextOf(person) === at);
      const told = due.length <= left ? due : due.filter(({ userId }) => chosen(userId));
      if (due.length > left && told.length !== left) throw new Error(`Expected ${left} users to be told at ${at}, were ${told.length}.`);
      for (const person of told) {
        person.isTold = true;
        changes.push(...this.tell(person, 'time'));
      }
      left -= told.length;
      this.collect();
    }
    this.moveTo(now);
    this.isTold = true;
    for (const person of this.people) person.isTold = true;
    this.collect();
    return changes;
  }

  gap(gap: Gap): readonly Change[] {
    const changes = this.settle();
    this.gaps = [...this.gaps, gap];
    for (const person of this.people) {
      person.memory = this.remember(person.memory.facts, person.memory);
      changes.push(...this.tell(person, 'signal'));
    }
    this.collect();
    return changes;
  }

  merge(evidence: UserEvidence, asked: number): readonly Change[] {
    const changes = this.begin(asked);
    const person = this.person(evidence.userId) ?? this.stranger(evidence.userId);
    const { facts, known: { kept } } = person.memory;
    const joined = this.remember([...facts, ...factsOf(evidence)], { known: { kept: {
      seenAt: latest([kept.seenAt, evidence.seenAt], (at) => at),
      activeAt: latest([kept.activeAt, evidence.activeAt], (at) => at),
    } } });
    return [...changes, ...this.keep(person, this.forgotten(joined, person))];
  }

  snapshot(): OracleSnapshot {
    return { now: this.now, people: this.people.map((person) => ({ ...person })), gaps: this.gaps, isTold: this.isTold };
  }

  // ---- reads

  get nextChangeAt(): number | undefined {
    const next = this.people.map((person) => -(this.nextOf(person) ?? Infinity));
    const first = -(latest(next, (at) => at) ?? -Infinity);
    return first === Infinity ? undefined : first;
  }

  user(userId: string): UserPresence {
    const at = this.now ?? 0;
    const presence = this.userAt(userId, this.judgedAt(userId));
    return { ...presence, at, sessions: presence.sessions.map((session) => ({ ...session, at })), shown: { ...presence.shown, at } };
  }

  /** The model's answer for what is kept, at any instant. */
  userAt(userId: string, at: number): UserPresence {
    const person = this.person(userId) ?? this.stranger(userId);
    return userOf(person.memory.known, userId, at);
  }

  /** The numbers of the current connections, session by session. */
  epochs(userId: string): readonly number[] {
    return (this.person(userId)?.memory.known.sessions ?? []).map(({ epoch }) => epoch);
  }

  /** The instant as of which somebody is read. */
  judgedAt(userId: string): number {
    return this.asOf(this.person(userId) ?? this.stranger(userId));
  }

  userIds(): readonly string[] {
    return this.people.map(({ userId }) => userId).sort(byCodeUnits);
  }

  get size(): { readonly users: number; readonly sessions: number } {
    return { users: this.people.length, sessions: this.people.reduce((sum, { memory }) => sum + memory.known.sessions.length, 0) };
  }

  // ---- time

  private settle(): Change[] {
    const changes = [...this.untold];
    this.untold = [];
    return changes;
  }

  /** Tells what is due strictly before `now`, which is then reached. */
  private begin(asked: number): Change[] {
    const changes = this.settle();
    const now = Math.max(asked, this.now ?? asked); // time never goes back
    for (let at = this.nextChangeAt; at !== undefined && at < now; at = this.nextChangeAt) {
      this.moveTo(at);
      for (const person of this.people.filter((one) => this.nextOf(one) === at)) {
        person.isTold = true;
        changes.push(...this.tell(person, 'time'));
      }
      this.collect();
    }
    this.moveTo(now);
    return changes;
  }

  private moveTo(now: number): void {
    if (now !== this.now) {
      this.now = now;
      this.isTold = false;
      for (const person of this.people) person.isTold = false;
    }
    this.collect();
  }

  /** What is over as of `now` is absent; the end of last seen is a threshold like others. */
  private collect(): void {
    for (const person of this.people) {
      person.memory = this.forgotten(person.memory, person);
      const isKept = (id: string): boolean => person.memory.known.sessions.some(({ sessionId }) => sessionId === id);
      // session changes begin anew after collection
      person.toldSessions = new Map([...person.toldSessions].filter(([id]) => isKept(id)));
    }
    this.people = this.people.filter(({ memory }) => !isEmpty(memory));
  }

  private asOf({ isTold }: Person): number {
    const now = this.now ?? 0;
    return isTold ? now : now - 1;
  }

  private nextOf(person: Person): number | undefined {
    return nextChange(person.memory.known, this.asOf(person)).nextChangeAt;
  }

  private forgotten(memory: Memory, person: Person): Memory {
    return this.now === undefined ? memory : forgotten(memory, this.gaps, this.now, this.asOf(person));
  }

  private remember(facts: readonly Fact[], { known: { kept } }: { readonly known: Pick<Memory['known'], 'kept'> }): Memory {
    return { facts, known: know(facts, this.policy, this.gaps, kept) };
  }

  // ---- one user

  private person(userId: string): Person | undefined {
    return this.people.find((person) => person.userId === userId);
  }

  private get bottom(): string {
    return this.policy.statuses[this.policy.statuses.length - 1] ?? '';
  }

  private stranger(userId: string): Person {
    const memory = this.remember([], { known: { kept: {} } });
    const told = shownOf(userId, answer(memory.known, 0), 0);
    return { userId, memory, told, toldSessions: new Map(), isTold: this.isTold };
  }

  private session(userId: string, sessionId: string): Memory['known']['sessions'][number] | undefined {
    return this.person(userId)?.memory.known.sessions.find((one) => one.sessionId === sessionId);
  }

  private nextEpoch(userId: string, sessionId: string): number {
    const current = this.session(userId, sessionId);
    return Math.max(this.now ?? 0, (current?.epoch ?? -Infinity) + 1);
  }

  private tell(person: Person, cause: 'signal' | 'time'): readonly Change[] {
    const { userId, told, toldSessions, memory: { known } } = person;
    const at = this.now ?? 0;
    const is = answer(known, this.asOf(person));
    const shown = shownOf(userId, is, at);
    const states = new Map<string, SessionChange['to']>();
    const sessions: SessionChange[] = [];
    known.sessions.forEach(({ sessionId, departures }, i) => {
      const verdict = is.verdicts[i];
      if (verdict === undefined) return;
      const from = toldSessions.get(sessionId) ?? { status: this.bottom, departed: false };
      const to = { status: this.policy.statuses[verdict.rung] ?? '', departed: departures.length > 0 };
      states.set(sessionId, to);
      if (!same(from, to)) sessions.push({ type: 'session', userId, at, sessionId, from, to, because: verdict.because });
    });
    person.told = shown;
    person.toldSessions = states;
    return [...sessions, ...changed(told, shown, is.because, cause)];
  }

  /** What is now known of somebody, if there is anything. */
  private keep(person: Person, memory: Memory): readonly Change[] {
    if (this.person(person.userId) === undefined) {
      if (isEmpty(this.forgotten(memory, person))) return [];
      this.makeRoom();
      this.people.push(person);
    }
    person.memory = memory;
    const changes = this.tell(person, 'signal');
    this.collect();
    return changes;
  }

  private take(said: Unstamped<Signal>): readonly Change[] {
    const now = this.now ?? 0;
    const person = this.person(said.userId) ?? this.stranger(said.userId);
    const signal = placed(said, person.memory.facts, now);
    const memory = this.remember([...person.memory.facts, numbered(signal, person.memory)], person.memory);
    const reason = this.refusal(signal, person, memory);
    if (reason !== undefined) return [{ type: 'rejected', userId: said.userId, at: now, reason, signal } satisfies Rejection];
    return this.keep(person, memory);
  }

  // ---- limits

  private refusal(signal: Signal, person: Person, memory: Memory): RejectionReason | undefined {
    const { maxUsers, maxSessionsPerUser, maxClaimsPerUser } = this.limits;
    const isOfSession = 'sessionId' in signal;
    if (isOfSession && (this.now ?? 0) - signal.at >= this.policy.keepSessionMs) return 'too-late';
    if (!isOfSession && signal.type !== 'claimed') return undefined;
    const isNew = this.person(person.userId) === undefined && !isEmpty(this.forgotten(memory, person)); // (T2) else nothing is kept
    if (isNew && this.people.length - this.idlers().length >= maxUsers) return 'too-many-users';
    const [before, after] = [person.memory.known, memory.known];
    if (after.sessions.length > Math.max(before.sessions.length, maxSessionsPerUser)) return 'too-many-sessions';
    const held = (known: Memory['known']): number => answer(known, this.asOf(person)).claims.length;
    return held(after) > Math.max(held(before), maxClaimsPerUser) ? 'too-many-claims' : undefined; // (T3) what is not held needs no room
  }

  /** Those of whom only a last seen or a trace is left, the longest unseen first. */
  private idlers(): readonly Person[] {
    const unseen = ({ memory }: Person): number => lastSeen(memory.known) ?? -Infinity;
    return this.people
      .filter((person) => person.memory.known.sessions.length === 0 && answer(person.memory.known, this.asOf(person)).claims.length === 0)
      .sort((a, b) => (unseen(a) === unseen(b) ? byCodeUnits(a.userId, b.userId) : unseen(a) - unseen(b)));
  }

  private makeRoom(): void {
    const tooMany = Math.max(0, this.people.length + 1 - this.limits.maxUsers);
    const gone = new Set(this.idlers().slice(0, tooMany));
    this.people = this.people.filter((person) => !gone.has(person));
  }
}

const isEmpty = ({ facts, known: { kept } }: Memory): boolean => facts.length === 0 && kept.seenAt === undefined && kept.activeAt === undefined;

/** Facts of which this would be the evidence. */
export function factsOf(evidence: UserEvidence): readonly Fact[] {
  const { userId, clearedAt } = evidence;
  const sessions = evidence.sessions.flatMap((session): Fact[] => {
    const { sessionId, epoch, seenAt, firstSeenAt, activeAt, quietForMs, report, setAsideAt, uncounted } = session;
    const of = { userId, sessionId, epoch };
    const alive = (at: number | undefined, says: object): Fact[] => (at === undefined ? [] : [{ ...of, type: 'heartbeat', at, ...says }]);
    return [
      ...alive(firstSeenAt, {}),
      ...alive(seenAt, { activeAt, quietForMs, uncounted }),
      ...alive(report?.at, { report: report?.word, reportSince: report?.since }),
      ...(setAsideAt === undefined ? [] : [{ ...of, type: 'activity', at: setAsideAt } as const]),
      ...Object.entries(session.departures ?? {}).map(([cause, at]): Fact => ({ ...of, type: 'disconnected', at, cause })),
    ];
  });
  const claims = evidence.claims.map(({ id, at, claim }): Fact =>
    (claim === undefined ? { type: 'unclaimed', userId, at, claimId: id } : { type: 'claimed', userId, at, claim }));
  return [...sessions, ...claims, ...(clearedAt === undefined ? [] : [{ type: 'cleared', userId, at: clearedAt } as const])];
}
