// What a user's bundler would make of the library: one text, without a host.

import { build } from 'esbuild';
import type { Format } from 'esbuild';
import { compiled } from '../../tsup.config.js';
import { top } from './files.js';

export interface BundleOptions {
  /** The text of a module that stands at the top of the repository and imports what is wanted. */
  readonly entry: string;
  readonly format: Format;
  /** The global that holds the exports of an `iife`. */
  readonly globalName?: string;
  readonly minify?: boolean;
}

export async function bundle({ entry, format, globalName, minify = false }: BundleOptions): Promise<string> {
  const result = await build({
    stdin: { contents: entry, resolveDir: top, sourcefile: 'entry.ts', loader: 'ts' },
    bundle: true,
    write: false,
    format,
    ...(globalName === undefined ? {} : { globalName }),
    ...compiled,
    ...(minify ? { minify } : {}),
    // The package says of itself that its modules have no side effects; bundlers believe it, so the measurement does too.
    legalComments: 'none',
    logLevel: 'silent',
  });
  const [file] = result.outputFiles;
  if (file === undefined) throw new Error('esbuild wrote nothing.');
  return file.text;
}
