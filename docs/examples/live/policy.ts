// The server's policy (the default one, and a status for *do not disturb*), with every threshold divided by ten.
import { definePolicy } from 'presence-model';
import type { Ladder, Policy } from 'presence-model';
import { serverPolicy, type Words } from '../server.js';

const tenth = (ms: number): number => ms / 10;

function faster<T extends Ladder>(ladder: T): T {
  return Object.fromEntries(Object.entries(ladder).map(([status, afterMs]) => [status, tenth(Number(afterMs))])) as T;
}

const { silence, inactivity, untouched, departures, maxQuietMs, keepSessionMs, keepLastSeenMs } = serverPolicy;

export const livePolicy: Policy<Words> = definePolicy({
  ...serverPolicy,
  silence: faster(silence),
  inactivity: faster(inactivity),
  untouched: faster(untouched),
  departures: {
    dropped: faster(departures.dropped),
    closed: faster(departures.closed),
    left: faster(departures.left),
  },
  maxQuietMs: tenth(maxQuietMs),
  keepSessionMs: tenth(keepSessionMs),
  keepLastSeenMs: tenth(keepLastSeenMs),
});
