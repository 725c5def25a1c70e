// README says how big the library is, and this holds it to that. `npm run size` writes the numbers.

import { describe, expect, it } from 'vitest';
import { read } from '../support/files.js';
import { marked, measured, sizeOf } from '../support/size.js';
import type { Measured } from '../support/size.js';

const toleratedKb = 0.1;

describe('README', () => {
  it.each(Object.keys(measured) as Measured[])('tells the size of %s as it is', async (what) => {
    const told = [...read('README.md').matchAll(marked(what))].map(([, , kilobytes]) => Number(kilobytes));
    expect(told.length, `README.md has no \`<!-- size:${what} -->\``).toBeGreaterThan(0);
    const actual = await sizeOf(what);
    for (const kilobytes of told) {
      expect(Math.abs(kilobytes - actual), `README.md says ${kilobytes} kB, measured are ${actual} kB: npm run size`).toBeLessThanOrEqual(toleratedKb);
    }
  });
});
