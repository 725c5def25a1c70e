// How often others are told: a bound at the publishing edge, local, never merged. What is true is decided elsewhere.
// Rule 1: the first publication about a user passes at once; then at most one per user per window, at its end, with the newest `shown`.
// Rule 2: what one push says of one user is one publication: it passes or is held together.
// Rule 3: nothing is invented: what is told at the end is what is so, and where it is what was told last, nothing is told.
//
// Theory of operation. A user who was published is in a window until `ends`. All windows have one length and time only
// goes forward, so the order of insertion is the order of their ends: the first of the map is the first to end. A window
// begins when its user was published, so a late alarm delays what follows rather than crowding it.

import { complaint } from './complaint.js';
import { changedDetails, noChanges } from './diff.js';
import type { Change, ClaimChange, UserChange } from './diff.js';
import { isRecord } from './plain.js';
import type { Names } from './signal.js';
import { assertInstant, isDue } from './time.js';
import type { DurationMs, Timestamp } from './time.js';
import type { ShownPresence } from './shown.js';

/** Holds changes back so that no user is published more often than once per window. */
export interface Settler<N extends Names = Names> {
  /**
   * Takes changes in.
   *
   * @param changes - As told, in order.
   * @param now - In whole ms; an earlier one than before counts as that.
   * @returns What to publish now: what came due before, then what passes at once. Cost: linear in both.
   */
  push(changes: readonly Change<N>[], now: Timestamp): readonly Change<N>[];
  /**
   * Moves time.
   *
   * @param now - In whole ms; an earlier one than before counts as that.
   * @returns What to publish at the ends of windows up to and including `now`. Cost: linear in windows that ended.
   */
  advanceTo(now: Timestamp): readonly Change<N>[];
  /** When to call `advanceTo`, in ms. Absent: nothing is held. Cost: linear in users published within one window. */
  readonly nextChangeAt: Timestamp | undefined;
}

type Publication = UserChange | ClaimChange;
interface Window {
  readonly ends: Timestamp;
  /** What others were shown last. */
  readonly shown: ShownPresence;
  /** What came since. */
  readonly held: Publication[];
}

/**
 * Makes a settler for one publishing edge.
 *
 * @param options - `settleMs`: the length of the window in whole ms, 0 and up; 0 holds nothing.
 * @returns It holds only users published within the last window.
 * @throws TypeError when `settleMs` is no whole number of milliseconds.
 * @example
 * ```ts
 * import { createSettler } from 'presence-model';
 *
 * const settler = createSettler({ settleMs: 1_000 });
 * settler.push([], 0); // => []
 * settler.nextChangeAt; // => undefined
 * ```
 * @group Edge
 */
export function createSettler<N extends Names = Names>(options: {
  /** The length of the window, in ms. */
  readonly settleMs: DurationMs;
}): Settler<N> {
  const given: unknown = options;
  if (!isRecord(given)) throw new TypeError(complaint('options', '{ settleMs }', given));
  const { settleMs } = options;
  if (!Number.isSafeInteger(settleMs) || settleMs < 0) throw new TypeError(complaint('settleMs', 'whole milliseconds, 0 or more', settleMs));
  const windows = new Map<string, Window>();
  let reached: Timestamp | undefined;

  const arrive = (now: Timestamp): Timestamp => {
    assertInstant('now', now);
    reached = reached === undefined ? now : Math.max(reached, now);
    return reached;
  };
  const open = (userId: string, from: Timestamp, shown: ShownPresence): void => {
    windows.delete(userId);
    if (settleMs > 0) windows.set(userId, { ends: from + settleMs, shown, held: [] });
  };
  const flush = (now: Timestamp, out: Change[]): void => {
    for (const [userId, window] of windows) {
      if (!isDue(window.ends, now)) break; // the rest end later
      const publication = settled(window);
      windows.delete(userId);
      if (publication === undefined) continue;
      out.push(publication);
      open(userId, now, publication.shown);
    }
  };

  return {
    push(changes: readonly Change[], at: Timestamp): readonly Change<N>[] {
      checkChanges(changes);
      const now = arrive(at);
      const out: Change[] = [];
      const passing = new Set<string>();
      for (const change of changes) {
        const window = windows.get(change.userId);
        if (change.shown === undefined) out.push(change);
        else if (window !== undefined && !passing.has(change.userId) && isHolding(window, now)) window.held.push(change);
        else {
          out.push(change);
          passing.add(change.userId);
          open(change.userId, now, change.shown);
        }
      }
      flush(now, out);
      return (out.length === 0 ? noChanges : out) as readonly Change<N>[];
    },
    advanceTo(at: Timestamp): readonly Change<N>[] {
      const out: Change[] = [];
      flush(arrive(at), out);
      return (out.length === 0 ? noChanges : out) as readonly Change<N>[];
    },
    get nextChangeAt(): Timestamp | undefined {
      for (const { ends, held } of windows.values()) if (held.length > 0) return Number.isSafeInteger(ends) ? ends : undefined;
      return undefined;
    },
  };
}

/** Is the window still on? What comes after its end joins what is still held, else it passes at once. */
function isHolding({ ends, held }: Window, now: Timestamp): boolean {
  return held.length > 0 || !isDue(ends, now);
}

function checkChanges(changes: unknown): void {
  if (!Array.isArray(changes)) throw new TypeError(complaint('changes', 'a list', changes));
  [...(changes as unknown[])].forEach((change, i) => {
    if (!isRecord(change) || typeof change['userId'] !== 'string') throw new TypeError(complaint(`changes[${String(i)}]`, 'a change', change));
  });
}

/** What is told at the end of a window, if anything: its instant is that of the newest `shown`. */
function settled({ shown, held }: Window): Publication | undefined {
  const newest = held[held.length - 1]?.shown;
  if (newest === undefined) return undefined;
  if (newest.status !== shown.status) {
    const change = lastOf(held, (held): held is UserChange => held.type === 'user');
    if (change !== undefined) return { ...change, at: newest.at, from: shown.status, to: newest.status, shown: newest };
  }
  if (changedDetails(shown, newest).length === 0) return undefined;
  const change = lastOf(held, (held): held is ClaimChange => held.type === 'claim');
  return change === undefined ? undefined : { ...change, at: newest.at, shown: newest };
}

function lastOf<T extends Publication>(held: readonly Publication[], isIt: (change: Publication) => change is T): T | undefined {
  for (let i = held.length - 1; i >= 0; i--) {
    const change = held[i];
    if (change !== undefined && isIt(change)) return change;
  }
  return undefined;
}
