// Documents say of speed and size what was measured, and no lock names a registry.

import { describe, expect, it } from 'vitest';
import { measuredBlocks } from '../../bench/documents.js';
import { blockOf } from '../support/blocks.js';
import { read } from '../support/files.js';

describe('what was measured', () => {
  it.each(measuredBlocks)('in %s, %s, is what the JSON says (node --import tsx bench/documents.ts)', (document, block, content) => {
    expect(blockOf(read(document), block)).toBe(content().trim());
  });
});

describe('a lock', () => {
  it.each(['.', 'bench', 'test/integration/browsers', 'test/integration/runners', 'test/integration/transports'])('in %s names no registry', (folder) => {
    const { packages } = JSON.parse(read(`${folder}/package-lock.json`)) as { readonly packages: Readonly<Record<string, { readonly resolved?: string }>> };
    expect(Object.keys(packages).length).toBeGreaterThan(10);
    expect(Object.values(packages).filter(({ resolved }) => resolved !== undefined)).toEqual([]);
  });
});
