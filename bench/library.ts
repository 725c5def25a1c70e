// The library as users run it: bundled, and without what tsx adds to functions to keep their names, which would be measured too.

import type * as library from 'presence-model';
import { bundle } from '../test/support/bundle.js';

export type Library = typeof library;

export async function loadLibrary(): Promise<Library> {
  const script = await bundle({ entry: "export * from './src/index.js';", format: 'esm' });
  return (await import(`data:text/javascript,${encodeURIComponent(script)}`)) as Library;
}
