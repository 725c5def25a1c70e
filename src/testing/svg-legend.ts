// The legend: whatever occurs in the picture, and nothing else.

import type { Names } from '../signal.js';
import type { Segment } from './lanes.js';
import { clockAt } from './svg-alarms.js';
import { isTooQuick } from './svg-bands.js';
import { markAt, markKinds } from './svg-marks.js';
import type { Canvas } from './svg-row.js';
import { paintOf, patternOf } from './svg-style.js';
import { element, escaped, fixed, widthOf } from './svg-text.js';
import type { Timeline } from './timeline.js';

/** A sample, 20 px wide, around `y`, and what it stands for. */
interface Entry {
  readonly word: string;
  readonly sample: (x: number, y: number) => string;
}

/** How high a line of the legend is, in px. */
export const lineHeight = 20;

/** Where the legend stands, in px. */
export interface Frame {
  readonly left: number;
  readonly right: number;
  readonly top: number;
}

/** The legend's shapes, and how many lines it takes. */
export interface Legend {
  readonly shapes: readonly string[];
  readonly lines: number;
}

/** Whatever occurs, line by line. */
export function legendOf(timeline: Timeline, canvas: Canvas, { left, right, top }: Frame): Legend {
  let x = right;
  let lines = 0;
  const shapes: string[] = [];
  for (const { word, sample } of entriesOf(timeline, canvas)) {
    const width = 26 + widthOf(word, 11) + 12;
    if (x + width > right) {
      x = left;
      lines++;
    }
    const y = top + (lines - 0.5) * lineHeight;
    shapes.push(sample(x, y), element('text', { class: 'muted', x: x + 26, y: y + 4 }, escaped(word)));
    x += width;
  }
  return { shapes, lines };
}

function entriesOf({ gaps, users, from, until }: Timeline, canvas: Canvas): readonly Entry[] {
  const { id, statuses } = canvas;
  const sessions = users.flatMap((user) => user.sessions);
  const lanes: readonly { readonly segments: readonly Segment<Names, unknown>[] }[] = [...users, ...sessions];
  const shown = new Set<string>();
  for (const { segments } of lanes) for (const { status } of segments) shown.add(status);
  const kinds = new Set<string>();
  for (const { signals } of users) for (const { type } of signals) kinds.add(type);
  const claims = users.flatMap((user) => user.claims.flatMap((lane) => lane.segments));
  const alarms = users.flatMap((user) => user.alarms);
  const some = (is: boolean, word: string, sample: Entry['sample']): readonly Entry[] => (is ? [{ word, sample }] : []);
  const box = (name: string) => (x: number, y: number): string =>
    element('rect', { class: name, fill: `url(#${id}-${name})`, x: x + 0.5, y: y - 6.5, width: 20, height: 13, rx: 2 });
  const pill = (name: string) => (x: number, y: number): string =>
    element('rect', { class: name, x: x + 0.5, y: y - 5.5, width: 20, height: 11, rx: 5 });
  const dots = (x: number, y: number): string => element('path', { class: 'base lost', d: `M${fixed(x)} ${fixed(y + 0.5)}h20` });
  return [
    ...statuses.flatMap((status, rank) => some(shown.has(status), status, (x, y) => swatch(rank, x, y, id, statuses))),
    ...some(lanes.some(({ segments }) => isTooQuick(segments, canvas)), 'too short to tell apart', pill('mixed')),
    ...some(sessions.some(({ departed }) => departed.length > 0), 'connection ended, held', box('grace')),
    ...some(sessions.some(({ forgotten }) => forgotten.length > 0), 'forgotten', dots),
    ...some(claims.some(({ inForce }) => inForce), 'claim in force', pill('claim')),
    ...some(claims.some(({ inForce }) => !inForce), 'claim held', pill('dormant')),
    ...some(gaps.some((gap) => gap.from < until && gap.until > from), 'not listening', box('gap')),
    ...[...markKinds].reverse().flatMap((kind) => some(kinds.has(kind), kind, (x, y) => markAt(kind, x + 12, y))),
    ...some(alarms.some((alarm) => alarm.until === alarm.nextChangeAt), 'changed as foretold', (x, y) => clockAt(x + 12, y, true)),
    ...some(alarms.some((alarm) => alarm.until < alarm.nextChangeAt), 'foretold', (x, y) => clockAt(x + 12, y, false)),
  ];
}

function swatch(rank: number, x: number, y: number, id: string, statuses: readonly string[]): string {
  if (rank >= statuses.length - 1) return element('path', { class: 'base', d: `M${fixed(x)} ${fixed(y + 4.5)}h20` });
  const box = { x, y: y - 6, width: 20, height: 12, rx: 2 };
  const weave = patternOf(rank);
  return element('rect', { class: paintOf(rank), ...box }) + (weave === undefined ? '' : element('rect', { fill: `url(#${id}-r${String(rank)})`, ...box }));
}
