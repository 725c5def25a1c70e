// The tables of docs/guide/measuring-quality.md.

import { defaultPolicy } from 'presence-model';
import { measureQuality } from 'presence-model/testing';
import type { Detector, Estimate, Network } from 'presence-model/testing';

/** Each with its name and what makes it. */
const networks: readonly (readonly [name: string, said: string, network: Network])[] = [
  ['an ordinary day', '`{}`', {}],
  ['a bad line', '`loss: 0.05, lostInRow: 3, jitterMs: 500`', { loss: 0.05, lostInRow: 3, jitterMs: 500 }],
  ['storms', '`storms: { perHour: 4, spreadMs: 10_000 }`', { storms: { perHour: 4, spreadMs: 10_000 } }],
  ['hidden tabs', '`throttled: { share: 1 }`', { throttled: { share: 1 } }],
  ['pings as of Socket.IO', '`transport: {}`', { transport: {} }],
];

/** What is measured of the default policy: 400 sessions for half an hour each, seed 1. */
export function qualityTable(): string {
  const rows = networks.flatMap(([name, said, network]) => {
    const { detectors, flapsPerHour } = measureQuality(defaultPolicy, network);
    const head = [[name, between(flapsPerHour, short)], [said, '']];
    return detectors.map((detector, i) => `| ${[...(head[i] ?? ['', '']), `\`${detector.status}\``, ...measuresOf(detector)].join(' | ')} |`);
  });
  return [
    '| network | flaps an hour | this or worse | mistakes an hour | each lasts, s | right, % | a crash shows after, s | 99 of 100 within, s |',
    '|---|--:|---|--:|--:|--:|--:|--:|',
    ...rows,
  ].join('\n');
}

function measuresOf({ mistakesPerHour, mistakeMs, accuracy, detection }: Detector): readonly string[] {
  return [
    between(mistakesPerHour, short),
    mistakeMs === undefined ? '' : between(mistakeMs, seconds),
    accuracy.estimate === 1 ? `> ${percent(accuracy.low)}` : between(accuracy, percent),
    detection === undefined ? 'never' : between(detection.meanMs, seconds),
    detection === undefined ? 'never' : between(detection.p99Ms, seconds),
  ];
}

const short = (value: number): string => value.toPrecision(2);
const seconds = (ms: number): string => (ms / 1_000).toFixed(1);
const percent = (share: number): string => (100 * share).toFixed(2);

/** The estimate with its interval; where nothing was seen, the bound. */
function between({ estimate, low, high }: Estimate, said: (value: number) => string): string {
  return estimate === 0 ? `< ${said(high)}` : `${said(estimate)} (${said(low)}–${said(high)})`;
}
