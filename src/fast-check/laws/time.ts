import { deriveSession, deriveUser } from '../../index.js';
import type { Gap, UserPresence } from '../../index.js';
import { histories } from '../facts.js';
import type { Fact } from '../facts.js';
import { asked, gaps, lengths } from '../instants.js';
import { law } from '../law.js';
import type { Draft } from '../law.js';
import { different, equal, proven } from '../proof.js';
import { bottomRank, endless, evidenceOf, rankOf, timeless, timelessSession } from '../reading.js';
import { shift, shifts } from '../shift.js';

/** 2 and 4, of verdicts. */
export const time: readonly Draft[] = [
  law('a verdict is constant until `nextChangeAt` and different there', {
    given: (fc, policy) => asked(fc, policy, histories(fc, policy), { gaps: gaps(fc, policy), later: lengths(fc, policy) }),
    then: ({ facts, now, gaps: spans, later }, policy) => {
      const evidence = evidenceOf(facts);
      const user = deriveUser(evidence, policy, now, spans);
      const named = facts.flatMap(({ at, ...said }) => [at, ...('claim' in said && said.claim.expiresAt !== undefined ? [said.claim.expiresAt] : [])]);
      for (const at of before(user, now, [now + later, ...named])) equal(timeless(deriveUser(evidence, policy, at, spans)), timeless(user));
      if (user.nextChangeAt !== undefined) different(withoutNext(deriveUser(evidence, policy, user.nextChangeAt, spans)), withoutNext(user));
      for (const known of evidence.sessions) {
        const session = deriveSession(known, policy, now, spans);
        for (const at of before(session, now, [now + later])) {
          equal(timelessSession(deriveSession(known, policy, at, spans)), timelessSession(session));
        }
        if (session.nextChangeAt !== undefined) {
          different(endless(timelessSession(deriveSession(known, policy, session.nextChangeAt, spans))), endless(timelessSession(session)));
        }
      }
    },
  }),
  law('between facts a session only decays, at most once for each status below it', {
    given: (fc, policy) => asked(fc, policy, histories(fc, policy), { gaps: gaps(fc, policy) }),
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
  law('shifting every instant by k shifts every answer by k', {
    given: (fc, policy) => asked(fc, policy, histories(fc, policy), { gaps: gaps(fc, policy), k: shifts(fc) }),
    then: ({ facts, now, gaps: spans, k }, policy) => {
      const shifted = facts.map((fact) => shift(fact, k, false) as Fact);
      const answer = deriveUser(evidenceOf(facts), policy, now, spans);
      equal(deriveUser(evidenceOf(shifted), policy, now + k, shift(spans, k, false) as readonly Gap[]), shift(answer, k, false));
    },
  }),
];

/** Instants at which an answer must still be the same: those on the way of the ones named, and the last. */
function before({ nextChangeAt }: { readonly nextChangeAt?: number }, now: number, named: readonly number[]): readonly number[] {
  const end = nextChangeAt === undefined ? Math.max(now, ...named) + 1 : nextChangeAt - 1;
  return [...named.filter((at) => at > now && at < end), end];
}

/** An answer without any word of when, so that what is left differs in more than that. */
function withoutNext(user: UserPresence): unknown {
  const { sessions, ...rest } = endless(timeless(user));
  return { ...rest, sessions: sessions.map(endless) };
}
