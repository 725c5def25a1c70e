// Mattermost: sockets, pongs, and a flag that is set by hand. Some cases are of a fork, which lets do-not-disturb fade.

import { definePolicy } from 'presence-model';
import { mattermostAsOf202611 } from 'presence-model/presets';
import { claim, of, unclaim, userOf } from '../adapter.js';
import type { Adapter, Said, Stage } from '../adapter.js';
import type { VectorEvent } from '../case.js';

/** The fork has one rung more: so long without activity that do-not-disturb no longer holds. Outwardly it is away. */
const fork = definePolicy({
  ...mattermostAsOf202611.policy,
  statuses: ['dnd', 'ooo', 'online', 'away', 'dormant', 'offline'],
  inactivity: { away: 300_000, dormant: 1_800_000 },
  untouched: { away: 300_000, dormant: 1_800_000 },
  shownAs: { dormant: 'away' },
});

const neutral: Readonly<Record<string, string>> = { dnd: 'dnd', ooo: 'ooo', online: 'active', away: 'away', offline: 'offline' };
const ours = new Map(Object.entries(neutral).map(([status, state]) => [state, status]));

function manual(event: VectorEvent): readonly Said[] {
  const { state = '', expires_at_ms: expiresAt } = event;
  if (state === 'active') return [unclaim(event, 'manual')];
  if (state === 'offline') return [claim(event, { id: 'manual', atMost: 'offline', expiresAt })];
  return [claim(event, { id: 'manual', show: ours.get(state), whileAtLeast: 'offline', expiresAt })];
}

/** The fork's own rule of what counts: the window is active, and the server knows of an open channel. */
function isUsed({ session = '', channel = '', window_active }: VectorEvent, { notes }: Stage): boolean {
  return window_active === true && (notes.get(`channel ${session}`) ?? channel) !== '';
}

/** The server learns which channel is open. */
function noteChannel({ session = '', channel }: VectorEvent, { notes }: Stage): void {
  if (channel !== undefined) notes.set(`channel ${session}`, channel);
}

/** Whose state was made by hand: later events of the case do not say. */
function madeFor({ notes }: Stage): { readonly user?: string } {
  const user = notes.get('made for');
  return user === undefined ? {} : { user: String(user) };
}

export const mattermost: Adapter = {
  system: mattermostAsOf202611.system,
  file: 'mattermost',
  policy: ({ name }) => (name.startsWith('fork:') ? fork : mattermostAsOf202611.policy),
  neutral,
  // A socket answers a ping every 60 s; the cases write only those pongs that matter to them.
  beatsEveryMs: 60_000,
  events: {
    connect: (event, stage) => of(event, stage, { type: 'connected', activeAt: event.t_ms }),
    disconnect: (event, stage) => of(event, stage, { type: 'disconnected', cause: 'dropped' }),
    heartbeat: (event, stage) => of({ ...event, ...madeFor(stage) }, stage, { type: isUsed(event, stage) ? 'activity' : 'heartbeat' }),
    activity: (event, stage) => of(event, stage, { type: 'activity' }),
    report: (event, stage) => {
      noteChannel(event, stage);
      return event.state === undefined ? [] : of(event, stage, { type: 'heartbeat', report: event.state });
    },
    manual_set: manual,
    auto_set: () => [], // nobody is there, and nobody says more
    // Made by hand: do not disturb, which faded as its user was gone for long.
    preset: (event, { notes }) => {
      notes.set('made for', userOf(event));
      return [claim(event, { id: 'manual', show: event.stash, whileAtLeast: 'away' })];
    },
    tick: () => [],
  },
  fields: {
    manual: ({ presence }) => presence.claims.some(({ claim: { id }, inForce }) => id === 'manual' && inForce),
    stash: ({ presence }) => presence.claims.find(({ inForce }) => !inForce)?.claim.show ?? null,
    last_activity_ms: ({ presence }) => presence.lastActiveAt,
    activity_bumped: ({ presence, expectation }) => presence.lastActiveAt === expectation.t_ms,
    value: ({ presence, stage, expectation }) =>
      (stage.hosts.toldOf(presence.userId).some(({ at }) => at === expectation.t_ms) ? 'expiry fires at this instant' : 'nothing changes at this instant'),
  },
};
