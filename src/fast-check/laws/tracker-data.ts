import type { Arbitrary } from 'fast-check';
import { createTracker } from '../../index.js';
import type { Beat, Policy, TrackerSnapshot } from '../../index.js';
import { calls, Host, read, userIds, whole } from '../calls.js';
import type { Call } from '../calls.js';
import { facts } from '../facts.js';
import { instants, lengths } from '../instants.js';
import { law } from '../law.js';
import type { Draft } from '../law.js';
import { equal, refused } from '../proof.js';
import type { Fc } from '../property-tester.js';
import { evidenceOf, frozen, json, nobody } from '../reading.js';

/** Few calls about several users: much is looked at after each. */
function someCalls(fc: Fc, policy: Policy): Arbitrary<readonly Call[]> {
  return calls(fc, policy, { users: userIds, most: 5 });
}

/** 13, of a tracker. */
export const trackerData: readonly Draft[] = [
  law('calls that throw or are rejected leave no trace', {
    given: (fc, policy) => fc.record({
      said: someCalls(fc, policy), others: someCalls(fc, policy), isNarrow: fc.boolean(),
    }),
    then: ({ said, others, isNarrow }, policy) => {
      const limits = isNarrow ? { maxUsers: 1, maxSessionsPerUser: 1, maxClaimsPerUser: 1 } : {};
      const [plain, tried] = [new Host(policy, limits), new Host(policy, limits)];
      said.forEach((call, i) => {
        equal(tried.hear(call), plain.hear(call));
        throwAt(tried, call.now);
        // A signal that a copy of the tracker refuses is told to the tracker too.
        for (const { signal } of others.slice(i, i + 1)) {
          for (const one of [signal, { ...signal, userId: 'stranger' }, { ...signal, at: call.now - policy.keepSessionMs }]) {
            const copy = createTracker({ ...limits, policy, sessionChanges: true, snapshot: tried.tracker.snapshot() });
            const isRefused = copy.observe(one, call.now).some(({ type }) => type === 'rejected');
            if (isRefused) equal(tried.tracker.observe(one, call.now).map(({ type }) => type), ['rejected']);
          }
        }
        equal(tried.tracker.snapshot(), plain.tracker.snapshot());
      });
      equal(whole(tried.tracker), whole(plain.tracker));
    },
  }),
  law('a tracker goes on from its snapshot as if nothing had been', {
    given: (fc, policy) => fc.record({ said: someCalls(fc, policy), more: someCalls(fc, policy) }),
    then: ({ said, more }, policy) => {
      const host = new Host(policy).hearAll(said);
      const { tracker, now: end } = host;
      const restored = createTracker({ policy, sessionChanges: true, snapshot: json(tracker.snapshot()) });
      equal(read(restored), read(tracker));
      for (const { now, signal } of more) equal(restored.observe(signal, end + now), tracker.observe(signal, end + now));
      equal(restored.advanceTo(host.now + 1_000), tracker.advanceTo(host.now + 1_000));
      equal(read(restored), read(tracker));
    },
  }),
  law('a tracker that resumed later reads as if a gap had been told', {
    given: (fc, policy) => fc.record({ said: someCalls(fc, policy), asleep: lengths(fc, policy), later: instants(fc, policy) }),
    when: ({ said }) => said.length > 0,
    then: ({ said, asleep, later }, policy) => {
      const { tracker, now } = new Host(policy).hearAll(said);
      const snapshot = json(tracker.snapshot());
      const resumed = createTracker({ policy, sessionChanges: true, snapshot, resumedAt: now + asleep });
      equal(tracker.gap({ from: now, until: now + asleep }), []);
      equal(read(resumed), read(tracker));
      equal(resumed.advanceTo(now + later), tracker.advanceTo(now + later));
      equal(read(resumed), read(tracker));
    },
  }),
  law('what a tracker is given and what it gave is never changed', {
    given: (fc, policy) => fc.record({
      said: someCalls(fc, policy), others: fc.array(facts(fc, policy), { maxLength: 3 }),
    }),
    then: ({ said, others }, policy) => {
      const [plain, kept] = [new Host(policy), new Host(policy)];
      const evidence = frozen(evidenceOf(others));
      for (const call of said) {
        equal(frozen(kept.hear(frozen(call))), plain.hear(call));
        for (const id of userIds) frozen([kept.tracker.user(id), kept.tracker.shown(id), kept.tracker.evidence(id)]);
        const snapshot = frozen(kept.tracker.snapshot());
        const before = JSON.stringify(snapshot);
        frozen(kept.tracker.merge(evidence, call.now));
        plain.tracker.merge(evidence, call.now);
        const restored = createTracker({ policy, sessionChanges: true, snapshot });
        frozen(restored.observe(call.signal, call.now + 3));
        equal(JSON.stringify(snapshot), before);
        equal(whole(kept.tracker), whole(plain.tracker));
      }
    },
  }),
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
  wrong.forEach(refused);
  equal(JSON.stringify(tracker.snapshot()), before);
}
