// A timeline as text: a table whose columns are instants, one row for each user and session, a cell where a status changes.

import { complaint } from '../complaint.js';
import { compact } from '../duration.js';
import type { Names } from '../signal.js';
import { assertInstant } from '../time.js';
import type { Timestamp } from '../time.js';
import { blocksOf, linesOf, pageWidth } from './grid.js';
import type { Segment, Timeline, UserLane } from './timeline.js';
import { named, sessionReason, statusCell, userReason } from './words.js';

/** How to print. */
export interface RenderOptions {
  /** The longest line, in characters; longer tables go on below. Default 110. */
  readonly width?: number;
  /** The instant that is called `0s`, in ms. Default: of a timeline its beginning, of a story 0. */
  readonly origin?: Timestamp;
}

/** A row of what was so: its name, and its cells by instant. */
export interface ShownRow {
  /** As a story names it. */
  readonly name: string;
  /** A status with its reason, at each instant at which the status changes. */
  readonly cells: ReadonlyMap<Timestamp, string>;
}

/**
 * Prints a timeline: for each user a table whose columns are the instants, counted from the timeline's beginning, at which
 * a status changes; a blank cell is no change. Behind a status stands its reason, where there is one to tell. Pasted into
 * a story it is the expectation that this is so.
 *
 * @param timeline - From `timeline`.
 * @param options - How wide, and which instant is `0s`.
 * @returns Lines of text without a newline at the end. Cost: rows times instants.
 * @throws TypeError when an option breaks its type.
 * @example
 * ```ts
 * import { defaultPolicy } from 'presence-model';
 * import { renderTimeline, timeline } from 'presence-model/testing';
 *
 * const spans = timeline([{ type: 'connected', userId: 'ada', sessionId: 'tab', at: 0 }], defaultPolicy, { from: 0, until: 60_000 });
 * renderTimeline(spans).split('\n')[1]; // => '= ada     | active | idle (tab: silence)'
 * ```
 */
export function renderTimeline(timeline: Timeline, options: RenderOptions = {}): string {
  const { width, origin } = checkedOptions(options, timeline.from);
  return timeline.users.map((user) => tablesOf(rowsOf(user), origin, width)).join('\n\n');
}

/** The options with their defaults. */
export function checkedOptions({ width = pageWidth, origin }: RenderOptions, zero: Timestamp): Required<RenderOptions> {
  if (!Number.isSafeInteger(width) || width < 1) throw new TypeError(complaint('width', 'a whole number of characters, 1 or more', width));
  if (origin !== undefined) assertInstant('origin', origin);
  return { width, origin: origin ?? zero };
}

/** A user's row, then those of their sessions. */
export function rowsOf(user: UserLane): readonly ShownRow[] {
  return [
    shownRow(named(user.userId), user.segments, userReason),
    ...user.sessions.map(({ sessionId, segments }) => shownRow(`${named(user.userId)}/${named(sessionId)}`, segments, sessionReason)),
  ];
}

/** A cell where the status changes; a new reason alone is no news. */
function shownRow<B>(name: string, segments: readonly Segment<Names, B>[], reason: (because: B) => string): ShownRow {
  const cells = new Map<Timestamp, string>();
  let last: string | undefined;
  for (const { from, status, because } of segments) {
    if (status !== last) cells.set(from, statusCell(status, reason(because)));
    last = status;
  }
  return { name: `= ${name}`, cells };
}

function tablesOf(rows: readonly ShownRow[], origin: Timestamp, width: number): string {
  const instants = [...new Set(rows.flatMap(({ cells }) => [...cells.keys()]))].sort((a, b) => a - b);
  const names = ['time', ...rows.map(({ name }) => name)];
  const columns = instants.map((at) => [compact(at - origin), ...rows.map(({ cells }) => cells.get(at) ?? '')]);
  return blocksOf(names, columns, width).map((block) => linesOf(block).join('\n')).join('\n\n');
}
