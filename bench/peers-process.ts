// Our heartbeat and the peers', in the same rounds of one process: `node --expose-gc --import tsx bench/peers-process.ts
// <sessions> <seed> <rounds>`, which prints JSON in its last line.

import { crowdOf } from './crowd.js';
import { floorRows } from './floor-rows.js';
import { loadLibrary } from './library.js';
import { peersOf } from './peers.js';
import type { PeersResult } from './results.js';
import { measureRounds } from './rounds.js';
import { beatRows } from './tracker-rows.js';

const [sessions = 0, seed = 1, rounds = 9] = process.argv.slice(2).map(Number);
const ours = '`observe`, quiet';
const byHandle = '`connection.heartbeat`, quiet';
const crowd = crowdOf(sessions, 1.5, seed);
const own = beatRows(await loadLibrary(), crowd).filter(({ name }) => name === ours || name === byHandle);
const { peers, missing } = await peersOf(crowd, ours);
const rows = measureRounds([...floorRows(crowd), ...own, ...peers], rounds);
const nsOf = (wanted: string): number => rows.find(({ name }) => name === wanted)!.ns;
const result: PeersResult = {
  sessions,
  ourNs: nsOf(ours),
  handleNs: nsOf(byHandle),
  peers: peers.map(({ name, lacks, atLeast }) => {
    const { ns, ratio } = rows.find((row) => row.name === name)!;
    return { name, lacks, atLeast, ns, timesOurs: ratio, timesHandle: ns / nsOf(byHandle) };
  }),
  missing,
};
console.log(JSON.stringify(result));
process.exit();
