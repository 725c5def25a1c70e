// What a host of many sessions does all day, each beside what no host can do without. See floor-rows.ts for these floors.

import { do_not_optimize } from 'mitata';
import type { Connection, DefaultNames, Heartbeat, Policy, Tracker, Unstamped } from 'presence-model';
import type { Crowd } from './crowd.js';
import type { Library } from './library.js';
import { randomFrom } from './random.js';
import type { Batch, Row } from './rounds.js';

/** An instant as `Date.now()` gives it. */
export const today = 1_790_000_000_000;
/**
 * How many operations a round has: short beside a disturbance, long beside the reading of the clock, and beside the first
 * ones, which find nothing of theirs in the caches. A small crowd comes round more than once.
 */
export const atOnce = 20_000;

/**
 * Instants as a host has them from `Date.now()`: each in a box that is there already. A list of nothing but numbers would hold them without, and
 * each call would make one; so the first of these is none.
 */
type Boxed = (number | undefined)[];
const noInstant = (): Boxed => [undefined];
export interface Message { readonly signal: Unstamped<Heartbeat<DefaultNames>>; readonly now: number }

export interface Beating {
  readonly tracker: Tracker<DefaultNames>;
  readonly connections: readonly Connection<DefaultNames>[];
  /** Whose turn it is next; grows. */
  turn: number;
  readonly everyMs: number;
  readonly crowd: Crowd;
  /** The longest that one `open` took, in ms. */
  readonly longestOpenMs: number;
}

/** A tracker of a crowd, of which every session beats every so many ms. `says`: each began with a report and an interaction, too. */
export function beating(
  { createTracker, defaultPolicy }: Library, crowd: Crowd, everyMs: number, policy: Policy<DefaultNames> = defaultPolicy, says = false,
): Beating {
  const { order, sessions, userId, sessionId } = crowd;
  const tracker = createTracker({ policy });
  const connections = new Array<Connection<DefaultNames>>(sessions);
  let longestOpenMs = 0;
  // Connected in the order of memory, while the turns of beats are not in it.
  for (let session = 0; session < sessions; session++) {
    const now = instantOf(session, everyMs, sessions);
    const hello = { userId: userId(session), sessionId: sessionId(session), ...(says ? { report: reported(), activeAt: now } : {}) };
    const start = performance.now();
    connections[session] = tracker.open(hello, now).connection;
    longestOpenMs = Math.max(longestOpenMs, performance.now() - start);
  }
  // Everybody has beaten once: what is measured is the life of a session, not its beginning.
  for (let turn = 0; turn < sessions; turn++) connections[order[turn]!]!.heartbeat(instantOf(sessions + turn, everyMs, sessions));
  return { tracker, connections, turn: 2 * sessions, everyMs, crowd, longestOpenMs };
}

export function instantOf(turn: number, everyMs: number, sessions: number): number {
  return today + Math.floor((turn * everyMs) / sessions);
}

/** One session of a hundred falls silent at each of its turns. */
const churn = 100;

/** Beats as signals. `says`: with what real clients report. `lateMs`: stamped up to so many ms before they are heard. */
export function observed(beats: Beating, { says = false, lateMs = 0 } = {}): Batch {
  const { tracker, crowd: { order, sessions, userId, sessionId }, everyMs } = beats;
  const random = randomFrom(beats.turn);
  const messages: Message[] = [];
  const nows = noInstant();
  for (let i = 0; i < atOnce; i++) {
    const session = order[beats.turn % sessions]!;
    const now = instantOf(beats.turn++, everyMs, sessions);
    if ((session + Math.floor(beats.turn / sessions)) % churn === 0) continue;
    nows.push(now);
    // written out, as a parser makes them: objects that grow are laid out in two places
    const [user, tab] = [userId(session), sessionId(session)];
    if (says) messages.push({ signal: { type: 'heartbeat', userId: user, sessionId: tab, report: reported(), activeAt: now - 3_000 }, now });
    else if (lateMs === 0) messages.push({ signal: { type: 'heartbeat', userId: user, sessionId: tab }, now });
    else messages.push({ signal: { type: 'heartbeat', userId: user, sessionId: tab, at: now - Math.floor(random() * lateMs) }, now });
  }
  return () => observeAll(tracker, messages, nows);
}

