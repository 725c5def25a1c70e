// Yjs awareness: heard within half a minute, or gone.

import { definePolicy } from '../define.js';
import type { Preset } from './preset.js';

/**
 * Yjs awareness as of November 2026: a client is present while it was heard within 30 s and has not said `null`.
 *
 * @example
 * ```ts
 * import { sessionStatus } from 'presence-model';
 * import { yjsAsOf202611 } from 'presence-model/presets';
 *
 * sessionStatus({ seenAt: 0 }, yjsAsOf202611.policy, 29_999); // => 'present'
 * sessionStatus({ seenAt: 0 }, yjsAsOf202611.policy, 30_000); // => 'absent'
 * ```
 */
export const yjsAsOf202611: Preset<'present' | 'absent', 'none', 'dropped' | 'left'> = {
  system: 'Yjs awareness',
  source: 'yjs/y-protocols: src/awareness.js, src/awareness.test.js',
  version: 'c2b3fac',
  readOn: '2026-11',
  policy: /* @__PURE__ */ definePolicy({
    statuses: ['present', 'absent'],
    silence: { absent: 30_000 },
    reports: { none: 'present' },
    // A lost socket says nothing by itself; `null` does.
    departures: { dropped: {}, left: { absent: 0 } },
  }),
  provedBy: 'test/vector/cases/y_awareness.json',
  host: [
    'A state is a heartbeat, and a claim that carries it as its detail; the state `null` is `disconnected`, cause `left`. The clock is the epoch.',
    'A state whose clock is not newer was told before: it is not told again, as anybody may pass on an old one.',
  ],
  chosen: [],
  notCopied: [
    'Outdated clients are looked for every 3 s; here they are gone at the instant.',
    'What is kept of clients that are gone is never freed there, and one that returns is told as changed, not as added; here it is forgotten after `keepSessionMs` and told as coming.',
    'A hidden tab whose timers run once a minute flaps with 30 s: give it a longer `silence` or a promise of quiet.',
  ],
};
