import { deepStrictEqual, ok, strictEqual } from 'node:assert';
import { deriveSession, observe } from 'presence-model';
import type { Ladder, Policy, SessionEvidence, UserEvidence } from 'presence-model';
import { facts, gaps, instants, lengths, sessionFacts } from '../../support/arbitraries.js';
import type { Fact, FastCheck } from '../../support/arbitraries.js';
import { evidenceOf, rankOf, timelessSession } from '../../support/reading.js';
import { law } from '../law.js';

const of = { userId: 'ada', sessionId: 'a' };

/** A session that is alive and whose current connection, number 4, has not ended. */
function connectedSessions(fc: FastCheck, policy: Policy): ReturnType<typeof fc.tuple<[readonly Fact[], number, boolean]>> {
  const before = fc.array(sessionFacts(fc, policy), { maxLength: 5 });
  return fc.tuple(before, instants(fc, policy), fc.boolean());
}

function connected([before, at, uncounted]: readonly [readonly Fact[], number, boolean]): UserEvidence {
  return observe(evidenceOf(before), { ...of, type: 'connected', epoch: 4, at, uncounted });
}

function sessionIn(evidence: UserEvidence): SessionEvidence {
  const session = evidence.sessions.find(({ sessionId }) => sessionId === of.sessionId);
  ok(session !== undefined);
  return session;
}

/** The grace of a cause: until the first cell of its row, under the report that stands. */
function graceOf(policy: Policy, report: string, cause: string): number {
  const own = (table: object, key: string): unknown => (Object.keys(table).includes(key) ? (table as Record<string, unknown>)[key] : undefined);
  const instead = own(policy.whileReported, report) as { departures?: object } | undefined;
  const row = (instead?.departures === undefined ? undefined : own(instead.departures, cause)) ?? own(policy.departures, cause);
  return Math.min(...Object.values((row ?? {}) as Ladder).map((afterMs) => afterMs ?? Number.POSITIVE_INFINITY));
}

/** 6. */
export const departures = [
  law('a departure adds nothing until its row does', (fc, policy) =>
    fc.property(
      connectedSessions(fc, policy),
      fc.constantFrom(...Object.keys(policy.departures)),
      instants(fc, policy),
      lengths(fc, policy),
      (history, cause, at, later) => {
        const before = connected(history);
        const after = sessionIn(observe(before, { ...of, type: 'disconnected', epoch: 4, at, cause }));
        const { status, because, report } = deriveSession(sessionIn(before), policy, at + later);
        if (later >= graceOf(policy, report, cause)) return;
        const now = deriveSession(after, policy, at + later);
        deepStrictEqual([now.status, now.because], [status, because]);
      },
    ),
  ),
  law('a `connected` inside that time gives every instant what a heartbeat would have given', (fc, policy) =>
    fc.property(
      connectedSessions(fc, policy),
      fc.constantFrom(...Object.keys(policy.departures)),
      instants(fc, policy),
      lengths(fc, policy),
      lengths(fc, policy),
      gaps(fc, policy),
      (history, cause, at, back, later, spans) => {
        const before = connected(history);
        const { report } = deriveSession(sessionIn(before), policy, at);
        if (back >= graceOf(policy, report, cause)) return;
        const [, , uncounted] = history;
        const gone = observe(before, { ...of, type: 'disconnected', epoch: 4, at, cause });
        const returned = sessionIn(observe(gone, { ...of, type: 'connected', epoch: 5, at: at + back, uncounted }));
        const beaten = sessionIn(observe(before, { ...of, type: 'heartbeat', epoch: 4, at: at + back }));
        deepStrictEqual(timelessSession(deriveSession(returned, policy, at + later, spans)), timelessSession(deriveSession(beaten, policy, at + later, spans)));
      },
    ),
  ),
  law("an old connection's end does not touch the new one", (fc, policy) =>
    fc.property(
      connectedSessions(fc, policy),
      fc.integer({ min: 1, max: 3 }),
      fc.constantFrom(...Object.keys(policy.departures)),
      instants(fc, policy),
      (history, epoch, cause, at) => {
        const evidence = connected(history);
        strictEqual(observe(evidence, { ...of, type: 'disconnected', epoch, at, cause }), evidence);
      },
    ),
  ),
  law('a reconnect wakes nobody and sends nobody to sleep', (fc, policy) =>
    fc.property(
      fc.array(facts(fc, policy), { maxLength: 6 }),
      fc.nat(),
      lengths(fc, policy),
      gaps(fc, policy),
      (said, which, later, spans) => {
        const evidence = evidenceOf(said);
        const alive = evidence.sessions.filter(({ seenAt }) => seenAt !== undefined);
        const session = alive[which % Math.max(1, alive.length)];
        if (session?.seenAt === undefined) return;
        const { sessionId } = session;
        const at = session.seenAt + later + 1;
        const again = observe(evidence, { type: 'connected', userId: 'ada', sessionId, epoch: session.epoch + 1, at }).sessions.find((known) => known.sessionId === sessionId);
        ok(again !== undefined);
        // What a human did and said is as it was; so is every status that follows from it, once all sign of life is equal.
        const { epoch: _, departures: __, uncounted: ___, quietForMs: ____, ...human } = session;
        const expected = deriveSession({ ...human, seenAt: at, epoch: 0 }, policy, at, spans);
        const actual = deriveSession(again, policy, at, spans);
        deepStrictEqual([actual.status, actual.because, actual.report, actual.lastActiveAt], [expected.status, expected.because, expected.report, expected.lastActiveAt]);
        strictEqual(rankOf(actual.status, policy), rankOf(expected.status, policy));
      },
    ),
  ),
];
