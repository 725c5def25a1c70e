// The worst that may happen to a healthy client between two signs of life, as signals, and whether anybody sees it: asked
// of `timeline`, so that the rule that decides is the only one there is.
// Rule 1: a flap is a status that gets worse and comes back although the human did nothing else and no other word was
//         reported.
// Rule 2: what lasts longest shows most, so it is asked first. But it may last so long that clocks which no beat sets back
//         say as much by then; so it is also asked of the shortest spans in which each threshold is passed.
// Rule 3: the first sign of life is the worst to be followed by silence: later those other clocks are further on.

import { spoken } from '../../duration.js';
import { owns } from '../../plain.js';
import type { Signal } from '../../signal.js';
import { departureRungs, statusOf } from '../../table.js';
import type { StandingRows, Table } from '../../table.js';
import type { DurationMs, Timestamp } from '../../time.js';
import type { Client } from '../environment.js';
import { timeline } from '../timeline.js';
import type { Found, View, Witness } from './finding.js';
import { standingRow } from './rows.js';
import type { RowClock } from './rows.js';

/** What is seen of a flap. */
export interface Flap {
  readonly client: Client;
  /** How long the span may last; the history that shows the flap may be of a shorter one. */
  readonly longestMs: DurationMs;
  readonly witness: Witness;
  /** The cell that is passed, its length, and the least that would outlast the span. */
  readonly path: string;
  readonly thresholdMs: DurationMs;
  readonly neededMs: DurationMs;
  /** What others see, and what they see again after it. */
  readonly status: string;
  readonly again: string;
}

/** What a human does: nothing ever, something with the last sign of life before the span, or something with each. */
export type Human = 'absent' | 'came' | 'works';

/** What may happen between two signs of life. */
export interface Span {
  /** How long it may last. */
  readonly longestMs: DurationMs;
  /** The end of the transport in it, and how long after the last sign of life. Absent: no end is told. */
  readonly lost?: { readonly cause: string; readonly afterMs: DurationMs };
  /** Who is asked about. Default: everybody who may sit before such a client. */
  readonly humans?: readonly Human[];
}

/** How late a client may be heard: at least 1 ms, as no timer is exact, so that a beat as long as a threshold is too long. */
export function latenessOf({ circumstances }: View): DurationMs {
  return Math.max(1, circumstances.latencyMs);
}

/** The first flap by one of these clocks that a span between two signs of life shows. */
export function flapOf(view: View, client: Client, clocks: readonly RowClock[], span: Span): Flap | undefined {
  const { longestMs, lost } = span;
  const everybody: readonly Human[] = client.isHidden ? ['absent', 'came'] : ['absent', 'came', 'works'];
  for (const lastsMs of [longestMs, ...shorterSpans(view, client, clocks, span)]) {
    for (const human of span.humans ?? everybody) {
      for (const heardAt of lost === undefined ? [0] : [0, 1]) {
        const signals = storyOf(client, span, human, heardAt, lastsMs);
        const witness: Witness = { signals, range: { from: 0, until: heardAt + lastsMs + 1 } };
        const dip = dipOf(view, witness, clocks);
        if (dip === undefined) continue;
        const beforeMs = { silence: promiseOf(view, client), departure: lost?.afterMs ?? 0, inactivity: 0, untouched: 0 }[dip.clock];
        return { client, longestMs, witness, neededMs: longestMs - beforeMs, ...toldOf(dip, client, view) };
      }
    }
  }
  return undefined;
}

/** Of flaps at one cell, the one that needs most. */
export function worstByPath(flaps: readonly (Flap | undefined)[]): readonly Flap[] {
  const byPath = new Map<string, Flap>();
  for (const flap of flaps) {
    if (flap !== undefined && flap.neededMs > (byPath.get(flap.path)?.neededMs ?? 0)) byPath.set(flap.path, flap);
  }
  return [...byPath.values()];
}

/** What every finding says of a flap. */
export function placeOf(flap: Flap): Pick<Found, 'path' | 'report' | 'thresholdMs' | 'neededMs' | 'witness'> {
  const { client, path, thresholdMs, neededMs, witness } = flap;
  return { path, report: client.report, thresholdMs, neededMs, witness };
}

/** `silence.idle` (15 s). */
export function cellOf({ path, thresholdMs }: Flap): string {
  return `\`${path}\` (${spoken(thresholdMs)})`;
}

