// What others make of a heartbeat, in the same process and the same rounds: each with all that it does, and what it lacks.

import { do_not_optimize } from 'mitata';
import type { Crowd } from './crowd.js';
import type { Batch, Row } from './rounds.js';
import { instantOf, quietMs, today } from './tracker-rows.js';

export interface Peer extends Row {
  /** What it does not do that we do. */
  readonly lacks: string;
  /** How many times slower than we it is to be. */
  readonly atLeast: number;
}

/** How many beats a round has: of those who do something once a second, or at times, several times. */
const beats = 20_000;
const ttlMs = 240_000;

type Hear = (id: string, now: number, session: number) => void;

/** What could not be measured, and why. */
const missing: string[] = [];

export async function peersOf(crowd: Crowd, floor: string): Promise<{ readonly peers: readonly Peer[]; readonly missing: readonly string[] }> {
  const made = [ticking(crowd), timing(crowd), ...await Promise.all([lru(), ttl(), nodeCache(), awareness(crowd), phoenix(crowd), actors(crowd), redis()])];
  const peers = made.flat().map(({ name, lacks, atLeast, hear, started = crowd.sessions, atOnce = beats, run }) => {
    const { order, sessionId, sessions } = crowd;
    // Connected in the order of memory, as ours are, while the turns of beats are not in it.
    const connected = order.slice(0, started).sort();
    for (let turn = 0; turn < started; turn++) hear(sessionId(connected[turn]!), instantOf(turn, quietMs, sessions), connected[turn]!);
    let turn = started;
    const prepare = (): Batch => {
      const heard = Array.from({ length: atOnce }, () => {
        const session = order[turn % started]!;
        return { id: sessionId(session), session, now: instantOf(turn++, quietMs, started) };
      });
      return () => {
        for (const { id, now, session } of heard) hear(id, now, session);
        run?.();
        return heard.length;
      };
    };
    return { name, floor, lacks, atLeast, prepare };
  });
  return { peers, missing };
}

// What is used of the peers' types; they need not be installed.
interface AwarenessModule {
  readonly Awareness: new (doc: object) => { clientID: number; readonly states: Map<number, object>; readonly meta: Map<number, object> };
  readonly applyAwarenessUpdate: (awareness: object, update: Uint8Array, origin: string) => void;
  readonly encodeAwarenessUpdate: (awareness: object, clients: readonly number[]) => Uint8Array;
}
interface YjsModule { readonly Doc: new () => object }
interface Actor { readonly start: () => Actor; readonly send: (event: { type: string }) => void; readonly getSnapshot: () => object }
interface XstateModule {
  readonly createMachine: (config: object) => object;
  readonly createActor: (machine: object, options: object) => Actor;
  readonly transition: (machine: object, snapshot: object, event: { type: string }) => [object];
}
interface Pipeline { readonly hset: (...args: unknown[]) => Pipeline; readonly zadd: (...args: unknown[]) => Pipeline; readonly exec: () => Promise<unknown> }
interface RedisModule { readonly Redis: new (url: string) => { readonly pipeline: () => Pipeline } }

interface Made {
  readonly name: string;
  readonly lacks: string;
  readonly atLeast: number;
  readonly hear: Hear;
  /** How many sessions it is given, where it does not hold all of them. */
  readonly started?: number;
  /** How many beats a round has, where that matters. */
  readonly atOnce?: number;
  /** What it does at the end of a round. */
  readonly run?: () => void;
}

/** A package of bench/package.json; nothing where it is not installed. */
async function installed<T>(name: string): Promise<T | undefined> {
  try {
    return (await import(name)) as T;
  } catch {
    missing.push(`\`${name}\` is not installed: \`npm ci --prefix bench\``);
    return undefined;
  }
}

/** The blog posts' way: who was last seen when, and every status anew at each tick of a second. */
function ticking({ userId }: Crowd): readonly Made[] {
  interface Seen { seenAt: number; status: string }
  const users = new Map<string, Record<string, Seen>>();
  let tickedAt = 0;
  return [{
    name: 'recompute at every tick',
    lacks: 'exact instants, reasons, order of changes; late by up to a tick',
    atLeast: 4,
    hear: (id, now, session) => {
      const user = users.get(userId(session)) ?? {};
      users.set(userId(session), user);
      user[id] = { seenAt: now, status: user[id]?.status ?? 'active' };
      if (now - tickedAt < 1_000) return;
      tickedAt = now;
      for (const sessions of users.values()) {
        const best = Object.values(sessions).map((session) => (session.status = now - session.seenAt < 15_000 ? 'active' : now - session.seenAt < 60_000 ? 'idle' : 'away'))
          .reduce((a, b) => (a < b ? a : b));
        do_not_optimize(best);
      }
    },
  }];
}

function timing({ sessions }: Crowd): readonly Made[] {
  const timers = new Map<string, NodeJS.Timeout>();
  return [{
    name: '`setTimeout` for each session',
    lacks: 'replay, order of changes, aggregation; one threshold',
    atLeast: 3,
    started: Math.min(sessions, 200_000),
    hear: (id) => {
      clearTimeout(timers.get(id));
      timers.set(id, setTimeout(() => undefined, ttlMs).unref());
    },
  }];
}