// Not in the closures: these are made anew for each round, and what is compiled for one would be thrown away with it.
function observeAll(tracker: Tracker<DefaultNames>, messages: readonly Message[], nows: Boxed): number {
  let told = 0;
  for (let i = 0; i < messages.length;) {
    const { signal } = messages[i++]!; // an iterator may make objects
    told += tracker.observe(signal, nows[i]!).length;
  }
  do_not_optimize(told);
  return messages.length;
}

/** A word out of a message, never the same string twice. */
function reported(): 'active' {
  return Buffer.from('active').toString('latin1') as 'active';
}

/** Beats by handle. */
export function heard(beats: Beating): Batch {
  const { connections, crowd: { order, sessions }, everyMs } = beats;
  const turns: Connection<DefaultNames>[] = [];
  const nows = noInstant();
  for (let i = 0; i < atOnce; i++) {
    const session = order[beats.turn % sessions]!;
    const now = instantOf(beats.turn++, everyMs, sessions);
    if ((session + Math.floor(beats.turn / sessions)) % churn === 0) continue;
    turns.push(connections[session]!);
    nows.push(now);
  }
  return () => beatAll(turns, nows);
}

function beatAll(turns: readonly Connection<DefaultNames>[], nows: Boxed): number {
  let told = 0;
  for (let i = 0; i < turns.length;) {
    const connection = turns[i++]!;
    told += connection.heartbeat(nows[i]!).length;
  }
  do_not_optimize(told);
  return turns.length;
}

/** How often a session beats that is never idle, and how often one that is idle each time before it beats. In ms. */
export const quietMs = 10_000;
export const changingMs = 25_000;

/** Those of one tracker, whose sessions are told nothing new. */
export function quietRows(library: Library, crowd: Crowd): readonly Row[] {
  const quiet = beating(library, crowd, quietMs);
  return [
    { name: '`observe`, quiet', floor: 'F-user', prepare: () => observed(quiet) },
    { name: '`connection.heartbeat`, quiet', floor: 'F-same', prepare: () => heard(quiet) },
  ];
}

/** The rows of heartbeats. `times`: how many times as long as the default's the policy's thresholds of silence, and the beats' intervals, are. */
export function beatRows(library: Library, crowd: Crowd, times = 1): readonly Row[] {
  const { defaultPolicy, definePolicy } = library;
  const { idle = 0, away = 0, stale = 0, offline = 0 } = defaultPolicy.silence;
  const policy = times === 1 ? defaultPolicy : definePolicy({
    silence: { idle: idle * times, away: away * times, stale: stale * times, offline: offline * times }, inactivity: {},
  });
  const quiet = beating(library, crowd, quietMs * times, policy);
  const late = beating(library, crowd, quietMs * times, policy); // who are late are due in another order ever after
  const saying = beating(library, crowd, quietMs * times, policy, true);
  const changing = beating(library, crowd, changingMs * times, policy);
  return [
    { name: '`observe`, quiet', floor: 'F-user', must: 1.3, prepare: () => observed(quiet) },
    { name: '`observe`, quiet, with `report` and `activeAt`', floor: 'F-user', must: 1.5, prepare: () => observed(saying, { says: true }) },
    { name: '`observe`, up to 200 ms late', floor: 'F-user', prepare: () => observed(late, { lateMs: 200 }) },
    { name: '`observe`, up to 5 s late', floor: 'F-user', prepare: () => observed(late, { lateMs: 5_000 }) },
    { name: '`connection.heartbeat`, quiet', floor: 'F-same', must: 0.9, prepare: () => heard(quiet) },
    { name: '`observe`, changing', floor: 'F-user', must: 1.8, prepare: () => observed(changing) },
    { name: '`connection.heartbeat`, changing', floor: 'F-same', must: 3, prepare: () => heard(changing) },
  ];
}
