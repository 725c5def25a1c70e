// What is measured on: a hundred different inputs of each kind, so that neither the compiler nor the branch predictor
// knows the answer beforehand.

import { do_not_optimize } from 'mitata';
import type { DefaultNames, Heartbeat, SessionEvidence, UserEvidence } from 'presence-model';
import type { Library } from './library.js';
import { randomFrom } from './random.js';

const inputs = 128;
/** So many that no branch predictor learns them by heart. */
const unforeseeable = 20_000;

/** The instant that is asked about. */
export const now = 1_000_000;

/** Calls `of` with each input in turn, and uses what it returns, so that no compiler may leave the call out. */
export function inTurn<T>(items: readonly T[], of: (item: T) => unknown): () => void {
  let i = 0;
  return () => {
    i = i + 1 < items.length ? i + 1 : 0;
    do_not_optimize(of(items[i]!));
  };
}

function many<T>(make: (i: number) => T, length = inputs): readonly T[] {
  return Array.from({ length }, (_, i) => make(i));
}

export interface Inputs {
  /** Heard at random in the last five minutes, so that every status comes up. */
  readonly quietSessions: readonly SessionEvidence[];
  /** The same, and twenty thousand of them. */
  readonly unforeseen: readonly SessionEvidence[];
  /** With an interaction, a report, a promise of quiet, and, every other one, an end. */
  readonly fullSessions: readonly SessionEvidence[];
  readonly users: (sessions: number) => readonly UserEvidence[];
  /** A beat at `now` for the first session of each of `users(…)`. */
  readonly beats: readonly Beat[];
}

export type Beat = Heartbeat<DefaultNames> & { readonly epoch: number };

export function inputsFrom(seed: number): Inputs {
  const random = randomFrom(seed);
  const ago = (longestMs: number): number => now - Math.floor(random() * longestMs);
  const quiet = (sessionId: string): SessionEvidence => {
    const seenAt = ago(300_000);
    return { sessionId, firstSeenAt: seenAt - 60_000, seenAt, epoch: 1 };
  };
  const full = (sessionId: string, i: number): SessionEvidence => {
    const seenAt = ago(300_000);
    return {
      sessionId,
      firstSeenAt: seenAt - 60_000,
      seenAt,
      quietForMs: Math.floor(random() * 60_000),
      activeAt: seenAt - Math.floor(random() * 60_000),
      report: { word: i % 3 === 0 ? 'background' : 'active', at: seenAt, since: seenAt },
      epoch: 1,
      ...(i % 2 === 0 ? { departures: { dropped: seenAt } } : {}),
    };
  };
  return {
    quietSessions: many((i) => quiet(`tab${i}`)),
    unforeseen: many((i) => quiet(`tab${i}`), unforeseeable),
    fullSessions: many((i) => full(`tab${i}`, i)),
    users: (sessions) => many((i) => ({ userId: `user${i}`, sessions: idsInOrder(sessions).map((id) => quiet(id)), claims: [] })),
    beats: many((i) => ({ type: 'heartbeat', userId: `user${i}`, sessionId: idsInOrder(1)[0]!, epoch: 1, at: now })),
  };
}

/** Session ids in code-unit order, as evidence has them. */
function idsInOrder(count: number): readonly string[] {
  return Array.from({ length: count }, (_, i) => `tab${String(i).padStart(3, '0')}`);
}

/** What a second server knows of the same users: the last beat of one session. */
export function otherReplicas(users: readonly UserEvidence[], beats: readonly Beat[], observe: Library['observe']): readonly UserEvidence[] {
  return users.map((user, i) => observe({ ...user, sessions: [] }, beats[i]!));
}
