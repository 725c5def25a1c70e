// npm run bench: nanoseconds and bytes per call of what derives and what tracks presence, each beside its floor.
//   npm run bench -- --write        writes the table into README.md and docs/performance.md
//   npm run bench -- --check        fails where a ratio is worse than README says by more than half
//   npm run bench -- --seed 42      other inputs

import { casesFrom } from './cases.js';
import { loadLibrary } from './library.js';
import { measureAll, measureDraining } from './measure.js';
import type { Measured } from './measure.js';
import { check, machine, tableOf, write } from './report.js';
import { heartbeatFromZero, sizes, trackerCases } from './tracker-cases.js';

const args = process.argv.slice(2);
const seed = Number(args[args.indexOf('--seed') + 1] ?? 1) || 1;
const turns = 9;

if (globalThis.gc === undefined) throw new Error('Bytes need `node --expose-gc`: npm run bench.');

console.log(machine(seed));
const library = await loadLibrary();
const show = (what: string) => (turn: number): void => { process.stdout.write(turn === 0 ? `\n${what}: warming up` : ` ${turn}/${turns}`); };

const core = await measureAll(casesFrom(library, seed), turns, show('core'));
const bySize: (readonly Measured[])[] = [];
for (const sessions of sizes) {
  const { cases, draining } = trackerCases(library, seed, sessions);
  bySize.push([...await measureAll(cases, turns, show(`${sessions} sessions`)), measureDraining(draining)]);
}
const fromZero = await measureAll([heartbeatFromZero(library, seed, sizes[0]!)], turns, show('instants from 0'));
const measured = [...core, ...bySize[0]!.flatMap((_, i) => bySize.map((ofOne) => ofOne[i]!)), ...fromZero];
console.log(`\n\n${tableOf(measured)}`);

if (args.includes('--write')) write(measured, seed);
if (args.includes('--check')) process.exitCode = check(measured) ? 0 : 1;
