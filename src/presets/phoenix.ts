// Phoenix.Tracker: present while the process lives, or its node is heard.

import { definePolicy } from '../define.js';
import type { Preset } from './preset.js';

/**
 * Phoenix.Tracker as of November 2026: present from tracking a process to its end; gone when its node was not heard for more
 * than 30 s, and remembered for 20 minutes from then on, should the node come back.
 *
 * @example
 * ```ts
 * import { sessionStatus } from 'presence-model';
 * import { phoenixAsOf202611 } from 'presence-model/presets';
 *
 * const { policy } = phoenixAsOf202611;
 * sessionStatus({ seenAt: 0 }, policy, 30_000); // => 'online'
 * sessionStatus({ seenAt: 0 }, policy, 30_001); // => 'offline'
 * sessionStatus({ seenAt: 0, departures: { left: 5 } }, policy, 5); // => 'offline'
 * ```
 */
export const phoenixAsOf202611: Preset<'online' | 'offline', 'none', 'dropped' | 'left'> = {
  system: 'Phoenix.Tracker',
  source: 'phoenixframework/phoenix_pubsub: tracker and its tests; phoenixframework/phoenix: assets/js/phoenix/presence.js, assets/test/presence_test.js',
  version: 'phoenix_pubsub@6ff3cd4, phoenix@167c469',
  readOn: '2026-11',
  policy: /* @__PURE__ */ definePolicy({
    statuses: ['online', 'offline'],
    silence: { offline: 30_001 },
    reports: { none: 'online' },
    departures: { dropped: { offline: 0 }, left: { offline: 0 } },
    // Down for 20 min is down for good, counted from the last time the node was heard.
    keepSessionMs: 1_169_999,
  }),
  provedBy: 'test/vector/cases/phoenix.json',
  host: [
    'A tracked process is a session; its end is `disconnected`, cause `left`. The heartbeat of a node stands for all of its processes.',
    'A node that is lost ends its sessions with `dropped`; a node that returns in the same incarnation opens them again.',
    'Metas are details of claims bound to the session by `sessionId`, or reports, where a word will do.',
  ],
  chosen: [],
  notCopied: [
    'A changed meta is told as a leave and a join; here a change has a `from` and a `to`, and no change is none.',
    'Diffs that come before their snapshot are queued there, as they do not commute; signals do.',
    'Tracking twice is an error there; here it is the same fact twice.',
  ],
};
