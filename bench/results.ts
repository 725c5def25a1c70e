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
  /** The rows of the tracker, by how many sessions there are, how many each user has, and what else is said in `title`. */
  readonly crowds: readonly CrowdResult[];
  readonly weights: readonly Weight[];
  readonly peers: readonly (RowResult & { readonly lacks: string; readonly atLeast: number; readonly timesOurs: number })[];
}

export interface CrowdResult {
  readonly title: string;
  readonly sessions: number;
  readonly sessionsPerUser: number;
  readonly rows: readonly RowResult[];
  /** The longest call of a mass expiry with a limit of 1000, in ms. */
  readonly longestExpiryMs?: number;
}

const folder = 'bench/results';
/** How much worse than the baseline a ratio may be: machines with neighbours are that noisy. */
const tolerated = 1.5;

export function writeResults(results: Results, asBaseline: boolean): void {
  mkdirSync(absolute(folder), { recursive: true });
  const name = asBaseline ? 'baseline' : 'latest';
  writeFileSync(absolute(`${folder}/${name}.json`), `${JSON.stringify(results, null, 2)}\n`);
  const lines = linesOf(results);
  if (lines.some(({ points }) => points.length > 1)) writeFileSync(absolute(`${folder}/${name}.svg`), chartOf('Nanoseconds for each operation', lines));
  console.log(`\nWritten into ${folder}/${name}.json.`);
}

/** A line for each row that was measured at several sizes. */
function linesOf({ crowds }: Results): readonly Line[] {
  const lines = new Map<string, { readonly sessions: number; readonly ns: number }[]>();
  for (const { title, sessions, rows } of crowds) {
    if (title !== '') continue;
    for (const { name, ns } of rows) lines.set(name, [...lines.get(name) ?? [], { sessions, ns }]);
  }
  return [...lines].map(([name, points]) => ({ name, points })).filter(({ points }) => points.length > 1);
}

/** Prints every ratio that got worse than the baseline by more than half. Is there none? */
export function comparesWell({ crowds, derivation }: Results): boolean {
  const path = absolute(`${folder}/baseline.json`);
  if (!existsSync(path)) {
    console.log('\nThere is no baseline to compare with.');
    return true;
  }
  const baseline = JSON.parse(readFileSync(path, 'utf8')) as Results;
  const known = new Map([
    ...baseline.derivation.map(({ name, ratio }) => [name, ratio] as const),
    ...baseline.crowds.flatMap((crowd) => crowd.rows.map(({ name, ratio }) => [keyOf(crowd, name), ratio] as const)),
  ]);
  const now = [
    ...derivation.map(({ name, ratio }) => [name, ratio] as const),
    ...crowds.flatMap((crowd) => crowd.rows.map(({ name, ratio }) => [keyOf(crowd, name), ratio] as const)),
  ];
  const worse = now.filter(([key, ratio]) => ratio > (known.get(key) ?? Number.POSITIVE_INFINITY) * tolerated);
  for (const [key, ratio] of worse) console.log(`${key}: ${ratio.toFixed(2)} × its floor, ${known.get(key)!.toFixed(2)} × in the baseline.`);
  if (worse.length === 0) console.log(`\nNo ratio is more than ${tolerated} times the baseline's.`);
  return worse.length === 0;
}

const keyOf = ({ title, sessions, sessionsPerUser }: CrowdResult, name: string): string => `${sessions} sessions, ${sessionsPerUser} a user${title}: ${name}`;

export function tableOfRows(rows: readonly RowResult[]): string {
  const lines = rows.map(({ name, ns, ratio, floor, bytes, must }) =>
    `| ${name} | ${ns.toFixed(0)} | ${ratio.toFixed(2)} × ${floor} | ${must === undefined ? '' : `${must} ×`} | ${Number.isFinite(bytes) ? bytes.toFixed(1) : ''} |`);
  return ['| work | ns | beside its floor | must | bytes |', '| --- | ---: | ---: | ---: | ---: |', ...lines].join('\n');
}
