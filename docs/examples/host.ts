// A whole host without a process of its own: a store of rows, one per user, and one alarm. All of it is `advanceUser`.
import { advanceUser, deriveUser } from 'presence-model';
import type { Change, Gap, Names, Policy, Signal, Timestamp, UserPresence, UserRow } from 'presence-model';

export interface Host<N extends Names> {
  /** Tells what is due before `now`, then what the signal changes. */
  hear(signal: Signal<N>, now: Timestamp): readonly Change<N>[];
  /** Nobody was listening. To be told before time passes the gap's end. */
  gap(gap: Gap): void;
  /** The alarm: tells every change up to and including `now`, each at its own instant, in time order over all users. */
  advanceTo(now: Timestamp): readonly Change<N>[];
  /** How it stands with everybody of whom something is known. */
  presences(now: Timestamp): readonly UserPresence<N>[];
  /** Until when something can change for somebody who is there: when the alarm must ring next. */
  readonly nextChangeAt: Timestamp | undefined;
}

export function createHost<N extends Names>(policy: Policy<N>): Host<N> {
  // The store. In a database the row is a column of JSON, and `presence.nextChangeAt` one with an index.
  const store = new Map<string, { readonly row: UserRow; readonly presence: UserPresence<N> }>();
  const gaps: Gap[] = [];

  function call(userId: string, now: Timestamp, signal?: Signal<N>): readonly Change<N>[] {
    const { row, changes, presence } = advanceUser(userId, store.get(userId)?.row, policy, now, signal, gaps);
    if (row === undefined) store.delete(userId);
    else store.set(userId, { row, presence });
    return changes;
  }
  function firstDue(): UserPresence<N> | undefined {
    let first: UserPresence<N> | undefined;
    for (const { presence } of store.values()) {
      if (presence.nextChangeAt !== undefined && presence.nextChangeAt < (first?.nextChangeAt ?? Infinity))
        first = presence;
    }
    return first;
  }
  function advanceTo(now: Timestamp): readonly Change<N>[] {
    const changes: Change<N>[] = [];
    for (let due = firstDue(); due?.nextChangeAt !== undefined && due.nextChangeAt <= now; due = firstDue()) {
      changes.push(...call(due.userId, due.nextChangeAt));
    }
    return changes;
  }

  return {
    hear: (signal, now) => [...advanceTo(now - 1), ...call(signal.userId, now, signal)],
    gap: (gap) => void gaps.push(gap),
    advanceTo,
    presences: (now) => [...store.values()].map(({ row }) => deriveUser(row.evidence, policy, now, gaps)),
    get nextChangeAt() {
      const bottom = policy.statuses.at(-1);
      const present = [...store.values()].filter(({ presence }) => presence.derived !== bottom);
      const alarms = present.flatMap(({ presence }) => presence.nextChangeAt ?? []);
      return alarms.length > 0 ? Math.min(...alarms) : undefined;
    },
  };
}
