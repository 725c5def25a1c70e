// The laws alone notice when a rule of the library is broken. Each broken copy runs in a process of its own, since one that
// cannot tell when its next change is may go on for ever: then nothing was noticed.

import { execFile } from 'node:child_process';
import fc from 'fast-check';
import { defaultPolicy } from 'presence-model';
import { laws } from 'presence-model/fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { breaks } from '../support/breaks.js';
import type { Break } from '../support/breaks.js';
import { scriptOf } from '../support/broken-copy.js';
import { read, top } from '../support/files.js';

const longestMs = 60_000;
const atOnce = 2;

/** What laws find in a copy; nothing where they hold. */
async function foundBy(titles: readonly string[], numRuns: number, broken?: Break): Promise<string> {
  const script = await scriptOf(titles, numRuns, broken);
  return new Promise((resolve, reject) => {
    const child = execFile(process.execPath, ['-'], { cwd: top, timeout: longestMs }, (error, found) => {
      if (error === null) resolve(found);
      else reject(new Error(`The copy gave no answer: ${error.message}`));
    });
    child.stdin?.end(script);
  });
}

const needed = [...new Set(breaks.map(({ caughtBy }) => caughtBy))];
const found = new Map<Break | undefined, string>();

// Before the tests rather than in them, where timers are poisoned, and several at once.
beforeAll(async () => {
  const queue = [undefined, ...breaks].values();
  const worker = async (): Promise<void> => {
    for (const broken of queue) {
      const looking = broken === undefined ? foundBy(needed, 50) : foundBy([broken.caughtBy], 1_000, broken);
      found.set(broken, await looking.catch(String));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}, breaks.length * longestMs);

describe('a copy of the library in which a rule is broken', () => {
  it.each(breaks.map((broken) => [broken.what, broken] as const))('is found out: %s', (_, broken) => {
    expect(found.get(broken)).toContain(`Broken law: ${broken.caughtBy}\n`);
  });

  it('is told as the guide tells it', () => {
    const [, example = ''] = /<!-- broken -->\n```text\n(.*?)\n```/su.exec(read('docs/guide/laws.md')) ?? [];
    const [title] = example.split('\n');
    expect(example).toContain('> ada');
    expect([...found].filter(([broken]) => `Broken law: ${String(broken?.caughtBy)}` === title).map(([, message]) => message)).toEqual([`${example}\n`]);
  });

  it('is one of many', () => {
    expect(breaks.length).toBeGreaterThanOrEqual(20);
  });
});

describe('a copy in which none is', () => {
  it('keeps all of these laws', () => {
    expect(laws(fc, defaultPolicy).map(({ title }) => title)).toEqual(expect.arrayContaining(needed));
    expect(found.get(undefined)).toBe('');
  });
});
