// What a receiver adds to a signal before it is a fact. Each rule once, for every host: a row in a store, the tracker.
// Rule 1, when: what comes from the future is cut to `now`; what is said of a claim without an instant is later than all said before.
// Rule 2, which connection: where a host does not number connections, a number is an instant.
// Rule 3: a report that repeats the last one keeps its beginning.
// Rule 4: a session signal as late as sessions are remembered is refused; claims never for age.

import type { Rejection, RejectionReason } from './diff.js';
import { factOf, join } from './evidence.js';
import type { SessionEvidence, UserEvidence } from './evidence.js';
import { owns } from './plain.js';
import { isSetAside } from './clocks.js';
import type { Activity, Connected, Disconnected, Heartbeat, Numbered, Signal, Unstamped } from './signal.js';
import type { Table } from './table.js';
import { isDue } from './time.js';
import type { Timestamp } from './time.js';

type SessionSignal = Connected | Heartbeat | Activity | Disconnected;
type ClaimSignal = Exclude<Signal, SessionSignal>;

/** What became of a signal: the evidence with it, or why it was refused (then nothing changed). */
export interface Received {
  readonly evidence: UserEvidence | undefined;
  /** The signal with its instant. */
  readonly signal: Signal;
  readonly rejection?: Rejection;
}

/** Takes a signal in as of `now`. `evidence` holds nothing that is over by then (see `forget`). */
export function receive(evidence: UserEvidence | undefined, signal: Unstamped<Signal>, table: Table, now: Timestamp): Received {
  const stamped = stamp(evidence, signal, now);
  if (isOfSession(stamped) && isDue(stamped.at + table.keepSessionMs, now)) {
    return { evidence, signal: stamped, rejection: rejected(stamped, 'too-late', now) };
  }
  const session = isOfSession(stamped) ? evidence?.sessions.find(({ sessionId }) => sessionId === stamped.sessionId) : undefined;
  const placed = isOfSession(stamped) ? number(session, stamped) : stamped;
  const fact = factOf(placed, reportSince(session, placed, table));
  return { evidence: evidence === undefined ? fact : join(evidence, fact), signal: stamped };
}

/** A signal that was refused. */
export function rejected(signal: Signal, reason: RejectionReason, now: Timestamp): Rejection {
  return { type: 'rejected', userId: signal.userId, at: now, reason, signal };
}

/** The signal with its instant: nothing comes from the future. */
function stamp(evidence: UserEvidence | undefined, signal: Unstamped<Signal>, now: Timestamp): Signal {
  if (!isOfSession(signal)) return { ...signal, at: signal.at === undefined ? laterThanSaid(evidence, signal, now) : Math.min(signal.at, now) };
  return { ...signal, at: Math.min(signal.at ?? now, now) };
}

/** Is it of a session, so that it has an age and a connection? */
export function isOfSession<S extends { readonly type: Signal['type'] }>(signal: S): signal is Extract<S, { readonly type: SessionSignal['type'] }> {
  return signal.type !== 'claimed' && signal.type !== 'unclaimed' && signal.type !== 'cleared';
}

/** Two commands of one millisecond keep their order: later than all that was said of the claim, or (`cleared`) of any. */
function laterThanSaid(evidence: UserEvidence | undefined, signal: Unstamped<ClaimSignal>, now: Timestamp): Timestamp {
  const id = signal.type === 'claimed' ? signal.claim.id : signal.type === 'unclaimed' ? signal.claimId : undefined;
  let said = evidence?.clearedAt;
  for (const claim of evidence?.claims ?? []) {
    if ((id === undefined || claim.id === id) && (said === undefined || claim.at > said)) said = claim.at;
  }
  return said === undefined ? now : Math.min(Math.max(now, said + 1), Number.MAX_SAFE_INTEGER);
}

/**
 * The signal with the number of its connection: its first instant. `connected` later than the current one opens one; so
 * does any other sign of life later than every known end of the current one, unless the user signed out there. An end
 * earlier than the current one ended an older one. All else belongs to the current one.
 */
function number(session: SessionEvidence | undefined, signal: SessionSignal): Numbered<SessionSignal> {
  const { at, type, epoch } = signal;
  if (epoch !== undefined) return { ...signal, epoch };
  if (session === undefined) return { ...signal, epoch: at };
  if (type === 'disconnected') return { ...signal, epoch: Math.min(at, session.epoch) };
  if (type === 'connected') return { ...signal, epoch: Math.max(at, session.epoch) };
  if (!reopens(at, session)) return { ...signal, epoch: session.epoch };
  return session.uncounted === true ? { ...signal, epoch: at, uncounted: true } : { ...signal, epoch: at };
}

function reopens(at: Timestamp, { epoch, departures }: SessionEvidence): boolean {
  if (departures === undefined || owns(departures, 'left') || at <= epoch) return false;
  return Object.values(departures).every((end) => at > end);
}

/** The beginning that a report keeps: that of the last report, when it says the same word and was not set aside since. */
function reportSince(session: SessionEvidence | undefined, signal: Numbered<Signal>, table: Table): Timestamp | undefined {
  if (!isOfSession(signal) || signal.type === 'disconnected' || signal.report === undefined) return undefined;
  if (session?.report?.word !== signal.report || isSetAside(session, table)) return undefined;
  return session.report.since;
}
