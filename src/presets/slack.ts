// Slack: active or away. Away is also the word for nobody there.

import { definePolicy } from '../define.js';
import type { Preset } from './preset.js';

/**
 * Slack, from its published prose, as of November 2026: active while a client is connected and something was done within ten
 * minutes; else away. There is one word for idle and for gone; `derived` keeps them apart.
 *
 * @example
 * ```ts
 * import { sessionStatus } from 'presence-model';
 * import { slackAsOf202611 } from 'presence-model/presets';
 *
 * const { policy } = slackAsOf202611;
 * sessionStatus({ seenAt: 0, activeAt: 0 }, policy, 599_999); // => 'active'
 * sessionStatus({ seenAt: 0, activeAt: 0 }, policy, 600_000); // => 'auto_away'
 * policy.shownAs; // => { auto_away: 'away' }
 * ```
 */
export const slackAsOf202611: Preset<'active' | 'auto_away' | 'away', 'none', 'dropped' | 'left'> = {
  system: 'Slack',
  source: 'docs.slack.dev: users.getPresence, users.setPresence, User presence and status',
  version: 'Web API documentation',
  readOn: '2026-11',
  policy: /* @__PURE__ */ definePolicy({
    statuses: ['active', 'auto_away', 'away'],
    // Only the end of the last connection is said to end a presence.
    silence: {},
    inactivity: { auto_away: 600_000 },
    untouched: { auto_away: 600_000 },
    reports: { none: 'active' },
    departures: { dropped: { away: 0 }, left: { away: 0 } },
    shownAs: { auto_away: 'away' },
  }),
  provedBy: 'test/unit/presets/slack.test.ts',
  host: [
    'Away set by hand is a claim `show: \'away\'`; set to auto, it is taken back.',
    'A custom status is a claim that only carries a detail, held `whileAtLeast: \'away\'`, with its own expiration. Do not disturb is another: it is no presence there.',
  ],
  chosen: ['How long a lost connection is forgiven is not published: here it is not.'],
  notCopied: [
    'The ten minutes were thirty in earlier documents, and pages about Slack still say so: a number with a date, not a law.',
    'Phones are said to be away as soon as the app is left; no source of Slack\'s says how.',
  ],
};
