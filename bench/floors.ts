// What a host would write by hand for one fixed policy: thresholds inline, an object literal, no checks, no claims, no gaps.
// Nothing general can be faster, so this is the floor that the library is measured against.

import type { DefaultNames, SessionEvidence, UserChange, UserEvidence } from 'presence-model';
import type { Beat } from './inputs.js';

type Status = 'active' | 'idle' | 'away' | 'stale' | 'offline';

/** The silence row of the default policy. */
export function silenceInline(seenAt: number, now: number): Status {
  const age = now - seenAt;
  return age < 15_000 ? 'active' : age < 60_000 ? 'idle' : age < 180_000 ? 'away' : age < 240_000 ? 'stale' : 'offline';
}

/** All rows of the default policy for a session that says everything; ranks instead of words until the end. */
export function allClocksInline(session: SessionEvidence, now: number): Status {
  const silence = now - session.seenAt! - session.quietForMs!;
  const inactivity = now - session.activeAt!;
  let rank = silence < 15_000 ? 0 : silence < 60_000 ? 1 : silence < 180_000 ? 2 : silence < 240_000 ? 3 : 4;
  const unused = inactivity < 60_000 ? 0 : inactivity < 300_000 ? 1 : 2;
  if (unused > rank) rank = unused;
  const allowed = session.report!.word === 'background' ? 2 : session.report!.word === 'idle' ? 1 : 0;
  if (allowed > rank) rank = allowed;
  if (session.departures !== undefined && rank < 3 && now - session.departures['dropped']! >= 15_000) rank = 3;
  return rank === 0 ? 'active' : rank === 1 ? 'idle' : rank === 2 ? 'away' : rank === 3 ? 'stale' : 'offline';
}

interface SessionAnswer {
  readonly sessionId: string;
  readonly at: number;
  readonly status: Status;
  readonly because: { readonly clock: string; readonly since: number; readonly afterMs: number; readonly crossedAt: number };
  readonly report: string;
  readonly lastSeenAt: number;
  readonly nextChangeAt: number | undefined;
}

/** A session's answer with its reason and its next change, written out. */
export function sessionInline({ sessionId, seenAt }: SessionEvidence, now: number): SessionAnswer {
  const since = seenAt!;
  const status = silenceInline(since, now);
  const afterMs = status === 'active' ? 0 : status === 'idle' ? 15_000 : status === 'away' ? 60_000 : status === 'stale' ? 180_000 : 240_000;
  const nextMs = status === 'active' ? 15_000 : status === 'idle' ? 60_000 : status === 'away' ? 180_000 : status === 'stale' ? 240_000 : undefined;
  return {
    sessionId,
    at: now,
    status,
    because: { clock: 'silence', since, afterMs, crossedAt: since + afterMs },
    report: 'none',
    lastSeenAt: since,
    nextChangeAt: nextMs === undefined ? undefined : since + nextMs,
  };
}

interface UserAnswer {
  readonly userId: string;
  readonly at: number;
  readonly status: Status;
  readonly sessions: readonly SessionAnswer[];
  readonly nextChangeAt: number | undefined;
  readonly shown: { readonly userId: string; readonly at: number; readonly status: Status; readonly lastSeenAt: number };
}

/** A user's answer with every session's: the session seen last is the best, as there is but one clock. */
export function userInline({ userId, sessions }: UserEvidence, now: number): UserAnswer {
  const answers: SessionAnswer[] = [];
  let nextChangeAt: number | undefined;
  let lastSeenAt = 0;
  for (const session of sessions) {
    const answer = sessionInline(session, now);
    answers.push(answer);
    if (answer.nextChangeAt !== undefined && (nextChangeAt === undefined || answer.nextChangeAt < nextChangeAt)) nextChangeAt = answer.nextChangeAt;
    if (answer.lastSeenAt > lastSeenAt) lastSeenAt = answer.lastSeenAt;
  }
  const status = silenceInline(lastSeenAt, now);
  return { userId, at: now, status, sessions: answers, nextChangeAt, shown: { userId, at: now, status, lastSeenAt } };
}

/** A new record with the beat in it, written out; the record before is not changed. */
export function observeInline({ userId, sessions, claims }: UserEvidence, { sessionId, at }: Beat): UserEvidence {
  const next: SessionEvidence[] = [];
  for (const session of sessions) {
    next.push(session.sessionId === sessionId
      ? { sessionId, firstSeenAt: session.firstSeenAt!, seenAt: at > session.seenAt! ? at : session.seenAt!, epoch: session.epoch }
      : session);
  }
  return { userId, sessions: next, claims };
}

/** What is told when a threshold is crossed, written out. */
export function changeInline(userId: string, at: number, afterMs: number): UserChange<DefaultNames> {
  return {
    type: 'user',
    userId,
    at,
    from: 'active',
    to: 'idle',
    cause: 'time',
    because: { by: 'session', sessionId: 'tab', reason: { clock: 'silence', since: at - afterMs, afterMs, crossedAt: at } },
    shown: { userId, at, status: 'idle', lastSeenAt: at - afterMs },
  };
}
