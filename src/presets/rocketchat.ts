// Rocket.Chat: connections that say what they are, and claims in order of who made them.

import { definePolicy } from '../define.js';
import type { Preset } from './preset.js';

/**
 * Rocket.Chat as of November 2026: a user is their best connection, gone with the last of them, and shown what they or their
 * calendar or their call claim. A connection is reaped when it was not heard for five minutes.
 *
 * @example
 * ```ts
 * import { sessionStatus } from 'presence-model';
 * import { rocketChatAsOf202611 } from 'presence-model/presets';
 *
 * const { policy } = rocketChatAsOf202611;
 * sessionStatus({ seenAt: 0 }, policy, 299_999); // => 'online'
 * sessionStatus({ seenAt: 0 }, policy, 300_000); // => 'offline'
 * policy.statuses; // => ['online', 'busy', 'away', 'offline']
 * ```
 */
export const rocketChatAsOf202611: Preset<
  'online' | 'busy' | 'away' | 'offline', 'none' | 'online' | 'busy' | 'away' | 'offline', 'dropped' | 'left'
> = {
  system: 'Rocket.Chat',
  source: 'RocketChat/Rocket.Chat: ee/packages/presence (presenceEngine, Presence, PresenceReaper and their specs); PRs #41585, #42162',
  version: 'presenceEngine.ts@0d155da, Presence.ts@00c0f09, PresenceReaper.ts@0882ac2',
  readOn: '2026-11',
  policy: /* @__PURE__ */ definePolicy({
    statuses: ['online', 'busy', 'away', 'offline'],
    silence: { offline: 300_000 },
    inactivity: { away: 300_000 },
    reports: { none: 'online', online: 'online', busy: 'busy', away: 'away', offline: 'offline' },
    // No grace: the last connection that closes takes the user offline.
    departures: { dropped: { offline: 0 }, left: { offline: 0 } },
  }),
  provedBy: 'test/vector/cases/rocketchat.json',
  host: [
    'A default status is a claim `show` (online: none), offline is a claim `atMost: \'offline\'`. A claim ends while nobody is connected, as there.',
    'Claims have a priority by who makes them: 3 a call, 2 the user, 1 a calendar. A claim of the user takes back that of the calendar.',
    'A reconnect keeps the session id and says `activeAt`, so it wakes nobody.',
  ],
  chosen: [
    'Five minutes until a client says away are a preference of each user there; 300 s is what PR #41585 was tested with.',
  ],
  notCopied: [
    'Connections are folded in the order in which they are listed, so away and busy give busy and busy and away give away; here busy is better than away in every order.',
    'One displaced claim is remembered there; here every claim is kept until it ends.',
    'Above 200 connections without a licence nothing is told any more: that is a licence\'s.',
  ],
};
