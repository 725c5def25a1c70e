// npm run size: measures the library, writes the numbers into README and what costs them into bench/results/size.json, from
// which docs/performance.md has its table (`node --import tsx bench/documents.ts`).

import { mkdirSync, writeFileSync } from 'node:fs';
import { absolute, read } from './files.js';
import { marked, measured, mustKb, piecesOf, sizeOf } from './size.js';
import type { Measured, SizeResult } from './size.js';

let readme = read('README.md');
const sizes: SizeResult[] = [];
for (const what of Object.keys(measured) as Measured[]) {
  const size = await sizeOf(what);
  const kilobytes = size.toFixed(1);
  console.log(`${what.padEnd(8)}${kilobytes.padStart(6)} kB   ${measured[what]}`);
  if (!marked(what).test(readme)) console.log(`        README.md has no \`<!-- size:${what} -->\` to write it to.`);
  readme = readme.replace(marked(what), `$1${kilobytes}$3`);
  sizes.push({ what: measured[what], kilobytes: size, mustKb: mustKb[what], ...await piecesOf(what) });
}
writeFileSync(absolute('README.md'), readme);
mkdirSync(absolute('bench/results'), { recursive: true });
writeFileSync(absolute('bench/results/size.json'), `${JSON.stringify(sizes, null, 2)}\n`);
