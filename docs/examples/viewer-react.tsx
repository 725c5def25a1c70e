// Who is online, in React.
import { useSyncExternalStore, type JSX } from 'react';
import type { ShownPresence } from 'presence-model';
import type { Presences } from './browser/presences.js';

export function usePresent(presences: Presences): readonly ShownPresence[] {
  return useSyncExternalStore(presences.subscribe, presences.present, presences.present);
}

export function Online({ presences }: { readonly presences: Presences }): JSX.Element {
  const present = usePresent(presences);
  return (
    <ul>
      {present.map(({ userId, status }) => (
        <li key={userId} className={status}>{`${userId} ${status}`}</li>
      ))}
    </ul>
  );
}
