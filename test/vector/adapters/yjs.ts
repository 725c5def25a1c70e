// Yjs awareness: each client is a user, once as others see it and once as it sees itself.

import type { Json, UserPresence } from 'presence-model';
import { yjsAsOf202611 } from 'presence-model/presets';
import type { Adapter, Said, Stage } from '../adapter.js';
import type { VectorEvent } from '../case.js';

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

export const yjs: Adapter = {
  system: yjsAsOf202611.system,
  file: 'y_awareness',
  policy: () => yjsAsOf202611.policy,
  neutral: {},
  events: {
    state: (event, { notes }) => {
      const { session = '', clock = 0, value } = event;
      const known = notes.get(session);
      // What is not newer was told before, by whomever; only an end may come with the clock that is known.
      if (known !== undefined && (clock < Number(known) || (clock === known && value !== null))) return [];
      notes.set(session, clock);
      return [...(known === undefined ? created(session) : []), ...state(event, 'local'), ...state(event, 'remote')];
    },
    tick: () => [],
  },
  subjects: {
    remote: (name, stage) => {
      const presence = stage.hosts.user(`remote:${name}`);
      return { ...answers(presence, stage), clock: stage.hosts.tracker.evidence(presence.userId)?.sessions[0]?.epoch };
    },
    // A client's own clock is what it does by itself: it has no translation.
    local: (name, stage) => answers(stage.hosts.user(`local:${name}`), stage),
  },
};
