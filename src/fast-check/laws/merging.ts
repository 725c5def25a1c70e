import { mergeEvidence, observe } from '../../index.js';
import type { Activity, Connected, Disconnected, Heartbeat, Numbered } from '../../index.js';
import { byCodeUnits } from '../../plain.js';
import { ofSessions, present, tiedHistories } from '../facts.js';
import type { Fact } from '../facts.js';
import { ages, maybe, orders, reordered } from '../instants.js';
import { law } from '../law.js';
import type { Draft } from '../law.js';
import { equal, proven } from '../proof.js';
import { evidenceOf, forgotten } from '../reading.js';

/** 1. */
export const merging: readonly Draft[] = [
  law('signals may arrive in any order and any number of times', {
    given: (fc, policy) => fc.record({ facts: tiedHistories(fc, policy), order: orders(fc), again: fc.array(fc.nat({ max: 9 }), { maxLength: 4 }) }),
    then: ({ facts, order, again }) => {
      const repeated = facts.filter((_, i) => again.includes(i));
      equal(evidenceOf([...reordered(facts, order), ...repeated]), evidenceOf(facts));
    },
  }),
  law('merging is commutative, associative, idempotent', {
    given: (fc, policy) => fc.record({
      facts: tiedHistories(fc, policy), others: tiedHistories(fc, policy), more: tiedHistories(fc, policy), forgottenAt: maybe(fc, ages(fc, policy)),
    }),
    then: ({ facts, others, more, forgottenAt }, policy) => {
      const [a, c] = [evidenceOf(facts), evidenceOf(more)];
      const whole = evidenceOf(others);
      const b = forgottenAt === undefined ? whole : forgotten(whole, policy, forgottenAt);
      equal(mergeEvidence(a, b), mergeEvidence(b, a));
      equal(mergeEvidence(mergeEvidence(a, b), c), mergeEvidence(a, mergeEvidence(b, c)));
      proven(mergeEvidence(a, a) === a, 'what is merged with itself comes back as the same reference');
      const both = mergeEvidence(a, b);
      proven(mergeEvidence(both, b) === both, 'what is merged once more comes back as the same reference');
    },
  }),
  law('to observe is to merge', {
    given: (fc, policy) => fc.record({ facts: tiedHistories(fc, policy), others: tiedHistories(fc, policy) }),
    then: ({ facts, others }) => {
      const evidence = evidenceOf(facts);
      for (const fact of others) equal(observe(evidence, fact), mergeEvidence(evidence, observe(undefined, fact)));
      equal(others.reduce(observe, evidence), mergeEvidence(evidence, evidenceOf(others)));
    },
  }),
  law('of a session the first, the latest and the last said is kept, and of its current connection how it ended', {
    given: (fc, policy) => fc.record({ facts: tiedHistories(fc, policy, { types: ofSessions }) }),
    then: ({ facts }) => {
      const said = facts.filter(isOfSession);
      for (const session of evidenceOf(facts).sessions) equal(session, keptOf(said.filter(({ sessionId }) => sessionId === session.sessionId)));
    },
  }),
  law('what was heard before adds nothing, and the same reference says so', {
    given: (fc, policy) => fc.record({ facts: tiedHistories(fc, policy) }),
    then: ({ facts }) => {
      const evidence = evidenceOf(facts);
      for (const fact of facts) proven(observe(evidence, fact) === evidence, 'the same reference comes back');
    },
  }),
];

type OfSession = Numbered<Connected | Heartbeat | Activity | Disconnected>;

function isOfSession(fact: Fact): fact is OfSession {
  return 'sessionId' in fact;
}

/** What is kept, looked up in all that was said of one session. */
function keptOf(facts: readonly OfSession[]): object {
  const life = facts.filter((fact) => fact.type !== 'disconnected');
  const least = (numbers: readonly number[]): number | undefined => (numbers.length === 0 ? undefined : Math.min(...numbers));
  const most = (numbers: readonly number[]): number | undefined => (numbers.length === 0 ? undefined : Math.max(...numbers));
  const seenAt = most(life.map(({ at }) => at));
  const promises = life.flatMap((fact) => (fact.at === seenAt && fact.type !== 'activity' ? [fact.quietForMs ?? 0] : []));
  const touches = life.flatMap((fact) => (fact.type === 'activity' ? [fact.at] : fact.activeAt === undefined ? [] : [Math.min(fact.activeAt, fact.at)]));
  const said = life.flatMap(({ at, report }) => (report === undefined ? [] : [{ word: report, at, since: at }]));
  const [report] = said.sort((a, b) => b.at - a.at || byCodeUnits(a.word, b.word));
  const epoch = most(facts.map((fact) => fact.epoch));
  const current = facts.filter((fact) => fact.epoch === epoch);
  const ends = current.flatMap((fact) => (fact.type === 'disconnected' ? [{ cause: fact.cause ?? 'dropped', at: fact.at }] : []));
  const departures = Object.fromEntries(ends.map(({ cause }) => [cause, least(ends.filter((end) => end.cause === cause).map(({ at }) => at))]));
  const quietForMs = most(promises) ?? 0;
  return present({
    sessionId: facts[0]?.sessionId, epoch, seenAt, report,
    firstSeenAt: least(life.map(({ at }) => at)),
    quietForMs: quietForMs > 0 ? quietForMs : undefined,
    activeAt: most(touches),
    setAsideAt: most(life.flatMap((fact) => (fact.type === 'activity' && fact.report === undefined ? [fact.at] : []))),
    departures: ends.length > 0 ? departures : undefined,
    uncounted: current.some((fact) => fact.type !== 'disconnected' && fact.uncounted === true) ? true : undefined,
  });
}
