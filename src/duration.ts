// Lengths of time as people say them.

import type { DurationMs } from './time.js';

const units = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1_000],
  ['ms', 1],
] as const;

/** `1 min 30 s`, `15 s`, `250 ms`, `0 s`. Exact, whole units only. */
export function spoken(lengthMs: DurationMs): string {
  if (lengthMs === 0) return '0 s';
  const parts: string[] = [];
  let rest = Math.abs(lengthMs);
  for (const [unit, size] of units) {
    const count = Math.floor(rest / size);
    if (count > 0) parts.push(`${String(count)} ${unit}`);
    rest -= count * size;
  }
  return (lengthMs < 0 ? '-' : '') + parts.join(' ');
}

/** The same without spaces, as tables have it: `1m30s`, `15s`, `250ms`, `0s`. */
export function compact(lengthMs: DurationMs): string {
  return spoken(lengthMs).replace(/min/g, 'm').replace(/ /g, '');
}
