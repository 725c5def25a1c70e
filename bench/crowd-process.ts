// The rows of one crowd, in a process of its own, so that no crowd is measured in the heap that another one left:
// `node --expose-gc --import tsx bench/crowd-process.ts '{"sessions":1000,…}'`, which prints JSON.

import { crowdOf } from './crowd.js';
import { floorRows } from './floor-rows.js';
import { loadLibrary } from './library.js';
import { passing } from './passing-rows.js';
import type { CrowdResult, CrowdWanted } from './results.js';
import { measureRounds } from './rounds.js';
import { beatRows, quietRows } from './tracker-rows.js';

const wanted = JSON.parse(process.argv[2] ?? '{}') as CrowdWanted;
const { sessions, sessionsPerUser, times, isInOrder, isBrief, seed, rounds } = wanted;
const library = await loadLibrary();
const crowd = crowdOf(sessions, sessionsPerUser, seed, isInOrder);
const rows = measureRounds([...floorRows(crowd), ...(isBrief ? quietRows(library, crowd) : beatRows(library, crowd, times))], rounds);
globalThis.gc!();
const { idle, expiry } = passing(library, crowd, rows.find(({ name }) => name === 'F-user')!.ns);
const result: CrowdResult = { ...wanted, rows: [...rows, ...idle, expiry.row], longestExpiryMs: expiry.longestMs };
console.log(JSON.stringify(result));
process.exit();
