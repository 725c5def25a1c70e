import type { Arbitrary } from 'fast-check';
import { deriveSession, deriveUser } from '../../index.js';
import type { Gap, UserPresence } from '../../index.js';
import { isRecord } from '../../plain.js';
import { askings, calls, endOf, Host, read, stored, userIds } from '../calls.js';
import type { Call } from '../calls.js';
import { histories, userId } from '../facts.js';
import type { Fact } from '../facts.js';
import { asked, gaps, instants, lengths, together } from '../instants.js';
import { law } from '../law.js';
import type { Draft } from '../law.js';
import type { Fc } from '../property-tester.js';
import { different, equal, proven } from '../proof.js';
import { bottomRank, endless, evidenceOf, rankOf, timeless, timelessSession } from '../reading.js';

/** 2, 3 of a row in a store, 4, and 14 as far as answers tell. */
export const time: readonly Draft[] = [
  law('a verdict is constant until `nextChangeAt` and different there', {
    given: (fc, policy) => together(fc, asked(fc, policy, histories(fc, policy)), fc.record({ gaps: gaps(fc, policy), later: lengths(fc, policy) })),
    then: ({ facts, now, gaps: spans, later }, policy) => {
      const evidence = evidenceOf(facts);
      const user = deriveUser(evidence, policy, now, spans);
      for (const at of before(user, now, later)) equal(timeless(deriveUser(evidence, policy, at, spans)), timeless(user));
      if (user.nextChangeAt !== undefined) different(withoutNext(deriveUser(evidence, policy, user.nextChangeAt, spans)), withoutNext(user));
      for (const known of evidence.sessions) {
        const session = deriveSession(known, policy, now, spans);
        for (const at of before(session, now, later)) equal(timelessSession(deriveSession(known, policy, at, spans)), timelessSession(session));
        if (session.nextChangeAt !== undefined) {
          different(endless(timelessSession(deriveSession(known, policy, session.nextChangeAt, spans))), endless(timelessSession(session)));
        }
      }
    },
  }),
  law('between facts a session only decays, at most once for each status below it', {
    given: (fc, policy) => together(fc, asked(fc, policy, histories(fc, policy)), fc.record({ gaps: gaps(fc, policy) })),
    then: ({ facts, now, gaps: spans }, policy) => {
      for (const known of evidenceOf(facts).sessions) {
        let session = deriveSession(known, policy, now, spans);
        let changes = 0;
        while (session.nextChangeAt !== undefined && changes <= bottomRank(policy)) {
          proven(session.nextChangeAt > session.at, 'the next change is still to come');
          const next = deriveSession(known, policy, session.nextChangeAt, spans);
          proven(rankOf(next.status, policy) >= rankOf(session.status, policy), 'it only decays');
          if (next.status !== session.status) changes++;
          session = next;
        }
        proven(session.nextChangeAt === undefined, 'it comes to an end');
      }
    },
  }),
  law('one jump in time equals many steps, for a row in a store', {
    given: (fc, policy) => fc.record({ said: askings(fc, policy), steps: fc.array(lengths(fc, policy), { minLength: 1, maxLength: 6 }), gaps: gaps(fc, policy) }),
    then: ({ said, steps, gaps: spans }, policy) => {
      const [jumping, stepping] = [stored(policy, said, spans), stored(policy, said, spans)];
      let now = endOf(said);
      for (const step of steps) stepping.call(now += step);
      jumping.call(now);
      equal(stepping.changes, jumping.changes);
      equal(stepping.row, jumping.row);
    },
  }),
  law('one jump in time equals asking every millisecond, for a row in a store', {
    given: (fc, policy) => fc.record({ said: askings(fc, policy), length: fc.nat({ max: 60 }), gaps: gaps(fc, policy), before: lengths(fc, policy) }),
    then: ({ said, length, gaps: spans, before: first }, policy) => {
      const [jumping, polling] = [stored(policy, said, spans), stored(policy, said, spans)];
      const from = endOf(said) + Math.max(0, first - length);
      for (let now = from; now <= from + length; now++) polling.call(now);
      jumping.call(from + length);
      equal(polling.changes, jumping.changes);
      equal(polling.row, jumping.row);
    },
  }),
  law('shifting every instant by k shifts every answer by k', {
    given: (fc, policy) => together(fc, asked(fc, policy, histories(fc, policy)), fc.record({ gaps: gaps(fc, policy), k: shifts(fc) })),
    then: ({ facts, now, gaps: spans, k }, policy) => {
      const shifted = facts.map((fact) => shift(fact, k, false) as Fact);
      const answer = deriveUser(evidenceOf(facts), policy, now, spans);
      equal(deriveUser(evidenceOf(shifted), policy, now + k, shift(spans, k, false) as readonly Gap[]), shift(answer, k, false));
    },
  }),
  law('shifting every instant by k shifts every change by k, for a tracker and for a row in a store', {
    given: (fc, policy) => fc.record({ said: calls(fc, policy), later: instants(fc, policy), k: shifts(fc) }),
    when: ({ said }) => said.length > 0,
    then: ({ said, later, k }, policy) => {
      // A connection that nobody numbers is numbered by an instant: so numbers move too.
      const moved = said.map((call) => ({ ...call, ...(shift(call, k, true) as Call), now: call.now + k }));
      const [one, other] = [new Host(policy), new Host(policy)];
      const end = endOf(said) + later;
      const told = [...said.flatMap((call) => one.hear(call)), ...one.tracker.advanceTo(end)];
      equal([...moved.flatMap((call) => other.hear(call)), ...other.tracker.advanceTo(end + k)], shift(told, k, true));
      equal(userIds.map((id) => other.tracker.user(id)), shift(userIds.map((id) => one.tracker.user(id)), k, true));
      equal(stored(policy, moved).changes, shift(stored(policy, said).changes, k, true));
    },
  }),
  law('the same calls get the same answers, however often they are made', {
    given: (fc, policy) => fc.record({ said: calls(fc, policy, { users: userIds }), later: instants(fc, policy) }),
    then: ({ said, later }, policy) => {
      const answers = (): unknown => {
        const host = new Host(policy);
        const changes = said.map((call) => host.hear(call));
        const store = stored(policy, said.map((call) => ({ ...call, signal: { ...call.signal, userId } })));
        return [changes, host.tracker.advanceTo(host.now + later), read(host.tracker), store.changes, store.row];
      };
      equal(answers(), answers());
    },
  }),
];

