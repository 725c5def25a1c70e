// Properties are random, failures are not: every run has a seed that is known beforehand, so it can be run again.
//   LAW_SEED=42 LAW_RUNS=5000 npx vitest run test/law

import fc from 'fast-check';

const seed = Number(process.env['LAW_SEED'] ?? 20_261_124);
const numRuns = Number(process.env['LAW_RUNS'] ?? 100);
if (!Number.isSafeInteger(seed)) throw new TypeError(`Expected LAW_SEED to be a whole number, received ${seed}.`);
if (!Number.isSafeInteger(numRuns) || numRuns < 1) throw new TypeError(`Expected LAW_RUNS to be at least 1, received ${numRuns}.`);

fc.configureGlobal({ ...fc.readConfigureGlobal(), seed, numRuns });
