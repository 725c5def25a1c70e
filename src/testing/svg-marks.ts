// Marks: what was heard, each kind with a shape of its own. Beats hang from the band, and those so close that they touch are
// one bar; other marks stand below, and those so close that they would cover each other are one, with their number.

import type { Signal } from '../signal.js';
import { pointedAt } from './svg-row.js';
import type { Canvas, Row } from './svg-row.js';
import { element, escaped, fixed, named, widthOf } from './svg-text.js';
import { saying } from './svg-words.js';

/** The kinds of marks, the more telling first. */
export const markKinds = ['disconnected', 'connected', 'activity', 'claimed', 'unclaimed', 'cleared', 'heartbeat'] as const;
/** A kind of mark. */
export type MarkKind = (typeof markKinds)[number];

const shapes: Readonly<Record<MarkKind, readonly (readonly [kind: 'mark' | 'line' | 'beat', d: string])[]>> = {
  connected: [['mark', 'M0 -5 5 4H-5Z']],
  disconnected: [['line', 'M-4 -4 4 4M4 -4-4 4']],
  activity: [['mark', 'M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0']],
  heartbeat: [['beat', 'M0 -3V3']],
  claimed: [['mark', 'M0 -5.5 8 -2.5 0 .5Z'], ['line', 'M0 5.5V-5.5']],
  unclaimed: [['line', 'M0 5.5V-5.5L8 -2.5 0 .5']],
  cleared: [['line', 'M0 5.5V-5.5L8 -2.5 0 .5M-3 4 9 -7']],
};

/** The shape of a kind, around a point. */
export function markAt(kind: MarkKind, x: number, y: number, told?: string): string {
  const paths = shapes[kind].map(([name, d]) => element('path', { class: name, d })).join('');
  return element('g', { transform: `translate(${fixed(x)} ${fixed(y)})` }, (told === undefined ? '' : pointedAt(told)) + paths);
}

/** Marks nearer than this cover each other, in px. */
const nearest = 11;
/** Beats nearer than this touch. */
const touching = 4;

/** Signals in one place, in time order. */
interface Cluster {
  readonly left: number;
  right: number;
  readonly first: Signal;
  last: Signal;
  readonly signals: Signal[];
}

/** The row of what was heard. */
export function marksOf(signals: readonly Signal[], canvas: Canvas): Row {
  const beats = clusters(signals.filter(({ type }) => type === 'heartbeat'), touching, true, canvas);
  const marks = clusters(signals.filter(({ type }) => type !== 'heartbeat'), nearest, false, canvas);
  const late = lateEnds(signals);
  const draw = (top: number): readonly string[] => {
    const hasBeats = beats.length > 0;
    const y = top + (hasBeats ? 14 : 9);
    const right = (i: number): number => (marks[i + 1]?.left ?? canvas.scale.right + nearest) - nearest;
    return [
      ...beats.map((cluster) => beat(cluster, top + 3, canvas)),
      ...marks.map((cluster, i) => mark(cluster, y, right(i), late, canvas)),
    ];
  };
  return { height: beats.length === 0 ? 18 : marks.length === 0 ? 8 : 21, draw };
}

/** What stands so close that it is one: to the last of its kind where they may run on, else to the first. */
function clusters(signals: readonly Signal[], leastPx: number, mayRun: boolean, { scale: { x } }: Canvas): readonly Cluster[] {
  const found: Cluster[] = [];
  for (const signal of signals) {
    const place = x(signal.at);
    const last = found[found.length - 1];
    if (last !== undefined && place - (mayRun ? last.right : last.left) < leastPx) {
      last.right = place;
      last.last = signal;
      last.signals.push(signal);
    } else found.push({ left: place, right: place, first: signal, last: signal, signals: [signal] });
  }
  return found;
}

function beat(cluster: Cluster, y: number, canvas: Canvas): string {
  const told = toldOf(cluster, canvas);
  if (cluster.signals.length === 1) return markAt('heartbeat', cluster.left, y, told);
  const box = { x: cluster.left - 0.7, y: y - 3, width: cluster.right - cluster.left + 1.4, height: 6 };
  return element('rect', { class: 'beats', ...box }, pointedAt(told));
}

function mark(cluster: Cluster, y: number, right: number, late: ReadonlySet<Signal>, canvas: Canvas): string {
  const { signals, first, left } = cluster;
  const kind = signals.reduce<MarkKind>((telling, { type }) => (markKinds.indexOf(type) < markKinds.indexOf(telling) ? type : telling), first.type);
  const isLate = signals.every((signal) => late.has(signal));
  const text = signals.length > 1 ? `×${String(signals.length)}` : wordBeside(first, isLate);
  const shape = markAt(kind, left, y, toldOf(cluster, canvas));
  const word = text !== '' && left + 12 + widthOf(text, 11) <= right ? element('text', { class: 'muted', x: left + (kind === 'claimed' ? 12 : 8), y: y + 4 }, escaped(text)) : '';
  return isLate ? element('g', { class: 'late' }, shape + word) : shape + word;
}

function toldOf({ signals, first, last }: Cluster, { scale: { called } }: Canvas): string {
  const kinds = new Set(signals.map(({ type }) => type));
  if (signals.length > 4) {
    return `${String(signals.length)} signals (${[...kinds].join(', ')}), ${called(first.at)} to ${called(last.at)}`;
  }
  return signals.map((signal) => `${saying(signal, called)} at ${called(signal.at)}`).join('; ');
}

/** What a single mark says beside its shape. */
function wordBeside(signal: Signal, isLate: boolean): string {
  if (signal.type === 'disconnected') return `${signal.cause ?? 'dropped'}${isLate && signal.epoch !== undefined ? ` #${String(signal.epoch)}, late` : ''}`;
  if (signal.type === 'claimed') return named(signal.claim.id);
  return 'report' in signal && signal.report !== undefined ? signal.report : '';
}

/** The ends of connections that a newer one had replaced already, as far as signals number them. */
function lateEnds(signals: readonly Signal[]): ReadonlySet<Signal> {
  const late = new Set<Signal>();
  let newest = Number.NEGATIVE_INFINITY;
  for (const signal of signals) {
    if (!('sessionId' in signal) || signal.epoch === undefined) continue;
    if (signal.type === 'disconnected' && signal.epoch < newest) late.add(signal);
    newest = Math.max(newest, signal.epoch);
  }
  return late;
}
