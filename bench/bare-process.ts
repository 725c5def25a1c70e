// The rows of heartbeats of a bare tracker (see bare.ts), as crowd-process.ts measures the library's:
// `node --expose-gc --import tsx bench/bare-process.ts <sessions> <seed> <rounds>`, which prints JSON.

import { bareLibrary } from './bare.js';
import { crowdOf } from './crowd.js';
import { floorRows } from './floor-rows.js';
import { loadLibrary } from './library.js';
import type { BareResult } from './results.js';
import { measureRounds } from './rounds.js';
import { beatRows } from './tracker-rows.js';

const [sessions = 0, seed = 1, rounds = 9] = process.argv.slice(2).map(Number);
const crowd = crowdOf(sessions, 1.5, seed);
const rows = beatRows(bareLibrary(await loadLibrary(), sessions), crowd).filter(({ name }) => name.endsWith(', quiet') || name.endsWith(', changing'));
const result: BareResult = { sessions, rows: measureRounds([...floorRows(crowd), ...rows], rounds) };
console.log(JSON.stringify(result));
process.exit();
