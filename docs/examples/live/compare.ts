// What was told live, held against the pure core: the recorded signals once more, through rows of `advanceUser`,
// without a tracker, a server or a clock.
import { isDeepStrictEqual } from 'node:util';
import type { Change, Names, Policy, Signal, Timestamp } from 'presence-model';
import { createHost } from '../host.js';
import { tell, type Clock } from '../tell.js';

/** What a store of rows tells of the signals until an instant, and at it. */
export function replay<N extends Names>(
  signals: readonly Signal<N>[],
  policy: Policy<N>,
  until: Timestamp,
): readonly Change<N>[] {
  const host = createHost(policy);
  return [...signals.flatMap((signal) => host.hear(signal, signal.at)), ...host.advanceTo(until)];
}

/** For each user of whom something else was told, where that begins. None: the two agree, word for word. */
export function differences(live: readonly Change[], replayed: readonly Change[], clock: Clock): readonly string[] {
  const line = (change: Change | undefined): string =>
    change === undefined ? 'nothing' : `${clock(change.at)}  ${tell(change, clock)}`;
  const userIds = [...new Set([...live, ...replayed].map(({ userId }) => userId))];
  return userIds.flatMap((userId) => {
    const was = live.filter((change) => change.userId === userId);
    const is = replayed.filter((change) => change.userId === userId);
    const longer = was.length > is.length ? was : is;
    const first = longer.findIndex((_, i) => !isDeepStrictEqual(was[i], is[i]));
    if (first === -1) return [];
    return [`Change ${first + 1} of ${userId} differs:\n  live    ${line(was[first])}\n  replay  ${line(is[first])}`];
  });
}
