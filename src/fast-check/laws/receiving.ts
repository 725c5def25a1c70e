import { createTracker, deriveUser } from '../../index.js';
import type { Advanced, Change, Claim, Policy, Signal, UserPresence, UserRow } from '../../index.js';
import { byCodeUnits } from '../../plain.js';
import { askings, endOf, Store, stored } from '../calls.js';
import type { Asking } from '../calls.js';
import { histories, ofSessions, sessionFacts, userId } from '../facts.js';
import { ages, asked, gaps, instants, latestOf, lengths } from '../instants.js';
import { law } from '../law.js';
import type { Draft } from '../law.js';
import { equal, proven } from '../proof.js';
import { bottomOf, bottomRank, derivedRank, evidenceOf, forgotten, nobody, outwardOf, rankOf, withoutBottomReasons } from '../reading.js';
import { allowedBy } from '../rows.js';

/** A row taken through calls, asked in between so long after each. */
function askedBetween(policy: Policy, said: readonly Asking[], between: readonly number[]): Store {
  const store = new Store(policy);
  let last = 0;
  for (const { now, signal } of said) {
    for (const wait of between) if (last + wait < now) store.call(last + wait);
    store.call(now, signal);
    last = now;
  }
  return store;
}

/** 10, 11 and 12, of a row in a store. */
export const receiving: readonly Draft[] = [
  law('a receiver that collects late answers like one that collects early', {
    given: (fc, policy) => fc.record({ said: askings(fc, policy), steps: fc.array(instants(fc, policy), { maxLength: 3 }) }),
    then: ({ said, steps }, policy) => {
      const between = [...steps, policy.keepSessionMs, policy.keepSessionMs + 1].sort((a, b) => a - b);
      const late = stored(policy, said);
      const early = askedBetween(policy, said, between);
      equal(withoutBottomReasons(early.changes, policy), withoutBottomReasons(late.changes, policy));
      equal(early.row, late.row);
    },
  }),
  law('a late duplicate of a numbered session signal resurrects nobody', {
    given: (fc, policy) => asked(fc, policy, histories(fc, policy, { types: ofSessions }), { which: fc.nat({ max: 9 }) }),
    when: ({ facts }) => facts.length > 0,
    then: ({ facts, now: asking, which }, policy) => {
      const store = new Store(policy);
      for (const fact of [...facts].sort((a, b) => a.at - b.at)) store.call(fact.at, fact);
      const now = latestOf(facts, asking);
      const before = store.call(now);
      for (const duplicate of [facts[which], facts[0]]) {
        const again = store.call(now, duplicate);
        equal(again.presence.derived, before.presence.derived);
        equal(again.changes.filter(({ type }) => type !== 'rejected'), []);
      }
    },
  }),
  law('last seen survives as long as the policy keeps it and the session goes on counting', {
    given: (fc, policy) => asked(fc, policy, fc.array(sessionFacts(fc, policy), { minLength: 1, maxLength: 5 }), {}, fc.oneof(
      { withCrossShrink: true }, { weight: 1, arbitrary: lengths(fc, policy) }, { weight: 3, arbitrary: ages(fc, policy) },
    )),
    then: ({ facts, now }, policy) => {
      const evidence = evidenceOf(facts);
      const { lastSeenAt, lastActiveAt, shown } = deriveUser(evidence, policy, now);
      const after = deriveUser(forgotten(evidence, policy, now), policy, now);
      equal([after.lastSeenAt, after.lastActiveAt, after.shown], [lastSeenAt, lastActiveAt, shown]);
      const isGone = derivedRank(evidence, policy, now) === bottomRank(policy);
      const counting = evidence.sessions.filter(({ uncounted }) => uncounted !== true);
      const seen = counting.flatMap(({ seenAt, departures = {} }) => {
        const ends = Object.values(departures);
        return seenAt === undefined ? [] : [seenAt, ...(ends.length === 0 ? [] : [Math.min(...ends)])];
      });
      const active = counting.flatMap(({ activeAt }) => (activeAt === undefined ? [] : [activeAt]));
      const isTooLong = isGone && now >= Math.max(...seen) + policy.keepLastSeenMs;
      const known = [seen, active].map((instants) => (isTooLong || instants.length === 0 ? undefined : Math.max(...instants)));
      equal([lastSeenAt, lastActiveAt], known);
    },
  }),
  law('forgetting is told by nothing', {
    given: (fc, policy) => asked(fc, policy, histories(fc, policy), { later: lengths(fc, policy) }),
    then: ({ facts, now, later }, policy) => {
      const evidence = evidenceOf(facts);
      const kept = forgotten(evidence, policy, now);
      for (const at of [now, now + later]) {
        const [full, brief] = [deriveUser(evidence, policy, at), deriveUser(kept, policy, at)];
        equal(told(brief), told(full));
      }
    },
  }),
  law('changes chain, never `from = to`, and replaying them gives what the row reads', {
    given: (fc, policy) => fc.record({ said: askings(fc, policy) }),
    then: ({ said }, policy) => {
      const { row, changes } = stored(policy, said);
      equal(replayed(changes, policy), read(row, policy));
    },
  }),
  law('at an instant to which a row was taken, it answers what the model says of the evidence it holds', {
    given: (fc, policy) => fc.record({ said: askings(fc, policy), gaps: gaps(fc, policy) }),
    then: ({ said, gaps: spans }, policy) => {
      const store = new Store(policy, spans);
      for (const { now, signal } of said) {
        const { row, presence } = store.call(now, signal);
        equal(presence, deriveUser(row?.evidence ?? nobody, policy, now, spans));
        if (row !== undefined) equal([row.told, row.toldAt], [presence.shown, now]);
      }
    },
  }),
  law('commands of one millisecond keep their order, for a tracker and for a row in a store', {
    given: (fc, policy) => fc.record({
      facts: histories(fc, policy, { types: ['claimed', 'claimed', 'unclaimed', 'cleared'] }), now: instants(fc, policy),
    }),
    then: ({ facts, now }, policy) => {
      const [tracker, store] = [createTracker({ policy }), new Store(policy)];
      const expected = new Map<string, Claim>();
      for (const { at: _, ...command } of facts) {
        tracker.observe(command, now);
        store.call(now, command);
        if (command.type === 'claimed') expected.set(command.claim.id, command.claim);
        if (command.type === 'unclaimed') expected.delete(command.claimId);
        if (command.type === 'cleared') expected.clear();
      }
      const sorted = (claims: readonly Claim[]): readonly Claim[] => [...claims].sort((a, b) => byCodeUnits(a.id, b.id));
      const held = [...expected.values()].filter(({ expiresAt }) => expiresAt === undefined || expiresAt > now);
      tracker.advanceTo(now);
      for (const { claims } of [tracker.user(userId), store.call(now).presence]) equal(sorted(claims.map(({ claim }) => claim)), sorted(held));
    },
  }),
  law('life after a lost transport reopens a session that nobody numbers, life after a sign-out does not', {
    given: (fc, policy) => {
      const end = fc.record({ cause: fc.constantFrom(...Object.keys(policy.departures), 'left'), after: fc.nat({ max: 2 }) });
      return fc.record({
        ends: fc.array(end, { minLength: 1, maxLength: 2 }), backAfter: fc.nat({ max: 3 }),
        type: fc.constantFrom('heartbeat' as const, 'activity' as const), uncounted: fc.boolean(),
      });
    },
    when: (_, policy) => policy.keepSessionMs > 6,
    said: ({ ends, backAfter, type, uncounted }) => {
      const of = { userId, sessionId: 'a' };
      const gone: readonly Signal[] = [
        { ...of, type: 'connected', uncounted, at: 0 }, ...ends.map(({ cause, after }): Signal => ({ ...of, type: 'disconnected', cause, at: after })),
      ];
      const back = 2 + backAfter;
      const life: readonly Signal[] = [{ ...of, type, at: back }];
      const fresh: readonly Signal[] = [{ ...of, type: 'connected', at: back + 1 }];
      return { gone, life, fresh };
    },
    then: ({ ends, backAfter, uncounted, gone, life, fresh }, policy) => {
      const store = new Store(policy);
      for (const signal of gone) store.call(2, signal);
      const back = 2 + backAfter;
      const known = ({ presence }: Advanced): unknown =>
        presence.sessions.map((session) => [session.departure !== undefined, session.uncounted === true]);
      // Later than the ends of the connection that are known, of each cause the first, none of which is a sign-out.
      const firstOf = (cause: string): number => Math.min(...ends.filter((end) => end.cause === cause).map(({ after }) => after));
      const reopens = ends.every(({ cause }) => cause !== 'left' && back > firstOf(cause));
      equal(life.map((signal) => known(store.call(back, signal))), [[[!reopens, uncounted]]]);
      equal(fresh.map((signal) => known(store.call(back + 1, signal))), [[[false, false]]]);
    },
  }),
  law('a report that is said again keeps its beginning, unless it was set aside', {
    given: (fc, policy) => fc.record({ report: fc.constantFrom(...Object.keys(policy.reports)), up: fc.nat({ max: 3 }), isTouched: fc.boolean() }),
    when: ({ up }, policy) => up + 2 < policy.keepSessionMs,
    said: ({ report, up, isTouched }) => {
      const of = { userId, sessionId: 'a', epoch: 1 };
      const touch: readonly Signal[] = isTouched ? [{ ...of, type: 'activity', at: up + 1 }] : [];
      const beat: Signal = { ...of, type: 'heartbeat', report, at: up + 2 };
      const facts: readonly Signal[] = [{ ...of, type: 'connected', report, at: 0 }, ...touch, beat];
      return { facts };
    },
    then: ({ facts, report, up, isTouched }, policy) => {
      const store = new Store(policy);
      for (const fact of facts) store.call(fact.at, fact);
      const isAside = isTouched && rankOf(allowedBy(policy, report), policy) > rankOf(allowedBy(policy, 'none'), policy);
      equal(store.row?.evidence.sessions.map((session) => session.report?.since), [isAside ? up + 2 : 0]);
    },
  }),
  law('a refused signal leaves no trace', {
    given: (fc, policy) => fc.record({ said: askings(fc, policy), fact: sessionFacts(fc, policy) }),
    then: ({ said, fact }, policy) => {
      const now = endOf(said);
      const [refused, without, taken] = [stored(policy, said), stored(policy, said), stored(policy, said)];
      const refusal = refused.call(now, { ...fact, at: now - policy.keepSessionMs });
      without.call(now);
      equal(refusal.changes.map(({ type }) => type), ['rejected']);
      equal(refused.row, without.row);
      equal(taken.call(now, { ...fact, at: now - policy.keepSessionMs + 1 }).changes.filter(({ type }) => type === 'rejected'), []);
    },
  }),
];

/** What anybody is told of an answer. */
function told({ status, derived, shown, claims, nextChangeAt }: UserPresence): unknown {
  return { status, derived, shown, claims, nextChangeAt };
}

/** What somebody sees who only hears the changes. */
function replayed(changes: readonly Change[], policy: Policy): unknown {
  let status = outwardOf(bottomOf(policy), policy);
  let details: unknown;
  let at = Number.NEGATIVE_INFINITY;
  for (const change of changes) {
    proven(change.at >= at, 'changes come in the order of time');
    at = change.at;
    if (change.shown === undefined) continue;
    details = change.shown.details;
    if (change.type !== 'user') continue;
    equal(change.from, status);
    proven(change.to !== change.from, 'a change changes something');
    equal(change.shown.status, change.to);
    status = change.to;
  }
  return { status, details };
}

/** What the row says that others see. */
function read(row: UserRow | undefined, policy: Policy): unknown {
  const { status, details } = row?.told ?? deriveUser(nobody, policy, 0).shown;
  return { status, details };
}
