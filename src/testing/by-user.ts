// Signals as they are given: a list in any order, of any users. Checked once, before anything is done.

import { assertNone, signalIssues } from '../check.js';
import { complaint } from '../complaint.js';
import { byCodeUnits } from '../plain.js';
import type { Signal } from '../signal.js';

/** Throws the first thing that is wrong with a list of stamped signals, and names which. Cost: linear. */
export function assertSignals(signals: unknown): asserts signals is readonly Signal[] {
  if (!Array.isArray(signals)) throw new TypeError(complaint('signals', 'a list', signals));
  const list: readonly unknown[] = signals;
  for (let i = 0; i < list.length; i++) {
    const issues = signalIssues(list[i], { stamped: true });
    if (issues.length > 0) assertNone(issues.map(({ path, message }) => ({ path, message: `signals[${String(i)}]: ${message}` })));
  }
}

/** Every user that signals name, by id, with what is said of them in time order; of one instant in the order listed. */
export function byUser(signals: readonly Signal[]): readonly (readonly [userId: string, said: readonly Signal[]])[] {
  const users = new Map<string, Signal[]>();
  for (const signal of signals) {
    const said = users.get(signal.userId);
    if (said === undefined) users.set(signal.userId, [signal]);
    else said.push(signal);
  }
  for (const said of users.values()) said.sort((a, b) => a.at - b.at);
  return [...users].sort(([a], [b]) => byCodeUnits(a, b));
}
