import { deepStrictEqual, notStrictEqual, ok, strictEqual, throws } from 'node:assert';
import type { Arbitrary } from 'fast-check';
import { advanceUser, createTracker, deriveUser } from 'presence-model';
import type {
  Beat, Change, Connection, Gap, Policy, SessionChange, ShownPresence, Signal, Tracker, TrackerOptions, TrackerSnapshot, Unstamped, UserRow,
} from 'presence-model';
import { facts, gaps, heard, instants, lengths, maybe } from '../../support/arbitraries.js';
import type { Fact, FastCheck } from '../../support/arbitraries.js';
import { bottomOf, evidenceOf, frozen, nobody } from '../../support/reading.js';
import { law } from '../law.js';

const users: readonly string[] = ['ada', '__proto__', ''];

/** Something said at an instant, by a signal or (where it can be) by the handle of the session's connection. */
interface Call {
  readonly now: number;
  readonly signal: Unstamped<Signal>;
  readonly isByHandle: boolean;
}

/** Calls at instants that never fall, or that always grow. */
function calls(fc: FastCheck, policy: Policy, least: 0 | 1 = 0): Arbitrary<readonly Call[]> {
  const by = fc.oneof({ weight: 3, arbitrary: lengths(fc, policy) }, { weight: 2, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: instants(fc, policy) });
  const quiet = fc.record({ type: fc.constant('heartbeat' as const), userId: fc.constant('ada'), sessionId: fc.constantFrom('a', 'b') })
    .map((one): Unstamped<Signal> => one);
  const signal = fc.tuple(fc.oneof({ weight: 3, arbitrary: heard(fc, policy) }, { weight: 1, arbitrary: quiet }), fc.constantFrom('ada', ...users), maybe(fc, lengths(fc, policy), 1 / 3));
  return fc.array(fc.tuple(by, signal, fc.boolean()), { maxLength: 8 }).map((list) => {
    let now = 50;
    return list.map(([step, [said, userId, late], isByHandle]): Call => {
      now += Math.max(least, step);
      const { at: _, ...rest } = said;
      return { now, isByHandle, signal: { ...rest, userId, ...(late !== undefined && { at: now - late }) } };
    });
  });
}

/** A tracker and the handles that its callers hold. */
interface Host {
  readonly tracker: Tracker;
  readonly handles: Map<string, Connection>;
}

function host(policy: Policy, options: TrackerOptions = {}): Host {
  return { tracker: createTracker({ ...options, policy, sessionChanges: true }), handles: new Map() };
}

function hear({ tracker, handles }: Host, { now, signal, isByHandle }: Call): readonly Change[] {
  if (!isByHandle || !('sessionId' in signal)) return tracker.observe(signal, now);
  const key = JSON.stringify([signal.userId, signal.sessionId]);
  const handle = handles.get(key);
  if (signal.type === 'connected' || handle === undefined) {
    const opened = tracker.open({ ...signal.type === 'connected' ? signal : {}, userId: signal.userId, sessionId: signal.sessionId }, now);
    handles.set(key, opened.connection);
    return opened.changes;
  }
  switch (signal.type) {
    case 'heartbeat': return handle.heartbeat(now, signal);
    case 'activity': return handle.activity(now, signal.report);
    case 'disconnected': return handle.disconnected(now, signal.cause);
  }
}

function hosting(policy: Policy, said: readonly Call[]): Host & { readonly end: number } {
  const hosted = host(policy);
  for (const call of said) hear(hosted, call);
  return { ...hosted, end: said[said.length - 1]?.now ?? 50 };
}

function json<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

/** Everything that can be read. */
function read(tracker: Tracker): unknown {
  return [tracker.now, tracker.nextChangeAt, tracker.size, [...tracker.userIds()], users.map((id) => [tracker.user(id), tracker.evidence(id)])];
}

/** And everything that is kept. */
const whole = (tracker: Tracker): unknown => [read(tracker), tracker.snapshot()];

/** Collecting shows in who is named for a bottom, and nowhere else. */
function withoutBottomReasons(changes: readonly Change[], policy: Policy): unknown {
  const bottom = policy.shownAs[bottomOf(policy)] ?? bottomOf(policy);
  return changes.map((change) => (change.type === 'user' && change.to === bottom && change.because.by !== 'claim' ? { ...change, because: 'nobody there' } : change));
}

