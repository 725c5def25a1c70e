// The tables of the documents, out of the JSON: `node --import tsx bench/documents.ts` writes them, and so does `npm run bench
// -- --write`. test/guard/benchmarks.test.ts fails where a document says something else than the JSON.

import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { replaceBlock } from '../test/support/blocks.js';
import { absolute, read } from '../test/support/files.js';
import type { SizeResult } from '../test/support/size.js';
import { readSizes } from '../test/support/size.js';
import type { LoadResults } from './load-results.js';
import { loadText } from './load-results.js';
import { tableOf } from './report.js';
import { readResults } from './results.js';
import type { MemoryResults, Results } from './results.js';
import { spaced, table, tableOfBare, tableOfCrowds, tableOfPeers, tableOfRows, tableOfWeights } from './tables.js';

/** The document, the name of the block in it, and what it holds. */
export const measuredBlocks: readonly (readonly [document: string, block: string, content: () => string])[] = [
  ['README.md', 'bench', () => quickText(false)],
  ['docs/performance.md', 'bench', () => quickText(true)],
  ['docs/performance.md', 'full', () => fromFull(fullText)],
  ['docs/performance.md', 'memory', () => {
    const memory = readResults<MemoryResults>('memory');
    return memory === undefined ? notYet('--memory') : [tableOfWeights(memory.weights), ...memory.skipped.map((what) => `Left out: ${what}.`), `${memory.machine}.`].join('\n\n');
  }],
  ['docs/performance.md', 'bare', () => fromFull(bareText)],
  ['docs/performance.md', 'peers', () => fromFull(peersText)],
  ['docs/performance.md', 'load', () => {
    const load = readResults<LoadResults>('load');
    return load === undefined ? notYet('--load') : `${loadText(load)}\n\n${load.machine}.`;
  }],
  ['docs/performance.md', 'sizes', () => sizesText(readSizes())],
];

const notYet = (option: string): string => `Not measured yet: \`npm run bench -- ${option} --write\`.`;

/** @param isJudged With what each row must be, and whether it is. */
function quickText(isJudged: boolean): string {
  const quick = readResults('quick');
  if (quick === undefined) return notYet('');
  const crowds = quick.crowds.map(({ sessions, sessionsPerUser, rows, longestExpiryMs }) =>
    `${spaced(sessions)} sessions, ${sessionsPerUser} for each user:\n\n${tableOfRows(rows, isJudged)}\n\nLongest \`advanceTo\` with a limit of 1000: ${longestExpiryMs.toFixed(1)} ms.`);
  return [tableOf(quick.derivation), ...crowds, tableOfWeights(quick.weights, isJudged), `${quick.machine}.`].join('\n\n');
}

function fromFull(text: (full: Results) => string): string {
  const full = readResults('full');
  return full === undefined ? notYet('--full') : text(full);
}

function fullText({ crowds, weights, skipped, machine }: Results): string {
  const sizes = crowds.filter(({ title }) => title === '');
  const shapes = crowds.filter(({ title }) => title !== '');
  return [
    '![Cost against sessions](../bench/results/sizes.svg)',
    tableOfCrowds(sizes),
    ...(shapes.length === 0 ? [] : [`At ${spaced(shapes[0]!.sessions)} sessions, of other shapes:`, tableOfCrowds(shapes)]),
    tableOfWeights(weights),
    ...skipped.map((what) => `Left out: ${what}.`),
    `${machine}.`,
  ].join('\n\n');
}

function bareText({ bare, crowds, machine }: Results): string {
  if (bare === undefined) return notYet('--full');
  const judged = bare.rows.filter(({ must }) => must !== undefined);
  const over = judged.filter(({ ratio, must }) => ratio > must!).length;
  const sum = `At ${spaced(bare.sessions)} sessions a bare tracker takes longer than it must in ${over} of ${judged.length} rows.`;
  return [tableOfBare(bare, crowds), sum, `${machine}.`].join('\n\n');
}

function peersText({ peers, machine }: Results): string {
  if (peers === undefined) return notYet('--full');
  const heard = `${spaced(peers.sessions)} sessions; our quiet \`observe\` took ${peers.ourNs.toFixed(0)} ns in the same rounds, our quiet \`connection.heartbeat\` ${peers.handleNs.toFixed(0)} ns.`;
  return [tableOfPeers(peers), heard, ...peers.missing.map((what) => `Left out: ${what}.`), `${machine}.`].join('\n\n');
}

function sizesText(sizes: readonly SizeResult[]): string {
  const rows = sizes.map(({ what, kilobytes, mustKb, minified: { all, tracker, checks }, largest }) =>
    [`\`${what}\``, `${kilobytes.toFixed(1)} kB`, `${mustKb} kB`, kilobytes <= mustKb ? 'yes' : 'no', `${all.toFixed(1)}, ${tracker.toFixed(1)}, ${checks.toFixed(1)}`, largest.map(({ file, kilobytes: each }) => `${file} ${each.toFixed(1)}`).join(', ')]);
  const costs = sizes.map(({ what, lessWithout }) => [`\`${what}\``, lessWithout.map(({ files, kilobytes }) => `${files.join(' + ')} ${kilobytes.toFixed(2)}`).join(', ')]);
  return [
    table('| what is imported | min + gzip | must | met | kB minified: all, the tracker, checks | the largest files, kB minified |', '| --- | ---: | ---: | --- | ---: | --- |', rows),
    table('| what is imported | kB less, minified and compressed, without |', '| --- | --- |', costs),
  ].join('\n\n');
}

export function writeDocuments(): void {
  for (const [document, block, content] of measuredBlocks) writeFileSync(absolute(document), replaceBlock(read(document), block, content()));
  console.log('\nWritten into README.md and docs/performance.md.');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) writeDocuments();
