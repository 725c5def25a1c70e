// A recording through the adapter and the host of docs/examples, as a server would have lived it.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Change, DefaultNames, Gap, Names, Policy, Signal } from 'presence-model';
import { timeline } from 'presence-model/testing';
import { createHost, type Host } from '../../docs/examples/host.js';
import { parseRecordedEvent, type RecordedEvent } from '../../docs/examples/recorded-event.js';
import { createAdapter, type Heard } from '../../docs/examples/recording.js';
import type { Step } from './bounds.js';
import { readTruth, type Deed, type Truth } from './truth.js';

export const stories = [
  'two-tabs-and-a-phone',
  'hidden-tab',
  'frozen-and-bfcache',
  'bad-network',
  'server-restart',
  'thousand',
] as const;
export type StoryName = (typeof stories)[number];

export interface Recording {
  readonly events: readonly RecordedEvent[];
  readonly heard: readonly Heard[];
  readonly signals: readonly Signal<DefaultNames>[];
  readonly gaps: readonly Gap[];
  readonly truth: Truth;
}

export function readRecording(name: StoryName): Recording {
  const events = linesOf(`${name}.events.jsonl`).map((value, index) => {
    const parsed = parseRecordedEvent(value);
    if (!parsed.ok) throw new Error(`${name}, line ${index + 1}: ${JSON.stringify(parsed.issues)}`);
    return parsed.value;
  });
  const heard = events.flatMap(createAdapter());
  // Of a thousand clients the truth tells when all had come, not when each came.
  const sessions = new Set(events.flatMap((event) => ('sessionId' in event ? [event.sessionId] : [])));
  return {
    events,
    heard,
    signals: heard.flatMap(({ signal }) => signal ?? []),
    gaps: heard.flatMap(({ gap }) => gap ?? []),
    truth: readTruth(linesOf(`${name}.truth.jsonl`) as Deed[], name === 'thousand' ? [...sessions] : []),
  };
}

function linesOf(file: string): unknown[] {
  const path = fileURLToPath(new URL(`../../docs/examples/recordings/${file}`, import.meta.url));
  return readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line): unknown => JSON.parse(line));
}

/** What the host published, until the server stopped for good, and the host as it is then. */
export interface Played<N extends Names> {
  readonly changes: readonly Change<N>[];
  readonly host: Host<N>;
}
export function play<N extends Names>(heard: readonly Heard[], policy: Policy<N>, until: number): Played<N> {
  const host = createHost(policy);
  const changes: Change<N>[] = [];
  for (const { now, signal, gap } of heard.filter((one) => one.now < until)) {
    if (gap === undefined) changes.push(...host.hear(signal, now));
    else host.gap(gap);
  }
  return { changes: [...changes, ...host.advanceTo(until - 1)], host };
}

export type StepsByUser = ReadonlyMap<string, readonly Step[]>;
export function stepsOf(changes: readonly Change[]): StepsByUser {
  const steps = new Map<string, Step[]>();
  for (const change of changes) {
    if (change.type === 'user')
      steps.set(change.userId, [...(steps.get(change.userId) ?? []), { at: change.at, status: change.to }]);
  }
  return steps;
}

/** How it was, seen afterwards: late signals stand where they belong. */
export function inHindsight<N extends Names>(
  { signals, gaps, truth: { until } }: Recording,
  policy: Policy<N>,
): StepsByUser {
  const { users } = timeline(signals as readonly Signal<N>[], policy, { from: 0, until, gaps });
  return new Map(
    users.map(({ userId, segments }) => {
      const steps = segments.map(({ from, status }) => ({ at: from, status }));
      return [
        userId,
        steps.filter(({ status }, index) => status !== (steps[index - 1]?.status ?? policy.statuses.at(-1))),
      ] as const;
    }),
  );
}
