// What was measured, as JSON, and held against what is written down: by ratio to the floor, as times change with the machine.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { absolute } from '../test/support/files.js';
import type { Line } from './chart.js';
import { chartOf } from './chart.js';
import type { Measured } from './measure.js';
import type { Weight } from './memory.js';
import type { RowResult } from './rounds.js';

export interface Results {
  readonly machine: string;
  readonly derivation: readonly Measured[];
  readonly crowds: readonly CrowdResult[];
  readonly weights: readonly Weight[];
  readonly bare?: BareResult;
  readonly peers?: PeersResult;
  /** What was left out, and why. */
  readonly skipped: readonly string[];
}

export interface CrowdWanted {
  /** What is special about this crowd, where anything is. */
  readonly title: string;
  readonly sessions: number;
  readonly sessionsPerUser: number;
  /** How many times as long as the default's the thresholds and the beats' intervals are. */
  readonly times: number;
  /** Do they beat in the order of memory? Else by chance. */
  readonly isInOrder: boolean;
  /** Are only quiet beats measured, and passing time? Many trackers of so many sessions do not fit into memory. */
  readonly isBrief: boolean;
  readonly seed: number;
  readonly rounds: number;
}

export interface CrowdResult extends CrowdWanted {
  readonly rows: readonly RowResult[];
  /** The longest call of a mass expiry with a limit of 1000, in ms. */
  readonly longestExpiryMs: number;
}

/** What a bare tracker takes (see bare.ts). */
export interface BareResult {
  readonly sessions: number;
  readonly rows: readonly RowResult[];
}

export interface PeersResult {
  readonly sessions: number;
  /** Nanoseconds of our own quiet `observe` in the same rounds. */
  readonly ourNs: number;
  /** The same of our own quiet `connection.heartbeat`. */
  readonly handleNs: number;
  readonly peers: readonly PeerResult[];
  readonly missing: readonly string[];
}

export interface PeerResult {
  readonly name: string;
  readonly lacks: string;
  readonly atLeast: number;
  readonly ns: number;
  /** How many times as long as our `observe` it takes, the median of rounds. */
  readonly timesOurs: number;
  /** The same of `connection.heartbeat`, of medians. */
  readonly timesHandle: number;
}

export interface MemoryResults {
  readonly machine: string;
  readonly weights: readonly Weight[];
  readonly skipped: readonly string[];
}

/** What can be measured: each in a file of its own. */
export type ResultsName = 'quick' | 'full' | 'baseline' | 'load' | 'memory';

const folder = 'bench/results';
/** How much worse than the baseline a ratio may be: machines with neighbours are that noisy. */
const tolerated = 1.5;

const pathOf = (name: ResultsName): string => absolute(`${folder}/${name}.json`);

export function writeResults(name: ResultsName, results: object): void {
  mkdirSync(absolute(folder), { recursive: true });
  writeFileSync(pathOf(name), `${JSON.stringify(results, (_, value: unknown) => (typeof value === 'number' ? Number(value.toPrecision(5)) : value), 2)}\n`);
  console.log(`\nWritten into ${folder}/${name}.json.`);
}

/** What was written last; nothing where that was never measured. */
export function readResults<T = Results>(name: ResultsName): T | undefined {
  return existsSync(pathOf(name)) ? (JSON.parse(readFileSync(pathOf(name), 'utf8')) as T) : undefined;
}

/** A line for each row that was measured at several sizes. */
export function writeChart({ crowds }: Results): void {
  const lines = new Map<string, Line['points']>();
  for (const { title, sessions, rows } of crowds) {
    if (title !== '') continue;
    for (const { name, ns } of rows) lines.set(name, [...lines.get(name) ?? [], { sessions, ns }]);
  }
  const drawn = [...lines].map(([name, points]) => ({ name, points })).filter(({ points }) => points.length > 1);
  if (drawn.length > 0) writeFileSync(absolute(`${folder}/sizes.svg`), chartOf('Nanoseconds for each operation', drawn));
}

/** Prints every ratio that got worse than the baseline by more than half. Is there none? */
export function comparesWell(results: Results): boolean {
  const baseline = readResults('baseline');
  if (baseline === undefined) {
    console.log('\nThere is no baseline to compare with: npm run bench -- --baseline');
    return false;
  }
  const known = new Map(ratiosOf(baseline));
  const now = ratiosOf(results);
  const shared = now.filter(([key]) => known.has(key));
  const worse = shared.filter(([key, ratio]) => ratio > known.get(key)! * tolerated);
  for (const [key, ratio] of worse) console.log(`${key}: ${ratio.toFixed(2)} × its floor, ${known.get(key)!.toFixed(2)} × in the baseline.`);
  for (const [key] of now) if (!known.has(key)) console.log(`${key}: not in the baseline.`);
  console.log(`\n${worse.length} of ${shared.length} ratios are more than ${tolerated} times the baseline's.`);
  return worse.length === 0 && shared.length > 0;
}

function ratiosOf({ crowds, derivation }: Results): readonly (readonly [key: string, ratio: number])[] {
  return [
    ...derivation.map(({ name, ratio }) => [name, ratio] as const),
    ...crowds.flatMap(({ title, sessions, sessionsPerUser, rows }) =>
      rows.map(({ name, ratio }) => [`${sessions} sessions, ${sessionsPerUser} a user${title}: ${name}`, ratio] as const)),
  ];
}
