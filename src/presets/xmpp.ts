// XMPP, with the time of the last interaction in presence and resumable streams.

import { definePolicy } from '../define.js';
import type { Preset } from './preset.js';

/**
 * XMPP with the idle extension, from its specifications, as of November 2026: a resource is what its `show` says, away five
 * minutes after the last interaction, and available for five minutes after its stream broke, while it may be resumed.
 *
 * @example
 * ```ts
 * import { sessionStatus } from 'presence-model';
 * import { xmppAsOf202611 } from 'presence-model/presets';
 *
 * const { policy } = xmppAsOf202611;
 * sessionStatus({ seenAt: 0, activeAt: 0 }, policy, 300_000); // => 'away'    idle since 0
 * sessionStatus({ seenAt: 0, departures: { dropped: 0 } }, policy, 299_999); // => 'available'    the stream may be resumed
 * sessionStatus({ seenAt: 0, departures: { dropped: 0 } }, policy, 300_000); // => 'unavailable'
 * ```
 */
export const xmppAsOf202611: Preset<
  'chat' | 'available' | 'dnd' | 'away' | 'xa' | 'unavailable', 'none' | 'chat' | 'dnd' | 'away' | 'xa', 'dropped' | 'left'
> = {
  system: 'XMPP with XEP-0319',
  source: 'RFC 6121, section 4.7.2; XEP-0319 Last User Interaction in Presence; XEP-0198 Stream Management; the defaults of ejabberd and Prosody',
  version: 'XEP-0319 1.0rc1 (xsf/xeps@03e060c), XEP-0198 (xsf/xeps@00c8ac8)',
  readOn: '2026-11',
  policy: /* @__PURE__ */ definePolicy({
    statuses: ['chat', 'available', 'dnd', 'away', 'xa', 'unavailable'],
    // The stream says when it is broken.
    silence: {},
    inactivity: { away: 300_000 },
    reports: { none: 'available', chat: 'chat', dnd: 'dnd', away: 'away', xa: 'xa' },
    departures: { dropped: { unavailable: 300_000 }, left: { unavailable: 0 } },
    whileReported: { dnd: { inactivity: {} } },
  }),
  provedBy: 'test/unit/presets/xmpp.test.ts',
  host: [
    'A resource is a session. Presence is a heartbeat with `show` as its report (none: no `show`) and `idle since` as `activeAt`.',
    'Unavailable presence and a closed stream are `disconnected`, cause `left`; a stream that broke is `dropped`, one that was resumed `connected`.',
    'A resource of negative priority, which gets no messages, is `uncounted`. A status text is a claim with a detail.',
  ],
  chosen: [
    'The specifications rank no `show`: this order is ours.',
    'How long a stream may be resumed is the server\'s: 300 s in ejabberd, 600 s in Prosody.',
    'Five minutes until a client says idle are suggested there, and its `away` with it. Whether do not disturb turns away is asked for and refused by turns; here it does not.',
  ],
  notCopied: [
    'Contacts see every resource and combine them themselves; here a user has one answer.',
    'Messages go by priority: delivery is no presence.',
  ],
};
