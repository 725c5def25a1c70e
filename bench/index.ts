// npm run bench: what derives and what tracks presence, each beside its floor, in less than two minutes.
//   npm run bench -- --full         every size, shape and threshold; memory, pauses, peers (npm install --prefix bench)
//   npm run bench -- --write        writes the table of what derives into README.md and docs/performance.md
//   npm run bench -- --baseline     makes this run the one to compare with
//   npm run bench -- --check        fails where a ratio is worse than the baseline's by more than half
//   npm run bench -- --seed 42      other inputs
//   npm run bench -- --sessions 100000

import { spawnSync } from 'node:child_process';
import { casesFrom } from './cases.js';
import { crowdOf } from './crowd.js';
import { loadLibrary } from './library.js';
import { measureAll } from './measure.js';
import type { Weight } from './memory.js';
import { passing } from './passing-rows.js';
import { peersOf } from './peers.js';
import { machine, tableOf, write } from './report.js';
import { comparesWell, tableOfRows, writeResults } from './results.js';
import type { CrowdResult } from './results.js';
import { measureRounds } from './rounds.js';
import { beatRows, floorRows } from './tracker-rows.js';

const args = process.argv.slice(2);
const number = (name: string, otherwise: number): number => Number(args[args.indexOf(name) + 1] ?? otherwise) || otherwise;
const seed = args.includes('--seed') ? number('--seed', 1) : 1;
const most = args.includes('--sessions') ? number('--sessions', 1_000_000) : 1_000_000;
const isFull = args.includes('--full');
const turns = 9;

if (globalThis.gc === undefined) throw new Error('Bytes need `node --expose-gc`: npm run bench.');

console.log(machine(seed));
const library = await loadLibrary();
const show = (what: string) => (turn: number): void => { process.stdout.write(turn === 0 ? `\n${what}: warming up` : ` ${turn}/${turns}`); };

const derivation = await measureAll(casesFrom(library, seed), turns, show('core'));
console.log(`\n\n${tableOf(derivation)}`);

const crowds: CrowdResult[] = [];
const measureCrowd = (sessions: number, sessionsPerUser: number, title = '', thresholdsTimes = 1): void => {
  console.log(`\n${sessions} sessions, ${sessionsPerUser} for each user${title}`);
  const crowd = crowdOf(sessions, sessionsPerUser, seed);
  const rows = measureRounds([...floorRows(crowd), ...beatRows(library, crowd, thresholdsTimes)], turns);
  globalThis.gc!();
  const { idle, expiry } = passing(library, crowd, rows.find(({ name }) => name === 'F-user')!.ns);
  const all = [...rows, ...idle, expiry.row];
  console.log(`${tableOfRows(all)}\nlongest \`advanceTo\` with a limit of 1000: ${expiry.longestMs.toFixed(1)} ms`);
  crowds.push({ title, sessions, sessionsPerUser, rows: all, longestExpiryMs: expiry.longestMs });
};

const weights: Weight[] = [];
const weigh = (sessions: number): void => {
  const { stdout, stderr } = spawnSync(process.execPath, ['--expose-gc', '--max-old-space-size=16000', '--import', 'tsx', 'bench/memory.ts', String(sessions), String(seed)], { encoding: 'utf8' });
  if (stdout === '') throw new Error(stderr);
  weights.push(JSON.parse(stdout) as Weight);
  console.log(stdout.trim());
};

if (isFull) {
  for (const sessions of [1_000, 10_000, 100_000, 1_000_000, 4_000_000]) if (sessions <= most) measureCrowd(sessions, 1.5);
  for (const each of [1, 4, 32, 1_000]) measureCrowd(Math.min(most, 100_000), each);
  measureCrowd(Math.min(most, 100_000), 1.5, ', thresholds of hours', 240);
  measureCrowd(Math.min(most, 100_000), 1.5, ', thresholds of days', 5_760);
  for (const sessions of [1_000, 10_000, 100_000, 1_000_000, 2_000_000, 4_000_000]) if (sessions <= 4 * most) weigh(sessions);
} else {
  measureCrowd(most, 1.5);
  weigh(Math.min(most, 100_000));
}

const peers = [];
if (isFull) {
  const crowd = crowdOf(Math.min(most, 100_000), 1.5, seed);
  const ours = '`observe`, quiet';
  const others = await peersOf(crowd, ours);
  const rows = measureRounds([...floorRows(crowd), ...beatRows(library, crowd).filter(({ name }) => name === ours), ...others], turns);
  for (const { name, lacks, atLeast } of others) {
    const row = rows.find((one) => one.name === name)!;
    peers.push({ ...row, lacks, atLeast, timesOurs: row.ratio });
    console.log(`| ${name} | ${row.ns.toFixed(0)} ns | ${row.ratio.toFixed(1)} × ours | at least ${atLeast} × | ${lacks} |`);
  }
}

const results = { machine: machine(seed), derivation, crowds, weights, peers };
writeResults(results, args.includes('--baseline'));
if (args.includes('--write')) write(derivation, seed);
const isFine = comparesWell(results);
if (args.includes('--check')) process.exitCode = isFine ? 0 : 1;
process.exit();
