// A counterexample as it is read: what was said as a story, and under it when it was asked and what else there was.

import { compact } from '../duration.js';
import { deriveUser, observe } from '../index.js';
import { isRecord } from '../plain.js';
import type { Policy } from '../policy.js';
import type { Signal } from '../signal.js';
import { renderStory } from '../testing/render-story.js';
import type { Range } from '../testing/timeline.js';
import type { Gap, Timestamp } from '../time.js';

/** Everything that was given, by its names. */
export function toldOf(given: object, policy: Policy): string {
  return Object.entries(given).map(([name, value]: [string, unknown]) => {
    const { signals, notes } = historyIn(value);
    if (signals.length === 0) return `${name}: ${spokenOf(value)}`;
    return [`${name}:`, ...storyOf(signals, policy, rangeOf(signals, given)).split('\n').map(indented), ...notes.map(indented)].join('\n');
  }).join('\n');
}

/** Signals as a story; as JSON where a broken rule lets none be told. */
function storyOf(signals: readonly Signal[], policy: Policy, range: Range): string {
  try {
    if (isTellable(signals, policy, range)) return renderStory(signals, policy, range);
  } catch {
    // what is told below is what is known
  }
  return signals.map((signal) => JSON.stringify(signal)).join('\n');
}

/** Does time get from change to change after every signal? */
function isTellable(signals: readonly Signal[], policy: Policy, { until, gaps }: Range): boolean {
  return signals.every(({ userId }, i) => {
    const said = signals.slice(0, i + 1).filter((signal) => signal.userId === userId).map((signal) => ({ epoch: signal.at, ...signal }));
    const evidence = said.reduce(observe, { userId, sessions: [], claims: [] });
    return getsThere((now) => deriveUser(evidence, policy, now, gaps).nextChangeAt, Math.min(...said.map(({ at }) => at)), until);
  });
}

/** Does time get there, from one next change to the next? */
export function getsThere(nextAfter: (at: Timestamp) => Timestamp | undefined, from: Timestamp, until: Timestamp): boolean {
  let at = from;
  for (let steps = 0; steps < mostSteps; steps++) {
    const next = nextAfter(at);
    if (next === undefined || next >= until) return true;
    if (next <= at) return false;
    at = next;
  }
  return false;
}

/** More than any history here takes. */
const mostSteps = 10_000;

/** From the first thing said, or from 0, to the question, with what is known of gaps. */
function rangeOf(signals: readonly Signal[], given: object): Range {
  const { now, gaps } = given as { readonly now?: unknown; readonly gaps?: readonly Gap[] };
  const instants = [0, ...signals.map(({ at }) => at), ...(typeof now === 'number' ? [now] : [])];
  return { from: Math.min(...instants), until: Math.max(...instants) + 1, gaps: gaps ?? [] };
}

/** The stamped signals in a list of signals or of calls, and what a story does not tell of calls. */
function historyIn(value: unknown): { readonly signals: readonly Signal[]; readonly notes: readonly string[] } {
  const parts: readonly unknown[] = Array.isArray(value) ? value : [];
  const calls = parts.map((part) => (isRecord(part) && isRecord(part['signal']) ? part : { signal: part }));
  const signals = calls.map(({ signal, ...call }) => stamped(signal, call));
  const isHistory = signals.every((signal) => signal !== undefined);
  return isHistory ? { signals, notes: calls.flatMap(noteOn) } : { signals: [], notes: [] };
}

function stamped(signal: unknown, call: Readonly<Record<string, unknown>>): Signal | undefined {
  const at = isRecord(signal) ? (signal['at'] ?? call['now']) : undefined;
  return isRecord(signal) && typeof signal['type'] === 'string' && typeof at === 'number' ? ({ ...signal, at } as Signal) : undefined;
}

/** When a call was made and how, where that is not when its signal happened, and by a signal. */
function noteOn({ now, isByHandle, signal }: Readonly<Record<string, unknown>>, i: number): readonly string[] {
  if (typeof now !== 'number') return [];
  const isLate = isRecord(signal) && signal['at'] !== undefined && signal['at'] !== now;
  const how = [...(isLate ? [`heard at ${compact(now)}`] : []), ...(isByHandle === true ? ['told by a handle, where it can be'] : [])];
  return how.length === 0 ? [] : [`${String(i + 1)}: ${how.join(', ')}`];
}

/** Lengths and instants of a second and more also as people say them. */
function spokenOf(value: unknown): string {
  if (typeof value !== 'number') return value === undefined ? 'none' : JSON.stringify(value);
  return Math.abs(value) < 1_000 ? String(value) : `${String(value)} (${compact(value)})`;
}

function indented(line: string): string {
  return `  ${line}`.trimEnd();
}
