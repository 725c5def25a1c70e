// Which tab this is. Copy it. A tab is a session: its id and the count of its connections live in `sessionStorage`, so they
// survive a refresh, a way through other pages of the site, and the end of every connection.

export interface Tab {
  readonly id: string;
  /** The number of the next connection. */
  nextEpoch(): number;
}

export function thisTab(storage: Storage = sessionStorage): Tab {
  // A duplicated tab begins with a copy of all that is stored, so two tabs would be one session. While a page lives it leaves
  // a mark, which it takes away as it goes: whoever finds the mark at its beginning is a copy (or what is left after a crash).
  const isCopy = storage.getItem('presence.alive') !== null;
  const known = isCopy ? null : storage.getItem('presence.session');
  const id = known ?? crypto.randomUUID();
  if (known === null) storage.setItem('presence.epoch', '0');
  storage.setItem('presence.session', id);
  storage.setItem('presence.alive', 'yes');
  addEventListener('pagehide', () => storage.removeItem('presence.alive'));
  addEventListener('pageshow', () => storage.setItem('presence.alive', 'yes'));
  return {
    id,
    nextEpoch(): number {
      const epoch = Number(storage.getItem('presence.epoch')) + 1; // what other pages of this tab counted, too
      storage.setItem('presence.epoch', String(epoch));
      return epoch;
    },
  };
}
