// The recipe of docs/guide/what-if.md, on a log that is made here.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defaultPolicy, definePolicy } from 'presence-model';
import type { Signal } from 'presence-model';
import { comparePolicies, sumDifferences } from 'presence-model/testing';
import type { Difference } from 'presence-model/testing';
import { compareLog, report } from '../../docs/examples/compare-log.js';
import { absolute } from '../support/files.js';

const patient = definePolicy({ inactivity: { idle: 600_000, away: 900_000 } });

/** Half an hour of fifty users, whose tabs beat every ten seconds; each was last used at another time. */
const signals: readonly Signal[] = Array.from({ length: 50 }, (_, i) => i).flatMap((i): readonly Signal[] => [
  { type: 'connected', userId: `user${i}`, sessionId: 'tab', at: i * 100 },
  { type: 'activity', userId: `user${i}`, sessionId: 'tab', at: i * 20_000 },
  ...Array.from({ length: 180 }, (_, beat): Signal => ({ type: 'heartbeat', userId: `user${i}`, sessionId: 'tab', at: 10_000 * beat + i * 100 + 1 })),
]).sort((a, b) => a.at - b.at);

const range = { from: 0, until: signals.at(-1)!.at + 1 };
const expected = comparePolicies(signals, defaultPolicy, patient, range);
const byUser = (a: Difference, b: Difference): number => (a.userId < b.userId ? -1 : a.userId > b.userId ? 1 : 0);

let folder: string;
let log: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'compare-log-'));
  log = join(folder, 'signals.jsonl');
  const lines = signals.map((signal) => JSON.stringify(signal));
  lines.splice(7, 0, 'no JSON', '{"type":"heartbeat"}', '');
  writeFileSync(log, `${lines.join('\n')}\n`);
});

afterAll(() => rmSync(folder, { recursive: true }));

describe('docs/examples/compare-log.ts', () => {
  it.each([1_000_000, 4_000, 500])('finds the same with %i signals at once', async (signalsAtOnce) => {
    const told: Difference[] = [];
    const { sum, signals: heard, skipped } = await compareLog(log, { before: defaultPolicy, after: patient, signalsAtOnce, tell: (difference) => told.push(difference) });
    expect([heard, skipped]).toEqual([signals.length, 2]);
    expect(told.sort(byUser)).toEqual(expected);
    expect(sum).toEqual(sumDifferences(expected));
    expect(sum.users.count).toBe(50);
  });

  it('says nothing of an empty log', async () => {
    const empty = join(folder, 'empty.jsonl');
    writeFileSync(empty, '');
    expect(report(await compareLog(empty, { before: defaultPolicy, after: patient }))).toBe(
      '0 signals, 0 lines skipped\n0 users shown differently for 0.00 h in all; changes told: 0 more, 0 less');
  });

  const run = (...args: readonly string[]): ReturnType<typeof spawnSync> =>
    spawnSync(process.execPath, ['--import', 'tsx', 'docs/examples/compare-log.ts', ...args], { cwd: absolute('.'), encoding: 'utf8' });

  it('runs from a command line: differences on one stream, the sum on the other', () => {
    const files = [defaultPolicy, patient].map((policy, i) => {
      const path = join(folder, `policy${i}.json`);
      writeFileSync(path, JSON.stringify(policy));
      return path;
    });
    const { stdout, stderr, status } = run(log, ...files);
    expect(status).toBe(0);
    expect(String(stdout).trim().split('\n').map((line) => JSON.parse(line) as unknown)).toEqual(expected);
    const { users } = sumDifferences(expected);
    const [first, second, ...pairs] = String(stderr).trim().split('\n');
    expect(first).toBe(`${signals.length} signals, 2 lines skipped`);
    expect(second).toBe(`50 users shown differently for ${(users.ms / 3_600_000).toFixed(2)} h in all; changes told: ${users.changesAdded} more, ${users.changesRemoved} less`);
    expect(pairs).toHaveLength(users.pairs.length);
    expect(pairs[0]).toMatch(/^ +\d+\.\d\d h {2}away → (active|idle), \d+ times$/);
  });

  it('says how it is used', () => {
    const { stderr, status } = run();
    expect(status).toBe(2);
    expect(stderr).toMatch(/^Usage: /);
  });
});
