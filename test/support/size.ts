// How big the library is for who downloads it: bundled, minified, gzip -9.

import { gzipSync } from 'node:zlib';
import { bundle } from './bundle.js';

/** What is measured, by the word with which README marks the number: `<!-- size:all -->7.1 kB`. */
export const measured = {
  all: "export * from './src/index.js';",
  rule: "export { sessionStatus, definePolicy } from './src/index.js';",
} as const;

export type Measured = keyof typeof measured;

/** In kilobytes of 1000 bytes. */
export async function sizeOf(what: Measured): Promise<number> {
  const script = await bundle({ entry: measured[what], format: 'esm', minify: true });
  return gzipSync(script, { level: 9 }).byteLength / 1000;
}

/** A number in a document, with its mark. */
export const marked = (what: Measured): RegExp => new RegExp(`(<!-- size:${what} -->)(\\d+\\.\\d)( kB)`, 'g');
