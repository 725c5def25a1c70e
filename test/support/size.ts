// How big the library is for who downloads it: bundled, minified, gzip -9.

import { existsSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { compiled } from '../../tsup.config.js';
import { bundle } from './bundle.js';
import { absolute, top } from './files.js';

/** What is measured, by the word with which README marks the number: `<!-- size:all -->7.1 kB`. */
export const measured = {
  all: "export * from './src/index.js';",
  rule: "export { sessionStatus, definePolicy } from './src/index.js';",
  tracker: "export { createTracker } from './src/index.js';",
} as const;

export type Measured = keyof typeof measured;

/** What each may weigh at most, in kB. */
export const mustKb: Readonly<Record<Measured, number>> = { all: 9, rule: 2.5, tracker: 7 };

/** In kilobytes of 1000 bytes. */
export async function sizeOf(what: Measured): Promise<number> {
  const script = await bundle({ entry: measured[what], format: 'esm', minify: true });
  return gzipSync(script, { level: 9 }).byteLength / 1000;
}

/** A number in a document, with its mark. */
export const marked = (what: Measured): RegExp => new RegExp(`(<!-- size:${what} -->)(\\d+\\.\\d)( kB)`, 'g');

export interface SizeResult {
  readonly what: string;
  readonly kilobytes: number;
  readonly mustKb: number;
  /** Minified and not compressed, in kB: everything, what is of the tracker, and what checks and complains. */
  readonly minified: { readonly all: number; readonly tracker: number; readonly checks: number };
  /** The files that weigh most, minified and not compressed. */
  readonly largest: readonly { readonly file: string; readonly kilobytes: number }[];
  /** Of files, what the whole would weigh less without them: minified, compressed, in kB. */
  readonly lessWithout: readonly { readonly files: readonly string[]; readonly kilobytes: number }[];
}

const sizesPath = 'bench/results/size.json';

export function readSizes(): readonly SizeResult[] {
  return existsSync(absolute(sizesPath)) ? (JSON.parse(readFileSync(absolute(sizesPath), 'utf8')) as readonly SizeResult[]) : [];
}

const checking = new Set(['check.ts', 'shape.ts', 'session-facts.ts', 'define.ts', 'complaint.ts', 'duration.ts']);

const groups: readonly (readonly string[])[] = [
  ['define.ts'], ['check.ts', 'shape.ts', 'session-facts.ts'], ['complaint.ts'], ['table.ts', 'ladder.ts'], ['time.ts'], ['session.ts', 'clocks.ts', 'because.ts'], ['evidence.ts'],
];

/** What the files of `src` add to the bundle. */
export async function piecesOf(what: Measured): Promise<Pick<SizeResult, 'minified' | 'largest' | 'lessWithout'>> {
  const options = {
    stdin: { contents: measured[what], resolveDir: top, sourcefile: 'entry.ts', loader: 'ts' },
    bundle: true, write: false, metafile: true, format: 'esm', ...compiled, legalComments: 'none', logLevel: 'silent',
  } as const;
  const { metafile } = await build({ ...options, minify: true });
  const named = await build({ ...options, minifySyntax: true, minifyIdentifiers: true });
  const files = Object.values(metafile.outputs).flatMap((output) => Object.entries(output.inputs))
    .map(([file, { bytesInOutput }]) => ({ file: file.replace(/^.*src\//, ''), kilobytes: bytesInOutput / 1000 }))
    .sort((a, b) => b.kilobytes - a.kilobytes);
  const sumOf = (counts: (file: string) => boolean): number =>
    Number(files.reduce((sum, { file, kilobytes }) => (counts(file) ? sum + kilobytes : sum), 0).toFixed(3));
  return {
    minified: { all: sumOf(() => true), tracker: sumOf((file) => file.startsWith('tracker/')), checks: sumOf((file) => checking.has(file)) },
    largest: files.slice(0, 6),
    lessWithout: lessWithout(named.outputFiles[0]?.text ?? ''),
  };
}

/** The text is taken apart at the comments by which esbuild names the files, as long as it may keep white space. */
function lessWithout(bundled: string): SizeResult['lessWithout'] {
  const texts = new Map([...bundled.replace(/^ +/gm, '').matchAll(/^\/\/ src\/(\S+)\n([^]*?)(?=^\/\/ |(?![^]))/gm)].map(([, file = '', text = '']) => [file, text]));
  const weigh = (without: readonly string[]): number =>
    gzipSync([...texts].filter(([file]) => !without.includes(file)).map(([, text]) => text).join(''), { level: 9 }).byteLength;
  return groups.map((files) => files.filter((file) => texts.has(file))).filter((files) => files.length > 0)
    .map((files) => ({ files, kilobytes: Number(((weigh([]) - weigh(files)) / 1000).toFixed(2)) }))
    .sort((a, b) => b.kilobytes - a.kilobytes);
}
