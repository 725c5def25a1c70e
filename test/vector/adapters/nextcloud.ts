// Nextcloud: beats that say online or away, what is set by hand, and a message.

import { definePolicy } from 'presence-model';
import { nextcloudAsOf202611 } from 'presence-model/presets';
import { claim, of } from '../adapter.js';
import type { Adapter, Said, Stage } from '../adapter.js';
import type { VectorEvent } from '../case.js';

const neutral: Readonly<Record<string, string>> = { online: 'active', away: 'away', dnd: 'dnd', busy: 'busy', offline: 'offline' };
const ours = new Map(Object.entries(neutral).map(([status, state]) => [state, status]));

function manual(event: VectorEvent, { policy }: Stage): readonly Said[] {
  const { t_ms, state = '', field, value, expires_at_ms: expiresAt } = event;
  if (field === 'message') return [claim(event, { id: 'message', detail: value as string, whileAtLeast: 'offline', expiresAt })];
  if (state === 'invisible') return [claim(event, { id: 'manual', atMost: 'offline' })];
  // Online set by hand lasts as long as a beat does; the others last until they are taken back.
  const ends = state === 'active' ? t_ms + Number(policy.silence['offline']) : undefined;
  return [claim(event, { id: 'manual', show: ours.get(state), whileAtLeast: 'offline', expiresAt: ends })];
}

export const nextcloud: Adapter = {
  system: nextcloudAsOf202611.system,
  file: 'nextcloud',
  // The tests of the sweep give it a limit of their own: rows 3000 s old.
  policy: ({ name }) => (name.startsWith('sweep ') ? definePolicy({ ...nextcloudAsOf202611.policy, silence: { offline: 3_000_000 } }) : nextcloudAsOf202611.policy),
  neutral,
  events: {
    heartbeat: (event, stage) => of(event, stage, { type: 'heartbeat', report: ours.get(event.reported ?? '') }),
    manual_set: manual,
  },
  fields: {
    state: ({ presence: { status, claims } }) => (claims.some(({ claim: { atMost } }) => atMost === 'offline') ? 'invisible' : neutral[status]),
    written: ({ presence, stage }) => stage.hosts.toldOf(presence.userId).length > 0,
    manual: ({ presence }) => presence.claims.some(({ claim: { id } }) => id === 'manual'),
    message: ({ presence }) => presence.shown.details?.['message'] ?? null,
    message_ts_ms: ({ presence }) => presence.claims.find(({ claim: { id } }) => id === 'message')?.at,
  },
};
