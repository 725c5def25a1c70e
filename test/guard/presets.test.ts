// Presets are data that nobody pays for who does not use it: importing one brings no other.

import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import * as presets from 'presence-model/presets';
import { bundle } from '../support/bundle.js';

const all = Object.entries(presets);

/** All presets as one module, as the package ships them. */
let shipped: string;

/** What a bundler keeps of that module for somebody who uses these names of it. */
async function kept(names: readonly string[]): Promise<string> {
  const exported = /export \{[^}]*\};\s*$/;
  if (!exported.test(shipped)) throw new Error('The bundle does not end with its exports.');
  return await bundle({ entry: shipped.replace(exported, `export { ${names.join(', ')} };`), format: 'esm', minify: true });
}

const kilobytes = (script: string): number => gzipSync(script, { level: 9 }).byteLength / 1000;

beforeAll(async () => {
  shipped = await bundle({ entry: `export * from './src/presets/index.js'; export { definePolicy } from './src/index.js';`, format: 'esm' });
});

describe('importing a preset', () => {
  it.each(all)('%s brings no other', async (name, { system, version }) => {
    const script = await kept([name]);
    expect(script).toContain(version);
    const others = all.filter(([, other]) => other.system !== system && script.includes(other.version));
    expect(others.map(([other]) => other)).toEqual([]);
  });

  it('adds its own table and notes to `definePolicy`, and nothing else', async () => {
    const rule = kilobytes(await kept(['definePolicy']));
    for (const [name, preset] of all) {
      const own = kilobytes(await kept(['definePolicy', name])) - rule;
      // What was written down of it, compressed on its own, is the most that it may add.
      expect(own, name).toBeLessThan(kilobytes(JSON.stringify(preset)));
    }
  });

  it('of none of them brings none', async () => {
    const script = await kept([]);
    expect(all.filter(([, { version }]) => script.includes(version))).toEqual([]);
    expect(kilobytes(script)).toBeLessThan(0.3);
  });
});
