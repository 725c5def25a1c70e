// Synapse: syncs that open and end, states set by a request, and modules that own a user's state.

import { definePolicy } from 'presence-model';
import type { Policy } from 'presence-model';
import { synapseAsOf202611 } from 'presence-model/presets';
import { claim, endOf, of, unclaim, Untranslated, userOf, who } from '../adapter.js';
import type { Adapter, Said, Stage } from '../adapter.js';
import type { VectorCase, VectorEvent } from '../case.js';

const neutral: Readonly<Record<string, string>> = { busy: 'busy', active: 'active', online: 'active', unavailable: 'idle', offline: 'offline' };

/** What a client says of itself, in Synapse's words. */
const reports: Readonly<Record<string, string>> = { active: 'online', idle: 'unavailable', busy: 'busy', offline: 'offline' };
const reportOf = (state = ''): string => reports[state] ?? '';

/** The preset with the numbers of the case. Theirs is "age > T". */
function policyOf({ policy, events }: VectorCase): Policy {
  if (String(policy['rate_limit']).includes('dropped')) throw new Untranslated('policy rate_limit');
  const after = (name: string): number => Number(policy[name] ?? 0) + 1;
  const preset = synapseAsOf202611.policy;
  return definePolicy({
    ...preset,
    inactivity: { online: after('currently_active_ms'), unavailable: after('idle_after_ms') },
    departures: { ...preset.departures, dropped: { offline: after('offline_after_ms') } },
    whileReported: { busy: { inactivity: {}, departures: { dropped: { offline: after('busy_offline_after_ms') } } } },
    // Of a user of another server, that server is heard.
    silence: events.some(({ kind }) => kind === 'remote_update') ? { offline: after('remote_timeout_ms') } : {},
  });
}

/** A sync that claims online says no report, so that it wakes a device and leaves one alone that is busy. */
function sync(event: VectorEvent, stage: Stage): readonly Said[] {
  const { t_ms: at, reported } = event;
  if (reported === 'active') return [...of(event, stage, { type: 'connected' }), ...of(event, stage, { type: 'activity' })];
  return of(event, stage, { type: 'connected', report: reportOf(reported), activeAt: at });
}

/** On a device that syncs, a beat; else a connection that is over as soon as it was heard. */
function request(event: VectorEvent, stage: Stage, said: { readonly [field: string]: unknown }): readonly Said[] {
  const device = who(event, stage);
  if (device !== undefined && stage.sessions.get(device.sessionId)?.isOpen === true) return of(event, stage, { type: 'heartbeat', ...said });
  return [...of(event, stage, { type: 'connected', ...said }), ...of(event, stage, { type: 'disconnected', cause: 'dropped' })];
}

/** The status message: a detail that stays whether or not anybody is there. */
const message = (event: VectorEvent, text: unknown): Said => claim(event, { id: 'status', detail: text as string, whileAtLeast: 'offline' });

function manual(event: VectorEvent): readonly Said[] {
  if (event.field === 'message') return [message(event, event.value)];
  // A module owns the state of this user: nothing that devices do or leave undone changes it.
  return [claim(event, { id: 'module', show: reportOf(event.state), whileAtLeast: 'offline' })];
}

function set(event: VectorEvent, stage: Stage): readonly Said[] {
  const said = request(event, stage, { report: reportOf(event.state), activeAt: event.t_ms });
  if (event.implicit === true) return said;
  // A state set by hand says a message too, or that there is none.
  return [...said, event.message === undefined ? unclaim(event, 'status') : message(event, event.message)];
}

export const synapse: Adapter = {
  system: synapseAsOf202611.system,
  file: 'synapse',
  policy: policyOf,
  neutral,
  theirs: { busy: 'busy', active: 'online', online: 'online', unavailable: 'unavailable', offline: 'offline' },
  isHeard: ({ t_ms }, asked) => t_ms < asked.t_ms || (t_ms === asked.t_ms && asked['note'] !== 'evaluate BEFORE the dev-2 disconnect at the same instant'),
  events: {
    connect: sync,
    disconnect: (event, stage) => of(event, stage, { type: 'disconnected', cause: 'dropped' }),
    heartbeat: (event, stage) => request(event, stage, {}),
    activity: (event, stage) => of(event, stage, { type: 'activity' }),
    report: set,
    manual_set: manual,
    remote_update: (event) => [{ type: 'heartbeat', userId: userOf(event), sessionId: 'their server', report: reportOf(event.state), activeAt: event.t_ms }],
    restore: (event, stage) => request({ ...event, session: 'restored' }, stage, { report: reportOf(event.state), activeAt: event.last_active ?? event.t_ms }),
    set_config: (_, stage) => endOf(stage, 'left', () => true),
    tick: () => [],
  },
  fields: {
    message: ({ presence }) => presence.shown.details?.['status'] ?? null,
    currently_active: ({ presence }) => presence.status === 'active',
  },
  beside: {
    timers: 'which timers Synapse arms; here there is one instant, `nextChangeAt`',
    timers_count: 'how many timers Synapse arms; here there is one instant, `nextChangeAt`',
    message_kept: 'no message was set in these cases; others say that it stays',
  },
};
