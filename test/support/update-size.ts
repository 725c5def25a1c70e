// npm run size: measures the library and writes the numbers into README.

import { writeFileSync } from 'node:fs';
import { absolute, read } from './files.js';
import { marked, measured, sizeOf } from './size.js';
import type { Measured } from './size.js';

let readme = read('README.md');
for (const what of Object.keys(measured) as Measured[]) {
  const kilobytes = (await sizeOf(what)).toFixed(1);
  console.log(`${what.padEnd(6)}${kilobytes.padStart(6)} kB   ${measured[what]}`);
  if (!marked(what).test(readme)) console.log(`      README.md has no \`<!-- size:${what} -->\` to write it to.`);
  readme = readme.replace(marked(what), `$1${kilobytes}$3`);
}
writeFileSync(absolute('README.md'), readme);
