// npm run demo [-- FILE]: a recording of real browsers, or a file of signals, through the whole library.
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defaultPolicy, explain, formatPolicy, parseSignal } from 'presence-model';
import type {
  Change,
  DefaultNames,
  Gap,
  SessionBecause,
  Signal,
  Timestamp,
  UserBecause,
} from 'presence-model';
import { renderTimeline, timeline } from 'presence-model/testing';
import { createHost } from './host.js';
import { parseRecordedEvent } from './recorded-event.js';
import { createAdapter, type Heard } from './recording.js';

const usage = `Usage: npm run demo -- [FILE]

FILE   a recording (docs/examples/recordings/*.events.jsonl) or signals, as JSON lines.
       Without it: two tabs and a phone.`;
/** A timeline of more users than this is no picture any more. */
const usersDrawn = 12;

const args = process.argv.slice(2);
process.stdout.on('error', () => process.exit(0)); // a reader such as `head` has seen enough
if (args.includes('--help') || args.includes('-h')) {
  console.log(usage);
} else if (args.length > 1 || args[0]?.startsWith('-') === true) {
  console.error(`Expected one file, received ${args.join(' ')}\n\n${usage}`);
  process.exitCode = 2;
} else {
  const file =
    args[0] ?? fileURLToPath(new URL('recordings/two-tabs-and-a-phone.events.jsonl', import.meta.url));
  const text = read(file);
  if (text === undefined) process.exitCode = 2;
  else run(basename(file), text);
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    const reasons = new Map([
      ['ENOENT', 'there is no such file'],
      ['EISDIR', 'it is a directory'],
      ['EACCES', 'permission denied'],
    ]);
    console.error(`Cannot read ${file}: ${reasons.get(code) ?? code}.`);
    return undefined;
  }
}

function run(name: string, text: string): void {
  console.log(`${name}, read with the default policy:\n\n${formatPolicy(defaultPolicy)}\n`);
  const host = createHost(defaultPolicy);
  const signals: Signal<DefaultNames>[] = [];
  const gaps: Gap[] = [];
  const { heard, skipped, hasStopped } = readLines(text);
  const first = heard[0]?.now ?? 0;
  const origin = first < 86_400_000 ? 0 : first; // a recording's clock starts near 0; a calendar's does not
  const clock = (at: Timestamp): string => `${((at - origin) / 1000).toFixed(3)} s`;
  const print = (change: Change<DefaultNames>): void =>
    console.log(`${clock(change.at).padStart(10)}  ${tell(change, clock)}`);
  let until = first;

  for (const { now, signal, gap } of heard) {
    until = now;
    if (gap === undefined) {
      signals.push(signal);
      host.hear(signal, now).forEach(print);
    } else {
      gaps.push(gap);
      host.gap(gap);
      console.log(
        `${clock(now).padStart(10)}  nobody was listening from ${clock(gap.from)}; clients have until ${clock(gap.until)} to return`,
      );
    }
  }
  // Nothing more is said. Time goes on until nobody is there any more; but a server that stopped tells nothing of that.
  for (let next = host.nextChangeAt; next !== undefined && !hasStopped; next = host.nextChangeAt) {
    until = next;
    host.advanceTo(next).forEach(print);
  }

  const users = [...new Set(signals.map(({ userId }) => userId))];
  const drawn = new Set(users.slice(0, usersDrawn));
  if (drawn.size > 0) {
    const some = drawn.size < users.length ? ` (${drawn.size} of ${users.length} users)` : '';
    const theirs = signals.filter(({ userId }) => drawn.has(userId));
    console.log(`\nSeen afterwards, with late signals in their places${some}:\n`);
    console.log(renderTimeline(timeline(theirs, defaultPolicy, { from: origin, until: until + 1, gaps })));
    console.log(`\nAt the end, ${clock(until)}${some}:\n`);
    for (const presence of host.presences(until))
      if (drawn.has(presence.userId)) console.log(explain(presence));
  }
  console.log(`\n${skipped} ${skipped === 1 ? 'line' : 'lines'} skipped`);
}

/** Each line is a recorded event or a signal. What is neither is reported by its number and skipped. */
function readLines(text: string): {
  readonly heard: readonly Heard[];
  readonly skipped: number;
  readonly hasStopped: boolean;
} {
  const heard: Heard[] = [];
  const adapt = createAdapter();
  let skipped = 0;
  let hasStopped = false;
  let now = -Infinity;
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const value = parseJson(line);
    const parsed = isRecorded(value) ? parseRecordedEvent(value) : parseSignal(value, defaultPolicy);
    if (!parsed.ok) {
      skipped += 1;
      const issues = parsed.issues.map(({ path, message }) =>
        path === '' ? message : `${path}: ${message}`,
      );
      console.log(
        `Line ${index + 1} is skipped. ${value === undefined ? 'It is no JSON.' : issues.join(' ')}`,
      );
    } else if ('event' in parsed.value) {
      if (parsed.value.event === 'server_start' || parsed.value.event === 'server_stop')
        hasStopped = parsed.value.event === 'server_stop';
      heard.push(...adapt(parsed.value));
    } else {
      now = Math.max(now, parsed.value.at); // signals are heard in the order of the file: one that is older than those before it came late
      heard.push({ now, signal: parsed.value });
    }
  }
  if (skipped > 0) console.log();
  return { heard, skipped, hasStopped };
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined; // JSON has no such value
  }
}
function isRecorded(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'event' in value;
}

/** Ids are foreign: one with a line break in it must not look like two lines. */
function named(id: string): string {
  return /^[\w.@/~-]+$/.test(id) ? id : JSON.stringify(id);
}

type Clock = (at: Timestamp) => string;
function tell(change: Change<DefaultNames>, clock: Clock): string {
  const line = (what: string, why: string): string =>
    `${named(change.userId).padEnd(5)} ${what.padEnd(20)} ${why}`;
  switch (change.type) {
    case 'user':
      return line(`${change.from} -> ${change.to}`, userReason(change.because, clock));
    case 'claim': {
      const detail = change.shown.details?.[change.claimId];
      return line(
        named(change.claimId),
        detail === undefined ? 'is no longer shown' : `is shown as ${JSON.stringify(detail)}`,
      );
    }
    case 'rejected':
      return line('refused', `${change.signal.type} of ${clock(change.signal.at)}: ${change.reason}`);
    case 'session':
      return line(named(change.sessionId), `${change.from.status} -> ${change.to.status}`);
  }
}
function userReason(because: UserBecause<DefaultNames>, clock: Clock): string {
  switch (because.by) {
    case 'nobody':
      return 'nobody is there';
    case 'claim':
      return `claim ${named(because.claimId)} (${because.effect})`;
    case 'session':
      return `${named(because.sessionId)}: ${sessionReason(because.reason, clock)}`;
  }
}
function sessionReason(reason: SessionBecause<DefaultNames>, clock: Clock): string {
  switch (reason.clock) {
    case 'none':
      return 'nothing speaks against it';
    case 'never':
      return 'never seen alive';
    case 'report':
      return `reports ${reason.report} (since ${clock(reason.since)})`;
    case 'departure':
      return `${reason.cause}, and not back in ${reason.afterMs / 1000} s (since ${clock(reason.since)})`;
    case 'silence':
      return `silent for ${reason.afterMs / 1000} s (since ${clock(reason.since)})`;
    case 'inactivity':
      return `unused for ${reason.afterMs / 1000} s (since ${clock(reason.since)})`;
    case 'untouched':
      return `never used in ${reason.afterMs / 1000} s (since ${clock(reason.since)})`;
  }
}
