// What was said, in short: signals about `ada` and her `tab`, connection 1, unless a test says otherwise.

import { observe } from 'presence-model';
import type { Activity, Claim, Claimed, Cleared, Connected, Disconnected, Heartbeat, Numbered, Signal, Unclaimed, UserEvidence } from 'presence-model';

const tab = { userId: 'ada', sessionId: 'tab', epoch: 1 };

export const connected = (at: number, says: Partial<Connected> = {}): Numbered<Connected> => ({ ...tab, ...says, type: 'connected', at });
export const beat = (at: number, says: Partial<Heartbeat> = {}): Numbered<Heartbeat> => ({ ...tab, ...says, type: 'heartbeat', at });
export const activity = (at: number, says: Partial<Activity> = {}): Numbered<Activity> => ({ ...tab, ...says, type: 'activity', at });
export const disconnected = (at: number, cause: string, says: Partial<Disconnected> = {}): Numbered<Disconnected> =>
  ({ ...tab, ...says, type: 'disconnected', at, cause });
export const claimed = (at: number, claim: Claim): Claimed => ({ type: 'claimed', userId: 'ada', at, claim });
export const unclaimed = (at: number, claimId: string): Unclaimed => ({ type: 'unclaimed', userId: 'ada', at, claimId });
export const cleared = (at: number): Cleared => ({ type: 'cleared', userId: 'ada', at });

/** Nothing is known of ada. */
export const nothing: UserEvidence = { userId: 'ada', sessions: [], claims: [] };

/** What is known once all of it was heard. */
export function heard(...signals: readonly Numbered<Signal>[]): UserEvidence {
  return signals.reduce(observe, nothing);
}

/** What a call throws, as `Name: message`; a test that expects no error sees that none came. */
export function thrownBy(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    return String(error);
  }
  return 'nothing was thrown';
}

/** Frozen in depth: whoever writes to it throws. */
export function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) Object.values(value).forEach(frozen);
  return Object.freeze(value);
}

/** Ids that have tripped others: names of prototypes, nothing, half a character. */
export const hostileIds = ['__proto__', 'constructor', 'hasOwnProperty', '', '\ud800', '0'] as const;

/** The value as another process would get it. */
export function sent<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}
