import { definePolicy, deriveSession, observe } from '../../index.js';
import type { Ladder, Policy, PolicyInput } from '../../index.js';
import { histories, ids, ofSessions, plainFacts, userId } from '../facts.js';
import { asked, crossings, gaps, instants, lengths } from '../instants.js';
import { law } from '../law.js';
import type { Draft } from '../law.js';
import { proven } from '../proof.js';
import { derivedRank, evidenceOf, rankOf } from '../reading.js';
import { cellsOf } from '../rows.js';

/** 5. */
export const monotone: readonly Draft[] = [
  law('silence never raises a derived status', {
    given: (fc, policy) => {
      const plain = fc.array(plainFacts(fc, policy), { minLength: 1, maxLength: 4 });
      return asked(fc, policy, fc.oneof(histories(fc, policy), plain), { later: crossings(fc, policy), gaps: gaps(fc, policy) });
    },
    then: ({ facts, now, later, gaps: spans }, policy) => {
      const evidence = evidenceOf(facts);
      proven(derivedRank(evidence, policy, now + later, spans) >= derivedRank(evidence, policy, now, spans), 'silence raises nothing');
    },
  }),
  law("a heartbeat that says nothing, promises no less and is no older than the session's first never lowers it", {
    given: (fc, policy) => asked(fc, policy, histories(fc, policy), {
      sessionId: ids(fc), at: instants(fc, policy), epoch: fc.integer({ min: 1, max: 4 }), gaps: gaps(fc, policy),
    }),
    then: ({ facts, now, sessionId, at, epoch, gaps: spans }, policy) => {
      const evidence = evidenceOf(facts);
      const session = evidence.sessions.find((known) => known.sessionId === sessionId);
      const { quietForMs = 0, firstSeenAt = at } = session ?? {};
      const heard = observe(evidence, { type: 'heartbeat', userId, sessionId, epoch, at: Math.max(at, firstSeenAt), quietForMs });
      proven(derivedRank(heard, policy, now, spans) <= derivedRank(evidence, policy, now, spans), 'the heartbeat lowers nothing');
    },
  }),
  law('a departure of a known epoch only hastens', {
    given: (fc, policy) => asked(fc, policy, histories(fc, policy, { types: ofSessions }), {
      at: instants(fc, policy), cause: fc.constantFrom(...Object.keys(policy.departures), 'unheard of'), gaps: gaps(fc, policy),
    }),
    then: ({ facts, now, at, cause, gaps: spans }, policy) => {
      const evidence = evidenceOf(facts);
      for (const { sessionId, epoch } of evidence.sessions) {
        const departed = observe(evidence, { type: 'disconnected', userId, sessionId, epoch, at, cause });
        proven(derivedRank(departed, policy, now, spans) >= derivedRank(evidence, policy, now, spans), 'the end raises nothing');
      }
    },
  }),
  law('a larger threshold never makes anyone less present', {
    given: (fc, policy) => asked(fc, policy, histories(fc, policy), {
      which: fc.nat({ max: 30 }), more: lengths(fc, policy), gaps: gaps(fc, policy),
    }),
    then: ({ facts, now, which, more, gaps: spans }, policy) => {
      const patient = withLargerThreshold(policy, which, more);
      for (const session of evidenceOf(facts).sessions) {
        const before = rankOf(deriveSession(session, policy, now, spans).status, policy);
        proven(rankOf(deriveSession(session, patient, now, spans).status, policy) <= before, 'more patience makes nobody less present');
      }
    },
  }),
];

/** The same policy with one cell larger, and the worse cells of its row where they must be. */
function withLargerThreshold(policy: Policy, which: number, more: number): Policy {
  const rows = (['silence', 'inactivity', 'untouched'] as const).map((name) => ({
    ladder: policy[name], instead: (larger: Ladder): object => ({ [name]: larger }),
  }));
  const ends = Object.entries(policy.departures).map(([cause, ladder]) => ({
    ladder, instead: (larger: Ladder): object => ({ departures: Object.fromEntries([...Object.entries(policy.departures), [cause, larger]]) }),
  }));
  const cells = [...rows, ...ends].flatMap(({ ladder, instead }) =>
    cellsOf(ladder).map(([status, afterMs]) => ({ ladder, instead, status, afterMs })));
  const cell = cells[which % Math.max(1, cells.length)];
  if (cell === undefined) return policy;
  const isWorse = (status: string): boolean => rankOf(status, policy) >= rankOf(cell.status, policy);
  const larger = cellsOf(cell.ladder).map(([status, afterMs]) =>
    [status, isWorse(status) ? Math.max(afterMs, cell.afterMs + more) : afterMs]);
  return definePolicy({ ...policy, ...cell.instead(Object.fromEntries(larger) as Ladder) } as PolicyInput);
}
