import { deriveSession, deriveUser, sessionStatus } from '../../index.js';
import type { Ladder, Policy, SessionBecause, SessionEvidence, UserPresence } from '../../index.js';
import { byCodeUnits, owns } from '../../plain.js';
import { histories } from '../facts.js';
import { asked, gaps } from '../instants.js';
import { law } from '../law.js';
import type { Draft } from '../law.js';
import { equal } from '../proof.js';
import { bottomOf, evidenceOf, rankOf, statusAt, worstOf } from '../reading.js';
import { allowedBy, departureRow, rowsOf } from '../rows.js';

/** What the verdicts of the model say of themselves. */
export const reasons: readonly Draft[] = [
  law('a session is only as present as its weakest evidence: the worst over its clocks and its report, of equals the first to have said it', {
    given: (fc, policy) => asked(fc, policy, histories(fc, policy)),
    then: ({ facts, now }, policy) => {
      for (const session of evidenceOf(facts).sessions) {
        const { status, because, report } = deriveSession(session, policy, now);
        const { word } = standing(session, policy);
        const { rank, reason } = weakest(session, policy, now);
        equal([status, because, report], [statusAt(rank, policy), rank === 0 ? { clock: 'none' } : reason, word]);
      }
    },
  }),
  law('a user is named for the session or the claim that decides', {
    given: (fc, policy) => asked(fc, policy, histories(fc, policy)),
    then: ({ facts, now }, policy) => {
      const user = deriveUser(evidenceOf(facts), policy, now);
      equal(user.because, deciding(user, policy));
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

/** What a clock or the report says, and when it said so. */
interface Word {
  readonly rank: number;
  readonly saidAt: number;
  readonly reason: SessionBecause;
}

/** The table, read cell by cell, in the order in which equals are named. A fact later than `now` is a clock that reads 0. */
function weakest(session: SessionEvidence, policy: Policy, now: number): Word {
  const { seenAt, firstSeenAt = 0, activeAt, quietForMs = 0, departures = {} } = session;
  if (seenAt === undefined) return { rank: rankOf(bottomOf(policy), policy), saidAt: 0, reason: { clock: 'never' } };
  const { word, since: reportedAt } = standing(session, policy);
  const rows = rowsOf(policy, word);
  const read = (row: Ladder, since: number, reasonOf: (clock: Clocked) => SessionBecause): readonly Word[] => {
    const rank = worstOf(row, Math.max(0, now - since), policy);
    const afterMs = row[statusAt(rank, policy)] ?? 0;
    return rank === 0 ? [] : [{ rank, saidAt: since + afterMs, reason: reasonOf({ since, afterMs, crossedAt: since + afterMs }) }];
  };
  const ends = Object.entries(departures).map(([told, at]) => ({ cause: owns(policy.departures, told) ? told : 'dropped', at }));
  const words: readonly Word[] = [
    ...read(rows.silence, seenAt + Math.min(quietForMs, policy.maxQuietMs), (clocked) => ({ clock: 'silence', ...clocked })),
    ...(activeAt === undefined
      ? read(rows.untouched, firstSeenAt, (clocked) => ({ clock: 'untouched', ...clocked }))
      : read(rows.inactivity, activeAt, (clocked) => ({ clock: 'inactivity', ...clocked }))),
    { rank: rankOf(allowedBy(policy, word), policy), saidAt: reportedAt, reason: { clock: 'report', report: word, since: reportedAt } },
    ...ends.sort((a, b) => byCodeUnits(a.cause, b.cause)).flatMap(({ cause, at }) =>
      read(departureRow(policy, word, cause), at, (clocked) => ({ clock: 'departure', cause, ...clocked }))),
  ];
  return words.reduce((worst, other) => (other.rank > worst.rank || (other.rank === worst.rank && other.saidAt < worst.saidAt) ? other : worst));
}

interface Clocked {
  readonly since: number;
  readonly afterMs: number;
  readonly crossedAt: number;
}

/** The report that stands, one that the policy knows and that was not set aside, and since when. */
function standing({ report, setAsideAt, firstSeenAt = 0 }: SessionEvidence, policy: Policy): { readonly word: string; readonly since: number } {
  if (report === undefined) return { word: 'none', since: firstSeenAt };
  const allowsLess = rankOf(allowedBy(policy, report.word), policy) > rankOf(allowedBy(policy, 'none'), policy);
  if (allowsLess && setAsideAt !== undefined && setAsideAt > report.at) return { word: 'none', since: setAsideAt };
  return { word: owns(policy.reports, report.word) ? report.word : 'none', since: report.since };
}

/** The first cap that lowered it so far, else the first floor that raised it so far, else what is shown, else the strongest session. */
function deciding({ derived, sessions, claims }: UserPresence, policy: Policy): UserPresence['because'] {
  const inForce = claims.filter((held) => held.inForce).map(({ claim }) => claim);
  const rank = (status: string | undefined): number => policy.statuses.findIndex((one) => one === status); // -1: no word, or an unknown one
  const showing = inForce.find(({ show }) => show !== undefined);
  const base = rank(showing?.show ?? derived);
  const raised = Math.min(base, ...inForce.map(({ atLeast }) => rank(atLeast)).filter((floor) => floor >= 0));
  const capped = Math.max(raised, ...inForce.map(({ atMost }) => rank(atMost)));
  const named = (claim: { readonly id: string } | undefined, effect: 'show' | 'atMost' | 'atLeast'): UserPresence['because'] | undefined =>
    (claim === undefined ? undefined : { by: 'claim', claimId: claim.id, effect });
  const byClaim = capped > raised ? named(inForce.find(({ atMost }) => rank(atMost) === capped), 'atMost')
    : raised < base ? named(inForce.find(({ atLeast }) => rank(atLeast) === raised), 'atLeast')
    : named(showing, 'show');
  const [strongest] = sessions.filter(({ uncounted }) => uncounted !== true).sort((a, b) =>
    rank(a.status) - rank(b.status) || later(a.lastActiveAt, b.lastActiveAt) || later(a.lastSeenAt, b.lastSeenAt)
    || byCodeUnits(a.sessionId, b.sessionId));
  return byClaim ?? (strongest === undefined ? { by: 'nobody' } : { by: 'session', sessionId: strongest.sessionId, reason: strongest.because });
}

/** The later first, nothing last. */
function later(a = Number.NEGATIVE_INFINITY, b = Number.NEGATIVE_INFINITY): number {
  return a === b ? 0 : b - a;
}
