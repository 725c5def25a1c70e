// Discord: what the client says, on a connection that is heard.

import { definePolicy } from '../define.js';
import type { Preset } from './preset.js';

/**
 * Discord, from its published prose, as of November 2026: clients say online, idle or do not disturb; who hides is offline
 * for others.
 *
 * @example
 * ```ts
 * import { sessionStatus } from 'presence-model';
 * import { discordAsOf202611 } from 'presence-model/presets';
 *
 * const { policy } = discordAsOf202611;
 * sessionStatus({ seenAt: 0, report: { word: 'idle', at: 0, since: 0 } }, policy, 1_000); // => 'idle'
 * sessionStatus({ seenAt: 0 }, policy, 90_000); // => 'offline'
 * ```
 */
export const discordAsOf202611: Preset<
  'dnd' | 'online' | 'idle' | 'offline', 'none' | 'online' | 'dnd' | 'idle', 'dropped' | 'left'
> = {
  system: 'Discord',
  source: 'discord/discord-api-docs: developers/events/gateway.mdx, developers/events/gateway-events.mdx (Update Presence); a community page for the ten minutes',
  version: 'gateway.mdx@0329c53, gateway-events.mdx@0012de6; Gateway v10',
  readOn: '2026-11',
  policy: /* @__PURE__ */ definePolicy({
    statuses: ['dnd', 'online', 'idle', 'offline'],
    silence: { offline: 90_000 },
    inactivity: { idle: 600_000 },
    reports: { none: 'online', online: 'online', dnd: 'dnd', idle: 'idle' },
    departures: { dropped: { offline: 0 }, left: { offline: 0 } },
    whileReported: { dnd: { inactivity: {} } },
  }),
  provedBy: 'test/unit/presets/discord.test.ts',
  host: [
    'The Gateway\'s heartbeat is a heartbeat; Update Presence is one with a report, and its `since` is `activeAt`.',
    'Invisible is a claim `atMost: \'offline\'`. Activities and a custom status are claims that only carry a detail.',
    'A resumed connection is a `connected` of the same session.',
  ],
  chosen: [
    'The interval of heartbeats is told to each client (45 s in the documents\' example) and its tolerance is not published: 90 s are two of them.',
    'How the statuses of several clients combine is not published: here the first of dnd, online, idle that there is.',
    'Ten minutes until a client says idle are from a community page.',
  ],
  notCopied: ['A status for each platform is shown there; here it is in `sessions`, which is for the user and the operator.'],
};
