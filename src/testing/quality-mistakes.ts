// What was shown of a healthy session beside what should have been shown: where it was wrong, and for how long.

import type { Timestamp } from '../time.js';
import type { Span } from './replay.js';

/** From an instant on, this rank. */
export interface Ranked {
  readonly at: Timestamp;
  readonly rank: number;
}

/** A span in which both ranks stay as they are. */
export interface Piece extends Span {
  readonly shown: number;
  readonly should: number;
}

/** Both side by side until `end`. `shown` and `should` begin at one instant. */
export function sideBySide(shown: readonly Ranked[], should: readonly Ranked[], end: Timestamp): readonly Piece[] {
  const pieces: Piece[] = [];
  let [i, j] = [0, 0];
  for (let a = shown[0], b = should[0]; a !== undefined && b !== undefined;) {
    const [nextA, nextB] = [shown[i + 1], should[j + 1]];
    const from = Math.max(a.at, b.at);
    const until = Math.min(nextA?.at ?? end, nextB?.at ?? end, end);
    if (from < until) pieces.push({ from, until, shown: a.rank, should: b.rank });
    if (until === end) break;
    if (nextA?.at === until) { a = nextA; i++; }
    if (nextB?.at === until) { b = nextB; j++; }
  }
  return pieces;
}

/** The longest spans of adjoining pieces in which something holds. */
export function runsOf(pieces: readonly Piece[], holds: (piece: Piece) => boolean): readonly Span[] {
  const runs: Span[] = [];
  for (const piece of pieces) {
    if (!holds(piece)) continue;
    const last = runs[runs.length - 1];
    if (last?.until === piece.from) runs[runs.length - 1] = { from: last.from, until: piece.until };
    else runs.push({ from: piece.from, until: piece.until });
  }
  return runs;
}

/** How much of a span lies in another, in ms. */
export function overlap(a: Span, b: Span): number {
  return Math.max(0, Math.min(a.until, b.until) - Math.max(a.from, b.from));
}

/**
 * When this rank or a worse one was shown for good; before `crashedAt` it counts as at once. Absent: a better one is shown in
 * the end. (The detection time of Chen, Toueg and Aguilera: the last transition to suspicion.)
 */
export function detectedAt(shown: readonly Ranked[], rank: number, crashedAt: Timestamp): Timestamp | undefined {
  let detected: Timestamp | undefined;
  for (const step of shown) {
    if (step.rank < rank) detected = undefined;
    else detected ??= step.at;
  }
  return detected === undefined ? undefined : Math.max(detected, crashedAt);
}
