// npm test: types, lint and all tests, each even where the one before it failed, closed by one line for machines.
// Arguments go to vitest: npm test -- test/unit

import { close, run, sum } from './tally.js';
import type { Tally } from './tally.js';
import { runVitest } from './vitest-tally.js';

function step(title: string, tool: string, args: readonly string[]): Tally & { readonly code: number } {
  console.log(`\n> ${title}`);
  const code = run(tool, args);
  return { code, passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 };
}

const checks = [
  step('types of the library', 'tsc', ['-p', 'src']),
  step('types of tests, examples and benchmarks', 'tsc', ['-p', '.']),
  step('lint', 'eslint', ['.', '--max-warnings', '0']),
];
const { code, tally } = runVitest(process.argv.slice(2));

close(sum([...checks, tally]));
process.exitCode = code || Math.max(...checks.map((check) => check.code));
