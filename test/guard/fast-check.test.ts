// The door compiles with the types of the oldest fast-check as well as with those of the newest, its own sources included: they use
// nothing that one of the two does not have. And whoever does not use the door needs no fast-check.

import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { absolute, filesBelow, read } from '../support/files.js';
import { sentenceOf, userOptions } from '../support/typescript.js';

const ownSources = filesBelow('src/fast-check', '.ts');

/** What the compiler finds in the door and in what a team writes, where this folder is their fast-check. */
function problemsWith(folder: string): readonly string[] {
  const { paths, ...options } = userOptions();
  const checked = ['test/type/fast-check.test-d.ts', ...ownSources].map(absolute);
  const program = ts.createProgram(checked, { ...options, types: [], paths: { ...paths, 'fast-check': [`./node_modules/${folder}`] } });
  return checked.flatMap((path) => program.getSemanticDiagnostics(program.getSourceFile(path)).map(sentenceOf));
}

const manifestOf = (folder: string): Readonly<Record<string, unknown>> => JSON.parse(read(`${folder}package.json`)) as Readonly<Record<string, unknown>>;

describe('the types of the door', () => {
  it('compile with the oldest fast-check', () => {
    expect(manifestOf('node_modules/fast-check-3/')['version']).toBe('3.20.0');
    expect(problemsWith('fast-check-3')).toEqual([]);
  });
});

describe('fast-check', () => {
  it('is an optional peer of every version that is tested', () => {
    const { peerDependencies, peerDependenciesMeta } = manifestOf('');
    expect([peerDependencies, peerDependenciesMeta]).toEqual([{ 'fast-check': '>=3.20.0 <5' }, { 'fast-check': { optional: true } }]);
  });

  it('is named nowhere else, and in the door for its types alone', () => {
    const named = filesBelow('src', '.ts').flatMap((file) => [...read(file).matchAll(/^import (type )?.* from 'fast-check';$/gm)].map(([, type]) => ({ file, isType: type !== undefined })));
    expect(named.filter(({ file, isType }) => !isType || !ownSources.includes(file))).toEqual([]);
    expect(named.length).toBeGreaterThan(5);
  });
});
