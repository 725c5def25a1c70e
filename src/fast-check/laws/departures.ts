import type { Arbitrary } from 'fast-check';
import { deriveSession, observe } from '../../index.js';
import type { Policy, SessionEvidence, SessionPresence } from '../../index.js';
import { causes, histories, sessionFacts, userId } from '../facts.js';
import type { Fact } from '../facts.js';
import { gaps, instants, lengths } from '../instants.js';
import { law } from '../law.js';
import type { Draft } from '../law.js';
import { equal, proven } from '../proof.js';
import type { Fc } from '../property-tester.js';
import { evidenceOf } from '../reading.js';
import { graceOf } from '../rows.js';

const of = { userId, sessionId: 'a' };
const epoch = 4;

/** A session that is alive, and whose current connection, number 4, has not ended. */
interface Connected {
  readonly before: readonly Fact[];
  readonly connectedAt: number;
  readonly isUncounted: boolean;
}

function connections(fc: Fc, policy: Policy): { readonly [K in keyof Connected]: Arbitrary<Connected[K]> } {
  return { before: fc.array(sessionFacts(fc, policy), { maxLength: 5 }), connectedAt: instants(fc, policy), isUncounted: fc.boolean() };
}

function connected({ before, connectedAt, isUncounted }: Connected): readonly Fact[] {
  return [...before, { ...of, type: 'connected', epoch, at: connectedAt, uncounted: isUncounted }];
}

/** What is known of the session. */
function sessionIn(facts: readonly Fact[]): SessionEvidence {
  const [session] = evidenceOf(facts).sessions.filter(({ sessionId }) => sessionId === of.sessionId);
  proven(session !== undefined, 'the session is known');
  return session;
}

/** How long an end by this cause adds nothing, under the report that stands; infinite: for ever. */
function forgivenFor(facts: readonly Fact[], cause: string, policy: Policy): number {
  return graceOf(policy, cause, deriveSession(sessionIn(facts), policy, 0).report);
}

/** 6. */
export const departures: readonly Draft[] = [
  law('a departure adds nothing until its row does', {
    given: (fc, policy) => fc.record({
      ...connections(fc, policy), cause: causes(fc, policy), at: instants(fc, policy), later: lengths(fc, policy),
    }),
    when: ({ cause, ...history }, policy) => forgivenFor(connected(history), cause, policy) > 0,
    said: ({ cause, at, ...history }) => {
      const life = connected(history);
      const gone: readonly Fact[] = [...life, { ...of, type: 'disconnected', epoch, at, cause }];
      return { life, gone };
    },
    then: ({ life, gone, cause, at, later: wished }, policy) => {
      const later = Math.min(wished, forgivenFor(life, cause, policy) - 1);
      const [stayed, departed] = [life, gone].map((facts) => deriveSession(sessionIn(facts), policy, at + later));
      equal([departed?.status, departed?.because], [stayed?.status, stayed?.because]);
    },
  }),
  law('a `connected` inside that time gives every instant what a heartbeat would have given', {
    given: (fc, policy) => fc.record({
      ...connections(fc, policy),
      cause: causes(fc, policy), at: instants(fc, policy), back: lengths(fc, policy), later: lengths(fc, policy), gaps: gaps(fc, policy),
    }),
    when: ({ cause, ...history }, policy) => forgivenFor(connected(history), cause, policy) > 0,
    said: ({ cause, at, back: wished, ...history }, policy) => {
      const life = connected(history);
      const back = at + Math.min(wished, forgivenFor(life, cause, policy) - 1);
      const returned: readonly Fact[] = [
        ...life, { ...of, type: 'disconnected', epoch, at, cause }, { ...of, type: 'connected', epoch: epoch + 1, at: back, uncounted: history.isUncounted },
      ];
      const beaten: readonly Fact[] = [...life, { ...of, type: 'heartbeat', epoch, at: back }];
      return { returned, beaten };
    },
    then: ({ returned, beaten, at, later, gaps: spans }, policy) => {
      const back = beaten.slice(-1).map((beat) => beat.at + later);
      for (const now of [at + later, ...back]) {
        equal(deriveSession(sessionIn(returned), policy, now, spans), deriveSession(sessionIn(beaten), policy, now, spans));
      }
    },
  }),
  law("an old connection's end does not touch the new one", {
    given: (fc, policy) => fc.record({
      ...connections(fc, policy), old: fc.integer({ min: 1, max: 3 }), cause: causes(fc, policy), at: instants(fc, policy),
    }),
    said: ({ old, cause, at, ...history }) => {
      const end: readonly Fact[] = [{ ...of, type: 'disconnected', epoch: old, at, cause }];
      return { life: connected(history), end };
    },
    then: ({ life, end }) => {
      const evidence = evidenceOf(life);
      proven(end.reduce(observe, evidence) === evidence, 'the late end of an old connection changes nothing');
    },
  }),
  law('a reconnect wakes nobody and sends nobody to sleep', {
    given: (fc, policy) => fc.record({ facts: histories(fc, policy), later: lengths(fc, policy), gaps: gaps(fc, policy) }),
    then: ({ facts, later, gaps: spans }, policy) => {
      const evidence = evidenceOf(facts);
      for (const session of evidence.sessions) {
        if (session.seenAt === undefined) continue;
        const { sessionId } = session;
        const at = session.seenAt + later + 1;
        const again = observe(evidence, { type: 'connected', userId, sessionId, epoch: session.epoch + 1, at });
        // What a human did and said is as it was; so is every status that follows from it, once all sign of life is equal.
        const { epoch: _, departures: __, uncounted: ___, quietForMs: ____, ...human } = session;
        const asWas = deriveSession({ ...human, seenAt: at, epoch: 0 }, policy, at, spans);
        const asIs = again.sessions.filter((known) => known.sessionId === sessionId).map((known) => deriveSession(known, policy, at, spans));
        const felt = ({ status, because, report, lastActiveAt }: SessionPresence): unknown => ({ status, because, report, lastActiveAt });
        equal(asIs.map(felt), [asWas].map(felt));
      }
    },
  }),
];
