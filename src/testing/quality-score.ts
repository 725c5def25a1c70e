// The measures of Chen, Toueg and Aguilera, counted over the sessions that were watched.

import type { Draft } from '../plain.js';
import type { Names } from '../signal.js';
import { statusOf } from '../table.js';
import type { Table } from '../table.js';
import type { DurationMs, Timestamp } from '../time.js';
import { meanOf, oneMinus, quantileOf, rateOf, shareOf } from './quality-estimate.js';
import type { Estimate } from './quality-estimate.js';
import { detectedAt, overlap, runsOf } from './quality-mistakes.js';
import type { Piece, Ranked } from './quality-mistakes.js';
import type { Span } from './replay.js';

/** How good a policy is on a network. */
export interface Quality<N extends Names = Names> {
  /** How long healthy sessions were watched in all, in hours. */
  readonly sessionHours: number;
  /** How often a healthy session is shown worse than it should be, per hour. */
  readonly mistakesPerHour: Estimate;
  /** How long such a mistake lasts, in ms. Absent: fewer than two came to an end. */
  readonly mistakeMs?: Estimate;
  /** The share of time in which a healthy session is shown as it should be. */
  readonly accuracy: Estimate;
  /** Changes that others are told of a healthy session because of mistakes, per hour: falls, further falls and returns. */
  readonly flapsPerHour: Estimate;
  /** Each status that others see, but for the best: what it says as a failure detector. Those that no session is better than are left out. */
  readonly detectors: readonly Detector<N>[];
}

/** A status as a failure detector: it suspects who is shown at this status or worse. */
export interface Detector<N extends Names = Names> {
  /** The status. */
  readonly status: N['status'];
  /** The share of crashes that are ever detected. Absent: nobody crashed who should have been better. */
  readonly detected?: Estimate;
  /** How long that takes. Absent: fewer than two crashes were detected. */
  readonly detection?: Detection;
  /** How often it begins to suspect a session that should be better: the mistake rate λ_M, per hour. */
  readonly mistakesPerHour: Estimate;
  /** How long it then suspects: the mistake duration T_M, in ms. Absent: fewer than two mistakes came to an end. */
  readonly mistakeMs?: Estimate;
  /** The share of time in which it is right about sessions that should be better: the query accuracy P_A. */
  readonly accuracy: Estimate;
}

/** Detection times T_D of crashes that are detected: from the crash to the last beginning of suspicion, 0 where that came before. */
export interface Detection {
  /** The mean, in ms. */
  readonly meanMs: Estimate;
  /** Half of the crashes are detected within this, in ms. */
  readonly p50Ms: Estimate;
  /** 99 of 100 crashes are detected within this, in ms. */
  readonly p99Ms: Estimate;
  /** The longest seen, in ms. */
  readonly maxMs: DurationMs;
}

/** One session, as it was watched. */
export interface Watched {
  /** What was shown of it, for ever. */
  readonly shown: readonly Ranked[];
  /** What was shown beside what should have been, until it crashed. */
  readonly pieces: readonly Piece[];
  readonly crashedAt: Timestamp;
  /** How often it beat, in ms. */
  readonly intervalMs: DurationMs;
  /** The longest time in which nothing was heard of it. A mistake that was not seen would have been no longer. */
  readonly longestSilenceMs: DurationMs;
}

const hourMs = 3_600_000;

/** Counts what befell the sessions in a span of time. */
export function scoreOf(sessions: readonly Watched[], span: Span, table: Table): Quality {
  const spentMs = sessions.length * (span.until - span.from);
  const longest = sessions.reduce((most, { longestSilenceMs }) => Math.max(most, longestSilenceMs), 1);
  const mistakes = sessions.flatMap((session) => beginningIn(span, session, ({ shown, should }) => shown > should));
  const wrong = sessions.flatMap(({ pieces }) => runsOf(pieces, ({ shown, should }) => shown !== should));
  const seen = new Set(table.outward.map((word) => table.statuses.indexOf(word)));
  const quality: Draft<Quality> = {
    sessionHours: spentMs / hourMs,
    mistakesPerHour: rateOf(mistakes.map(() => 1), spentMs / hourMs, 1),
    accuracy: oneMinus(rateOf(within(span, wrong), spentMs, longest)),
    flapsPerHour: rateOf(mistakes.map(({ changes }) => changes), spentMs / hourMs, 2),
    detectors: [...seen].filter((rank) => rank > 0).flatMap((rank) => detectorOf(rank, sessions, span, table, longest)),
  };
  const mistakeMs = lengthOf(mistakes);
  if (mistakeMs !== undefined) quality.mistakeMs = mistakeMs;
  return quality;
}

