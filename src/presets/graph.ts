// Microsoft Graph, the presence of Teams: sessions that fade, sessions that expire, and a preferred presence above them.

import { definePolicy } from '../define.js';
import type { Preset } from './preset.js';

/**
 * Microsoft Graph (Teams), from its published prose, as of November 2026: an application's session set to Available fades
 * after 5 minutes and is Away after 10; any session is Offline when it expires. Sessions combine as DoNotDisturb, Busy,
 * Available, Away, the first of them that there is.
 *
 * @example
 * ```ts
 * import { sessionStatus } from 'presence-model';
 * import { graphAsOf202611 } from 'presence-model/presets';
 *
 * const { policy } = graphAsOf202611;
 * const hour = { seenAt: 0, activeAt: 0, quietForMs: 3_600_000 - 300_000 }; // set for PT1H
 * sessionStatus(hour, policy, 300_000); // => 'AvailableInactive'
 * sessionStatus(hour, policy, 600_000); // => 'Away'
 * sessionStatus(hour, policy, 3_600_000); // => 'Offline'
 * ```
 */
export const graphAsOf202611: Preset<
  'DoNotDisturb' | 'Busy' | 'Available' | 'AvailableInactive' | 'Away' | 'BeRightBack' | 'Offline',
  'none' | 'Available' | 'Busy' | 'DoNotDisturb' | 'Away',
  'dropped' | 'left'
> = {
  system: 'Microsoft Graph (Teams)',
  source: 'learn.microsoft.com/graph: presence: setPresence, presence: setUserPreferredPresence, Manage presence state using the Microsoft Graph API',
  version: 'Graph v1.0',
  readOn: '2026-11',
  policy: /* @__PURE__ */ definePolicy({
    statuses: ['DoNotDisturb', 'Busy', 'Available', 'AvailableInactive', 'Away', 'BeRightBack', 'Offline'],
    // The shortest expiration, which is the default; a longer one is a promise of quiet for what is longer.
    silence: { Offline: 300_000 },
    inactivity: { AvailableInactive: 300_000, Away: 600_000 },
    reports: { none: 'Available', Available: 'Available', Busy: 'Busy', DoNotDisturb: 'DoNotDisturb', Away: 'Away' },
    departures: { dropped: {}, left: { Offline: 0 } },
    whileReported: { Busy: { inactivity: {} }, DoNotDisturb: { inactivity: {} } },
    // The availability stays Available at the first timeout; only the activity says that it is inactive.
    shownAs: { AvailableInactive: 'Available' },
    // The longest expiration is four hours.
    maxQuietMs: 14_400_000 - 300_000,
  }),
  provedBy: 'test/unit/presets/graph.test.ts',
  host: [
    'setPresence is `connected` with the report, `activeAt` now, and `quietForMs` of the expiration less 5 minutes; clearPresence is `disconnected`, cause `left`.',
    'A preferred presence is a claim `show`; it takes effect only while a session exists, as every claim does. It ends after 1 day (DoNotDisturb, Busy) or 7 days, if nothing else was said.',
    'Appear offline (Offline, OffWork) is a claim `atMost: \'Offline\'`.',
  ],
  chosen: [
    'Only DoNotDisturb, Busy, Available and Away are ranked there; BeRightBack, which only a claim reaches, and AvailableInactive are placed here.',
    'What the end of a client\'s connection does is not published: here it does nothing until the session expires.',
  ],
  notCopied: [
    'Expiration and the first timeout share the default of 5 minutes there, so a session set without a length is Offline before it can fade; this table says the same, say a longer expiration.',
    'Out of office and meetings come from the calendar there: claim them.',
  ],
};
