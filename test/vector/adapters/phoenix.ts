// Phoenix: replicated views of who is there, the tracker behind them, and the nodes on which it runs.

import { definePolicy, PolicyError } from 'presence-model';
import type { Policy, SessionChange } from 'presence-model';
import { phoenixAsOf202611 } from 'presence-model/presets';
import { endOf, of, Untranslated } from '../adapter.js';
import type { Adapter, Said, Stage } from '../adapter.js';
import type { Metas, VectorCase } from '../case.js';

/** A node is heard, or down, or down for good: a failure detector is a policy too. Theirs is "age > T". */
function nodes({ policy }: VectorCase): Policy {
  const downMs = Number(policy['node_down_after_ms'] ?? 30_000);
  const goneMs = Number(policy['node_permdown_after_ms'] ?? 1_200_000);
  return definePolicy({
    statuses: ['up', 'down', 'removed'],
    silence: { down: downMs + 1, removed: goneMs + 1 },
    reports: { none: 'up' },
    departures: { dropped: {} },
  });
}

const withAway = definePolicy({ ...phoenixAsOf202611.policy, statuses: ['online', 'away', 'offline'], reports: { none: 'online', online: 'online', away: 'away' } });

/** Some are written as text, so that a key such as `__proto__` survives. */
const metasIn = (value: unknown): Metas => (typeof value === 'string' ? JSON.parse(value) as Metas : value as Metas);

/** A reference joins once and leaves once: it is a session with one connection, so what comes in another order says the same. */
const joined = (metas: Metas): readonly Said[] =>
  Object.entries(metas).flatMap(([userId, refs]) => refs.map((sessionId): Said => ({ type: 'connected', userId, sessionId, epoch: 1 })));
const left = (metas: Metas): readonly Said[] =>
  Object.entries(metas).flatMap(([userId, refs]) => refs.map((sessionId): Said => ({ type: 'disconnected', userId, sessionId, epoch: 1, cause: 'left' })));

/** Who is there, with the references of their sessions. */
function view({ hosts }: Stage): Metas {
  const there = [...hosts.tracker.userIds({ atLeast: 'online' })].sort();
  return Object.fromEntries(there.map((userId) => [userId, hosts.user(userId).sessions.filter(({ status }) => status !== 'offline').map(({ sessionId }) => sessionId)]));
}

/** Those of whom `others` says nothing. */
function without(metas: Metas, others: Metas): Metas {
  return Object.fromEntries(Object.entries(metas).map(([userId, refs]) => [userId, refs.filter((ref) => !(Object.hasOwn(others, userId) && others[userId]!.includes(ref)))]));
}

/** Session changes of the last step, as a view tells them. */
function emits({ hosts }: Stage): readonly string[] {
  const changes = hosts.step.filter((change): change is SessionChange => change.type === 'session');
  return changes.map(({ userId, sessionId, from, to }) => {
    if (from.status === 'offline') {
      const joins = changes.filter((change) => change.userId === userId).length;
      const isFirst = hosts.user(userId).sessions.filter(({ status }) => status !== 'offline').length === joins;
      return isFirst ? `join ${userId}` : `join ${userId} [${sessionId}]`;
    }
    return to.status === 'offline' ? `leave ${userId}` : `${userId} from ${from.status} to ${to.status}`;
  });
}

/** Does the table that such a configuration amounts to have a problem? */
function isRefused(asked: string): boolean {
  const [, permdownMs, downMs] = /permdown=(\d+),down=(\d+)/.exec(asked) ?? [];
  if (permdownMs === undefined || downMs === undefined) throw new Untranslated('subject config with a beat');
  try {
    definePolicy({
      statuses: ['up', 'down', 'removed'], reports: { none: 'up' }, departures: { dropped: {} }, silence: { down: Number(downMs), removed: Number(permdownMs) },
    });
    return false;
  } catch (error) {
    return error instanceof PolicyError;
  }
}

export const phoenix: Adapter = {
  system: phoenixAsOf202611.system,
  file: 'phoenix',
  policy: (vector) => {
    if (vector.expect.some(({ subject }) => subject.startsWith('node:'))) return nodes(vector);
    return vector.events.some(({ data }) => data !== undefined) ? withAway : phoenixAsOf202611.policy;
  },
  neutral: { online: 'active', away: 'away', offline: 'offline' },
  events: {
    connect: (event, stage) => of(event, stage, { type: 'connected', ...(event.data?.status === undefined ? {} : { report: event.data.status }) }),
    disconnect: (event, stage) => of(event, stage, { type: 'disconnected', cause: 'left' }),
    report: (event, stage) => of(event, stage, { type: 'heartbeat', report: event.data?.status ?? event.state }),
    snapshot: ({ value }, stage) => {
      const now = metasIn(value);
      return [...joined(without(now, view(stage))), ...left(without(view(stage), now))];
    },
    diff: ({ joins, leaves }) => [...joined(metasIn(joins)), ...left(metasIn(leaves))],
    reconnect: () => [],
    tick: () => [],
    node_lost: ({ node }, stage) => endOf(stage, 'dropped', (session) => session.node === node),
    // A node is a session of its own, where it is asked about; else it brings its sessions back.
    node_heartbeat: ({ node = '' }, stage) => {
      const back = [...stage.sessions].filter(([, session]) => session.node === node);
      if (back.length === 0) return [{ type: 'heartbeat', userId: node, sessionId: node }];
      return back.map(([sessionId, { userId }]): Said => ({ type: 'connected', userId, sessionId }));
    },
  },
  subjects: {
    state: (_, stage) => ({ value: view(stage) }),
    list: (asked, stage) => (asked.startsWith('first')
      ? { value: Object.values(view(stage)).map(([first]) => first) }
      : { count: Object.keys(view(stage)).length }),
    emits: (_, stage) => ({ value: emits(stage) }),
    node: (name, { hosts }) => ({ state: hosts.user(name).status }),
    config: (asked) => ({ error: isRefused(asked) }),
  },
};
