// When a user was last there, as far as it is known and may be told.

import type { Draft } from './plain.js';
import type { Table } from './table.js';
import { isDue } from './time.js';
import type { Timestamp } from './time.js';

/** When a user was last seen and active, as far as it is known. */
export interface LastKnown {
  readonly seenAt?: Timestamp;
  readonly activeAt?: Timestamp;
}

/** What a session adds to it. */
export interface LastOfSession {
  readonly uncounted?: true | undefined;
  readonly lastSeenAt?: Timestamp | undefined;
  readonly lastActiveAt?: Timestamp | undefined;
}

/** The latest over what forgetting kept and over the sessions that count. */
export function lastKnown(forgotten: LastKnown, sessions: readonly LastOfSession[]): LastKnown {
  let { seenAt, activeAt } = forgotten;
  for (const session of sessions) {
    if (session.uncounted === true) continue;
    if (isLater(session.lastSeenAt, seenAt)) seenAt = session.lastSeenAt;
    if (isLater(session.lastActiveAt, activeAt)) activeAt = session.lastActiveAt;
  }
  const last: Draft<LastKnown> = {};
  if (seenAt !== undefined) last.seenAt = seenAt;
  if (activeAt !== undefined) last.activeAt = activeAt;
  return last;
}

/** Is nobody there, and for so long that nothing is said of when they were? */
export function isGoneLong(derived: number, seenAt: Timestamp | undefined, table: Table, now: Timestamp): boolean {
  return derived === table.bottom && seenAt !== undefined && isDue(seenAt + table.keepLastSeenMs, now);
}

/** Is an instant later, where an absent one is earlier than all? */
export function isLater(a: Timestamp | undefined, b: Timestamp | undefined): boolean {
  return a !== undefined && (b === undefined || a > b);
}
