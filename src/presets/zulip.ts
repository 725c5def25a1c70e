// Zulip: two instants for each user, read against one threshold.

import { definePolicy } from '../define.js';
import type { Preset } from './preset.js';

/**
 * Zulip as of November 2026: active while the last interaction is younger than 200 s, idle while the last ping is, else offline.
 *
 * @example
 * ```ts
 * import { sessionStatus } from 'presence-model';
 * import { zulipAsOf202611 } from 'presence-model/presets';
 *
 * const { policy } = zulipAsOf202611;
 * sessionStatus({ seenAt: 190_000, activeAt: 0 }, policy, 199_999); // => 'active'
 * sessionStatus({ seenAt: 190_000, activeAt: 0 }, policy, 200_000); // => 'idle'
 * sessionStatus({ seenAt: 190_000, activeAt: 0 }, policy, 390_000); // => 'offline'
 * ```
 */
export const zulipAsOf202611: Preset<'active' | 'idle' | 'offline', 'none', 'dropped'> = {
  system: 'Zulip',
  source: 'zulip/zulip: zerver/actions/presence.py, zerver/tests/test_presence.py, web/src/presence.ts, web/tests/presence.test.cjs, PR #30484',
  version: 'zerver/actions/presence.py@016880f',
  readOn: '2026-11',
  policy: /* @__PURE__ */ definePolicy({
    statuses: ['active', 'idle', 'offline'],
    silence: { offline: 200_000 },
    inactivity: { idle: 200_000 },
    // Who was never active is idle from the first ping on.
    untouched: { idle: 0 },
    reports: { none: 'active' },
    // Nobody says goodbye: only pings that stay away end a presence.
    departures: { dropped: {} },
    // Two weeks of people are listed.
    keepLastSeenMs: 1_209_600_000,
  }),
  provedBy: 'test/vector/cases/zulip.json',
  host: [
    'A ping "active" is a heartbeat with `activeAt` now; a ping "idle" is a heartbeat without it. Clients ping every 60 s.',
    'Sharing switched off is a claim `atMost: \'offline\'`; nothing needs to be backdated.',
  ],
  chosen: [],
  notCopied: [
    'Pings within 55 s of the last are not stored there, so "last active" may be 55 s old: that spares a database, it is no rule of presence.',
    'Viewers see themselves active whatever is known of them: that is a rule of one screen.',
    'Pushes stop above 100 recipients: who is told is the host\'s.',
  ],
};
