// Nextcloud: beats that say online or away, what is set by hand, and a message.

import { definePolicy } from 'presence-model';
import { nextcloudAsOf202611 } from 'presence-model/presets';
import { claim, of } from '../adapter.js';
import type { Adapter, Said, Stage } from '../adapter.js';
import type { VectorEvent } from '../case.js';
import type { Page, Speech } from '../pages.js';

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

/** Three beats in fifteen minutes are one every five. The page itself finds out whether anybody is there. */
const speech: Speech = { toleratedLosses: 2, visible: 'online', away: { report: 'away', afterMs: 120_000 } };

/** All tabs of a browser share when they beat, so they are one session and one beacon, which all of them tell. */
const pageAt = ({ pages }: Stage, now: number): Page => pages.of('browser', speech, now);

/** A page is opened; a client's own cases begin with it. */
function start({ t_ms: at, visible = true }: VectorEvent, stage: Stage): readonly Said[] {
  const page = pageAt(stage, at);
  if (!stage.notes.has('saidBefore')) stage.notes.set('saidBefore', page.sent.length);
  page.tell({ type: visible ? 'visible' : 'hidden', at });
  page.tell({ type: 'up', at });
  return [];
}

/** A beat of somebody's, or one that another tab of a client's browser has sent. */
function heartbeat(event: VectorEvent, stage: Stage): readonly Said[] {
  if (event.user === undefined) pageAt(stage, event.t_ms).tell({ type: 'up', at: event.t_ms });
  return of(event, stage, { type: 'heartbeat', report: ours.get(event.reported ?? '') });
}

function activity({ t_ms: from, every_ms: everyMs = 1, repeat_until_ms: until = from }: VectorEvent, stage: Stage): readonly Said[] {
  const page = pageAt(stage, from);
  for (let at = from; at <= until; at += everyMs) page.tell({ type: 'interaction', at });
  return [];
}

export const nextcloud: Adapter = {
  system: nextcloudAsOf202611.system,
  file: 'nextcloud',
  // The tests of the sweep give it a limit of their own: rows 3000 s old.
  policy: ({ name }) => (name.startsWith('sweep ') ? definePolicy({ ...nextcloudAsOf202611.policy, silence: { offline: 3_000_000 } }) : nextcloudAsOf202611.policy),
  neutral,
  events: {
    heartbeat,
    manual_set: manual,
    start,
    activity,
    visibility: ({ t_ms: at, visible = false }, stage) => {
      pageAt(stage, at).tell({ type: visible ? 'visible' : 'hidden', at });
      return [];
    },
  },
  subjects: {
    beats: (_, stage, { t_ms: now }) => {
      const page = pageAt(stage, now);
      page.reach(now);
      const sent = page.sent.slice(Number(stage.notes.get('saidBefore')));
      const isAway = sent.at(-1)?.[1].report === 'away';
      return { count: sent.length, away: isAway, last_away: isAway };
    },
  },
  fields: {
    state: ({ presence: { status, claims } }) => (claims.some(({ claim: { atMost } }) => atMost === 'offline') ? 'invisible' : neutral[status]),
    written: ({ presence, stage }) => stage.hosts.toldOf(presence.userId).length > 0,
    manual: ({ presence }) => presence.claims.some(({ claim: { id } }) => id === 'manual'),
    message: ({ presence }) => presence.shown.details?.['message'] ?? null,
    message_ts_ms: ({ presence }) => presence.claims.find(({ claim: { id } }) => id === 'message')?.at,
  },
};
