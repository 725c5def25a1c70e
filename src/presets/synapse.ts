// Matrix, as Synapse decides it: a device is there while its sync is open and half a minute after.

import { definePolicy } from '../define.js';
import type { Preset } from './preset.js';

/**
 * Matrix, as Synapse decided it in November 2026: unavailable after five minutes without activity, offline half a minute after
 * the last sync ended (an hour, if the device said busy). `active` is Matrix's online with `currently_active`, which holds
 * for a minute; both `active` and `online` are the word `online` there.
 *
 * @example
 * ```ts
 * import { sessionStatus } from 'presence-model';
 * import { synapseAsOf202611 } from 'presence-model/presets';
 *
 * const { policy } = synapseAsOf202611;
 * sessionStatus({ seenAt: 0, activeAt: 0 }, policy, 300_000); // => 'online'
 * sessionStatus({ seenAt: 0, activeAt: 0 }, policy, 300_001); // => 'unavailable'    theirs is "age > T"
 * sessionStatus({ seenAt: 0, activeAt: 0, departures: { dropped: 0 } }, policy, 30_001); // => 'offline'
 * ```
 */
export const synapseAsOf202611: Preset<
  'busy' | 'active' | 'online' | 'unavailable' | 'offline', 'none' | 'online' | 'unavailable' | 'busy' | 'offline', 'dropped' | 'left'
> = {
  system: 'Matrix (Synapse)',
  source: 'element-hq/synapse: synapse/handlers/presence.py, tests/handlers/test_presence.py; matrix-org/matrix-spec@d0ba2aa',
  version: 'a58ad44 (July 2026)',
  readOn: '2026-11',
  policy: /* @__PURE__ */ definePolicy({
    statuses: ['busy', 'active', 'online', 'unavailable', 'offline'],
    // A device is never silent while its sync is open; the end of the sync is told.
    silence: {},
    inactivity: { online: 60_001, unavailable: 300_001 },
    reports: { none: 'active', online: 'active', unavailable: 'unavailable', busy: 'busy', offline: 'offline' },
    departures: { dropped: { offline: 30_001 }, left: { offline: 0 } },
    whileReported: { busy: { inactivity: {}, departures: { dropped: { offline: 3_600_001 } } } },
  }),
  provedBy: 'test/vector/cases/synapse.json',
  host: [
    'A sync opens with `connected` and ends with `disconnected`; a sync counts as activity, so it is told as `activity` too.',
    'A state set by one request is a `connected` and a `disconnected`; a message, a receipt or typing is an `activity`.',
    'A sync that claims online says no report: that wakes a device which said unavailable and leaves one alone which said busy.',
    'A sync that claims offline is not told at all. The status message is a claim with a detail that holds `whileAtLeast: \'offline\'`.',
    'Users of other servers get a policy of their own, with `silence: { offline: 1_800_001 }`: their server is heard, not their devices.',
  ],
  chosen: [],
  notCopied: [
    'A busy device there makes every other device busy that syncs while it is (the code calls it a hack for lack of multi-device support); here a device says busy for itself.',
    'Timers there fire in buckets of 5 s; here a threshold is crossed at its instant.',
    'Unchanged presence is sent again to other servers every 25 min: that is a transport\'s.',
    'Changes above a rate limit are dropped there: how often a client may speak is the host\'s.',
  ],
};
