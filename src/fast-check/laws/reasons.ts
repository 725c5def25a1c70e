import { deriveSession, deriveUser, sessionStatus } from '../../index.js';
import type { Policy, SessionPresence, UserPresence } from '../../index.js';
import { histories } from '../facts.js';
import { asked, gaps } from '../instants.js';
import { law } from '../law.js';
import type { Draft } from '../law.js';
import { equal, proven } from '../proof.js';
import { bottomOf, evidenceOf, outwardOf } from '../reading.js';
import { allowedBy, departureRow, rowsOf } from '../rows.js';

/** What the verdicts of the model say of themselves. */
export const reasons: readonly Draft[] = [
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
  const winner = counting.find(({ sessionId }) => sessionId === because.sessionId);
  equal([winner?.status, winner?.because], [derived, because.reason]);
}
