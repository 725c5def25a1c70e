// Where an instant stands in a picture, and which instants its axis names.

import { compact } from '../duration.js';
import type { Timestamp } from '../time.js';
import type { Span } from './replay.js';

/** Instants of a range as places between two edges, in px. */
export interface Scale {
  readonly range: Span;
  /** The left edge. */
  readonly left: number;
  /** The right edge. */
  readonly right: number;
  /** Where an instant stands; beyond an edge it stands at the edge. */
  readonly x: (at: Timestamp) => number;
  /** How an instant is called: the time since the beginning. */
  readonly called: (at: Timestamp) => string;
}

/** The scale of a range between two edges. */
export function scaleOf(range: Span, left: number, right: number): Scale {
  const { from, until } = range;
  const perMs = until > from ? (right - left) / (until - from) : 0;
  return {
    range, left, right,
    x: (at) => left + (Math.min(Math.max(at, from), until) - from) * perMs,
    called: (at) => compact(at - from),
  };
}

const seconds = 1_000;
const minutes = 60_000;
const hours = 3_600_000;
const days = 86_400_000;
const steps: readonly number[] = [
  1, 2, 5, 10, 20, 50, 100, 200, 500,
  ...[1, 2, 5, 10, 15, 30].map((count) => count * seconds),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * minutes),
  ...[1, 2, 3, 6, 12].map((count) => count * hours),
  ...[1, 2, 7, 14, 28].map((count) => count * days),
];

/** The instants that the axis names: round lengths since the beginning, no closer than `leastPx`. */
export function ticksOf({ range, left, right }: Scale, leastPx: number): readonly Timestamp[] {
  const length = range.until - range.from;
  const most = Math.max(1, Math.floor((right - left) / leastPx));
  let step = steps.find((one) => length / one <= most) ?? 28 * days;
  while (length / step > most) step *= 2;
  const ticks: Timestamp[] = [];
  for (let after = 0; after <= length; after += step) ticks.push(range.from + after);
  return ticks;
}
