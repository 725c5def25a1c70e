// npm run bench: what derives and what tracks presence, each beside its floor, in less than two minutes: bench/results/quick.json.
//   npm run bench -- --full         every size, shape and threshold, memory, a bare tracker, peers (npm ci --prefix bench; REDIS_URL): full.json, sizes.svg
//   npm run bench -- --load         the recording multiplied, and a live Socket.IO server: load.json
//   npm run bench -- --memory       what sessions weigh and how long growing and collecting hold up, to two million: memory.json
//   npm run bench -- --write        then writes the tables into README.md and docs/performance.md
//   npm run bench -- --baseline     makes this run the one to compare with
//   npm run bench -- --check        fails where a ratio is worse than the baseline's by more than half
//   npm run bench -- --seed 42      other inputs
//   npm run bench -- --sessions 100000          at most so many
//   npm run bench -- --load --sockets 2000       the same of sockets

import { spawnSync } from 'node:child_process';
import { casesFrom } from './cases.js';
import { writeDocuments } from './documents.js';
import { loadLibrary } from './library.js';
import { measureAll } from './measure.js';
import type { Weight } from './memory.js';
import { machine, tableOf } from './report.js';
import { comparesWell, writeChart, writeResults } from './results.js';
import type { BareResult, CrowdResult, CrowdWanted, MemoryResults, PeersResult, Results } from './results.js';
import { spaced, tableOfBare, tableOfPeers, tableOfRows, tableOfWeights } from './tables.js';

const args = process.argv.slice(2);
const has = (name: string): boolean => args.includes(name);
const number = (name: string, otherwise: number): number => (has(name) ? Number(args[args.indexOf(name) + 1]) || otherwise : otherwise);
const seed = number('--seed', 1);
const most = number('--sessions', 1_000_000);
const isFull = has('--full');
const rounds = 9;
const command = ['npm run bench', ...(args.length === 0 ? [] : ['--', ...args.filter((arg) => arg !== '--write')])].join(' ').replace(/ --$/, '');

if (globalThis.gc === undefined) throw new Error('Bytes need `node --expose-gc`: npm run bench.');

/** What a script of this folder says in its last line, in a process with room for millions of sessions. */
function answerOf<T>(script: string, ...given: readonly string[]): T | undefined {
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--expose-gc', '--max-old-space-size=16000', '--import', 'tsx', `bench/${script}`, ...given], { encoding: 'utf8' });
  const line = stdout.trim().split('\n').pop() ?? '';
  if (status === 0 && line.startsWith('{')) return JSON.parse(line) as T;
  const why = stderr.trim().split('\n').pop() ?? '';
  skipped.push(`${script} ${given.join(' ')}: ${why === '' ? `ended with ${status}` : why}`);
  console.log(`\nSkipped: ${skipped[skipped.length - 1]}`);
  return undefined;
}

const skipped: string[] = [];
const crowds: CrowdResult[] = [];
const weights: Weight[] = [];

function measureCrowd(sessions: number, sessionsPerUser: number, title = '', { times = 1, isInOrder = false, isBrief = false } = {}): void {
  const wanted: CrowdWanted = { title, sessions, sessionsPerUser, times, isInOrder, isBrief, seed, rounds };
  const crowd = answerOf<CrowdResult>('crowd-process.ts', JSON.stringify(wanted));
  if (crowd === undefined) return;
  crowds.push(crowd);
  console.log(`\n${spaced(sessions)} sessions, ${sessionsPerUser} for each user${title}\n\n${tableOfRows(crowd.rows)}\n\nlongest \`advanceTo\` with a limit of 1000: ${crowd.longestExpiryMs.toFixed(1)} ms`);
}

function weigh(sessions: number): void {
  const weight = answerOf<Weight>('memory.ts', String(sessions), String(seed));
  if (weight === undefined) return;
  weights.push(weight);
  console.log(JSON.stringify(weight));
}

async function measureDerivation(): Promise<Results['derivation']> {
  const show = (turn: number): void => { process.stdout.write(turn === 0 ? '\ncore: warming up' : ` ${turn}/${rounds}`); };
  const derivation = await measureAll(casesFrom(await loadLibrary(), seed), rounds, show);
  console.log(`\n\n${tableOf(derivation)}`);
  return derivation;
}

console.log(machine(seed, command));
if (has('--load')) {
  const { measureLoad } = await import('./load.js');
  writeResults('load', { machine: machine(seed, command), ...await measureLoad(most, number('--sockets', 4_000)) });
} else if (has('--memory')) {
  for (const sessions of [100_000, 1_000_000, 2_000_000]) if (sessions <= most * 2) weigh(sessions);
  const memory: MemoryResults = { machine: machine(seed, command), weights, skipped };
  console.log(`\n${tableOfWeights(weights)}`);
  writeResults('memory', memory);
} else {
  const derivation = await measureDerivation();
  let bare: BareResult | undefined;
  let peers: PeersResult | undefined;
  if (isFull) {
    for (const sessions of [1_000, 10_000, 100_000, 1_000_000, 4_000_000]) if (sessions <= most * 4) measureCrowd(sessions, 1.5);
    if (most >= 1_000_000) measureCrowd(10_000_000, 1.5, '', { isBrief: true });
    for (const each of [1, 4, 32, 1_000]) measureCrowd(Math.min(most, 100_000), each, `, ${each} sessions a user`);
    measureCrowd(Math.min(most, 100_000), 1.5, ', thresholds of hours', { times: 240 });
    measureCrowd(Math.min(most, 100_000), 1.5, ', thresholds of days', { times: 5_760 });
    measureCrowd(Math.min(most, 100_000), 1.5, ', beats in the order of memory', { isInOrder: true });
    for (const sessions of [1_000, 10_000, 100_000, 1_000_000, 2_000_000, 4_000_000, 10_000_000]) if (sessions <= 10 * most) weigh(sessions);
    bare = answerOf<BareResult>('bare-process.ts', String(most), String(seed), String(rounds));
    if (bare !== undefined) console.log(`\n${tableOfBare(bare, crowds)}`);
    peers = answerOf<PeersResult>('peers-process.ts', String(Math.min(most, 100_000)), String(seed), String(rounds));
    if (peers !== undefined) console.log(`\n${tableOfPeers(peers)}\n${peers.missing.join('\n')}`);
  } else {
    measureCrowd(most, 1.5);
    weigh(Math.min(most, 100_000));
  }
  const besides = { ...(bare === undefined ? {} : { bare }), ...(peers === undefined ? {} : { peers }) };
  const results: Results = { machine: machine(seed, command), derivation, crowds, weights, ...besides, skipped };
  writeResults(isFull ? 'full' : 'quick', results);
  if (isFull) writeChart(results);
  if (has('--check') && !comparesWell(results)) process.exitCode = 1;
  if (has('--baseline')) writeResults('baseline', results);
}
if (has('--write')) writeDocuments();
process.exit();
