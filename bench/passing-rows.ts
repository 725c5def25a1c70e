// What passing time costs: where nothing is due, and where a crowd falls silent together.

import { do_not_optimize } from 'mitata';
import type { DefaultNames, Tracker } from 'presence-model';
import type { Crowd } from './crowd.js';
import type { Library } from './library.js';
import type { RowResult } from './rounds.js';
import { median } from './rounds.js';
import { today } from './tracker-rows.js';

/** As hosts do it: at most so many crossings in a call. */
const limit = 1_000;
/** A small crowd falls silent again and again, until so many sessions have. */
const enough = 300_000;

/** The longest that `advanceTo` may take with that limit, in ms. */
export interface Expiry {
  readonly row: RowResult;
  readonly longestMs: number;
}

/** `floorNs` is F-user of the same run. */
export function passing(library: Library, crowd: Crowd, floorNs: number): { readonly idle: readonly RowResult[]; readonly expiry: Expiry } {
  const passes = Math.max(2, Math.ceil(enough / crowd.sessions)); // of which the first one counts for nothing
  let [told, spentMs, longestMs] = [0, 0, 0];
  for (let pass = 0; pass < passes; pass++) {
    const tracker = inBackground(library, crowd);
    globalThis.gc!(); // else garbage of making it, and of the crowds before, is collected in a call of it
    pause(crowd.sessions / 2_000); // and what that frees goes back to the system in the background, which holds calls up as well
    const wave = silence(tracker);
    if (pass === 0) continue;
    told += wave.told;
    spentMs += wave.spentMs;
    longestMs = Math.max(longestMs, wave.longestMs);
  }
  const ns = (spentMs * 1e6) / told;
  return {
    idle: idling(inBackground(library, crowd)),
    expiry: {
      row: { name: '`advanceTo`, all fall silent, for each told change', floor: 'F-user', ns, bestNs: ns, ratio: ns / floorNs, bytes: Number.NaN, must: 0.5 },
      longestMs,
    },
  };
}

function pause(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

/** Everybody connects within a second, and is in the background, so that nothing is due for three minutes. */
function inBackground({ createTracker }: Library, { order, sessions, userId, sessionId }: Crowd): Tracker<DefaultNames> {
  const tracker = createTracker();
  for (let turn = 0; turn < sessions; turn++) {
    const session = order[turn]!;
    tracker.open({ userId: userId(session), sessionId: sessionId(session), report: 'background' }, today + Math.floor((turn * 1_000) / sessions));
  }
  return tracker;
}

/** Three minutes: ten rounds to warm up, and ten of each length of steps. */
function idling(tracker: Tracker<DefaultNames>): readonly RowResult[] {
  let now = today + 1_000;
  for (let step = 0; step < 50_000; step++) do_not_optimize(tracker.advanceTo(now += 1));
  return [1, 1_000].map((stepMs): RowResult => {
    const times: number[] = [];
    for (let round = 0; round < 10; round++) {
      const steps = stepMs === 1 ? 5_000 : 7;
      const start = performance.now();
      for (let step = 0; step < steps; step++) do_not_optimize(tracker.advanceTo(now += stepMs));
      times.push(((performance.now() - start) * 1e6) / steps);
    }
    return { name: `\`advanceTo\`, nothing due, steps of ${stepMs} ms`, floor: '300 ns', ns: median(times), bestNs: Math.min(...times), ratio: median(times) / 300, bytes: 0, must: 1 };
  });
}

/** All are stale within a second, and offline a minute later. */
function silence(tracker: Tracker<DefaultNames>): { readonly told: number; readonly spentMs: number; readonly longestMs: number } {
  let [told, spentMs, longestMs] = [0, 0, 0];
  for (const wave of [180_000, 240_000]) {
    const end = today + wave + 2_000;
    while (tracker.now! < end || (tracker.nextChangeAt ?? Infinity) <= end) {
      const start = performance.now();
      told += tracker.advanceTo(end, limit).length;
      const ms = performance.now() - start;
      spentMs += ms;
      longestMs = Math.max(longestMs, ms);
    }
  }
  return { told, spentMs, longestMs };
}
