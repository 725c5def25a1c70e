// The table, for the screen and for README.

import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { blockOf, replaceBlock } from '../test/support/blocks.js';
import { absolute, read } from '../test/support/files.js';
import type { Measured } from './measure.js';

/** Where the table is written. */
const documents = ['README.md', 'docs/performance.md'];

/** How much worse than written a ratio may be before `--check` fails: machines with neighbours are that noisy. */
const tolerated = 1.5;

export function machine(seed: number): string {
  const [{ model } = { model: 'unknown' }, ...others] = cpus();
  return `${model.trim()} (${others.length + 1} cores), Node ${process.versions.node}, ${process.platform} ${process.arch}, \`npm run bench\`, seed ${seed}`;
}

export function tableOf(measured: readonly Measured[]): string {
  const rows = measured.map(({ name, ns, bytes, floorNs, floorBytes, ratio, floorIs }) =>
    [name, rounded(ns), String(bytes), rounded(floorNs), String(floorBytes), `${ratio.toFixed(1)} ×`, floorIs]);
  const head = ['call', 'ns', 'bytes', 'floor ns', 'floor bytes', 'ratio', 'the floor is'];
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i]!.length)));
  const isNumber = (i: number): boolean => i > 0 && i < head.length - 1;
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, i) => (isNumber(i) ? cell.padStart(widths[i]!) : cell.padEnd(widths[i]!))).join(' | ')} |`;
  const rule = `| ${widths.map((width, i) => (isNumber(i) ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width))).join(' | ')} |`;
  return [line(head), rule, ...rows.map(line)].join('\n');
}

function rounded(ns: number): string {
  const text = ns < 10 ? ns.toFixed(1) : ns < 1_000 ? ns.toFixed(0) : String(Math.round(ns / 10) * 10);
  return text.replace(/\B(?=(\d{3})+$)/g, ' ');
}

export function write(measured: readonly Measured[], seed: number): void {
  for (const document of documents) {
    writeFileSync(absolute(document), replaceBlock(read(document), 'bench', `${tableOf(measured)}\n\n${machine(seed)}.`));
    console.log(`\nWritten into ${document}.`);
  }
}

/** Is every ratio at most half again what README says? */
export function check(measured: readonly Measured[]): boolean {
  const written = new Map(blockOf(read('README.md'), 'bench').split('\n').map((line) => line.split('|').map((cell) => cell.trim()))
    .map((cells) => [cells[1], Number.parseFloat(cells[6] ?? '')] as const));
  let isFine = true;
  for (const { name, ratio } of measured) {
    const told = written.get(name);
    if (told !== undefined && ratio <= told * tolerated) continue;
    isFine = false;
    console.log(`${name}: ${ratio.toFixed(1)} × its floor; README says ${told === undefined ? 'nothing' : `${told} ×`}.`);
  }
  if (isFine) console.log(`\nNo ratio is more than ${tolerated} times what README says.`);
  return isFine;
}
