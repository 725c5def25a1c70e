// Zulip: pings that say active or idle, and lists of those seen lately.

import { definePolicy } from 'presence-model';
import type { UserPresence } from 'presence-model';
import { zulipAsOf202611 } from 'presence-model/presets';
import { of, Untranslated } from '../adapter.js';
import type { Adapter } from '../adapter.js';

/** "Last active", as Zulip shows it: of the idle, when they were last heard. */
function lastActive({ status, lastActiveAt, lastSeenAt }: UserPresence): number | undefined {
  return status === 'idle' ? lastSeenAt : lastActiveAt ?? lastSeenAt;
}

const words = { active: 'active', idle: 'idle', offline: 'offline' };

/** The length that `list(history_ms=…)` asks about. */
const historyOf = (subject: string): number => Number(/history_ms=(\d+)/.exec(subject)?.[1] ?? 0);

export const zulip: Adapter = {
  system: zulipAsOf202611.system,
  file: 'zulip',
  policy: ({ policy, expect }) => {
    const after = Number(policy['offline_after_ms']);
    // The older form of an event asks about 70 s.
    const isOlderForm = expect.some(({ subject }) => subject.startsWith('event:'));
    return definePolicy({
      ...zulipAsOf202611.policy,
      silence: { offline: after },
      inactivity: { idle: isOlderForm ? 70_001 : after },
      keepLastSeenMs: Math.max(zulipAsOf202611.policy.keepLastSeenMs, ...expect.map(({ subject }) => historyOf(subject))),
    });
  },
  neutral: words,
  events: {
    heartbeat: (event, stage) => of(event, stage, { type: 'heartbeat', at: event.t_ms, ...(event.reported === 'active' ? { activeAt: event.t_ms } : {}) }),
  },
  subjects: {
    event: (name, { hosts }) => {
      const { status, lastActiveAt } = hosts.user(name);
      return { state: status, timestamp_ms: lastActiveAt };
    },
    list: (asked, { hosts }, { t_ms }) => ({
      value: [...hosts.tracker.userIds()].sort().filter((userId) => {
        const { lastSeenAt } = hosts.user(userId);
        return lastSeenAt !== undefined && t_ms - lastSeenAt < historyOf(asked);
      }),
    }),
  },
  fields: {
    state: ({ presence: { userId, status } }) => {
      if (userId === 'me@me') throw new Untranslated('subject user, who looks at themselves');
      return words[status as keyof typeof words];
    },
    last_active_ms: ({ presence }) => lastActive(presence),
    timestamp_ms: ({ presence }) => presence.lastSeenAt,
    timestamp: ({ presence }) => presence.lastSeenAt ?? 'date_joined',
    listed: ({ presence }) => presence.lastSeenAt !== undefined,
  },
};
