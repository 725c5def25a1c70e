// What a session weighs, how long growing and collecting hold a host up, and how long a collection of garbage takes: in a
// process of its own, `node --expose-gc --import tsx bench/memory.ts <sessions> <seed>`, which prints JSON.

import { PerformanceObserver } from 'node:perf_hooks';
import { crowdOf } from './crowd.js';
import { loadLibrary } from './library.js';
import { today } from './tracker-rows.js';

/** What was measured first at a later time is absent from results that are older. */
export interface Weight {
  readonly sessions: number;
  readonly liveBytes: number;
  readonly goneBytes: number;
  readonly longestOpenMs: number;
  /** The longest that two Maps of the ids take to take one in, in the same process. */
  readonly longestOfMapsMs?: number;
  /** The same, of calls in which no garbage was collected: what growth alone takes. */
  readonly longestGrowingMs?: number;
  readonly longestGrowingOfMapsMs?: number;
  /** The longest step of 100 ms that collects who left where 1 % leave every 10 s. */
  readonly longestChurningMs?: number;
  /** The same, where everybody left within 10 s. */
  readonly longestCollectingMs: number;
  /** The longest call with a limit then: every other step is made of such. */
  readonly longestLimitedMs?: number;
  /** What it takes then for each session. */
  readonly collectingNs?: number;
  readonly gcMs: number;
  readonly gcOfMapsMs: number;
}

const sessions = Number(process.argv[2]);
const seed = Number(process.argv[3] ?? 1);
const { createTracker, defaultPolicy } = await loadLibrary();
const crowd = crowdOf(sessions, 1.5, seed);
const stepMs = 100;
const openingMs = 10_000;
const churningMs = 60_000;
/** The limit of calls that must not take long. */
const limit = 1_000;
/** Of every so many sessions one leaves in 10 s. */
const oneOf = 100;

function used(): number {
  globalThis.gc!();
  globalThis.gc!();
  const { heapUsed, external, arrayBuffers } = process.memoryUsage();
  return heapUsed + Math.max(external, arrayBuffers);
}

/** The least of a few full collections, in ms. */
function gcMs(): number {
  const times = Array.from({ length: 9 }, () => {
    const start = performance.now();
    globalThis.gc!();
    return performance.now() - start;
  });
  return Math.min(...times);
}

/** When garbage was collected, in ms of this process; told of a while after. */
const collections: { readonly start: number; readonly end: number }[] = [];
new PerformanceObserver((list) => {
  for (const { startTime, duration } of list.getEntries()) collections.push({ start: startTime, end: startTime + duration });
}).observe({ entryTypes: ['gc'] });

/** How long calls take, one by one. */
class Pauses {
  longestMs = 0;
  totalMs = 0;
  /** Those worth a look. */
  private readonly long: { readonly start: number; readonly ms: number }[] = [];

  during(call: () => void): void {
    const start = performance.now();
    call();
    const ms = performance.now() - start;
    this.totalMs += ms;
    this.longestMs = Math.max(this.longestMs, ms);
    if (ms > 0.5) this.long.push({ start, ms });
  }

  /** The longest in which no garbage was collected. Those that are shorter than half a ms count as nothing. */
  longestOfOwnMs(): number {
    const own = this.long.filter(({ start, ms }) => !collections.some((collection) => collection.start < start + ms && start < collection.end));
    return Math.max(0, ...own.map(({ ms }) => ms));
  }
}

/** The process is told of what was collected. */
async function toldOfCollections(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => { setImmediate(resolve); });
}

/** What two Maps of the ids alone take to fill, and cost the collector of garbage. */
function ofMaps(): { readonly pauses: Pauses; readonly ms: number } {
  const userIds = new Map<string, number>();
  const sessionIds = new Map<string, number>();
  const pauses = new Pauses();
  for (const session of crowd.order) {
    const [userId, sessionId] = [crowd.userId(session), crowd.sessionId(session)];
    pauses.during(() => {
      userIds.set(userId, session);
      sessionIds.set(sessionId, session);
    });
  }
  globalThis.gc!();
  const ms = gcMs();
  return { pauses, ms: userIds.size + sessionIds.size > 0 ? ms : Number.NaN }; // they must live until here
}

const maps = ofMaps();
const before = used();
const tracker = createTracker();
/** A few come early, evenly; then the crowd. They fall silent, and are over, in that order. */
const early = Math.floor(sessions / oneOf) * (churningMs / openingMs);
const openedAt = (turn: number): number =>
  today + Math.floor(turn < early ? (turn * churningMs) / early : churningMs + ((turn - early) * openingMs) / (sessions - early));
const opening = new Pauses();
for (let turn = 0; turn < sessions; turn++) {
  const session = crowd.order[turn]!;
  const hello = { userId: crowd.userId(session), sessionId: crowd.sessionId(session) };
  opening.during(() => { tracker.open(hello, openedAt(turn)); });
}
const liveBytes = (used() - before) / sessions;
const ownGcMs = gcMs();

let now = today;

/** Time passes in steps, as a host's does. */
function passUntil(end: number): Pauses {
  const pauses = new Pauses();
  for (; now < end; now += stepMs) pauses.during(() => { tracker.advanceTo(now); });
  return pauses;
}

const silentAfterMs = defaultPolicy.silence.offline!;
passUntil(today + churningMs + openingMs + silentAfterMs);
passUntil(now + openingMs);
const goneBytes = (used() - before) / sessions;

const overAt = today + silentAfterMs + defaultPolicy.keepSessionMs;
passUntil(overAt);
const churning = passUntil(overAt + churningMs);
const crowded = tracker.size.sessions;
const [collecting, limited] = [new Pauses(), new Pauses()];
for (let step = 0; now < overAt + churningMs + openingMs + stepMs; now += stepMs, step++) {
  if (step % 2 === 0) collecting.during(() => { tracker.advanceTo(now); });
  else do limited.during(() => { tracker.advanceTo(now, limit); }); while (tracker.now !== now);
}
// at most a step's worth is late
if (Math.abs(crowded - sessions + early) > 1 + (early * stepMs) / churningMs || tracker.size.sessions > 0) throw new Error(`${crowded}, then ${tracker.size.sessions} sessions are kept.`);

await toldOfCollections();
const weight: Weight = {
  sessions, liveBytes, goneBytes,
  longestOpenMs: opening.longestMs, longestOfMapsMs: maps.pauses.longestMs,
  longestGrowingMs: opening.longestOfOwnMs(), longestGrowingOfMapsMs: maps.pauses.longestOfOwnMs(),
  longestChurningMs: churning.longestMs, longestCollectingMs: collecting.longestMs, longestLimitedMs: limited.longestMs,
  collectingNs: ((collecting.totalMs + limited.totalMs) * 1e6) / crowded,
  gcMs: ownGcMs, gcOfMapsMs: maps.ms,
};
console.log(JSON.stringify(weight));
