// The worst that may happen to a healthy client between two signs of life, as signals, and whether anybody sees it: asked
// of `timeline`, so that the rule that decides is the only one there is.
// Rule 1: a flap is a status that gets worse and comes back although the human did nothing else and no other word was
//         reported.
// Rule 2: what lasts longest shows most, so it is asked first. But it may last so long that clocks which no beat sets back
//         say as much by then; so it is also asked of the shortest spans in which each threshold is passed.
// Rule 3: the first sign of life is the worst to be followed by silence: later those other clocks are further on.

import type { Client } from '../environment.js';
import { owns } from '../../plain.js';
import type { Signal } from '../../signal.js';
import { departureRungs, statusOf } from '../../table.js';
import type { StandingRows, Table } from '../../table.js';
import type { DurationMs, Timestamp } from '../../time.js';
import { timeline } from '../timeline.js';
import { standingRow } from './rows.js';
import type { RowClock } from './rows.js';
import type { View, Witness } from './finding.js';

/** What is seen of a flap. */
export interface Flap {
  readonly client: Client;
  /** How long the span may last in which it was found; the history that shows it may be of a shorter one. */
  readonly longestMs: DurationMs;
  /** The cell that is passed. */
  readonly path: string;
  readonly thresholdMs: DurationMs;
  /** What others see, and what they see again after it. */
  readonly status: string;
  readonly again: string;
  readonly witness: Witness;
}

const about = { userId: 'ada', sessionId: 'tab' } as const;

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

/** What is told of a span: a client that has just come, or that was there before, so that even an end without grace is seen. */
function storyOf(client: Client, { lost }: Span, human: Human, heardAt: Timestamp, lastsMs: DurationMs): readonly Signal[] {
  const active = (at: Timestamp, is: boolean): { readonly activeAt?: Timestamp } => (is ? { activeAt: at } : {});
  const back = heardAt + lastsMs;
  const first: Signal = { type: 'connected', ...about, epoch: 1, at: 0, ...said(client), ...active(0, human !== 'absent') };
  const last: Signal = { type: 'heartbeat', ...about, epoch: 1, at: heardAt, ...said(client), ...active(heardAt, human !== 'absent') };
  const before = heardAt === 0 ? [first] : [first, last];
  if (lost === undefined) return [...before, { ...last, at: back, ...active(back, human === 'works') }];
  return [
    ...before,
    { type: 'disconnected', ...about, epoch: 1, at: heardAt + lost.afterMs, cause: lost.cause },
    { ...first, epoch: 2, at: back, ...active(back, human === 'works') },
  ];
}

function said({ report, quietForMs }: Client): { readonly report?: string; readonly quietForMs?: DurationMs } {
  return { ...(report === 'none' ? {} : { report }), ...(quietForMs === 0 ? {} : { quietForMs }) };
}

/** How late a client may be heard: at least 1 ms, as no timer is exact, so that a beat as long as a threshold is too long. */
export function latenessOf({ circumstances }: View): DurationMs {
  return Math.max(1, circumstances.latencyMs);
}

/** The first flap by one of these clocks that a span between two signs of life shows. */
export function flapOf(view: View, client: Client, clocks: readonly RowClock[], span: Span): Flap | undefined {
  const everybody: readonly Human[] = client.isHidden ? ['absent', 'came'] : ['absent', 'came', 'works'];
  for (const lastsMs of [span.longestMs, ...shorterSpans(view, client, clocks, span)]) {
    for (const human of span.humans ?? everybody) {
      for (const heardAt of span.lost === undefined ? [0] : [0, 1]) {
        const signals = storyOf(client, span, human, heardAt, lastsMs);
        const witness: Witness = { signals, range: { from: 0, until: heardAt + lastsMs + 1 } };
        const dip = dipOf(view, witness, clocks);
        if (dip !== undefined) return { client, longestMs: span.longestMs, witness, ...seenOf(dip, client, view) };
      }
    }
  }
  return undefined;
}

/** The shortest spans in which a threshold of these clocks is passed, as far as they are shorter than the longest. */
function shorterSpans({ table }: View, client: Client, clocks: readonly RowClock[], { longestMs, lost }: Span): readonly DurationMs[] {
  const standing = table.reports.get(client.report) as StandingRows;
  const quietMs = Math.min(client.quietForMs, table.maxQuietMs);
  const passed = clocks.flatMap((clock): readonly DurationMs[] => {
    if (clock === 'silence') return standing.silence.map(({ afterMs }) => quietMs + afterMs);
    if (clock !== 'departure' || lost === undefined) return [];
    return departureRungs(lost.cause, standing).map(({ afterMs }) => lost.afterMs + afterMs);
  });
  return passed.map((passedMs) => passedMs + 1).filter((lastsMs) => lastsMs < longestMs && lastsMs > (lost?.afterMs ?? 0));
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
    return { clock: because.clock, cause: because.clock === 'departure' ? because.cause : '', thresholdMs: because.afterMs, low: rank, again };
  }
  return undefined;
}

/** The dip as it is told: by the first cell of its row that is passed then and seen. */
function seenOf({ clock, cause, thresholdMs, low, again }: Dip, client: Client, { rows, table }: View): Omit<Flap, 'client' | 'longestMs' | 'witness'> {
  const { path, ladder } = standingRow(rows, client.report, clock, cause);
  const cell = table.statuses.find((status) => owns(ladder, status) && ladder[status] === thresholdMs && rankSeen(status, table) > again);
  return { path: `${path}.${String(cell)}`, thresholdMs, status: statusOf(low, table), again: statusOf(again, table) };
}

/** The rank of the word that others see for a status. */
function rankSeen(status: string, { statuses, outward }: Table): number {
  return statuses.indexOf(outward[statuses.indexOf(status)] as string);
}
