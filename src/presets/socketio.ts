// Socket.IO's defaults: what its `connect` and `disconnect` say, and how long a lost client goes unnoticed.

import { definePolicy } from '../define.js';
import type { Preset } from './preset.js';

/**
 * Socket.IO's defaults as of November 2026: online while a socket is connected; a client that is lost without a word is
 * noticed 45 s after the last sign of life (a ping every 25 s, a pong within 20 s).
 *
 * @example
 * ```ts
 * import { definePolicy, sessionStatus } from 'presence-model';
 * import { socketIoAsOf202611 } from 'presence-model/presets';
 *
 * const { policy } = socketIoAsOf202611;
 * sessionStatus({ seenAt: 0 }, policy, 45_000); // => 'offline'
 *
 * // With connectionStateRecovery, or simply to forgive a reconnect:
 * const recovering = definePolicy({ ...policy, departures: { ...policy.departures, dropped: { offline: 120_000 } } });
 * sessionStatus({ seenAt: 20_000, departures: { dropped: 1 } }, recovering, 20_000); // => 'online'
 * ```
 */
export const socketIoAsOf202611: Preset<'online' | 'offline', 'none', 'dropped' | 'left'> = {
  system: 'Socket.IO defaults',
  source: 'the packages socket.io and engine.io; socket.io/docs/v4: Server options, Connection state recovery',
  version: 'socket.io 4.8.4, engine.io 6.6.12',
  readOn: '2026-11',
  policy: /* @__PURE__ */ definePolicy({
    statuses: ['online', 'offline'],
    silence: { offline: 45_000 },
    reports: { none: 'online' },
    departures: { dropped: { offline: 0 }, left: { offline: 0 } },
  }),
  provedBy: 'test/unit/presets/socketio.test.ts',
  host: [
    'A connection is `connected`; whatever packet comes, a pong too, is a heartbeat.',
    'The reasons "client namespace disconnect" and "server namespace disconnect" are the cause `left`, all others `dropped`.',
    'Keep the session id in the client: a socket\'s own id is new with every connection.',
  ],
  chosen: [],
  notCopied: ['A flag per user that the last event wins: here every socket is a session, and the best of them counts.'],
};
