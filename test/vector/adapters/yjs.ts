// Yjs awareness: each client is a user, once as others see it and once as it sees itself.

import type { Json, UserPresence } from 'presence-model';
import { yjsAsOf202611 } from 'presence-model/presets';
import type { Adapter, Said, Stage } from '../adapter.js';
import type { VectorEvent } from '../case.js';
import type { Speech } from '../pages.js';

/** What a state says of a client in one view. The free data is a claim, bound to the client's session. */
function state({ session = '', clock = 0, value }: VectorEvent, view: string): readonly Said[] {
  const ids = { userId: `${view}:${session}`, sessionId: session, epoch: clock };
  if (value === null) return [{ ...ids, type: 'disconnected', cause: 'left' }];
  return [dataOf(ids, value), { ...ids, type: 'heartbeat' }];
}

function dataOf({ userId, sessionId }: { readonly userId: string; readonly sessionId: string }, value: unknown): Said {
  return { type: 'claimed', userId, claim: { id: 'state', sessionId, detail: value as Json } };
}

/** A client is there for itself before it says anything to others. */
function created(session: string): readonly Said[] {
  const ids = { userId: `local:${session}`, sessionId: session };
  return [{ ...ids, type: 'connected', epoch: 0 }, dataOf(ids, {})];
}

/** The last thing told of a client, as Yjs calls it. */
function changeOf({ userId }: UserPresence, { hosts }: Stage): string | null {
  const change = hosts.toldOf(userId).at(-1);
  if (change === undefined) return null;
  return change.type === 'user' ? (change.to === 'present' ? 'added' : 'removed') : 'updated';
}

function answers(presence: UserPresence, stage: Stage): Readonly<Record<string, unknown>> {
  const change = stage.hosts.toldOf(presence.userId).at(-1);
  return {
    exists: presence.status === 'present',
    value: presence.shown.details?.['state'] ?? null,
    change: changeOf(presence, stage),
    origin: change?.type === 'user' && change.cause === 'time' ? 'timeout' : undefined,
  };
}

/** Half of what others wait: one renewal may be lost. */
const speech: Speech = { toleratedLosses: 1, visible: 'none' };

/** A client's own clock: each thing that it sends has the next number, and what it says against its own end has a greater one. */
function clockOf(session: string, { vector, pages }: Stage, now: number): number {
  const first = vector.events.find((event) => event.session === session)?.clock ?? 0;
  const page = pages.of(session, speech, now);
  page.reach(now);
  return page.sent.reduce((clock, [, { epoch }]) => Math.max(clock + 1, epoch), first - 1);
}

/** Somebody else says that a client has ended, and the client hears it: it is there again, by a connection with a greater number. */
function comesBack({ t_ms: at, session = '', clock = 0 }: VectorEvent, { pages }: Stage): readonly Said[] {
  const page = pages.of(session, speech, at);
  page.tell({ type: 'down', at });
  page.tell({ type: 'up', at, epoch: clock + 1 });
  return [{ userId: `local:${session}`, sessionId: session, type: 'connected', epoch: clock + 1 }];
}

export const yjs: Adapter = {
  system: yjsAsOf202611.system,
  file: 'y_awareness',
  policy: () => yjsAsOf202611.policy,
  neutral: {},
  events: {
    state: (event, stage) => {
      const { notes } = stage;
      const { t_ms, session = '', clock = 0, value, origin } = event;
      const known = notes.get(session);
      // What is not newer was told before, by whomever; only an end may come with the clock that is known.
      if (known !== undefined && (clock < Number(known) || (clock === known && value !== null))) return [];
      notes.set(session, clock);
      if (known === undefined) stage.pages.of(session, speech, t_ms).tell({ type: 'up', at: t_ms });
      const said = [...(known === undefined ? created(session) : []), ...state(event, 'local'), ...state(event, 'remote')];
      return origin === 'peer' && value === null ? [...said, ...comesBack(event, stage)] : said;
    },
    tick: () => [],
  },
  subjects: {
    remote: (name, stage) => {
      const presence = stage.hosts.user(`remote:${name}`);
      return { ...answers(presence, stage), clock: stage.hosts.tracker.evidence(presence.userId)?.sessions[0]?.epoch };
    },
    local: (name, stage, { t_ms }) => ({ ...answers(stage.hosts.user(`local:${name}`), stage), clock: clockOf(name, stage, t_ms) }),
  },
};
