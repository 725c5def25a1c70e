// Alarms: when the answer was to change next. A full clock rang. An empty one was overtaken: a dashed line leads to it from
// the signal that came first. What is still to come when the picture ends stands at its edge.

import type { Timestamp } from '../time.js';
import type { Alarm, UserLane } from './lanes.js';
import { pointedAt } from './svg-row.js';
import type { Canvas, Row } from './svg-row.js';
import { element, escaped, fixed, widthOf } from './svg-text.js';

/** How far one alarm is below the next, how much room a clock takes, and how much there is beyond the edge, in px. */
const step = 12;
const room = 13;
/** The room beyond the right edge of the axis, for what is still to come. */
export const margin = 12;

/** An alarm in its place, in px. */
interface Placed {
  readonly alarm: Alarm;
  readonly left: number;
  readonly right: number;
  readonly level: number;
  /** Said at the edge: it is still to come when the picture ends. */
  readonly word?: string;
}

/** The row of alarms, if there are any to see. Of many that would cover one another some are shown. */
export function alarmsOf(user: UserLane, canvas: Canvas): Row | undefined {
  const telling = tellingInstants(user);
  const placed = placedOf(user.alarms.filter(({ until }) => until === canvas.scale.range.until || telling.has(until)), canvas);
  if (placed.length === 0) return undefined;
  const levels = placed.reduce((deepest, { level }) => Math.max(deepest, level), 0) + 1;
  const draw = (top: number): readonly string[] => placed.flatMap((one) => drawn(one, top + 8 + one.level * step, canvas));
  return { height: levels * step + 4, name: { text: 'nextChangeAt', kind: 'muted' }, draw };
}

/** When more changed than a reason: a status, a connection, a claim. */
function tellingInstants({ segments, sessions, claims }: UserLane): ReadonlySet<Timestamp> {
  const steps = [segments, ...sessions.map((session) => session.segments)].flatMap((spans) =>
    spans.filter(({ status }, i) => status !== spans[i - 1]?.status).map(({ from }) => from));
  const spans = [...sessions.flatMap(({ departed }) => departed), ...claims.flatMap((lane) => lane.segments)];
  return new Set([...steps, ...spans.flatMap(({ from, until }) => [from, until])]);
}

/** First what came as foretold, then what is still to come, then what was overtaken: each on the first level that is free. */
function placedOf(alarms: readonly Alarm[], { scale }: Canvas): readonly Placed[] {
  const { until: end } = scale.range;
  const toCome = alarms.filter(({ until }) => until === end);
  const seen = alarms.filter(({ until, nextChangeAt }) => until < end && nextChangeAt <= end);
  const rang = seen.filter(({ until, nextChangeAt }) => until === nextChangeAt);
  const overtaken = seen.filter(({ until, nextChangeAt }) => until < nextChangeAt);
  const isCrowded = seen.length * 2 * room > scale.right - scale.left;
  const levels: Pick<Placed, 'left' | 'right'>[][] = isCrowded ? [[], []] : [[], [], []];
  const placed: Placed[] = [];
  const place = (alarm: Alarm, left: number, right: number, word?: string): void => {
    const isFree = (taken: Pick<Placed, 'left' | 'right'>[]): boolean => taken.every((other) => right + room <= other.left || other.right + room <= left);
    if (word !== undefined && !levels.some(isFree)) levels.push([]);
    const level = levels.findIndex(isFree);
    levels[level]?.push({ left, right });
    if (level >= 0) placed.push({ alarm, left, right, level, ...(word === undefined ? {} : { word }) });
  };
  for (const alarm of rang) place(alarm, scale.x(alarm.until), scale.x(alarm.until));
  for (const alarm of toCome) {
    const word = `next ${scale.called(alarm.nextChangeAt)}`;
    place(alarm, scale.right - 8 - widthOf(word, 11), scale.right + margin, word);
  }
  for (const alarm of overtaken) place(alarm, scale.x(alarm.until), scale.x(alarm.nextChangeAt));
  return placed;
}

function drawn({ alarm: { until, nextChangeAt }, left, right, word }: Placed, y: number, { scale: { called } }: Canvas): readonly string[] {
  if (word !== undefined) {
    const told = pointedAt(`the next change, if nothing is heard: ${called(nextChangeAt)}`);
    return [
      element('text', { class: 'muted', x: right - margin - 8, y: y + 4, 'text-anchor': 'end' }, told + escaped(word)),
      clockAt(right - margin, y, false),
      element('path', { class: 'line', d: `M${fixed(right - 4)} ${fixed(y - 3.5)}l4 3.5-4 3.5` }),
    ];
  }
  if (until === nextChangeAt) return [clockAt(right, y, true, `changes as foretold at ${called(until)}`)];
  const line = element('path', { class: 'wait', d: `M${fixed(left)} ${fixed(y)}H${fixed(right)}` });
  return [line, clockAt(right, y, false, `foretold for ${called(nextChangeAt)}; a signal came first, at ${called(until)}`)];
}

/** A clock, full where it rang. */
export function clockAt(x: number, y: number, rang: boolean, told?: string): string {
  const face = element('circle', { class: rang ? 'rang' : 'clock', r: 4.5 });
  const hands = element('path', { class: 'hand', d: 'M0 -2.8V0L2 1.2' });
  return element('g', { transform: `translate(${fixed(x)} ${fixed(y)})` }, (told === undefined ? '' : pointedAt(told)) + face + hands);
}