const ofUser = (changes: readonly Change[], userId: string): readonly Change[] => changes.filter((change) => change.userId === userId);

/** 3. */
const time = [
  law('one jump in time equals many steps', (fc, policy) =>
    fc.property(calls(fc, policy), fc.array(lengths(fc, policy), { maxLength: 6 }), gaps(fc, policy), (said, steps, spans) => {
      const [jumping, stepping] = [hosting(policy, said), hosting(policy, said)];
      for (const { tracker } of [jumping, stepping]) for (const span of spans) tracker.gap(span);
      let now = jumping.end;
      const told: Change[] = [];
      for (const step of steps) told.push(...stepping.tracker.advanceTo(now += step));
      if (steps.length > 0) deepStrictEqual(told, jumping.tracker.advanceTo(now));
      deepStrictEqual(whole(stepping.tracker), whole(jumping.tracker));
    }),
  ),
  law('one jump in time equals asking every millisecond', (fc, policy) =>
    fc.property(calls(fc, policy), fc.nat({ max: 60 }), (said, length) => {
      const [jumping, polling] = [hosting(policy, said), hosting(policy, said)];
      const until = jumping.end + length;
      const told: Change[] = [];
      for (let now = polling.end; now <= until; now++) told.push(...polling.tracker.advanceTo(now));
      deepStrictEqual(told, jumping.tracker.advanceTo(until));
      deepStrictEqual(whole(polling.tracker), whole(jumping.tracker));
    }),
  ),
  law('one jump in time equals as many calls as a limit takes', (fc, policy) =>
    fc.property(calls(fc, policy), instants(fc, policy), fc.integer({ min: 1, max: 4 }), (said, later, limit) => {
      const [jumping, limited] = [hosting(policy, said), hosting(policy, said)];
      const { tracker } = limited;
      const until = limited.end + later;
      const told: Change[] = [];
      let isThere = false;
      for (let count = 0; !isThere; count++) {
        ok(count < 1_000, 'it gets there');
        told.push(...tracker.advanceTo(until, limit));
        isThere = tracker.now === until && (tracker.nextChangeAt ?? Infinity) > until;
      }
      deepStrictEqual(told, jumping.tracker.advanceTo(until));
      deepStrictEqual(whole(tracker), whole(jumping.tracker));
      deepStrictEqual([tracker.advanceTo(until), tracker.advanceTo(until - 7, limit)], [[], []]);
      deepStrictEqual(whole(tracker), whole(jumping.tracker));
    }),
  ),
  law('what is said at an instant is told alike, however time came to just before it', (fc, policy) =>
    fc.property(calls(fc, policy), calls(fc, policy), fc.integer({ min: 1, max: 4 }), (said, more, step) => {
      const [jumping, stepping] = [hosting(policy, said), hosting(policy, said)];
      for (const call of more) {
        const later = { ...call, now: call.now + jumping.end };
        const from = stepping.tracker.now ?? 50;
        const told: Change[] = [];
        for (const at of [from + 1, from + step, later.now - step, later.now - 1]) if (at > from && at < later.now) told.push(...stepping.tracker.advanceTo(at));
        // time that passes after a call tells what is due at its instant: that is told by the next call in any case
        told.push(...hear(stepping, later));
        deepStrictEqual(told, hear(jumping, later));
      }
      deepStrictEqual(whole(stepping.tracker), whole(jumping.tracker));
    }),
  ),
];