/** None where no session should be better than this. */
function detectorOf(rank: number, sessions: readonly Watched[], span: Span, table: Table, longest: DurationMs): readonly Detector[] {
  const isBetter = ({ should }: Piece): boolean => should < rank;
  const spentMs = sessions.flatMap(({ pieces }) => within(span, pieces.filter(isBetter))).reduce((a, b) => a + b, 0);
  if (spentMs === 0) return [];
  const isMistake = (piece: Piece): boolean => isBetter(piece) && piece.shown >= rank;
  const mistakes = sessions.flatMap((session) => beginningIn(span, session, isMistake));
  const suspected = sessions.flatMap(({ pieces }) => runsOf(pieces, isMistake));
  const detector: Draft<Detector> = {
    status: statusOf(rank, table),
    mistakesPerHour: rateOf(mistakes.map(() => 1), spentMs / hourMs, 1),
    accuracy: oneMinus(rateOf(within(span, suspected), spentMs, longest)),
  };
  const mistakeMs = lengthOf(mistakes);
  if (mistakeMs !== undefined) detector.mistakeMs = mistakeMs;

  const crashes = sessions.filter(({ pieces }) => pieces.slice(-1).some(isBetter));
  const times = crashes.flatMap(({ shown, crashedAt }) => {
    const at = detectedAt(shown, rank, crashedAt);
    return at === undefined ? [] : [at - crashedAt];
  });
  if (crashes.length > 0) detector.detected = shareOf(times.length, crashes.length);
  const detection = detectionOf(times);
  if (detection !== undefined) detector.detection = detection;
  return [detector];
}

function detectionOf(times: readonly DurationMs[]): Detection | undefined {
  const meanMs = meanOf(times);
  if (meanMs === undefined) return undefined;
  const sorted = [...times].sort((a, b) => a - b);
  return { meanMs, p50Ms: quantileOf(sorted, 0.5), p99Ms: quantileOf(sorted, 0.99), maxMs: sorted[sorted.length - 1] as number };
}

interface Mistake extends Span {
  /** How often the session beat: what a mistake lasts longer by where one more beat is lost. */
  readonly intervalMs: DurationMs;
  /** It was over before the session crashed. */
  readonly hasEnded: boolean;
  /** What others were told because of it: the changes from its first to its last instant. */
  readonly changes: number;
}

/** The mistakes of a session that begin in a span. They may end after it. */
function beginningIn(span: Span, { pieces, shown, crashedAt, intervalMs }: Watched, isMistake: (piece: Piece) => boolean): readonly Mistake[] {
  return runsOf(pieces, isMistake).filter(({ from }) => from >= span.from && from < span.until).map(({ from, until }) => {
    const hasEnded = until < crashedAt;
    const changes = shown.filter(({ at }) => at >= from && (at < until || (hasEnded && at === until))).length;
    return { from, until, intervalMs, hasEnded, changes };
  });
}

function lengthOf(mistakes: readonly Mistake[]): Estimate | undefined {
  const ended = mistakes.filter(({ hasEnded }) => hasEnded);
  return meanOf(ended.map(({ from, until }) => until - from), ended.reduce((most, { intervalMs }) => Math.max(most, intervalMs), 0));
}

/** How long each lies within the span; those that do not are left out. */
function within(span: Span, spans: readonly Span[]): readonly DurationMs[] {
  return spans.map((each) => overlap(each, span)).filter((ms) => ms > 0);
}
