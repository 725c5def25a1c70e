// What vitest did, from the report that it writes for machines.

import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './tally.js';
import type { Tally } from './tally.js';

interface File {
  readonly status: string;
  readonly assertionResults: readonly { readonly status: string }[];
}

interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly File[];
}

interface Outcome {
  readonly code: number;
  readonly tally: Tally;
}

/** Runs vitest with these arguments. What fails without being a test (a file that does not load, a stray rejection) counts as failed too. */
export function runVitest(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Outcome {
  const folder = mkdtempSync(join(tmpdir(), 'presence-model-'));
  const file = join(folder, 'report.json');
  try {
    const code = run('vitest', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`, ...args], environment);
    return { code, tally: tallyOf(existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Report) : undefined, code) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function tallyOf(report: Report | undefined, code: number): Tally {
  const { numPassedTests = 0, numFailedTests = 0, testResults = [] } = report ?? {};
  const isFailed = ({ status }: { readonly status: string }): boolean => status === 'failed';
  const brokenFiles = testResults.filter((file) => isFailed(file) && !file.assertionResults.some(isFailed));
  const failed = numFailedTests + brokenFiles.length;
  return { passed: numPassedTests, failed: failed === 0 && code !== 0 ? 1 : failed };
}