/** 10 and 12. */
const keeping = [
  law('a tracker that collects late answers like one that collects early', (fc, policy) =>
    fc.property(calls(fc, policy), fc.array(instants(fc, policy), { maxLength: 3 }), (said, steps) => {
      const between = [...steps, policy.keepSessionMs, policy.keepSessionMs + 1].sort((a, b) => a - b);
      const [late, early] = [host(policy), host(policy)];
      const told: { readonly late: Change[]; readonly early: Change[] } = { late: [], early: [] };
      let now = 50;
      for (const call of said) {
        for (const step of between) if (now + step < call.now) told.early.push(...early.tracker.advanceTo(now + step));
        now = call.now;
        told.early.push(...hear(early, call));
        told.late.push(...hear(late, call));
      }
      deepStrictEqual(withoutBottomReasons(told.early, policy), withoutBottomReasons(told.late, policy));
      deepStrictEqual(whole(early.tracker), whole(late.tracker));
    }),
  ),
  law('at an instant to which time was advanced, the tracker answers what the model says of the evidence it holds', (fc, policy) =>
    fc.property(calls(fc, policy), gaps(fc, policy), maybe(fc, fc.array(facts(fc, policy), { maxLength: 3 })), (said, spans, others) => {
      const hosted = host(policy);
      const { tracker } = hosted;
      const known: Gap[] = [];
      const agrees = (): void => {
        const now = tracker.now ?? 0;
        tracker.advanceTo(now);
        for (const id of users) deepStrictEqual(tracker.user(id), deriveUser(tracker.evidence(id) ?? { ...nobody, userId: id }, policy, now, known));
      };
      said.forEach((call, i) => {
        hear(hosted, call);
        agrees();
        const span = spans[i];
        if (span === undefined) return;
        known.push(span);
        tracker.gap(span);
        agrees();
      });
      if (others === undefined) return;
      tracker.merge(evidenceOf(others), (tracker.now ?? 0) + 1);
      agrees();
    }),
  ),
];

/** 11. */
const telling = [
  law('changes chain, never `from = to`, and replaying them gives what the tracker reads', (fc, policy) =>
    fc.property(calls(fc, policy), maybe(fc, instants(fc, policy)), (said, later) => {
      const hosted = host(policy);
      const { tracker } = hosted;
      const bottom = { status: bottomOf(policy), departed: false };
      const statuses = new Map(users.map((id) => [id, tracker.status(id)]));
      const details = new Map<string, ShownPresence['details']>();
      const sessions = new Map<string, SessionChange['to']>();
      /** What was told last; they begin anew after collection, which a replay does not see. */
      const stateOf = (userId: string, sessionId: string, { departed }: SessionChange['to']): SessionChange['to'] => {
        const last = sessions.get(JSON.stringify([userId, sessionId])) ?? bottom;
        return last.status === bottom.status && !departed ? bottom : last;
      };
      let at = -Infinity;
      const replay = (changes: readonly Change[]): void => {
        for (const change of changes) {
          ok(change.at >= at);
          at = change.at;
          if (change.type === 'rejected') continue;
          if (change.type === 'session') {
            deepStrictEqual(change.from, stateOf(change.userId, change.sessionId, change.from));
            notStrictEqual(JSON.stringify(change.to), JSON.stringify(change.from));
            sessions.set(JSON.stringify([change.userId, change.sessionId]), change.to);
            continue;
          }
          details.set(change.userId, change.shown.details);
          if (change.type === 'claim') continue;
          strictEqual(change.from, statuses.get(change.userId));
          notStrictEqual(change.to, change.from);
          strictEqual(change.shown.status, change.to);
          statuses.set(change.userId, change.to);
        }
        for (const id of users) {
          const shown = tracker.shown(id);
          deepStrictEqual([shown.status, shown.details], [statuses.get(id), details.get(id)]);
          for (const { sessionId, status, departure } of tracker.user(id).sessions) {
            const state = { status, departed: departure !== undefined };
            deepStrictEqual(state, stateOf(id, sessionId, state));
          }
        }
      };
      for (const call of said) replay(hear(hosted, call));
      if (later !== undefined) replay(tracker.advanceTo((tracker.now ?? 50) + later));
    }),
  ),
  law('a tracker and a store of rows that are fed the same signals tell the same changes', (fc, policy) =>
    fc.property(calls(fc, policy, 1), instants(fc, policy), (said, later) => {
      const tracker = createTracker({ policy });
      const rows = new Map<string, UserRow | undefined>();
      const told: { readonly tracker: Change[]; readonly rows: Change[] } = { tracker: [], rows: [] };
      const advance = (userId: string, now: number, signal?: Unstamped<Signal>): void => {
        const advanced = advanceUser(userId, rows.get(userId), policy, now, signal);
        rows.set(userId, advanced.row);
        told.rows.push(...advanced.changes);
      };
      let end = 50;
      for (const { now, signal } of said) {
        end = now;
        told.tracker.push(...tracker.observe(signal, now), ...tracker.advanceTo(now));
        advance(signal.userId, now, signal);
      }
      end += later;
      told.tracker.push(...tracker.advanceTo(end));
      for (const id of users) {
        advance(id, end);
        deepStrictEqual(ofUser(told.tracker, id), ofUser(told.rows, id));
        deepStrictEqual(tracker.evidence(id), rows.get(id)?.evidence);
      }
    }),
  ),
  law('two trackers that are fed the same numbered signals in different orders agree', (fc, policy) =>
    fc.property(
      fc.array(facts(fc, policy), { maxLength: 6 }).chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }))),
      instants(fc, policy),
      (orders, later) => {
        const now = Math.max(0, ...orders[0].map(({ at }) => at));
        const isHeard = ({ at }: Fact): boolean => now - at < policy.keepSessionMs; // what is older is refused, or remembered no longer
        const [one, other] = orders.map((order) => {
          const tracker = createTracker({ policy });
          for (const fact of order.filter(isHeard)) tracker.observe(fact, now);
          const at = tracker.advanceTo(now).length; // what was told until then depends on the order, what is told from then on does not
          const changes = tracker.advanceTo(now + later).map((change) => (change.type === 'user' ? { ...change, because: at === -1 } : change));
          const { status, derived, claims, shown, lastSeenAt, lastActiveAt, sessions } = tracker.user('ada');
          return { changes, status, derived, claims, shown, lastSeenAt, lastActiveAt, sessions: sessions.map((session) => [session.sessionId, session.status]) };
        });
        deepStrictEqual(one, other);
      },
    ),
  ),
];

