// A story: a table that is a test. What was said and the whole of what is expected stand in the same columns.
// Theory of operation: the text is cut into cells that know where they stand (table), rows of one name are one row (script), cells
// are read to signals, beats are added (signals), the signals become a timeline, and each expected row is held against it (lanes).

import { complaint } from '../complaint.js';
import { checkedPolicy } from '../define.js';
import type { Policy } from '../policy.js';
import type { Names, Signal } from '../signal.js';
import { linesOf } from './grid.js';
import { checkAsserted } from './story/asserted.js';
import { failureOf } from './story/failure.js';
import type { Differing } from './story/failure.js';
import { gapsOf } from './story/host-cells.js';
import { compared } from './story/lanes.js';
import type { Compared } from './story/lanes.js';
import { rowsOf, scriptOf } from './story/script.js';
import { signalsOf } from './story/signals.js';
import { tablesOf } from './story/table.js';
import type { Table } from './story/table.js';
import { timeline } from './timeline.js';
import type { Timeline } from './timeline.js';

/** What a story told. */
export interface Story<N extends Names = Names> {
  /** Every signal, with the beats that nobody wrote, by instant; of one instant as the story has them from top to bottom. */
  readonly signals: readonly Signal<N>[];
  /** What they amount to, from the first column up to and including the instant of the last. */
  readonly timeline: Timeline<N>;
  /** The story as it was written, its columns in line. */
  toString(): string;
}

/**
 * Runs a story: a table whose columns are instants, with signals in and the whole expected step function out. The grammar
 * stands in the guide, `docs/guide/stories.md`. It needs no test runner: it is a function that throws where something differs.
 *
 * @param policy - From `definePolicy`.
 * @returns A template tag. What is put in with `${…}` is pasted: text as it is, numbers as milliseconds.
 * @throws TypeError when the story is malformed, with its place, or expects nothing; an `Error` called `StoryError` when something
 * else was so than is expected: the table, the first difference, and the reason. Cost: as `timeline`.
 * @example
 * ```ts
 * import { defaultPolicy } from 'presence-model';
 * import { story } from 'presence-model/testing';
 *
 * const { signals } = story(defaultPolicy)`
 *   time          | 0s     | 40s     | 45s
 *   > ada/tab ~5s | +      | -closed |
 *   = ada         | active |         | offline (tab: closed)
 * `;
 * signals.length; // => 9    + at 0 s, a beat every 5 s up to 35 s, and the end at 40 s
 * ```
 */
export function story<N extends Names>(policy: Policy<N>): (strings: TemplateStringsArray, ...values: readonly unknown[]) => Story<N> {
  const words = checkedPolicy(policy);
  return (strings, ...values) => told(glued(strings, values), words) as unknown as Story<N>;
}

function told(text: string, policy: Policy): Story {
  const tables = tablesOf(text);
  const script = scriptOf(tables);
  const { from, until } = script;
  const gaps = gapsOf(rowsOf(script, 'host').flatMap(({ cells }) => cells), until);
  const signals = signalsOf(script, policy, gaps, until);
  checkAsserted(script);
  const spans = timeline(signals, policy, { from, until, gaps });
  const differing = rowsOf(script, 'expected').map((row) => compared(row, spans, policy)).filter(isDiffering);
  if (differing.length > 0) throw Object.assign(new Error(failureOf(script, differing, spans)), { name: 'StoryError' });
  return { signals, timeline: spans, toString: () => tables.map(aligned).join('\n\n') };
}

function isDiffering(lane: Compared): lane is Differing {
  return lane.differsAt !== undefined;
}

/** The text of a template: as it was written, so that a backslash in it stays one. */
function glued(strings: TemplateStringsArray | undefined, values: readonly unknown[]): string {
  const parts: readonly string[] | undefined = strings?.raw;
  if (parts === undefined) throw new TypeError(complaint('story', 'told in a template: story(policy)`…`', strings));
  return parts.reduce((text, part, i) => text + pasted(values[i - 1], i) + part);
}

function pasted(value: unknown, i: number): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  throw new TypeError(complaint(`\${…} number ${String(i)}`, 'a text or a number', value));
}

/** A table with its columns in line. */
function aligned({ instants, comment, rows }: Table): string {
  const names = ['time', ...rows.map(({ head }) => head.text)];
  const columns = instants.map(({ label }, i) => [label, ...rows.flatMap(({ cells }) => cells.slice(i, i + 1)).map(({ text }) => text)]);
  const [time, ...lines] = linesOf([names, ...columns]);
  return [comment === '' ? time : `${String(time)}    ${comment}`, ...lines].join('\n');
}
