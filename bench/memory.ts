// What a session weighs, how long growing and collecting hold a host up, and how long a collection of garbage takes: in a
// process of its own, `node --expose-gc --import tsx bench/memory.ts <sessions> <seed>`, which prints JSON.

import { crowdOf } from './crowd.js';
import { loadLibrary } from './library.js';
import { today } from './tracker-rows.js';

export interface Weight {
  readonly sessions: number;
  readonly liveBytes: number;
  readonly goneBytes: number;
  readonly longestOpenMs: number;
  readonly longestCollectingMs: number;
  readonly gcMs: number;
  readonly gcOfMapsMs: number;
}

const sessions = Number(process.argv[2]);
const seed = Number(process.argv[3] ?? 1);
const { createTracker, defaultPolicy } = await loadLibrary();
const crowd = crowdOf(sessions, 1.5, seed);

function used(): number {
  globalThis.gc!();
  globalThis.gc!();
  const { heapUsed, external, arrayBuffers } = process.memoryUsage();
  return heapUsed + Math.max(external, arrayBuffers);
}

/** The least of a few full collections, in ms. */
function gcMs(): number {
  const times = Array.from({ length: 5 }, () => {
    const start = performance.now();
    globalThis.gc!();
    return performance.now() - start;
  });
  return Math.min(...times);
}

/** Beside what two Maps of the ids alone cost the collector. */
function gcOfMapsMs(): number {
  const userIds = new Map<string, number>();
  const sessionIds = new Map<string, number>();
  for (let session = 0; session < sessions; session++) {
    userIds.set(crowd.userId(session), session);
    sessionIds.set(crowd.sessionId(session), session);
  }
  globalThis.gc!();
  const ms = gcMs();
  return userIds.size + sessionIds.size > 0 ? ms : Number.NaN; // they must live until here
}

const mapsGcMs = gcOfMapsMs();
const before = used();
const tracker = createTracker();
let longestOpenMs = 0;
for (let turn = 0; turn < sessions; turn++) {
  const session = crowd.order[turn]!;
  const hello = { userId: crowd.userId(session), sessionId: crowd.sessionId(session) };
  const now = today + Math.floor((turn * 10_000) / sessions);
  const start = performance.now();
  tracker.open(hello, now);
  longestOpenMs = Math.max(longestOpenMs, performance.now() - start);
}
const liveBytes = (used() - before) / sessions;
const ownGcMs = gcMs();

// all fall silent; told in small steps, as a host would
const silentMs = defaultPolicy.silence.offline! + 20_000;
for (let now = today; now <= today + silentMs; now += 100) tracker.advanceTo(now);
const goneBytes = (used() - before) / sessions;

let longestCollectingMs = 0;
for (let now = today + silentMs; tracker.size.sessions > 0; now += 100) {
  const start = performance.now();
  tracker.advanceTo(now);
  longestCollectingMs = Math.max(longestCollectingMs, performance.now() - start);
}

const weight: Weight = { sessions, liveBytes, goneBytes, longestOpenMs, longestCollectingMs, gcMs: ownGcMs, gcOfMapsMs: mapsGcMs };
console.log(JSON.stringify(weight));
