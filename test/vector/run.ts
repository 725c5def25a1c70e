// The one runner: every case of every system goes through here.

import { isDeepStrictEqual } from 'node:util';
import type { UserPresence } from 'presence-model';
import { Untranslated } from './adapter.js';
import type { Adapter, Reading, Said, Stage } from './adapter.js';
import type { Expectation, VectorCase, VectorEvent } from './case.js';
import { Hosts } from './hosts.js';
import { Pages } from './pages.js';

/** What became of a case: the differences, or what of it has no translation. */
export type Ran = { readonly differences: readonly string[] } | { readonly untranslated: string };

/** Fields that place an expectation or comment on it. */
const annotations: ReadonlySet<string> = new Set(['t_ms', 'subject', 'note', 'upstream_state', 'kind']);

/** Runs a case. Throws only where the library's own hosts disagree, or the adapter has a fault. */
export function run(adapter: Adapter, vector: VectorCase): Ran {
  try {
    return { differences: differencesOf(adapter, vector) };
  } catch (error) {
    if (error instanceof Untranslated) return { untranslated: error.part };
    throw error;
  }
}

function differencesOf(adapter: Adapter, vector: VectorCase): readonly string[] {
  const policy = adapter.policy(vector);
  const stage: Stage = { vector, policy, hosts: new Hosts(policy), sessions: new Map(), notes: new Map(), pages: new Pages(policy) };
  const isHeard = adapter.isHeard ?? ((event, expectation) => event.t_ms <= expectation.t_ms);
  const waiting = [...vector.events];
  const differences: string[] = [];
  let last: VectorEvent | undefined;
  let beaten = Number.NEGATIVE_INFINITY;
  const beatUntil = (until: number): void => {
    beat(adapter, stage, beaten, until);
    beaten = Math.max(beaten, until);
  };

  for (const expectation of vector.expect) {
    for (let event = waiting[0]; event !== undefined && isHeard(event, expectation); event = waiting[0]) {
      waiting.shift();
      beatUntil(event.t_ms);
      stage.hosts.beginStep();
      for (const said of translated(adapter, event, stage)) tell(stage, said, event);
      last = event;
    }
    beatUntil(expectation.t_ms);
    if (last?.t_ms !== expectation.t_ms) stage.hosts.beginStep();
    stage.hosts.reach(expectation.t_ms);
    differences.push(...differencesAt(adapter, stage, expectation));
  }
  return differences;
}

function translated(adapter: Adapter, event: VectorEvent, stage: Stage): readonly Said[] {
  const translate = adapter.events[event.kind];
  if (translate === undefined) throw new Untranslated(`event ${event.kind}`);
  return translate(event, stage);
}

/** Tells the hosts, and keeps what a host of such a system would know of the session. */
function tell({ hosts, sessions }: Stage, said: Said, event: VectorEvent): void {
  if ('gap' in said) {
    hosts.gap(said.gap);
    return;
  }
  hosts.tell(said, event.t_ms);
  if (!('sessionId' in said)) return;
  const before = sessions.get(said.sessionId);
  const node = event.node ?? before?.node;
  const connectedAt = said.type === 'connected' ? event.t_ms : before?.connectedAt;
  sessions.set(said.sessionId, {
    userId: said.userId,
    isOpen: said.type !== 'disconnected',
    ...(node === undefined ? {} : { node }),
    ...(connectedAt === undefined ? {} : { connectedAt }),
  });
}

/** The beats of open connections that the files do not write, after `from` and before `until`. */
function beat({ beatsEveryMs }: Adapter, { hosts, sessions }: Stage, from: number, until: number): void {
  if (beatsEveryMs === undefined) return;
  const beats = [...sessions].flatMap(([sessionId, { userId, isOpen, connectedAt }]) => {
    if (!isOpen || connectedAt === undefined) return [];
    const first = connectedAt + beatsEveryMs * Math.max(1, Math.floor((from - connectedAt) / beatsEveryMs) + 1);
    const count = Math.max(0, Math.ceil((until - first) / beatsEveryMs));
    return Array.from({ length: count }, (_, i) => ({ at: first + i * beatsEveryMs, userId, sessionId }));
  });
  for (const { at, userId, sessionId } of beats.sort((a, b) => a.at - b.at)) hosts.tell({ type: 'heartbeat', userId, sessionId }, at);
}

function differencesAt(adapter: Adapter, stage: Stage, expectation: Expectation): readonly string[] {
  return Object.entries(expectation).flatMap(([field, expected]) => {
    if (annotations.has(field) || adapter.beside?.[field] !== undefined) return [];
    const ours = answer(adapter, stage, expectation, field);
    if (isDeepStrictEqual(ours, expected)) return [];
    return [`${expectation.t_ms} ${expectation.subject} ${field}: expected ${JSON.stringify(expected)}, ours is ${JSON.stringify(ours)}`];
  });
}

function answer(adapter: Adapter, stage: Stage, expectation: Expectation, field: string): unknown {
  const { subject } = expectation;
  const kind = /^[\w-]+/.exec(subject)?.[0] ?? '';
  const name = subject.slice(kind.length + 1);
  const ofSystem = adapter.subjects?.[kind];
  if (ofSystem !== undefined) {
    const answers = ofSystem(name, stage, expectation);
    if (!(field in answers)) throw new Untranslated(`field ${field} of ${kind}`);
    return answers[field];
  }
  const { hosts } = stage;
  switch (kind) {
    case 'user':
      return fieldOf(adapter, { presence: hosts.user(name), stage, expectation }, field);
    case 'connection':
      return wordOf(adapter, field, hosts.user(name).derived);
    case 'session': {
      const presence = hosts.user(stage.sessions.get(name)?.userId ?? name);
      const session = presence.sessions.find(({ sessionId }) => sessionId === name);
      return wordOf(adapter, field, session?.status ?? stage.policy.statuses.at(-1)!);
    }
    case 'users':
      if (field === 'count') return hosts.tracker.count({ atLeast: stage.policy.statuses.at(-2)! });
      break;
    default:
  }
  throw new Untranslated(`subject ${kind}`);
}

function fieldOf(adapter: Adapter, reading: Reading, field: string): unknown {
  const readField = adapter.fields?.[field];
  if (readField !== undefined) return readField(reading);
  if (field === 'emit') return isTold(reading.presence, reading.stage, reading.expectation.t_ms);
  return wordOf(adapter, field, reading.presence.status);
}

/** Were others told something of the user at this instant? */
function isTold({ userId }: UserPresence, { hosts }: Stage, at: number): boolean {
  return hosts.toldOf(userId).some((change) => change.at === at);
}

function wordOf(adapter: Adapter, field: string, status: string): unknown {
  const words = field === 'state' ? adapter.neutral : field === 'src_state' ? adapter.theirs : undefined;
  if (words === undefined) throw new Untranslated(`field ${field}`);
  return words[status];
}