async function lru(): Promise<readonly Made[]> {
  const module = await installed<{ LRUCache: new (options: object) => { set: (id: string, value: object) => void } }>('lru-cache');
  if (module === undefined) return [];
  const cache = new module.LRUCache({ max: 2 ** 22, ttl: ttlMs });
  return [{ name: '`lru-cache` with TTL', lacks: 'one TTL, no statuses, nothing told; reads the clock', atLeast: 1, hear: (id, now) => { cache.set(id, { now }); } }];
}

async function ttl(): Promise<readonly Made[]> {
  const module = await installed<{ TTLCache: new (options: object) => { set: (id: string, value: object) => void } }>('@isaacs/ttlcache');
  if (module === undefined) return [];
  const cache = new module.TTLCache({ ttl: ttlMs });
  return [{ name: '`@isaacs/ttlcache`', lacks: 'one TTL, no statuses; reads the clock, sets a timer', atLeast: 4, hear: (id, now) => { cache.set(id, { now }); } }];
}

async function nodeCache(): Promise<readonly Made[]> {
  const module = await installed<{ default: new (options: object) => { set: (id: string, value: object, ttl: number) => void } }>('node-cache');
  if (module === undefined) return [];
  const cache = new module.default({ useClones: false, checkperiod: 0 });
  return [{ name: '`node-cache`', lacks: 'one TTL, no statuses, a scan to expire', atLeast: 1, hear: (id, now) => { cache.set(id, { now }, ttlMs / 1_000); } }];
}

async function awareness({ sessions }: Crowd): Promise<readonly Made[]> {
  const protocol = await installed<AwarenessModule>('y-protocols/awareness.js');
  const yjs = await installed<YjsModule>('yjs');
  if (protocol === undefined || yjs === undefined) return [];
  const ours = new protocol.Awareness(new yjs.Doc());
  const theirs = new protocol.Awareness(new yjs.Doc());
  return [{
    name: '`y-protocols` awareness',
    lacks: 'one TTL of 30 s, a scan every 3 s, its own clock and timer',
    atLeast: 4,
    started: Math.min(sessions, 100_000),
    hear: (_, now, session) => {
      theirs.clientID = session;
      theirs.states.set(session, { now });
      theirs.meta.set(session, { clock: now - today, lastUpdated: now });
      protocol.applyAwarenessUpdate(ours, protocol.encodeAwarenessUpdate(theirs, [session]), 'bench');
    },
  }];
}

async function phoenix({ sessions }: Crowd): Promise<readonly Made[]> {
  const module = await installed<{ Presence: { syncDiff: (state: object, diff: object) => object } }>('phoenix');
  if (module === undefined) return [];
  let state: object = {};
  const made: Made = {
    name: '`phoenix` `syncDiff`, join and leave',
    lacks: 'time: who is there, not since when nor for how long',
    atLeast: 1,
    started: Math.min(sessions, 1_000), // it copies the whole state at each call
    hear: (id, now) => {
      const metas = (at: number): object => ({ [id]: { metas: [{ phx_ref: String(at) }] } });
      state = module.Presence.syncDiff(state, { joins: metas(now), leaves: metas(now - quietMs) });
    },
  };
  return [made];
}

async function actors({ sessions }: Crowd): Promise<readonly Made[]> {
  const module = await installed<XstateModule>('xstate');
  if (module === undefined) return [];
  const { createActor, createMachine, transition } = module;
  const on = { BEAT: { target: 'active', reenter: true } };
  const machine = createMachine({
    initial: 'active',
    states: { active: { on, after: { 15_000: 'idle' } }, idle: { on, after: { 45_000: 'away' } }, away: { on, after: { 120_000: 'stale' } }, stale: { on, after: { 60_000: 'offline' } }, offline: { on } },
  });
  const clock = { setTimeout: () => 0, clearTimeout: () => undefined };
  const few = Math.min(sessions, 20_000);
  const running = new Map<string, Actor>();
  let snapshot = createActor(machine, { clock }).getSnapshot();
  return [
    {
      name: '`xstate` actor, no clock', lacks: 'aggregation, reasons, gaps; one clock', atLeast: 30, started: few,
      hear: (id) => {
        const actor = running.get(id) ?? createActor(machine, { clock }).start();
        running.set(id, actor);
        actor.send({ type: 'BEAT' });
      },
    },
    {
      name: '`xstate` `transition`', lacks: 'the same, and who is meant', atLeast: 30, started: few,
      hear: () => { [snapshot] = transition(machine, snapshot, { type: 'BEAT' }); },
    },
  ];
}

/** Where a server is named by REDIS_URL: what a thousand beats in one pipeline cost the client. */
async function redis(): Promise<readonly Made[]> {
  const url = process.env['REDIS_URL'];
  if (url === undefined) {
    missing.push('Redis: no server is named by `REDIS_URL`');
    return [];
  }
  const module = await installed<RedisModule>('ioredis');
  if (module === undefined) return [];
  const client = new module.Redis(url);
  let pipeline = client.pipeline();
  return [{
    name: 'Redis, `HSET` and `ZADD`, pipelined',
    lacks: 'statuses, aggregation; needs a server. Only what the client spends on sending is counted',
    atLeast: 15,
    started: 10_000,
    atOnce: 1_000,
    hear: (id, now) => { pipeline.hset(id, 'seenAt', now).zadd('due', now + ttlMs, id); },
    run: () => {
      void pipeline.exec();
      pipeline = client.pipeline();
    },
  }];
}
