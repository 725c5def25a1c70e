// The tutorial's presence as rules: as it was, and on this library. server.ts has its sockets, stories.ts what goes wrong.
import { definePolicy } from 'presence-model';
import type { NamesOf } from 'presence-model';

const statuses = ['watching_game', 'online', 'idle', 'away', 'offline'] as const;
/** What its clients say with `update_status`; *watching_game* is a claim, as it carries the game. */
const reports = { none: 'online', online: 'online', idle: 'idle', away: 'away' } as const;

export const tutorialPolicy = definePolicy({
  statuses,
  reports,
  silence: { offline: 75_000 }, // a client beats every 30 s, and one beat may be lost
  departures: {
    dropped: { offline: 10_000 }, // a reconnect takes a second, a change of networks up to nine
    closed: { offline: 5_000 }, // the client's own disconnect may be a refresh
    left: { offline: 0 },
  },
  keepSessionMs: 60_000,
});
export type TutorialWords = NamesOf<typeof tutorialPolicy>;

/** A policy, and what is known of who is speaking, as a story writes it. */
export interface Rules {
  readonly policy: typeof tutorialPolicy;
  /** Under which session a tab is known. */
  readonly sessionOf: (tab: string) => string;
  /** An end of the session's first connection. */
  readonly endOfFirst: string;
}
export const onThisLibrary: Rules = { policy: tutorialPolicy, sessionOf: (tab) => tab, endOfFirst: '-dropped#1' };

/** One entry for each user: set by whatever comes, deleted with whichever socket ends, and by nothing else. */
export const asItWas: Rules = {
  policy: definePolicy({
    statuses,
    reports,
    silence: {}, // its heartbeats are answered by nobody
    departures: { dropped: { offline: 0 }, closed: { offline: 0 }, left: { offline: 0 } },
  }),
  sessionOf: () => 'socket',
  endOfFirst: '-dropped', // whose end it is, nobody asks
};
