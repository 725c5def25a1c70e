// A recording of real browsers, or a file of signals, through the whole library.
import { defaultPolicy, explain, formatPolicy, parseSignal } from 'presence-model';
import type { Change, DefaultNames, Gap, Signal } from 'presence-model';
import { renderTimeline, timeline } from 'presence-model/testing';
import { createHost } from './host.js';
import { parseRecordedEvent } from './recorded-event.js';
import { createAdapter, type Heard } from './recording.js';
import { clockFrom, stamped, tell } from './tell.js';

/** A timeline of more users than this is no picture any more. */
const usersDrawn = 12;

export function playFile(name: string, text: string): void {
  console.log(`${name}, read with the default policy:\n\n${formatPolicy(defaultPolicy)}\n`);
  const host = createHost(defaultPolicy);
  const signals: Signal<DefaultNames>[] = [];
  const gaps: Gap[] = [];
  const { heard, skipped, hasStopped } = readLines(text);
  const first = heard[0]?.now ?? 0;
  const origin = first < 86_400_000 ? 0 : first; // a recording's clock starts near 0; a calendar's does not
  const clock = clockFrom(origin);
  const print = (change: Change<DefaultNames>): void => console.log(stamped(change.at, clock, tell(change, clock)));
  let until = first;

  for (const { now, signal, gap } of heard) {
    until = now;
    if (gap === undefined) {
      signals.push(signal);
      host.hear(signal, now).forEach(print);
    } else {
      gaps.push(gap);
      host.gap(gap);
      const text = `nobody was listening from ${clock(gap.from)}; clients have until ${clock(gap.until)} to return`;
      console.log(stamped(now, clock, text));
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
