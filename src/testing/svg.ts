// A timeline as a picture: for READMEs, guides, bug reports. One file that stands alone: nothing is loaded, nothing runs.
// Rule: the same timeline gives the same text, on every machine.

import { complaint } from '../complaint.js';
import { isRecord } from '../plain.js';
import type { Names } from '../signal.js';
import { alarmsOf, margin } from './svg-alarms.js';
import { bandOf } from './svg-bands.js';
import { claimOf } from './svg-claims.js';
import { legendOf, lineHeight } from './svg-legend.js';
import { marksOf } from './svg-marks.js';
import { pointedAt } from './svg-row.js';
import type { Canvas, Row } from './svg-row.js';
import { scaleOf, ticksOf } from './svg-scale.js';
import { definitions, styleSheet } from './svg-style.js';
import type { Theme } from './svg-style.js';
import { digest, element, escaped, fitting, fixed, named, widthOf } from './svg-text.js';
import { bySession, described, sessionReason, userReason } from './svg-words.js';
import type { Timeline, UserLane } from './timeline.js';

/** How to draw. */
export interface SvgOptions {
  /** How wide the picture is, in px: 320 or more. Default 840, the width of a README. */
  readonly width?: number;
  /** Stands above the picture and names it. Default: none to see; for those who listen, who is in it. */
  readonly title?: string;
  /** Its colours: `light`, `dark`, or `auto`, those of the reader's system. Default `auto`. */
  readonly theme?: Theme;
  /** With what the ids inside begin: a letter, then letters, digits, `-` and `_`. Default: made from the content. */
  readonly id?: string;
}

/**
 * Draws a timeline: a band for each user and session, the better the higher; below it what was heard, claims, connections
 * that ended and are still held, gaps, and when the next change was foretold. The picture stands alone: no script, no font,
 * nothing loaded. It has a title and a description in words for those who do not see it, tells nothing by colour alone, and
 * follows the reader's light or dark system.
 *
 * ![Three sessions of one user: the user is as present as the strongest of them.](../../docs/pictures/two-tabs-and-a-phone.svg)
 *
 * @param timeline - From `timeline`.
 * @param options - How wide, what it is called, in which colours.
 * @returns One `<svg>` element, to be written to a file or put into a page. The same timeline gives the same text. Cost:
 * linear in the timeline. Beats and other marks too close to be told apart are drawn as one, and so are spans too short to
 * be seen, so the text grows with what is to be seen.
 * @throws TypeError when an option breaks its type, or the first argument is no timeline.
 * @example
 * ```ts
 * import { defaultPolicy } from 'presence-model';
 * import { renderTimelineSvg, timeline } from 'presence-model/testing';
 *
 * const spans = timeline([{ type: 'connected', userId: 'ada', sessionId: 'tab', at: 0 }], defaultPolicy, { from: 0, until: 60_000 });
 * renderTimelineSvg(spans, { title: 'One sign of life' }); // => '<svg xmlns="http://www.w3.org/2000/svg" …'
 * ```
 */
