// Who is there, on the page of whoever looks on: from `ShownPresence` values alone, as they come from the server. Copy it.
import type { ShownPresence } from 'presence-model';

export interface Presences {
  /** Takes in what the server says, and tells whoever listens; what is older than what is known of a user is left out. */
  readonly take: (shown: ShownPresence) => void;
  /** Everybody who is there, by id. The same list as long as nothing changed. */
  readonly present: () => readonly ShownPresence[];
  /** Calls back when the list changes, until the answer is called. */
  readonly subscribe: (changed: () => void) => () => void;
}

/** @param bottom the word of the policy for nobody there. */
export function createPresences(bottom = 'offline'): Presences {
  const known = new Map<string, ShownPresence>();
  const listeners = new Set<() => void>();
  let list: readonly ShownPresence[] = [];
  return {
    take(shown) {
      const before = known.get(shown.userId);
      if (before !== undefined && before.at > shown.at) return; // a snapshot may overtake a change, or be overtaken
      known.set(shown.userId, shown);
      const byId = (a: ShownPresence, b: ShownPresence): number => (a.userId < b.userId ? -1 : 1);
      list = [...known.values()].filter(({ status }) => status !== bottom).sort(byId);
      for (const changed of listeners) changed();
    },
    present: () => list,
    subscribe(changed) {
      listeners.add(changed);
      return () => void listeners.delete(changed);
    },
  };
}
