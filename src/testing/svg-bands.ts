// Bands: the statuses of a user or a session, the better the higher, with the word and the reason where they fit.

import type { Names } from '../signal.js';
import type { Timestamp } from '../time.js';
import type { DepartedSpan, Segment } from './lanes.js';
import type { Span } from './replay.js';
import { pointedAt } from './svg-row.js';
import type { Canvas, Row } from './svg-row.js';
import { paintOf, patternOf } from './svg-style.js';
import { element, escaped, fixed, widthOf } from './svg-text.js';

const wordSize = 11;
/** The least height that a word stands in, in px. */
const lowest = 14;

/** What a band shows besides statuses. */
export interface Besides {
  readonly name: NonNullable<Row['name']>;
  /** How high the best status is, in px. */
  readonly height: number;
  readonly departed?: readonly DepartedSpan[];
  readonly forgotten?: readonly Span[];
}

/** One status in a row, whatever the reasons. */
interface Run {
  readonly status: string;
  readonly from: Timestamp;
  readonly until: Timestamp;
  readonly reasons: readonly string[];
}

/** Where a run stands. */
interface Place {
  readonly left: number;
  readonly width: number;
  readonly base: number;
  /** 0 for the bottom. */
  readonly high: number;
}

/** The row of one lane. */
export function bandOf<B>(segments: readonly Segment<Names, B>[], reason: (because: B) => string, besides: Besides, canvas: Canvas): Row {
  const { name, height, departed = [], forgotten = [] } = besides;
  const { scale: { x }, statuses } = canvas;
  const runs = runsOf(segments, reason);
  const held = heldOf(departed, runs, statuses);
  const draw = (top: number): readonly string[] => {
    const base = top + height;
    const shapes: string[] = [];
    const words: string[] = [];
    for (const group of bySight(runs, x)) {
      const { status, from, until } = group[0];
      const rank = statuses.indexOf(status);
      const left = x(from);
      const place: Place = { left, width: x(until) - left, base, high: heightOf(rank, height, statuses) };
      if (group.length > 1) {
        shapes.push(flicker(group, height, base, canvas));
        continue;
      }
      shapes.push(...shapesOf(group[0], rank, place, canvas));
      words.push(...wordsOf(group[0], rank, place));
    }
    const over = [...held.map((span) => grace(span, base - height, height, canvas)), ...forgotten.map((span) => lost(span, base, x))];
    return [...shapes, ...over, ...words];
  };
  return { height: height + 2, name, draw };
}

/** Are there statuses in a row that are each too short to be seen? */
export function isTooQuick(segments: readonly Segment<Names, unknown>[], { scale: { x } }: Canvas): boolean {
  return bySight(runsOf(segments, () => ''), x).some((group) => group.length > 1);
}

function runsOf<B>(segments: readonly Segment<Names, B>[], reason: (because: B) => string): readonly Run[] {
  const runs: (Run & { until: Timestamp; reasons: string[] })[] = [];
  for (const { status, from, until, because } of segments) {
    const why = reason(because);
    let run = runs[runs.length - 1];
    if (run?.status !== status) runs.push(run = { status, from, until, reasons: [] });
    run.until = until;
    if (why !== '' && !run.reasons.includes(why)) run.reasons.push(why);
  }
  return runs;
}

/** Runs one by one, but those too short to be seen together. */
function bySight(runs: readonly Run[], x: (at: Timestamp) => number): readonly (readonly [Run, ...Run[]])[] {
  const groups: [Run, ...Run[]][] = [];
  let wasShort = false;
  for (const run of runs) {
    const isShort = x(run.until) - x(run.from) < 1;
    const last = groups[groups.length - 1];
    if (isShort && wasShort && last !== undefined) last.push(run);
    else groups.push([run]);
    wasShort = isShort;
  }
  return groups;
}

/** From the best, which is as high as the band, down to what a word stands in; the bottom is a line. */
function heightOf(rank: number, height: number, statuses: readonly string[]): number {
  const bottom = statuses.length - 1;
  if (rank >= bottom) return 0;
  return bottom === 1 ? height : height - ((height - lowest) * rank) / (bottom - 1);
}

