// `npm run demo -- FILE`, as a newcomer runs it. Without a file it is live, which test/integration/live.test.ts is about.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'demo-'));
afterAll(() => rmSync(folder, { recursive: true }));

function demo(...args: readonly string[]): {
  readonly lines: readonly string[];
  readonly errors: string;
  readonly code: number | null;
} {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ['--import', 'tsx', 'docs/examples/demo.ts', ...args],
    { cwd: root, encoding: 'utf8' },
  );
  return { lines: stdout.trimEnd().split('\n'), errors: stderr, code: status };
}
function file(name: string, ...lines: readonly unknown[]): string {
  const path = join(folder, name);
  writeFileSync(
    path,
    lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'),
  );
  return path;
}
const published = (lines: readonly string[]): readonly string[] =>
  lines.filter((line) => /^ *[\d.]+ s {2}/.test(line));

describe('npm run demo -- FILE', () => {
  it('prints every published change of two tabs and a phone in time order, then a timeline', () => {
    const { lines, errors, code } = demo('docs/examples/recordings/two-tabs-and-a-phone.events.jsonl');
    expect([code, errors]).toEqual([0, '']);
    const changes = published(lines);
    expect(changes).toContain('  25.709 s  bob   game                 is shown as {"game_id":42}');
    expect(changes).toContain(
      ' 216.005 s  ada   active -> offline    8kn0opml: closed, and not back in 5 s (since 211.005 s)',
    );
    const instants = changes.map((line) => parseFloat(line));
    expect(instants).toEqual([...instants].sort((a, b) => a - b));
    expect(lines.filter((line) => line.startsWith('= ada/z4t7jrwa')).join()).toContain('offline (left)');
    expect(lines.some((line) => line.startsWith('= bob '))).toBe(true);
    expect(lines.at(-1)).toBe('0 lines skipped');
  });

  it('takes any recording, and says when nobody was listening', () => {
    const { lines, code } = demo('docs/examples/recordings/server-restart.events.jsonl');
    expect(code).toBe(0);
    expect(lines.filter((line) => line.includes('nobody was listening'))).toEqual([
      '  57.274 s  nobody was listening from 44.561 s; clients have until 67.274 s to return',
      ' 107.403 s  nobody was listening from 95.001 s; clients have until 117.403 s to return',
    ]);
    expect(lines.filter((line) => line.startsWith('time ')).length).toBeGreaterThan(0);
    expect(lines.at(-1)).toBe('0 lines skipped');
  });

  it('takes signals, and goes on until nobody is there', () => {
    const { lines, code } = demo(
      file(
        'signals.jsonl',
        { type: 'connected', userId: 'ada', sessionId: 'tab', at: 1_000 },
        { type: 'disconnected', userId: 'ada', sessionId: 'tab', at: 5_000, cause: 'closed' },
        { type: 'activity', userId: 'ada', sessionId: 'tab', at: 3_000 },
      ),
    );
    expect(code).toBe(0);
    expect(published(lines)).toEqual([
      '   1.000 s  ada   offline -> active    tab: nothing speaks against it',
      '  10.000 s  ada   active -> offline    tab: closed, and not back in 5 s (since 5.000 s)',
    ]);
    expect(lines.at(-1)).toBe('0 lines skipped');
  });

  it('reports a broken line by its number and skips it', () => {
    const { lines, code } = demo(
      file(
        'broken.jsonl',
        { type: 'connected', userId: 'ada', sessionId: 'tab', at: 0 },
        '{"type":"heartbeat"',
        '',
        { type: 'heartbeat', userId: 'ada', sessionId: 'tab', at: 0.5 },
        { at: 1, event: 'heartbeat', userId: 'ada' },
      ),
    );
    expect(code).toBe(0);
    expect(lines.filter((line) => line.startsWith('Line ')).map((line) => line.split('. ')[0])).toEqual([
      'Line 2 is skipped',
      'Line 4 is skipped',
      'Line 5 is skipped',
    ]);
    expect(published(lines)[0]).toContain('offline -> active');
    expect(lines.at(-1)).toBe('3 lines skipped');
  });

  it('counts one line as one line, and has nothing to draw where nothing was heard', () => {
    const { lines, code } = demo(file('nothing.jsonl', 'no JSON'));
    expect(code).toBe(0);
    expect(lines.some((line) => line.startsWith('time'))).toBe(false);
    expect(lines.at(-1)).toBe('1 line skipped');
  });

  it.each([
    ['a file that is missing', ['nowhere.jsonl'], 'Cannot read nowhere.jsonl: there is no such file.'],
    ['a directory', ['docs'], 'Cannot read docs: it is a directory.'],
    ['an option', ['--fast'], 'Expected one file, received --fast'],
  ])('refuses %s with one clear line', (_, args, message) => {
    const { lines, errors, code } = demo(...args);
    expect(code).toBe(2);
    expect(lines).toEqual(['']);
    expect(errors.split('\n')[0]).toBe(message);
  });

  it('tells its usage', () => {
    const { lines, code } = demo('--help');
    expect([code, lines[0]]).toEqual([0, 'Usage: npm run demo -- [FILE]']);
  });
});
