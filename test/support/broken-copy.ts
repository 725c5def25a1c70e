// A copy of the library in which one rule is broken, as a script that runs laws against it.

import { normalize } from 'node:path';
import { build } from 'esbuild';
import type { Plugin } from 'esbuild';
import type { Break } from './breaks.js';
import { absolute, read, top } from './files.js';

/**
 * A script for Node that looks for counterexamples to laws, with a rule broken or none, and prints what it found: nothing
 * where they hold.
 */
export async function scriptOf(titles: readonly string[], numRuns: number, broken?: Break): Promise<string> {
  const contents = `
    import fc from 'fast-check';
    import { definePolicy } from './src/index.js';
    import { laws } from './src/fast-check/index.js';
    for (const law of laws(fc, definePolicy(${JSON.stringify(broken?.policy ?? {})})).filter(({ title }) => ${JSON.stringify(titles)}.includes(title))) {
      try { law.check({ seed: 20261128, numRuns: ${String(numRuns)} }); } catch (error) { console.log(error.message); }
    }`;
  const result = await build({
    stdin: { contents, resolveDir: top },
    bundle: true,
    write: false,
    format: 'cjs',
    platform: 'node',
    external: ['fast-check'],
    tsconfigRaw: {},
    logLevel: 'silent',
    plugins: broken === undefined ? [] : [breaking(broken)],
  });
  return result.outputFiles.map(({ text }) => text).join('');
}

function breaking(broken: Break): Plugin {
  const contents = brokenText(broken);
  return {
    name: 'break',
    setup(build): void {
      build.onLoad({ filter: /\.ts$/ }, ({ path }) => (normalize(path) === normalize(absolute(broken.file)) ? { contents, loader: 'ts' } : undefined));
    },
  };
}

function brokenText({ file, from, to }: Break): string {
  const parts = read(file).split(from);
  if (parts.length !== 2) throw new Error(`${file} has \`${from}\` ${String(parts.length - 1)} times: the break is to be written anew.`);
  return parts.join(to);
}
