// npm run test:law: the laws again, with many more histories and a seed of the moment, which is printed so that a failure can be run again.
//   LAW_SEED=42 LAW_RUNS=5000 npm run test:law

import { randomInt } from 'node:crypto';
import { close } from './tally.js';
import { runVitest } from './vitest-tally.js';

const seed = process.env['LAW_SEED'] ?? String(randomInt(2 ** 31));
const runs = process.env['LAW_RUNS'] ?? '1000';
console.log(`> laws, ${runs} runs each: LAW_SEED=${seed} LAW_RUNS=${runs} npm run test:law`);

const { code, tally } = runVitest(['test/law', ...process.argv.slice(2)], { LAW_SEED: seed, LAW_RUNS: runs });
close(tally);
process.exitCode = code;
