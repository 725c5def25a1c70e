// What is built reads no constant of a tracker's records from where it is declared: these are read dozens of times for each signal.

import { build } from 'esbuild';
import { expect, it } from 'vitest';
import { top } from '../support/files.js';
import { compiled } from '../../tsup.config.js';

const constants = ['said-field', 'session-field', 'session-state', 'sizes', 'user-field', 'user-state'].map((file) => `src/tracker/${file}.ts`);

it('constants of records are written where they are read, so that nothing is left of the files that declare them', async () => {
  const { metafile } = await build({
    stdin: { contents: "export { createTracker } from './src/index.js';", resolveDir: top, loader: 'ts' },
    bundle: true, write: false, metafile: true, ...compiled,
  });
  const [output] = Object.values(metafile.outputs);
  expect(Object.keys(metafile.inputs)).toEqual(expect.arrayContaining(constants));
  expect(constants.filter((file) => (output?.inputs[file]?.bytesInOutput ?? 0) > 0)).toEqual([]);
});
