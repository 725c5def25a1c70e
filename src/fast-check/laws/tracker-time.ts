import type { Arbitrary } from 'fast-check';
import { deriveUser } from '../../index.js';
import type { Change, Gap, Policy } from '../../index.js';
import { calls, Host, userIds, whole } from '../calls.js';
import type { Call } from '../calls.js';
import { facts } from '../facts.js';
import { gaps, instants, lengths, maybe } from '../instants.js';
import { law } from '../law.js';
import type { Draft } from '../law.js';
import { equal, proven } from '../proof.js';
import type { Fc } from '../property-tester.js';
import { evidenceOf, nobody, outwardOf, withoutBottomReasons } from '../reading.js';

/** Calls about several users. */
function aboutMany(fc: Fc, policy: Policy): Arbitrary<readonly Call[]> {
  return calls(fc, policy, { users: userIds });
}

const crowd: readonly string[] = ['ada', 'bob', 'cleo', '__proto__', ''];

/** Users who come and beat at few instants, so that something is due of many of them at one instant. */
function crowded(fc: Fc, policy: Policy): Arbitrary<readonly Call[]> {
  const steps = fc.oneof({ withCrossShrink: true }, { weight: 3, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: lengths(fc, policy) });
  const visit = fc.record({
    step: steps, userId: fc.constantFrom(...crowd), type: fc.constantFrom('connected' as const, 'heartbeat' as const, 'activity' as const, 'disconnected' as const), isByHandle: fc.boolean(),
  });
  return fc.array(visit, { minLength: 2, maxLength: 12 }).map((visits) => {
    let now = 0;
    return visits.map(({ step, userId, type, isByHandle }): Call => ({ now: (now += step), isByHandle, signal: { type, userId, sessionId: 'tab' } }));
  });
}

/** Calls, and what is told when time passes between them by some way, up to the end. */
function toldBy(policy: Policy, said: readonly Call[], end: number, pass: (host: Host, until: number) => readonly Change[]): readonly Change[] {
  const host = new Host(policy);
  const told = said.flatMap((call) => [...(call.now > host.now ? pass(host, call.now - 1) : []), ...host.hear(call)]);
  return [...told, ...pass(host, end)];
}

/** Ways for time to pass: every one ends with a call at the last instant. */
const ways: Readonly<Record<string, (waits: readonly number[]) => (host: Host, until: number) => readonly Change[]>> = {
  'waking up when something is due': () => ({ tracker }, until) => {
    const told: Change[] = [];
    for (let next = tracker.nextChangeAt; next !== undefined && next <= until; next = tracker.nextChangeAt) told.push(...tracker.advanceTo(next));
    return [...told, ...tracker.advanceTo(until)];
  },
  'steps': (waits) => ({ tracker, now: from }, until) => {
    let at = from;
    const stops = waits.map((wait) => (at += wait)).filter((stop) => stop < until);
    return [...stops, until].flatMap((stop) => tracker.advanceTo(stop));
  },
  'one crossing at a time': () => ({ tracker }, until) => {
    const told: Change[] = [];
    do told.push(...tracker.advanceTo(until, 1));
    while (tracker.now !== until || (tracker.nextChangeAt ?? Number.POSITIVE_INFINITY) <= until);
    return told;
  },
};

