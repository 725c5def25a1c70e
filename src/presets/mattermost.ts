// Mattermost: the socket decides whether, the last activity how, and a flag that the user set stops both.

import { definePolicy } from '../define.js';
import type { Preset } from './preset.js';

/**
 * Mattermost as of November 2026: online with the first socket, away five minutes after the last activity, offline with the
 * last socket, and whatever the user set by hand until they set it back.
 *
 * @example
 * ```ts
 * import { sessionStatus } from 'presence-model';
 * import { mattermostAsOf202611 } from 'presence-model/presets';
 *
 * const { policy } = mattermostAsOf202611;
 * sessionStatus({ seenAt: 299_999, activeAt: 0 }, policy, 299_999); // => 'online'
 * sessionStatus({ seenAt: 299_999, activeAt: 0 }, policy, 300_000); // => 'away'
 * sessionStatus({ seenAt: 0, activeAt: 0, departures: { dropped: 1 } }, policy, 1); // => 'offline'
 * ```
 */
export const mattermostAsOf202611: Preset<'dnd' | 'ooo' | 'online' | 'away' | 'offline', 'none' | 'away' | 'offline', 'dropped' | 'left'> = {
  system: 'Mattermost',
  source: 'mattermost/mattermost: server/channels/app/platform/status.go, web_hub.go, web_conn.go, server/public/model/status.go; mattermost/docs#3642',
  version: 'status.go@c3d5131, web_hub.go@0002e0b, web_conn.go@0289139',
  readOn: '2026-11',
  policy: /* @__PURE__ */ definePolicy({
    // Only a claim reaches the first two: nobody who does not want to be disturbed is less there for it.
    statuses: ['dnd', 'ooo', 'online', 'away', 'offline'],
    // A socket that answers no ping for 100 s is closed; sockets answer every 60 s.
    silence: { offline: 100_000 },
    inactivity: { away: 300_000 },
    untouched: { away: 300_000 },
    reports: { none: 'online', away: 'away', offline: 'offline' },
    departures: { dropped: { offline: 0 }, left: { offline: 0 } },
  }),
  provedBy: 'test/vector/cases/mattermost.json',
  host: [
    'Connecting counts as activity: `connected` says `activeAt`. A pong is a heartbeat.',
    'What a user sets by hand is a claim `show` that holds `whileAtLeast: \'offline\'`; set back to online, it is taken back.',
    'Activity belongs to the socket on which it was seen, so closing an active one leaves the user as its idle neighbour is.',
  ],
  chosen: [],
  notCopied: [
    'What is set by hand is written over the status there, so a timed do-not-disturb brings somebody back online who has left meanwhile; here it lies above the status.',
    'Ends of a do-not-disturb are cut down to the minute, for the sake of a job that runs once a minute; here a claim ends at its instant.',
    'Somebody without a socket who sets themselves online is online there; here nobody is online who is not there.',
  ],
};
