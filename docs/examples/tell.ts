// A change as a line: what, and why.
import type { Change, SessionBecause, Timestamp, UserBecause } from 'presence-model';

/** An instant as text. */
export type Clock = (at: Timestamp) => string;

/** Counts from `origin`. */
export function clockFrom(origin: Timestamp): Clock {
  return (at) => `${((at - origin) / 1000).toFixed(3)} s`;
}
/** A line of a log: when, and what. */
export function stamped(at: Timestamp, clock: Clock, text: string): string {
  return `${clock(at).padStart(10)}  ${text}`;
}

/** Ids are foreign: one with a line break in it must not look like two lines. */
function named(id: string): string {
  return /^[\w.@/~-]+$/.test(id) ? id : JSON.stringify(id);
}

/** What was told, and why. */
export function tell(change: Change, clock: Clock): string {
  const line = (what: string, why: string): string =>
    `${named(change.userId).padEnd(5)} ${what.padEnd(20)} ${why}`;
  switch (change.type) {
    case 'user':
      return line(`${change.from} -> ${change.to}`, userReason(change.because, clock));
    case 'claim': {
      const detail = change.shown.details?.[change.claimId];
      return line(
        named(change.claimId),
        detail === undefined ? 'is no longer shown' : `is shown as ${JSON.stringify(detail)}`,
      );
    }
    case 'rejected':
      return line('refused', `${change.signal.type} of ${clock(change.signal.at)}: ${change.reason}`);
    case 'session':
      return line(named(change.sessionId), `${change.from.status} -> ${change.to.status}`);
  }
}
function userReason(because: UserBecause, clock: Clock): string {
  switch (because.by) {
    case 'nobody':
      return 'nobody is there';
    case 'claim':
      return `claim ${named(because.claimId)} (${because.effect})`;
    case 'session':
      return `${named(because.sessionId)}: ${sessionReason(because.reason, clock)}`;
  }
}
function sessionReason(reason: SessionBecause, clock: Clock): string {
  switch (reason.clock) {
    case 'none':
      return 'nothing speaks against it';
    case 'never':
      return 'never seen alive';
    case 'report':
      return `reports ${reason.report} (since ${clock(reason.since)})`;
    case 'departure':
      if (reason.afterMs === 0) return `${reason.cause} (since ${clock(reason.since)})`;
      return `${reason.cause}, and not back in ${reason.afterMs / 1000} s (since ${clock(reason.since)})`;
    case 'silence':
      return `silent for ${reason.afterMs / 1000} s (since ${clock(reason.since)})`;
    case 'inactivity':
      return `unused for ${reason.afterMs / 1000} s (since ${clock(reason.since)})`;
    case 'untouched':
      return `never used in ${reason.afterMs / 1000} s (since ${clock(reason.since)})`;
  }
}
