// Every snippet of README and docs and every `@example` compiles, runs, and says what its arrows claim.
// What may be claimed, and how, stands in test/support/snippets.ts.

import { createRequire } from 'node:module';
import { posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as core from 'presence-model';
import * as client from 'presence-model/client';
import * as fastCheck from 'presence-model/fast-check';
import * as presets from 'presence-model/presets';
import * as testing from 'presence-model/testing';
import { absolute, doors } from '../support/files.js';
import { allSnippets, moduleOf, programOf } from '../support/snippets.js';
import type { Comparison } from '../support/snippets.js';
import { problemsOf } from '../support/typescript.js';

const modules = new Map<string, object>([
  ['presence-model', core], ['presence-model/client', client], ['presence-model/presets', presets], ['presence-model/testing', testing],
  ['presence-model/fast-check', fastCheck],
]);

const snippets = allSnippets().map((snippet) => {
  const place = `${snippet.file}:${snippet.line}`;
  return { ...snippet, place, text: moduleOf(snippet, Object.keys(core)) };
});

/** What documents may use without saying where it comes from: the host's side of a publication. */
const stage = 'declare function publish(shown: unknown): void; declare function send(shown: unknown): void;';

type Check = (actual: unknown, expected: unknown, comparison: Comparison, line: number) => void;

/** The sources of the repository that a program requires by a path. */
async function ownModules(file: string, script: string): Promise<ReadonlyMap<string, object>> {
  const paths = [...script.matchAll(/\brequire\("(\.[^"]*)"\)/g)].map(([, path]) => path!);
  return new Map(await Promise.all(paths.map(async (path) => {
    const source = posix.join('../..', posix.dirname(file), path.replace(/\.js$/, '.ts'));
    return [path, await import(/* @vite-ignore */ source) as object] as const;
  })));
}

/** Runs a program. Its timers never fire, so nothing of it is left behind, and what it prints stays here. */
async function run(file: string, script: string, check: Check): Promise<void> {
  const own = await ownModules(file, script);
  const fromHere = createRequire(absolute(file));
  const surroundings: Readonly<Record<string, unknown>> = {
    exports: {},
    require: (name: string): unknown => modules.get(name) ?? own.get(name) ?? (fromHere(name) as unknown),
    check,
    printed: (...values: readonly unknown[]) => (values.length === 1 ? values[0] : values.map(String).join(' ')),
    console: { log: () => undefined, table: () => undefined },
    publish: () => undefined,
    send: () => undefined,
    setTimeout: () => 0,
    setInterval: () => 0,
    clearTimeout: () => undefined,
    clearInterval: () => undefined,
  };
  const AsyncFunction = run.constructor as new (...source: string[]) => (...values: readonly unknown[]) => Promise<void>;
  // The inner braces let a snippet declare a name of its surroundings anew.
  await new AsyncFunction(...Object.keys(surroundings), `{ ${script}\n}`)(...Object.values(surroundings));
}

describe('the documents', () => {
  it('show code in README that claims something', () => {
    const claims = snippets.filter(({ file }) => file === 'README.md').map(({ file, text }) => programOf(file, text).claims);
    expect(claims.flat().length).toBeGreaterThan(0);
  });

  it('show code that compiles', () => {
    const problems = problemsOf(new Map([
      ...snippets.map(({ place, text }) => [`${place.replace(':', '.')}.ts`, text] as const),
      ['stage.d.ts', stage],
    ]));
    expect(problems.map((problem) => problem.replace(/\.\d+\.ts:/, ':'))).toEqual([]);
  });

  it('may import every door of the package', () => {
    expect([...modules.keys()]).toEqual([...doors().keys()]);
  });
});

describe('the code of', () => {
  it.each(snippets.map((snippet) => [snippet.place, snippet] as const))('%s', async (place, { file, text }) => {
    const { script, claims } = programOf(file, text);
    const checked = new Set<number>();
    await run(file, script, (actual, expected, comparison, line) => {
      checked.add(line);
      const where = `${file}:${line}`;
      if (comparison === 'prefix') expect(String(actual).slice(0, String(expected).length), where).toBe(expected);
      else if (comparison === 'subset') expect(actual, where).toMatchObject(expected as object);
      else expect(actual, where).toStrictEqual(expected);
    }).catch((error: unknown) => {
      if (error instanceof Error && !error.message.startsWith(file)) error.message = `${place}: ${error.message}`;
      throw error;
    });
    // An arrow in a function that nobody calls would claim without being asked.
    expect([...checked].sort((a, b) => a - b), place).toEqual(claims);
  });
});
