// Nextcloud: a beat every five minutes that says online or away.

import { definePolicy } from '../define.js';
import type { Preset } from './preset.js';

/**
 * Nextcloud as of November 2026: what the browser last said, for fifteen minutes; away, busy, do not disturb and invisible as
 * long as the user leaves them set.
 *
 * @example
 * ```ts
 * import { sessionStatus } from 'presence-model';
 * import { nextcloudAsOf202611 } from 'presence-model/presets';
 *
 * const { policy } = nextcloudAsOf202611;
 * sessionStatus({ seenAt: 0, report: { word: 'away', at: 0, since: 0 } }, policy, 899_999); // => 'away'
 * sessionStatus({ seenAt: 0, report: { word: 'away', at: 0, since: 0 } }, policy, 900_000); // => 'offline'
 * ```
 */
export const nextcloudAsOf202611: Preset<
  'online' | 'away' | 'dnd' | 'busy' | 'offline', 'none' | 'online' | 'away' | 'offline', 'dropped'
> = {
  system: 'Nextcloud',
  source: 'nextcloud/server: apps/user_status/lib (UserLiveStatusListener, StatusService, UserStatusMapper), apps/user_status/src/services/heartbeatScheduler.ts, and their tests',
  version: 'heartbeatScheduler.ts@f796576; the thresholds are those of StatusService in 2026',
  readOn: '2026-11',
  policy: /* @__PURE__ */ definePolicy({
    // In the order of its own list of priorities. Only claims reach dnd and busy.
    statuses: ['online', 'away', 'dnd', 'busy', 'offline'],
    silence: { offline: 900_000 },
    reports: { none: 'online', online: 'online', away: 'away', offline: 'offline' },
    departures: { dropped: {} },
  }),
  provedBy: 'test/vector/cases/nextcloud.json',
  host: [
    'A beat says online or away, which the browser decides after two minutes without a mouse; it comes every five minutes.',
    'Away, busy and do not disturb set by hand are a claim `show` that holds `whileAtLeast: \'offline\'`; invisible is `atMost: \'offline\'`.',
    'Online set by hand lasts as long as a beat does: the claim ends 900 s later.',
    'A message is a claim of its own that only carries a detail, with its own end.',
  ],
  chosen: [],
  notCopied: [
    'There is one row for each user, which a report replaces only if it ranks higher or the row is old; here each browser is a session and the best of them counts, so a beat of the same rank keeps a user alive.',
    'Reading compares with `<` and the sweep with `<=`; here both are at the instant.',
  ],
};
