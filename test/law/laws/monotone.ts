import { ok } from 'node:assert';
import { definePolicy, deriveSession, observe } from 'presence-model';
import type { Ladder, Policy, PolicyInput } from 'presence-model';
import { gaps, histories, ids, instants, lengths } from '../../support/arbitraries.js';
import { derivedRank, evidenceOf, rankOf } from '../../support/reading.js';
import { law } from '../law.js';

/** 5. */
export const monotone = [
  law('silence never raises a derived status', (fc, policy) =>
    fc.property(histories(fc, policy), instants(fc, policy), lengths(fc, policy), gaps(fc, policy), (facts, now, later, spans) => {
      const evidence = evidenceOf(facts);
      ok(derivedRank(evidence, policy, now + later, spans) >= derivedRank(evidence, policy, now, spans));
    }),
  ),
  law("a heartbeat that says nothing, promises no less and is no older than the session's first never lowers it", (fc, policy) =>
    fc.property(
      histories(fc, policy),
      ids(fc),
      instants(fc, policy),
      fc.integer({ min: 1, max: 4 }),
      instants(fc, policy),
      gaps(fc, policy),
      (facts, sessionId, at, epoch, now, spans) => {
        const evidence = evidenceOf(facts);
        const session = evidence.sessions.find((known) => known.sessionId === sessionId);
        const quietForMs = session?.quietForMs ?? 0;
        const beatAt = Math.max(at, session?.firstSeenAt ?? at);
        const heard = observe(evidence, { type: 'heartbeat', userId: 'ada', sessionId, epoch, at: beatAt, quietForMs });
        ok(derivedRank(heard, policy, now, spans) <= derivedRank(evidence, policy, now, spans));
      },
    ),
  ),
  law('a departure of a known epoch only hastens', (fc, policy) =>
    fc.property(
      histories(fc, policy, { types: ['connected', 'heartbeat', 'activity', 'disconnected'] }),
      instants(fc, policy),
      fc.nat(),
      fc.constantFrom(...Object.keys(policy.departures), 'unheard of'),
      instants(fc, policy),
      gaps(fc, policy),
      (facts, at, which, cause, now, spans) => {
        const evidence = evidenceOf(facts);
        const session = evidence.sessions[which % Math.max(1, evidence.sessions.length)];
        if (session === undefined) return;
        const departed = observe(evidence, { type: 'disconnected', userId: 'ada', sessionId: session.sessionId, epoch: session.epoch, at, cause });
        ok(derivedRank(departed, policy, now, spans) >= derivedRank(evidence, policy, now, spans));
      },
    ),
  ),
  law('a larger threshold never makes anyone less present', (fc, policy) =>
    fc.property(
      histories(fc, policy),
      fc.nat(),
      lengths(fc, policy),
      instants(fc, policy),
      gaps(fc, policy),
      (facts, which, more, now, spans) => {
        const patient = withLargerThreshold(policy, which, more);
        for (const session of evidenceOf(facts).sessions) {
          const before = rankOf(deriveSession(session, policy, now, spans).status, policy);
          ok(rankOf(deriveSession(session, patient, now, spans).status, policy) <= before);
        }
      },
    ),
  ),
];

/** The same policy with one cell larger, and the worse cells of its row where they must be. */
function withLargerThreshold(policy: Policy, which: number, more: number): Policy {
  const rows = (['silence', 'inactivity', 'untouched'] as const).map((row): [string, string | undefined, Ladder] => [row, undefined, policy[row]]);
  const departures = Object.entries(policy.departures).map(([cause, ladder]): [string, string | undefined, Ladder] => ['departures', cause, ladder]);
  const cells = [...rows, ...departures].flatMap(([row, cause, ladder]) => Object.keys(ladder).map((status) => ({ row, cause, ladder, status })));
  const cell = cells[which % Math.max(1, cells.length)];
  if (cell === undefined) return policy;
  const least = (cell.ladder[cell.status] ?? 0) + more;
  const isWorse = (status: string): boolean => rankOf(status, policy) >= rankOf(cell.status, policy);
  const larger = Object.fromEntries(Object.entries(cell.ladder).map(([status, afterMs = 0]) => [status, isWorse(status) ? Math.max(afterMs, least) : afterMs]));
  const table = cell.cause === undefined ? { [cell.row]: larger } : { departures: { ...policy.departures, [cell.cause]: larger } };
  return definePolicy({ ...policy, ...table } as PolicyInput);
}
