// Two accounts of one user or one session side by side: where they part, and whose change it was.

import type { Timestamp } from '../time.js';
import type { Span } from './replay.js';

/** From an instant on, this status. */
export interface Step {
  readonly at: Timestamp;
  readonly status: string;
}

/** Whose change it was: policy `a`'s, policy `b`'s, or both changed at that instant. */
export type Mover = 'a' | 'b' | 'both';

/** A longest span in which the two say one and the same, each its own. */
export interface Parting extends Span {
  readonly a: string;
  readonly b: string;
  readonly begunBy: Mover | undefined;
  readonly endedBy: Mover | undefined;
}

/** One account. Always: the statuses of steps that follow each other differ. */
export class Lane {
  readonly steps: Step[] = [];
  /** What it says before its first step: the bottom. */
  readonly before: string;

  constructor(before: string) {
    this.before = before;
  }

  put(at: Timestamp, status: string): void {
    if (this.steps[this.steps.length - 1]?.status !== status) this.steps.push({ at, status });
  }
}

/** Where two accounts part, from the first step of either. What is so at the first instant of the range was nobody's change. Cost: linear. */
export function partings(a: Lane, b: Lane, { from, until }: Span): readonly Parting[] {
  const found: Parting[] = [];
  let [saidA, saidB] = [a.before, b.before];
  let open: Parting | undefined;
  for (let i = 0, j = 0; ;) {
    const [stepA, stepB] = [a.steps[i], b.steps[j]];
    const at = Math.min(stepA?.at ?? until, stepB?.at ?? until);
    if (at >= until) break;
    const [nextA, nextB] = [stepA?.at === at ? stepA.status : saidA, stepB?.at === at ? stepB.status : saidB];
    const mover = moverOf(nextA !== saidA, nextB !== saidB);
    if (open === undefined || mover !== undefined) {
      const isOver = nextA === nextB;
      if (open !== undefined) found.push({ ...open, until: at, endedBy: isOver ? mover : undefined });
      open = isOver ? undefined : { from: at, until, a: nextA, b: nextB, begunBy: at === from ? undefined : mover, endedBy: undefined };
    }
    [saidA, saidB] = [nextA, nextB];
    if (stepA?.at === at) i++;
    if (stepB?.at === at) j++;
  }
  if (open !== undefined) found.push(open);
  return found;
}

function moverOf(isA: boolean, isB: boolean): Mover | undefined {
  return isA ? (isB ? 'both' : 'a') : isB ? 'b' : undefined;
}
