import { deriveSession, deriveUser, sessionStatus } from '../../index.js';
import type { Ladder, Policy, SessionEvidence, SessionPresence, UserPresence } from '../../index.js';
import { byCodeUnits, owns } from '../../plain.js';
import { histories } from '../facts.js';
import { asked, gaps } from '../instants.js';
import { law } from '../law.js';
import type { Draft } from '../law.js';
import { equal, proven } from '../proof.js';
import { bottomOf, bottomRank, evidenceOf, outwardOf, rankOf, worstOf } from '../reading.js';
import { allowedBy, departureRow, rowsOf } from '../rows.js';

/** What the verdicts of the model say of themselves. */
export const reasons: readonly Draft[] = [
  law('a session is only as present as its weakest evidence: the worst over its clocks and its report', {
    given: (fc, policy) => asked(fc, policy, histories(fc, policy)),
    then: ({ facts, now }, policy) => {
      for (const session of evidenceOf(facts).sessions) equal(rankOf(sessionStatus(session, policy, now), policy), weakest(session, policy, now));
    },
  }),
  law('every reason is true: the threshold that it names is of the row in force, was crossed, and says that status', {
    given: (fc, policy) => asked(fc, policy, histories(fc, policy)),
    then: ({ facts, now }, policy) => {
      const evidence = evidenceOf(facts);
      const user = deriveUser(evidence, policy, now);
      for (const session of user.sessions) sessionReasonIsTrue(session, policy);
      const unseen = evidence.sessions.filter(({ seenAt }) => seenAt === undefined).map(({ sessionId }) => sessionId);
      equal(user.sessions.filter(({ because }) => because.clock === 'never').map(({ sessionId }) => sessionId), unseen);
      userReasonIsTrue(user, policy);
    },
  }),
  law('the status alone is the status that comes with a reason', {
    given: (fc, policy) => asked(fc, policy, histories(fc, policy), { gaps: gaps(fc, policy) }),
    then: ({ facts, now, gaps: spans }, policy) => {
      for (const session of evidenceOf(facts).sessions) {
        equal(sessionStatus(session, policy, now, spans), deriveSession(session, policy, now, spans).status);
      }
    },
  }),
];

/** The table, read cell by cell. A fact later than `now` is a clock that reads 0. */
function weakest(session: SessionEvidence, policy: Policy, now: number): number {
  const { seenAt, firstSeenAt = 0, activeAt, quietForMs = 0, departures = {} } = session;
  if (seenAt === undefined) return bottomRank(policy);
  const word = standingWord(session, policy);
  const rows = rowsOf(policy, word);
  const read = (row: Ladder, since: number): number => worstOf(row, Math.max(0, now - since), policy);
  return Math.max(
    rankOf(allowedBy(policy, word), policy),
    read(rows.silence, seenAt + Math.min(quietForMs, policy.maxQuietMs)),
    activeAt === undefined ? read(rows.untouched, firstSeenAt) : read(rows.inactivity, activeAt),
    ...Object.entries(departures).map(([cause, at]) => read(departureRow(policy, word, owns(policy.departures, cause) ? cause : 'dropped'), at)),
  );
}

/** The report that stands: one that the policy knows, and that was not set aside. */
function standingWord({ report, setAsideAt }: SessionEvidence, policy: Policy): string {
  if (report === undefined || !owns(policy.reports, report.word)) return 'none';
  const allowsLess = rankOf(allowedBy(policy, report.word), policy) > rankOf(allowedBy(policy, 'none'), policy);
  return allowsLess && setAsideAt !== undefined && setAsideAt > report.at ? 'none' : report.word;
}

function sessionReasonIsTrue({ at, status, because, report, lastSeenAt }: SessionPresence, policy: Policy): void {
  switch (because.clock) {
    case 'none':
      equal(status, policy.statuses[0]);
      return;
    case 'never':
      equal([status, lastSeenAt], [bottomOf(policy), undefined]);
      return;
    case 'report':
      equal([because.report, status], [report, allowedBy(policy, report)]);
      return;
    default: {
      const row = because.clock === 'departure' ? departureRow(policy, report, because.cause) : rowsOf(policy, report)[because.clock];
      equal([because.afterMs, because.crossedAt], [row[status], because.since + because.afterMs]);
      proven(because.crossedAt <= at || because.afterMs === 0, 'the threshold was crossed');
    }
  }
}

function userReasonIsTrue({ status, derived, because, sessions, claims }: UserPresence, policy: Policy): void {
  if (because.by === 'claim') {
    const decisive = claims.find(({ claim }) => claim.id === because.claimId);
    equal(decisive?.inForce, true);
    equal(outwardOf(decisive?.claim[because.effect] ?? '', policy), status);
    return;
  }
  const counting = sessions.filter(({ uncounted }) => uncounted !== true);
  equal(outwardOf(derived, policy), status);
  if (because.by === 'nobody') {
    equal([counting, derived], [[], bottomOf(policy)]);
    return;
  }
  const best = counting.filter((session) => session.status === derived).sort((a, b) =>
    later(a.lastActiveAt, b.lastActiveAt) || later(a.lastSeenAt, b.lastSeenAt) || byCodeUnits(a.sessionId, b.sessionId));
  equal(best.slice(0, 1).map(({ sessionId, because: reason }) => ({ by: 'session', sessionId, reason })), [because]);
}

/** The later first, nothing last. */
function later(a = Number.NEGATIVE_INFINITY, b = Number.NEGATIVE_INFINITY): number {
  return a === b ? 0 : b - a;
}
