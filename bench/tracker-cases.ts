// What is measured of a tracker: how it takes in a sign of life, and how time passes, among a thousand to a hundred thousand
// sessions. Every session beats every seven seconds, as with the default policy, in an order that is no order of memory.

import { do_not_optimize } from 'mitata';
import type { Change, Connection, DefaultNames, Tracker } from 'presence-model';
import type { Case } from './cases.js';
import { changeInline } from './floors.js';
import type { Library } from './library.js';
import { randomFrom } from './random.js';

/** A case that uses its sessions up, so that it is made anew for each round. */
export interface Draining {
  readonly name: string;
  readonly floorIs: string;
  /** The sessions, all silent from now on. */
  readonly prepare: () => { readonly call: Waves; readonly floor: Waves };
}

/** Each wave of thresholds takes all sessions one rung down. */
export interface Waves {
  readonly waves: readonly number[];
  /** Takes at most `limit` sessions down, and answers how many; 0: the wave is over. */
  readonly some: (wave: number, limit: number) => number;
}

export interface TrackerCases {
  readonly cases: readonly Case[];
  readonly draining: Draining;
}

/** How many sessions there are. */
export const sizes: readonly number[] = [1_000, 10_000, 100_000];

/** An instant as `Date.now()` gives it. */
const today = 1_790_000_000_000;
/** How often a session beats. */
const everyMs = 7_000;

export function trackerCases(library: Library, seed: number, sessions: number): TrackerCases {
  const many = spoken(sessions);
  const { tracker, connections } = beating(library, sessions, seed, today);
  const ours = beats(sessions, seed, today);
  const theirs = beats(sessions, seed, today);
  const seenAt = new Float64Array(sessions);
  const slots = new Map(Array.from({ length: sessions }, (_, i) => [userOf(i), i] as const));
  const clock = new Float64Array(1);
  return {
    cases: [
      {
        name: `\`tracker.observe\`, a heartbeat, ${many}`,
        call: () => {
          const userId = userOf(ours.next());
          quiet(tracker.observe({ type: 'heartbeat', userId, sessionId: 'tab' }, ours.last()));
        },
        floor: () => {
          const userId = userOf(theirs.next());
          seenAt[slots.get(userId)!] = theirs.last();
        },
        floorIs: '`Map.get` of a fresh string, a write',
      },
      heartbeatCase(`\`connection.heartbeat\`, ${many}`, connections, ours, theirs),
      {
        name: `\`tracker.advanceTo\`, nothing due, ${many}`,
        call: () => { quiet(tracker.advanceTo(ours.last())); },
        floor: () => { clock[0] = theirs.last(); },
        floorIs: 'one typed-array write',
      },
    ],
    draining: {
      name: `\`tracker.advanceTo\`, each of ${many} expiring`,
      floorIs: 'the change, literal, and a write',
      prepare: () => expiring(library, sessions),
    },
  };
}

/** The heartbeat where instants are counted from the start of the process: whole numbers so small that Node keeps them in no box. */
export function heartbeatFromZero(library: Library, seed: number, sessions: number): Case {
  const { connections } = beating(library, sessions, seed, 0);
  const name = `\`connection.heartbeat\`, ${spoken(sessions)}, instants from 0`;
  return heartbeatCase(name, connections, beats(sessions, seed, 0), beats(sessions, seed, 0));
}

function heartbeatCase(name: string, connections: readonly Connection<DefaultNames>[], ours: Beats, theirs: Beats): Case {
  const seenAt = new Float64Array(connections.length);
  return {
    name,
    call: () => {
      const i = ours.next();
      quiet(connections[i]!.heartbeat(ours.last()));
    },
    floor: () => {
      const i = theirs.next();
      seenAt[i] = theirs.last();
    },
    floorIs: 'one typed-array write',
  };
}

interface Opened {
  readonly tracker: Tracker<DefaultNames>;
  readonly connections: readonly Connection<DefaultNames>[];
}

function opened({ createTracker }: Library, sessions: number, from: number): Opened {
  const tracker = createTracker();
  const connections = Array.from({ length: sessions }, (_, i) =>
    tracker.open({ userId: userOf(i), sessionId: 'tab' }, instantOf(i, sessions, from)).connection);
  return { tracker, connections };
}

/** Every session has beaten once since it was opened: what is measured is the life of a session, not its beginning. */
function beating(library: Library, sessions: number, seed: number, from: number): Opened {
  const { tracker, connections } = opened(library, sessions, from);
  shuffled(sessions, seed).forEach((i, turn) => { quiet(connections[i]!.heartbeat(instantOf(sessions + turn + 1, sessions, from))); });
  return { tracker, connections };
}

/** The beats of all sessions, in turn. None is ever silent for as long as two rounds, so none decays. */
interface Beats {
  /** Who beats next. */
  readonly next: () => number;
  /** When the last beat was. */
  readonly last: () => number;
}

function beats(sessions: number, seed: number, from: number): Beats {
  const order = shuffled(sessions, seed);
  let beat = sessions * 2;
  return {
    next: () => order[beat++ % sessions]!,
    last: () => instantOf(beat, sessions, from),
  };
}

function instantOf(beat: number, sessions: number, from: number): number {
  return from + Math.floor((beat * everyMs) / sessions);
}

function shuffled(length: number, seed: number): Int32Array {
  const random = randomFrom(seed);
  const order = Int32Array.from({ length }, (_, i) => i);
  for (let i = length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}

/** A string that nobody has seen before, as ids out of a message are. */
function userOf(i: number): string {
  return `user${i}`;
}

function spoken(sessions: number): string {
  return `${String(sessions).replace(/000$/, ' 000')} sessions`;
}

/** Holds that nothing was told, so that what is measured is what it says. */
function quiet(changes: readonly Change<DefaultNames>[]): void {
  if (changes.length > 0) throw new Error(`Expected no change, received ${JSON.stringify(changes[0])}.`);
  do_not_optimize(changes);
}

/** Everybody is silent: within the seconds of one round all turn idle, then away, then stale, then offline. */
function expiring(library: Library, sessions: number): { readonly call: Waves; readonly floor: Waves } {
  const { defaultPolicy: { silence } } = library;
  const waves = Object.values(silence);
  const { tracker } = opened(library, sessions, today);
  const nextAt = new Float64Array(sessions);
  const userIds = Array.from({ length: sessions }, (_, i) => userOf(i));
  let from = 0;
  return {
    call: {
      waves,
      some: (afterMs, limit) => {
        const changes = tracker.advanceTo(today + everyMs + afterMs, limit);
        do_not_optimize(changes);
        return changes.length;
      },
    },
    floor: {
      waves,
      some: (afterMs, limit) => {
        const changes: Change<DefaultNames>[] = [];
        const end = Math.min(from + limit, sessions);
        for (let i = from; i < end; i++) {
          const at = today + afterMs + i;
          nextAt[i] = at;
          changes.push(changeInline(userIds[i]!, at, afterMs));
        }
        do_not_optimize(changes);
        from = end === sessions && changes.length === 0 ? 0 : end;
        return changes.length;
      },
    },
  };
}
