// A ticket as a test: "Ada goes offline and online again whenever she closes her laptop". See docs/guide/testing.md.

import { definePolicy } from 'presence-model';
import { story } from 'presence-model/testing';
import type { Story } from 'presence-model/testing';

/** The policy of the ticket: whoever drops is gone after five seconds. */
export const hasty = definePolicy({
  statuses: ['online', 'away', 'offline'],
  silence: { away: 130_000, offline: 250_000 },
  reports: { none: 'online' },
  departures: { dropped: { offline: 5_000 }, left: { offline: 0 } },
});

/** The policy that the story led to: a lost transport has a minute and more to return. */
export const calm = definePolicy({
  ...hasty,
  departures: { ...hasty.departures, dropped: { away: 70_000, offline: 120_000 } },
});

/** What everybody should see: a closed laptop wakes for two seconds now and then, which is nobody's return and nobody's leave. */
export function lid(policy: typeof hasty): Story {
  return story(policy)`
    time              | 0s     | 30s      | 58s | 1m       | 1m28s | 1m30s    | 2m40s | 3m30s     closed at 30s, awake twice
    > ada/laptop ~10s | +      | -dropped | +   | -dropped | +     | -dropped |       |
    = ada             | online |          |     |          |       |          | away  | offline
  `;
}
