// A counterexample as it is read: what was said as a story, and beside it when it was asked and what else there was.

import { compact } from '../duration.js';
import { isRecord } from '../plain.js';
import type { Policy } from '../policy.js';
import type { Signal } from '../signal.js';
import { renderTimeline } from '../testing/render.js';
import { timeline } from '../testing/timeline.js';

/** Everything that was given, by its names. */
export function toldOf(given: object, policy: Policy): string {
  return Object.entries(given).map(([name, value]: [string, unknown]) => {
    if (isHistory(value)) return `${name}:\n${indented(storyOf(value, policy))}`;
    if (isList(value) && value.length > 0 && value.every(isRecord)) return `${name}:\n${indented(value.map(spokenOf).join('\n'))}`;
    return `${name}: ${spokenOf(value)}`;
  }).join('\n');
}

/** Signals as lines, and under them what they amounted to. */
function storyOf(signals: readonly Signal[], policy: Policy): string {
  const instants = signals.map(({ at }) => at);
  const [from, until] = [Math.min(...instants), Math.max(...instants)];
  const lines = signals.map(({ at, type, userId, ...rest }) => {
    const { sessionId, ...says } = { sessionId: undefined, ...rest };
    const whose = sessionId === undefined ? quoted(userId) : `${quoted(userId)}/${quoted(sessionId)}`;
    return [compact(at), whose, type, ...Object.entries(says).map(([key, value]) => `${key} ${JSON.stringify(value)}`)].join('  ');
  });
  return `${lines.join('\n')}\n${renderTimeline(timeline(signals, policy, { from, until: until + 1 }))}`;
}

/** A list of stamped signals, not empty. */
function isHistory(value: unknown): value is readonly Signal[] {
  return isList(value) && value.length > 0 && value.every((part) => isRecord(part) && typeof part['type'] === 'string' && typeof part['at'] === 'number');
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

/** Lengths and instants of a second and more also as people say them. */
function spokenOf(value: unknown): string {
  if (typeof value !== 'number') return value === undefined ? 'none' : JSON.stringify(value);
  return Math.abs(value) < 1_000 ? String(value) : `${String(value)} (${compact(value)})`;
}

function quoted(id: string): string {
  return /^\w+$/.test(id) ? id : JSON.stringify(id);
}

function indented(text: string): string {
  return text.split('\n').map((line) => `  ${line}`.trimEnd()).join('\n');
}