function shapesOf({ status, from, until, reasons }: Run, rank: number, { left, width, base, high }: Place, canvas: Canvas): readonly string[] {
  const { id, scale: { called } } = canvas;
  const why = reasons.length === 0 ? '' : `: ${reasons.slice(0, 8).join('; ')}`;
  const told = pointedAt(`${status}, ${called(from)} to ${called(until)}${why}`);
  if (high === 0) return [element('path', { class: 'base', d: `M${fixed(left)} ${fixed(base - 0.5)}h${fixed(width)}` }, told)];
  const box = { x: left, y: base - high, width: Math.max(width - 1, 1), height: high, rx: 2 };
  const weave = patternOf(rank);
  return [
    element('rect', { class: paintOf(rank), ...box }, told),
    ...(weave === undefined ? [] : [element('rect', { fill: `url(#${id}-r${String(rank)})`, ...box })]),
  ];
}

/** The word, with the reason if both fit. */
function wordsOf({ status, reasons }: Run, rank: number, { left, width, base, high }: Place): readonly string[] {
  const room = width - 12;
  const why = reasons.length === 1 ? ` · ${reasons.join('')}` : '';
  const strong = element('tspan', { class: 'strong' }, escaped(status));
  if (widthOf(status, wordSize) > room) return [];
  const text = why !== '' && widthOf(`${status}${why}`, wordSize) <= room ? `${strong}${escaped(why)}` : strong;
  const place = { x: left + 6, y: high === 0 ? base - 6 : base - high / 2 + 4 };
  return [element('text', { class: high === 0 ? 'muted' : `word ${paintOf(rank)}`, ...place }, text)];
}

/** Several statuses, each too short to be seen. */
function flicker(runs: readonly Run[], height: number, base: number, { scale: { x, called } }: Canvas): string {
  const from = runs.reduce((earliest, run) => Math.min(earliest, run.from), Number.POSITIVE_INFINITY);
  const until = runs.reduce((latest, run) => Math.max(latest, run.until), Number.NEGATIVE_INFINITY);
  const told = pointedAt(`${String(runs.length)} statuses, ${called(from)} to ${called(until)}`);
  return element('rect', { class: 'mixed', x: x(from), y: base - height, width: Math.max(x(until) - x(from), 1), height }, told);
}

/** A span of grace: the connection ended, and the session is above the bottom yet. */
interface Held extends Span {
  readonly cause: string;
}

/** What of the time since connections ended is held. Both lists are in order. */
function heldOf(departed: readonly DepartedSpan[], runs: readonly Run[], statuses: readonly string[]): readonly Held[] {
  const above = runs.filter(({ status }) => statuses.indexOf(status) < statuses.length - 1);
  const held: Held[] = [];
  let i = 0;
  for (const { from, until, cause } of departed) {
    for (let run = above[i]; run !== undefined && run.until <= from; run = above[++i]);
    for (let j = i, run = above[j]; run !== undefined && run.from < until; run = above[++j]) {
      held.push({ from: Math.max(from, run.from), until: Math.min(until, run.until), cause });
    }
  }
  return held;
}

function grace({ from, until, cause }: Held, top: number, height: number, { id, scale: { x, called } }: Canvas): string {
  const told = pointedAt(`connection ended (${cause}), held ${called(from)} to ${called(until)}`);
  const width = Math.max(x(until) - x(from) - 2, 1);
  const box = { x: x(from) + 0.5, y: top + 0.5, width, height: height - 1, rx: 2 };
  return element('rect', { class: width < 6 ? 'grace thin' : 'grace', fill: `url(#${id}-grace)`, ...box }, told);
}

/** Nothing is known of the session any more. */
function lost({ from, until }: Span, base: number, x: (at: Timestamp) => number): string {
  const d = `M${fixed(x(from))} ${fixed(base - 0.5)}H${fixed(x(until))}`;
  return element('path', { class: 'blank', d }) + element('path', { class: 'base lost', d });
}
