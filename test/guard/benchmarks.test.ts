// Documents say of speed and size what was measured, and the peers' lock names no registry of anybody's own.

import { describe, expect, it } from 'vitest';
import { measuredBlocks } from '../../bench/documents.js';
import { blockOf } from '../support/blocks.js';
import { read } from '../support/files.js';

describe('what was measured', () => {
  it.each(measuredBlocks)('in %s, %s, is what the JSON says (node --import tsx bench/documents.ts)', (document, block, content) => {
    expect(blockOf(read(document), block)).toBe(content().trim());
  });
});

describe('the peers', () => {
  it('come from the public registry or from no one in particular', () => {
    const hosts = [...read('bench/package-lock.json').matchAll(/"resolved": "https?:\/\/([^/]+)\//g)].map(([, host]) => host);
    expect(hosts.filter((host) => host !== 'registry.npmjs.org')).toEqual([]);
  });
});
