// One plain sentence that a support person can send: what, because of what, since when, what comes next and when.

import { complaint } from './complaint.js';
import { spoken } from './duration.js';
import { isRecord } from './plain.js';
import type { SessionBecause } from './because.js';
import type { SessionPresence } from './session.js';
import type { Timestamp } from './time.js';
import type { UserPresence } from './user.js';

/**
 * Says an answer in one sentence. Instants are those of the host's clock; lengths are spelled out.
 *
 * @param presence - From `deriveUser`, `deriveSession`, `advanceUser` or a tracker.
 * @returns What is so, which session or claim decides and why, since when, and what changes next and when.
 * @throws TypeError when it is neither.
 * @example
 * ```ts
 * import { defaultPolicy, deriveSession, explain } from 'presence-model';
 *
 * const tab = deriveSession({ sessionId: 'tab', epoch: 1, firstSeenAt: 0, seenAt: 0 }, defaultPolicy, 20_000);
 * explain(tab); // => 'tab is idle because nothing was heard for 20 s (since 0; idle after 15 s, at 15000); next change in 40 s, at 60000.'
 * ```
 * @group Start here
 */
export function explain(presence: UserPresence | SessionPresence): string {
  if (!isRecord(presence) || !isRecord(presence.because)) throw new TypeError(complaint('presence', 'the presence of a user or a session', presence));
  if (isOfSession(presence)) {
    const { sessionId, status, because, at, nextChangeAt } = presence;
    const next = nextChangeAt === undefined ? 'nothing changes until it is heard' : `next change ${inWords(nextChangeAt, at)}`;
    return `${sessionId} is ${status} because ${reason(because, status, at, presence.lastSeenAt)}; ${next}.`;
  }
  const { userId, status, derived, at } = presence;
  const outward = status !== derived && presence.because.by !== 'claim' ? ` (shown for ${derived})` : '';
  return `${userId} is ${status}${outward} because ${userReason(presence)}; ${comesNext(presence, at)}.`;
}

function isOfSession(presence: UserPresence | SessionPresence): presence is SessionPresence {
  return 'sessionId' in presence;
}

function userReason({ because, derived, claims, sessions, at }: UserPresence): string {
  switch (because.by) {
    case 'nobody':
      return 'no session counts';
    case 'session':
      return `${because.sessionId}: ${reason(because.reason, derived, at, sessions.find(({ sessionId }) => sessionId === because.sessionId)?.lastSeenAt)}`;
    case 'claim': {
      const held = claims.find(({ claim }) => claim.id === because.claimId);
      const does = { show: `shows ${String(held?.claim.show)}`, atMost: `caps at ${String(held?.claim.atMost)}`, atLeast: `raises to ${String(held?.claim.atLeast)}` };
      const until = held?.claim.expiresAt === undefined ? 'until it is taken back' : `until ${String(held.claim.expiresAt)}`;
      return `claim ${because.claimId} ${does[because.effect]} (since ${String(held?.at)}, ${until}; ${derived} without claims)`;
    }
  }
}

function reason(because: SessionBecause, status: string, at: Timestamp, lastSeenAt: Timestamp | undefined): string {
  switch (because.clock) {
    case 'none':
      return 'nothing speaks against it';
    case 'never':
      return 'it was never seen alive';
    case 'report':
      if (because.report === 'none') return `no report allows better (since ${String(because.since)})`;
      return `reported ${because.report} for ${spoken(Math.max(0, at - because.since))} (since ${String(because.since)})`;
    default: {
      const { since, afterMs, crossedAt } = because;
      const hasPromised = lastSeenAt !== undefined && since > lastSeenAt;
      const ran = spoken(Math.max(0, at - since));
      const what = {
        silence: hasPromised ? `its promise of quiet ended ${ran} ago` : `nothing was heard for ${ran}`,
        inactivity: `nothing was done for ${ran}`,
        untouched: `it was never touched for ${ran}`,
        departure: `its connection ended (${'cause' in because ? because.cause : ''}) ${ran} ago`,
      };
      return `${what[because.clock]} (since ${String(since)}; ${status} after ${spoken(afterMs)}, at ${String(crossedAt)})`;
    }
  }
}

function comesNext({ nextChangeAt, sessions, claims, at }: UserPresence, now: Timestamp): string {
  if (nextChangeAt === undefined) return 'nothing changes until somebody is heard';
  const changing = sessions.filter((session) => session.nextChangeAt === nextChangeAt).map(({ sessionId }) => `${sessionId} changes`);
  const ending = claims.filter(({ claim }) => claim.expiresAt === nextChangeAt).map(({ claim }) => `claim ${claim.id} ends`);
  const what = [...changing, ...ending];
  return `next ${what.length === 0 ? 'the last seen is dropped' : what.join(' and ')} ${inWords(nextChangeAt, Math.max(at, now))}`;
}

function inWords(instant: Timestamp, now: Timestamp): string {
  return `in ${spoken(instant - now)}, at ${String(instant)}`;
}