/** 13. */
const data = [
  law('calls that throw or are rejected leave no trace', (fc, policy) =>
    fc.property(calls(fc, policy), calls(fc, policy), fc.boolean(), (said, others, isNarrow) => {
      const limits = isNarrow ? { maxUsers: 1, maxSessionsPerUser: 1, maxClaimsPerUser: 1 } : {};
      const [plain, tried] = [host(policy, limits), host(policy, limits)];
      said.forEach((call, i) => {
        deepStrictEqual(hear(tried, call), hear(plain, call));
        throwAt(tried, call.now);
        // a signal that a copy of the tracker refuses is told to the tracker too
        const signal = others[i]?.signal;
        if (signal === undefined) return;
        const strange = [signal, { ...signal, userId: 'stranger' }, { ...signal, at: call.now - policy.keepSessionMs }];
        for (const one of strange) {
          const copy = createTracker({ ...limits, policy, sessionChanges: true, snapshot: tried.tracker.snapshot() });
          const isRefused = copy.observe(one, call.now).some(({ type }) => type === 'rejected');
          if (isRefused) deepStrictEqual(tried.tracker.observe(one, call.now).map(({ type }) => type), ['rejected']);
        }
        deepStrictEqual(tried.tracker.snapshot(), plain.tracker.snapshot());
      });
      deepStrictEqual(whole(tried.tracker), whole(plain.tracker));
    }),
  ),
  law('a tracker goes on from its snapshot as if nothing had been', (fc, policy) =>
    fc.property(calls(fc, policy), calls(fc, policy), (said, more) => {
      const { tracker, end } = hosting(policy, said);
      const restored = createTracker({ policy, sessionChanges: true, snapshot: json(tracker.snapshot()) });
      deepStrictEqual(read(restored), read(tracker));
      for (const { now, signal } of more) deepStrictEqual(restored.observe(signal, end + now - 50), tracker.observe(signal, end + now - 50));
      deepStrictEqual(restored.advanceTo(end + 1_000), tracker.advanceTo(end + 1_000));
      deepStrictEqual(read(restored), read(tracker));
    }),
  ),
  law('a tracker that resumed later reads as if a gap had been told', (fc, policy) =>
    fc.property(calls(fc, policy), lengths(fc, policy), instants(fc, policy), (said, asleep, later) => {
      const { tracker, end } = hosting(policy, said);
      const snapshot = json(tracker.snapshot());
      if (snapshot.at === undefined) return;
      const resumedAt = snapshot.at + asleep;
      const resumed = createTracker({ policy, sessionChanges: true, snapshot, resumedAt });
      deepStrictEqual(tracker.gap({ from: snapshot.at, until: resumedAt }), []);
      deepStrictEqual(read(resumed), read(tracker));
      deepStrictEqual(resumed.advanceTo(end + later), tracker.advanceTo(end + later));
      deepStrictEqual(read(resumed), read(tracker));
    }),
  ),
  law('what a tracker is given and what it gave is never changed', (fc, policy) =>
    fc.property(calls(fc, policy), fc.array(facts(fc, policy), { maxLength: 3 }), (said, others) => {
      const [plain, kept] = [host(policy), host(policy)];
      const evidence = frozen(evidenceOf(others));
      for (const call of said) {
        deepStrictEqual(frozen(hear(kept, frozen(call))), hear(plain, call));
        for (const id of users) frozen([kept.tracker.user(id), kept.tracker.shown(id), kept.tracker.evidence(id)]);
        const snapshot = frozen(kept.tracker.snapshot());
        const before = JSON.stringify(snapshot);
        frozen(kept.tracker.merge(evidence, call.now));
        plain.tracker.merge(evidence, call.now);
        const restored = createTracker({ policy, sessionChanges: true, snapshot });
        frozen(restored.observe(call.signal, call.now + 3));
        strictEqual(JSON.stringify(snapshot), before);
        deepStrictEqual(whole(kept.tracker), whole(plain.tracker));
      }
    }),
  ),
];