/** How much of the quiet that a client promises counts. */
export function promiseOf({ policy }: View, { quietForMs }: Client): DurationMs {
  return Math.min(quietForMs, policy.maxQuietMs);
}

/** The shortest spans in which a threshold of these clocks is passed, as far as they are shorter than the longest. */
function shorterSpans(view: View, client: Client, clocks: readonly RowClock[], { longestMs, lost }: Span): readonly DurationMs[] {
  const standing = view.table.reports.get(client.report) as StandingRows;
  const passed = clocks.flatMap((clock): readonly DurationMs[] => {
    if (clock === 'silence') return standing.silence.map(({ afterMs }) => promiseOf(view, client) + afterMs);
    if (clock !== 'departure' || lost === undefined) return []; // who works is not found inactive by anything shorter
    return departureRungs(lost.cause, standing).map(({ afterMs }) => lost.afterMs + afterMs);
  });
  return passed.map((passedMs) => passedMs + 1).filter((lastsMs) => lastsMs < longestMs && lastsMs > (lost?.afterMs ?? 0));
}

const about = { userId: 'ada', sessionId: 'tab' } as const;

/**
 * What is heard around a span: of a client that has just come (at 0), or of one that was there before (at 1), so that an
 * end is seen even where none is forgiven.
 */
function storyOf(client: Client, { lost }: Span, human: Human, heardAt: Timestamp, lastsMs: DurationMs): readonly Signal[] {
  const alive = (type: 'connected' | 'heartbeat', epoch: number, at: Timestamp, interacts: boolean): Signal =>
    ({ type, ...about, epoch, at, ...said(client), ...(interacts ? { activeAt: at } : {}) });
  const back = heardAt + lastsMs;
  const before = [alive('connected', 1, 0, human !== 'absent')];
  if (heardAt > 0) before.push(alive('heartbeat', 1, heardAt, human !== 'absent'));
  if (lost === undefined) return [...before, alive('heartbeat', 1, back, human === 'works')];
  return [
    ...before,
    { type: 'disconnected', ...about, epoch: 1, at: heardAt + lost.afterMs, cause: lost.cause },
    alive('connected', 2, back, human === 'works'),
  ];
}

function said({ report, quietForMs }: Client): { readonly report?: string; readonly quietForMs?: DurationMs } {
  return { ...(report === 'none' ? {} : { report }), ...(quietForMs === 0 ? {} : { quietForMs }) };
}

interface Dip {
  readonly clock: RowClock;
  readonly cause: string;
  readonly thresholdMs: DurationMs;
  /** The ranks that others see, meanwhile and afterwards. */
  readonly low: number;
  readonly again: number;
}

/** The first span in which one of the clocks makes the only session, and so the user, look worse than before and after. */
function dipOf({ policy, table }: View, { signals, range }: Witness, clocks: readonly RowClock[]): Dip | undefined {
  const spans = timeline(signals, policy, range).users.flatMap((user) => user.sessions.flatMap(({ segments }) => segments))
    .map(({ status, because }) => ({ because, rank: rankSeen(status, table) }));
  const again = Math.max(...spans.slice(-1).map(({ rank }) => rank));
  let best = table.bottom;
  for (const { because, rank } of spans) {
    best = Math.min(best, rank);
    if (rank <= again || rank <= best || because.clock === 'none' || because.clock === 'never' || because.clock === 'report') continue;
    if (!clocks.includes(because.clock)) continue;
    const cause = because.clock === 'departure' ? because.cause : '';
    return { clock: because.clock, cause, thresholdMs: because.afterMs, low: rank, again };
  }
  return undefined;
}

/** The dip as it is told: by the first cell of its row that is passed then and seen. */
function toldOf(dip: Dip, client: Client, { rows, table }: View): Pick<Flap, 'path' | 'thresholdMs' | 'status' | 'again'> {
  const { clock, cause, thresholdMs, low, again } = dip;
  const { path, ladder } = standingRow(rows, client.report, clock, cause);
  const isCell = (status: string): boolean => owns(ladder, status) && ladder[status] === thresholdMs && rankSeen(status, table) > again;
  const cell = table.statuses.find(isCell) as string;
  return { path: `${path}.${cell}`, thresholdMs, status: statusOf(low, table), again: statusOf(again, table) };
}

/** The rank of the word that others see for a status. */
function rankSeen(status: string, { statuses, outward }: Table): number {
  return statuses.indexOf(outward[statuses.indexOf(status)] as string);
}
