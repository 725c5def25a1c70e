// A user in a tracker: their sessions, what else is known of them, and what was told.
// Always: sessions are sorted by id in code-unit order.

import type { ClaimEvidence, SessionEvidence, UserEvidence } from '../evidence.js';
import type { Draft } from '../plain.js';
import type { ShownPresence } from '../shown.js';
import type { Timestamp } from '../time.js';
import type { Columns } from './columns.js';
import { LiveSession } from './live-session.js';

/** One record. */
export class LiveUser {
  readonly userId: string;
  /** Where the user stands in the columns. */
  readonly slot: number;
  /** What others were told last. */
  told: ShownPresence;
  /** The instant whose thresholds were told of this user, where that is the tracker's `now`. */
  toldAt: Timestamp | undefined;
  /** When a claim or the last seen ends, in ms; infinite: never. */
  otherNextAt: number = Number.POSITIVE_INFINITY;
  sessions: readonly LiveSession[] = [];

  private claims: readonly ClaimEvidence[] = [];
  private clearedAt: Timestamp | undefined;
  private seenAt: Timestamp | undefined;
  private activeAt: Timestamp | undefined;

  constructor(told: ShownPresence, slot: number) {
    this.userId = told.userId;
    this.told = told;
    this.slot = slot;
  }

  /** What is known, as plain data. Cost: linear in sessions. */
  read(): UserEvidence {
    const evidence: Draft<UserEvidence> = { userId: this.userId, sessions: this.sessions.map((session) => session.read()), claims: this.claims };
    if (this.clearedAt !== undefined) evidence.clearedAt = this.clearedAt;
    if (this.seenAt !== undefined) evidence.seenAt = this.seenAt;
    if (this.activeAt !== undefined) evidence.activeAt = this.activeAt;
    return evidence;
  }

  /** Replaces what is known; sessions that are no longer known are gone. Returns by how many sessions it grew. */
  write(evidence: UserEvidence, columns: Columns, bottom: string): number {
    const before = this.sessions.length;
    this.claims = evidence.claims;
    this.clearedAt = evidence.clearedAt;
    this.seenAt = evidence.seenAt;
    this.activeAt = evidence.activeAt;
    const known = new Map(this.sessions.map((session) => [session.sessionId, session]));
    this.sessions = evidence.sessions.map((session) => kept(known.get(session.sessionId), session, columns, bottom));
    for (const session of this.sessions) known.delete(session.sessionId);
    for (const session of known.values()) discard(session, columns);
    return this.sessions.length - before;
  }

  /** The record ends. Returns how many sessions went with it. */
  discard(columns: Columns): number {
    const { length } = this.sessions;
    for (const session of this.sessions) discard(session, columns);
    this.sessions = [];
    return length;
  }

  /** Cost: logarithmic in the user's sessions. */
  session(sessionId: string): LiveSession | undefined {
    let low = 0;
    let high = this.sessions.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const session = this.sessions[middle];
      if (session === undefined || session.sessionId === sessionId) return session;
      if (session.sessionId < sessionId) low = middle + 1;
      else high = middle - 1;
    }
    return undefined;
  }
}

function kept(session: LiveSession | undefined, evidence: SessionEvidence, columns: Columns, bottom: string): LiveSession {
  if (session === undefined) return new LiveSession(evidence, columns, bottom);
  session.write(evidence);
  return session;
}

function discard(session: LiveSession, columns: Columns): void {
  session.isGone = true;
  columns.release(session.slot);
}
