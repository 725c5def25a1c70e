// A rule may be switched off for one line, with the reason on that line. No test is skipped, and none runs alone.

import { describe, expect, it } from 'vitest';
import { filesBelow, read } from '../support/files.js';

const sources = ['src', 'test', 'docs', 'bench'].flatMap((folder) => filesBelow(folder, '.ts'));

/** The places of all lines that match, less those that also match the exception. */
function places(pattern: RegExp, exception?: RegExp): readonly string[] {
  return sources
    .filter((file) => file !== 'test/guard/suppressions.test.ts')
    .flatMap((file) => read(file).split('\n').map((line, i) => ({ line, place: `${file}:${i + 1}: ${line.trim()}` })))
    .filter(({ line }) => pattern.test(line) && exception?.test(line) !== true)
    .map(({ place }) => place);
}

describe('the sources', () => {
  it('are all looked at', () => {
    for (const folder of ['src/', 'test/', 'docs/', 'bench/']) expect(sources.filter((file) => file.startsWith(folder)), folder).not.toEqual([]);
  });

  it('switch no lint rule off without a reason', () => {
    expect(places(/eslint-disable/, /eslint-disable-next-line [\w@/-]+(, [\w@/-]+)* -- \S+ \S+/)).toEqual([]);
  });

  it('switch no compiler check off without a reason', () => {
    expect(places(/@ts-(ignore|nocheck|expect-error)/, /@ts-expect-error \S+ \S+/)).toEqual([]);
  });

  it('hide no line from the coverage', () => {
    expect(places(/(v8|c8|istanbul) ignore/)).toEqual([]);
  });

  it('skip no test and single none out', () => {
    expect(places(/\b(it|test|describe)(\.\w+)*\.(skip|skipIf|runIf|only|todo|fails)\b|\b(xit|xdescribe|fit|fdescribe)\(/)).toEqual([]);
  });
});