export function renderTimelineSvg<N extends Names>(timeline: Timeline<N>, options: SvgOptions = {}): string {
  assertDrawable(timeline, options);
  const { width = 840, title, theme = 'auto' } = options;
  const { from, until, statuses, users, gaps } = timeline;
  const id = options.id ?? `timeline-${digest(JSON.stringify([timeline, width, title, theme]))}`;
  const label = labelWidth(timeline, width);
  const scale = scaleOf({ from, until }, padding + label, width - padding - margin);
  const canvas: Canvas = { id, scale, statuses };
  const rows = users.length === 0 ? [nobody(canvas)] : users.flatMap((user, i) => rowsOf(user, i === 0, canvas));

  const head = title === undefined ? padding : padding + 26;
  const foot = head + rows.reduce((sum, { height }) => sum + height, 0) + 4;
  const legend = legendOf(timeline, canvas, { left: padding, right: width - padding, top: foot + 26 });
  const height = foot + 26 + legend.lines * lineHeight + padding - 4;

  const ranks = statuses.slice(0, -1).map((_, rank) => rank);
  const columns = gaps.filter((gap) => gap.from < until && gap.until > from).map((gap) => {
    const told = pointedAt(`nobody was listening, ${scale.called(gap.from)} to ${scale.called(gap.until)}`);
    const left = scale.x(gap.from);
    return element('rect', { class: 'gap', fill: `url(#${id}-gap)`, x: left, y: head, width: Math.max(scale.x(gap.until) - left, 1), height: foot - head }, told);
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" id="${id}" width="${fixed(width)}" height="${fixed(height)}" viewBox="0 0 ${fixed(width)} ${fixed(height)}" role="img" aria-labelledby="${id}-title ${id}-desc">`,
    element('title', { id: `${id}-title` }, escaped(title ?? titleOf(users))),
    element('desc', { id: `${id}-desc` }, escaped(described(timeline, scale.called))),
    element('style', {}, styleSheet(id, theme)),
    element('defs', {}, definitions(id, ranks)),
    element('rect', { class: 'paper', x: 0.5, y: 0.5, width: width - 1, height: height - 1, rx: 8 }),
    ...(title === undefined ? [] : [element('text', { class: 'title', x: padding, y: padding + 12 }, escaped(fitting(title, width - 2 * padding, 17)))]),
    ...axis(canvas, head, foot),
    ...columns,
    ...drawn(rows, head, label),
    ...legend.shapes,
    '</svg>',
  ].join('\n');
}

const padding = 16;

function rowsOf(user: UserLane, isFirst: boolean, canvas: Canvas): readonly Row[] {
  const ofUser = user.signals.filter((signal) => !('sessionId' in signal));
  const heard = bySession(user.signals);
  const alarms = alarmsOf(user, canvas);
  return [
    ...(isFirst ? [] : [space(14)]),
    bandOf(user.segments, userReason, { name: { text: named(user.userId), kind: 'user' }, height: 30 }, canvas),
    ...(alarms === undefined ? [] : [alarms]),
    ...(ofUser.length === 0 ? [] : [marksOf(ofUser, canvas)]),
    ...user.claims.map((lane) => claimOf(lane, canvas)),
    ...user.sessions.flatMap(({ sessionId, segments, departed, forgotten }) => [
      space(8),
      bandOf(segments, sessionReason, { name: { text: named(sessionId), kind: 'session' }, height: 24, departed, forgotten }, canvas),
      marksOf(heard.get(sessionId) ?? [], canvas),
    ]),
  ];
}

function space(height: number): Row {
  return { height, draw: () => [] };
}

function nobody({ scale }: Canvas): Row {
  return { height: 24, draw: (top) => [element('text', { class: 'muted', x: scale.left, y: top + 15 }, 'nobody was heard of')] };
}

/** Rows under one another, each with its name before it. */
function drawn(rows: readonly Row[], head: number, label: number): readonly string[] {
  let top = head;
  return rows.flatMap(({ height, name, draw }) => {
    const y = top;
    top += height;
    const middle = y + (name?.kind === 'muted' ? 12 : height / 2 + 4);
    const indent = name?.kind === 'user' ? 0 : 8;
    return [
      ...(name === undefined ? [] : [
        element('text', { class: name.kind, x: padding + indent, y: middle }, pointedAt(name.text) + escaped(fitting(name.text, label - indent - 8, sizeOf(name.kind)))),
      ]),
      ...draw(y),
    ];
  });
}

function sizeOf(kind: NonNullable<Row['name']>['kind']): number {
  return { user: 15, session: 12, muted: 11 }[kind]; // bold letters are wider
}

/** Room for names: as much as they need, and no more than a third of the picture. */
function labelWidth({ users }: Timeline, width: number): number {
  const names = users.flatMap(({ userId, sessions, claims, alarms }) => [
    widthOf(named(userId), 15),
    ...sessions.map(({ sessionId }) => widthOf(named(sessionId), 12)),
    ...claims.map(({ claimId }) => widthOf(`claim ${named(claimId)}`, 11)),
    alarms.length === 0 ? 0 : widthOf('nextChangeAt', 11),
  ]);
  return Math.min(Math.max(names.reduce((widest, one) => Math.max(widest, one), 0) + 18, 60), width / 3);
}

/** Lines from top to bottom at round instants, named below. */
function axis({ scale }: Canvas, head: number, foot: number): readonly string[] {
  return ticksOf(scale, 64).flatMap((at) => {
    const x = fixed(scale.x(at));
    return [
      element('path', { class: 'grid', d: `M${x} ${fixed(head)}V${fixed(foot + 4)}` }),
      element('text', { class: 'muted', x, y: foot + 17, 'text-anchor': 'middle' }, escaped(scale.called(at))),
    ];
  });
}

function titleOf(users: Timeline['users']): string {
  const names = users.slice(0, 3).map(({ userId }) => named(userId));
  const more = users.length > 3 ? ` and ${String(users.length - 3)} more` : '';
  return users.length === 0 ? 'Presence of nobody' : `Presence of ${names.join(', ')}${more}`;
}

function assertDrawable(timeline: unknown, options: unknown): void {
  const isTimeline = isRecord(timeline) && Array.isArray(timeline['users']) && Array.isArray(timeline['statuses']) && Array.isArray(timeline['gaps']);
  if (!isTimeline) throw new TypeError(complaint('timeline', 'what `timeline` answers', timeline));
  if (!isRecord(options)) throw new TypeError(complaint('options', 'an object', options));
  const { width, title, theme, id } = options;
  const isWide = width === undefined || (Number.isSafeInteger(width) && Number(width) >= 320);
  if (!isWide) throw new TypeError(complaint('width', 'a whole number of px, 320 or more', width));
  if (title !== undefined && typeof title !== 'string') throw new TypeError(complaint('title', 'a string', title));
  if (theme !== undefined && theme !== 'auto' && theme !== 'light' && theme !== 'dark') throw new TypeError(complaint('theme', 'auto, light or dark', theme));
  const isName = id === undefined || (typeof id === 'string' && /^[A-Za-z][\w-]*$/.test(id));
  if (!isName) throw new TypeError(complaint('id', 'a letter, then letters, digits, - and _', id));
}