/** Instants at which an answer must still be the same: one on the way, and the last. */
function before({ nextChangeAt }: { readonly nextChangeAt?: number }, now: number, later: number): readonly number[] {
  return nextChangeAt === undefined ? [now + later, now + later + 1] : [Math.min(now + later, nextChangeAt - 1), nextChangeAt - 1];
}

/** An answer without any word of when, so that what is left differs in more than that. */
function withoutNext(user: UserPresence): unknown {
  const { sessions, ...rest } = endless(timeless(user));
  return { ...rest, sessions: sessions.map(endless) };
}

/** By how much to move: also to where clocks stand today. */
function shifts(fc: Fc): Arbitrary<number> {
  return fc.oneof(fc.integer(), fc.constant(1_795_000_000_000));
}

const instantFields = new Set(['at', 'activeAt', 'expiresAt', 'from', 'until', 'since', 'crossedAt', 'nextChangeAt', 'lastSeenAt', 'lastActiveAt']);

/** The same with every instant moved, and the numbers of connections where these are instants. Details are somebody else's and stay. */
function shift(value: unknown, k: number, isNumbered: boolean): unknown {
  if (Array.isArray(value)) return value.map((part) => shift(part, k, isNumbered));
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => {
    if (key === 'detail' || key === 'details') return [key, part];
    const moves = instantFields.has(key) || (isNumbered && key === 'epoch');
    return [key, typeof part === 'number' && moves ? part + k : shift(part, k, isNumbered)];
  }));
}