/** 3, 10 and 12, of a tracker. */
export const trackerTime: readonly Draft[] = [
  law('one jump in time equals many steps, for a tracker', {
    given: (fc, policy) => fc.record({
      said: aboutMany(fc, policy), steps: fc.array(lengths(fc, policy), { minLength: 1, maxLength: 6 }), gaps: gaps(fc, policy),
    }),
    then: ({ said, steps, gaps: spans }, policy) => {
      const [jumping, stepping] = [new Host(policy).hearAll(said), new Host(policy).hearAll(said)];
      for (const { tracker } of [jumping, stepping]) for (const span of spans) tracker.gap(span);
      let { now } = jumping;
      const told = steps.flatMap((step) => stepping.tracker.advanceTo(now += step));
      equal(told, jumping.tracker.advanceTo(now));
      equal(whole(stepping.tracker), whole(jumping.tracker));
    },
  }),
  law('one jump in time equals asking every millisecond, for a tracker', {
    given: (fc, policy) => fc.record({ said: aboutMany(fc, policy), first: lengths(fc, policy), length: fc.nat({ max: 60 }) }),
    then: ({ said, first, length }, policy) => {
      const [jumping, polling] = [new Host(policy).hearAll(said), new Host(policy).hearAll(said)];
      const from = jumping.now + Math.max(0, first - length);
      const told: Change[] = [];
      for (let now = from; now <= from + length; now++) told.push(...polling.tracker.advanceTo(now));
      equal(told, jumping.tracker.advanceTo(from + length));
      equal(whole(polling.tracker), whole(jumping.tracker));
    },
  }),
  law('one jump in time equals as many calls as a limit takes, and calls after that are told nothing', {
    given: (fc, policy) => fc.record({ said: aboutMany(fc, policy), later: instants(fc, policy), limit: fc.integer({ min: 1, max: 4 }) }),
    then: ({ said, later, limit }, policy) => {
      const [jumping, limited] = [new Host(policy).hearAll(said), new Host(policy).hearAll(said)];
      const { tracker } = limited;
      const until = limited.now + later;
      const told: Change[] = [];
      let isThere = false;
      for (let count = 0; !isThere; count++) {
        proven(count < 1_000, 'it gets there');
        told.push(...tracker.advanceTo(until, limit));
        isThere = tracker.now === until && (tracker.nextChangeAt ?? Number.POSITIVE_INFINITY) > until;
      }
      equal(told, jumping.tracker.advanceTo(until));
      equal(whole(tracker), whole(jumping.tracker));
      equal([tracker.advanceTo(until), tracker.advanceTo(until - 7, limit)], [[], []]);
      equal(whole(tracker), whole(jumping.tracker));
    },
  }),
  law('what is said at an instant is told alike, however time came to just before it', {
    given: (fc, policy) => fc.record({ said: aboutMany(fc, policy), more: aboutMany(fc, policy), step: fc.integer({ min: 1, max: 4 }) }),
    then: ({ said, more, step }, policy) => {
      const [jumping, stepping] = [new Host(policy).hearAll(said), new Host(policy).hearAll(said)];
      const { now: start } = jumping;
      for (const call of more) {
        const later = { ...call, now: call.now + start };
        const { now: from } = stepping;
        // Time that passes after a call tells what is due at its instant: that is told by the next call in any case.
        const stops = [from + 1, from + step, later.now - step, later.now - 1].filter((at) => at > from && at < later.now).sort((a, b) => a - b);
        equal([...stops.flatMap((at) => stepping.tracker.advanceTo(at)), ...stepping.hear(later)], jumping.hear(later));
      }
      equal(whole(stepping.tracker), whole(jumping.tracker));
    },
  }),
  law('whose turn is first within one instant does not depend on how time was advanced', {
    given: (fc, policy) => fc.record({
      said: crowded(fc, policy), waits: fc.array(lengths(fc, policy), { maxLength: 5 }), later: instants(fc, policy),
    }),
    then: ({ said, waits, later }, policy) => {
      const end = said.reduce((_, { now }) => now, 0) + later;
      const jump = new Host(policy);
      const expected = [...said.flatMap((call) => jump.hear(call)), ...jump.tracker.advanceTo(end)];
      for (const way of Object.values(ways)) equal(toldBy(policy, said, end, way(waits)), expected);
    },
  }),
  law('a tracker that collects late answers like one that collects early', {
    given: (fc, policy) => fc.record({ said: aboutMany(fc, policy), steps: fc.array(instants(fc, policy), { maxLength: 3 }) }),
    then: ({ said, steps }, policy) => {
      const between = [...steps, policy.keepSessionMs, policy.keepSessionMs + 1].sort((a, b) => a - b);
      const [late, early] = [new Host(policy), new Host(policy)];
      const toldLate = said.flatMap((call) => late.hear(call));
      const toldEarly = said.flatMap((call) => {
        const { now: from } = early;
        const stops = between.map((wait) => from + wait).filter((stop) => stop < call.now);
        return [...stops.flatMap((stop) => early.tracker.advanceTo(stop)), ...early.hear(call)];
      });
      equal(withoutBottomReasons(toldEarly, policy), withoutBottomReasons(toldLate, policy));
      equal(whole(early.tracker), whole(late.tracker));
    },
  }),
  law('at an instant to which time was advanced, the tracker answers what the model says of the evidence it holds', {
    given: (fc, policy) => fc.record({
      said: aboutMany(fc, policy), gaps: gaps(fc, policy), others: maybe(fc, fc.array(facts(fc, policy), { maxLength: 3 })),
    }),
    then: ({ said, gaps: spans, others }, policy) => {
      const host = new Host(policy);
      const { tracker } = host;
      said.forEach((call, i) => {
        host.hear(call);
        answersTheModel(host, policy, spans.slice(0, i));
        for (const span of spans.slice(i, i + 1)) {
          tracker.gap(span);
          answersTheModel(host, policy, spans.slice(0, i + 1));
        }
      });
      if (others === undefined) return;
      tracker.merge(evidenceOf(others), host.now + 1);
      answersTheModel(host, policy, spans.slice(0, said.length));
    },
  }),
];

/** Everything that is read of every user, together and one by one. */
function answersTheModel({ tracker, now }: Host, policy: Policy, known: readonly Gap[]): void {
  tracker.advanceTo(now);
  const answers = userIds.map((id) => deriveUser(tracker.evidence(id) ?? { ...nobody, userId: id }, policy, now, known));
  equal(userIds.map((id) => tracker.user(id)), answers);
  equal(userIds.map((id) => [tracker.status(id), tracker.shown(id)]), answers.map(({ status, shown }) => [status, shown]));
  const ends = answers.map(({ nextChangeAt = Number.POSITIVE_INFINITY }) => nextChangeAt);
  equal(tracker.nextChangeAt ?? Number.POSITIVE_INFINITY, Math.min(...ends));
  const kept = [...tracker.userIds()];
  equal([tracker.count(), tracker.size.users], [kept.length, kept.length]);
  for (const status of new Set(policy.statuses.map((one) => outwardOf(one, policy)))) {
    equal(tracker.count({ status }), kept.filter((id) => tracker.status(id) === status).length);
  }
}