/** Every method, called wrongly: a TypeError, and nothing moved, not even time. */
function throwAt({ tracker, handles }: Host, now: number): void {
  const before = JSON.stringify(tracker.snapshot());
  const later = now + 1_000_000;
  const of = { userId: 'ada', sessionId: 'a' };
  const bad = <T>(value: unknown): T => value as T;
  const wrong: (() => unknown)[] = [
    () => tracker.open(bad(undefined), later),
    () => tracker.open(bad({ userId: 'ada' }), later),
    () => tracker.open({ ...of, epoch: 0.5 }, later),
    () => tracker.open(of, 0.5),
    () => tracker.open(of, bad(undefined)),
    () => tracker.observe(bad(null), later),
    () => tracker.observe(bad({ ...of, type: 'unheard of' }), later),
    () => tracker.observe({ ...of, type: 'heartbeat', quietForMs: -1 }, later),
    () => tracker.observe({ ...of, type: 'heartbeat', epoch: NaN }, later),
    () => tracker.observe({ ...of, type: 'heartbeat' }, NaN),
    () => tracker.observe({ userId: 'ada', type: 'claimed', claim: bad({ id: 1 }) }, later),
    () => tracker.advanceTo(Infinity),
    () => tracker.advanceTo(bad('1')),
    () => tracker.advanceTo(later, 0),
    () => tracker.advanceTo(later, 1.5),
    () => tracker.user(bad(1)),
    () => tracker.shown(bad(undefined)),
    () => tracker.status(bad(null)),
    () => tracker.evidence(bad({})),
    () => [...tracker.userIds({ atLeast: 'unheard of' })],
    () => tracker.count({ atLeast: 'unheard of' }),
    () => tracker.count({ status: 'unheard of' }),
    () => tracker.gap(bad(undefined)),
    () => tracker.gap({ from: 0, until: 0.5 }),
    () => tracker.gap(bad({ from: 0 })),
    () => tracker.merge(bad(undefined), later),
    () => tracker.merge({ ...nobody, seenAt: 0.5 }, later),
    () => tracker.merge(nobody, NaN),
    () => createTracker({ snapshot: bad<TrackerSnapshot>({ version: 0 }) }),
  ];
  for (const handle of handles.values()) {
    wrong.push(
      () => handle.heartbeat(NaN),
      () => handle.heartbeat(later, { activeAt: 0.5 }),
      () => handle.heartbeat(later, bad(null)),
      () => handle.activity(bad(undefined)),
      () => handle.activity(later, bad(1)),
      () => handle.disconnected(0.5),
      () => handle.disconnected(later, bad(1)),
      () => handle.beat(bad<Beat>({}), later),
      () => handle.beat({ ...of, type: 'disconnected', epoch: 1, quietForMs: -1 }, later),
      () => handle.beat({ ...of, type: 'heartbeat', epoch: 1 }, 0.5),
    );
  }
  for (const call of wrong) throws(call, TypeError, String(call));
  strictEqual(JSON.stringify(tracker.snapshot()), before);
}

/** 3 and 10 to 13, of the tracker. */
export const tracker = [...time, ...keeping, ...telling, ...data];
