// npm run bench: nanoseconds and bytes per call of what derives presence, each beside its floor.
//   npm run bench -- --write        writes the table into README.md and docs/performance.md
//   npm run bench -- --check        fails where a ratio is worse than README says by more than half
//   npm run bench -- --seed 42      other inputs

import { casesFrom } from './cases.js';
import { loadLibrary } from './library.js';
import { measureAll } from './measure.js';
import { check, machine, tableOf, write } from './report.js';

const args = process.argv.slice(2);
const seed = Number(args[args.indexOf('--seed') + 1] ?? 1) || 1;
const turns = 9;

if (globalThis.gc === undefined) throw new Error('Bytes need `node --expose-gc`: npm run bench.');

console.log(machine(seed));
const measured = await measureAll(casesFrom(await loadLibrary(), seed), turns, (turn) => process.stdout.write(turn === 0 ? 'warming up' : ` ${turn}/${turns}`));
console.log(`\n\n${tableOf(measured)}`);

if (args.includes('--write')) write(measured, seed);
if (args.includes('--check')) process.exitCode = check(measured) ? 0 : 1;
