// What real load cost, and how that is told.

import { spaced, table } from './tables.js';

export interface Replayed {
  readonly sessions: number;
  readonly signals: number;
  /** How long the recording lasts, in ms. */
  readonly recordedMs: number;
  /** CPU time of making the signals alone, and of making and observing them, in ms. */
  readonly withoutMs: number;
  readonly withMs: number;
  readonly told: number;
}

export interface Lived {
  readonly sockets: number;
  readonly beatsPerSecond: number;
  /** Shares of a core: the server's without presence, with it, and what was spent within calls of the tracker. */
  readonly withoutShare: number;
  readonly withShare: number;
  readonly insideShare: number;
}

export interface LoadResults {
  readonly machine: string;
  readonly replayed: readonly Replayed[];
  readonly lived: readonly Lived[];
}

export function loadText({ replayed, lived }: LoadResults): string {
  const percent = (share: number): string => `${(share * 100).toFixed(2)} %`;
  return [
    table('| sessions of the recording | signals | told changes | ns a signal | times real time | share of a core at real time |', '| ---: | ---: | ---: | ---: | ---: | ---: |',
      replayed.map(({ sessions, signals, recordedMs, withoutMs, withMs, told }) => {
        const ms = withMs - withoutMs;
        return [spaced(sessions), spaced(signals), spaced(told), ((ms * 1e6) / signals).toFixed(0), `${(recordedMs / ms).toFixed(0)} ×`, percent(ms / recordedMs)];
      })),
    table('| live sockets | beats a second | server without presence | with it | within calls of the tracker |', '| ---: | ---: | ---: | ---: | ---: |',
      lived.map(({ sockets, beatsPerSecond, withoutShare, withShare, insideShare }) =>
        [spaced(sockets), beatsPerSecond.toFixed(0), percent(withoutShare), percent(withShare), percent(insideShare)])),
  ].join('\n\n');
}
