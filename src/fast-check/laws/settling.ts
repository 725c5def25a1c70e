import type { Arbitrary } from 'fast-check';
import { createSettler } from '../../index.js';
import type { Change, Policy, ShownPresence } from '../../index.js';
import { calls, Store } from '../calls.js';
import type { Call } from '../calls.js';
import { lengths } from '../instants.js';
import { law } from '../law.js';
import type { Draft } from '../law.js';
import { equal, proven } from '../proof.js';
import type { Fc } from '../property-tester.js';

interface Published {
  readonly change: Change;
  readonly now: number;
}

interface Settled {
  /** What was told, and when. */
  readonly pushed: readonly Published[];
  /** What of it was published, and when. */
  readonly published: readonly Published[];
  /** What is so in the end. */
  readonly shown: ShownPresence | undefined;
}

/** A row whose changes go through a settler that is woken when it asks, or somewhat later; then one quiet period. */
function settle(policy: Policy, settleMs: number, said: readonly Call[], late = 0): Settled {
  const settler = createSettler({ settleMs });
  const pushed: Published[] = [];
  const published: Published[] = [];
  const store = new Store(policy);
  const wakeBefore = (end: number): void => {
    for (let next = settler.nextChangeAt; next !== undefined && next + late < end; next = settler.nextChangeAt) {
      for (const change of settler.advanceTo(next + late)) published.push({ change, now: next + late });
    }
  };
  let shown: ShownPresence | undefined;
  let end = 0;
  for (const { now, signal } of said) {
    wakeBefore(now);
    const { changes, presence } = store.call(now, signal);
    for (const change of changes) pushed.push({ change, now });
    for (const change of settler.push(changes, now)) published.push({ change, now });
    shown = presence.shown;
    end = now;
  }
  wakeBefore(end + (settleMs + late) * 2 + 1);
  return { pushed, published, shown };
}

function isShown({ change }: Published): boolean {
  return change.shown !== undefined;
}

/** Windows of a few ms, and such as fit what happens. */
function windows(fc: Fc, policy: Policy): Arbitrary<number> {
  return fc.oneof(fc.nat({ max: 30 }), lengths(fc, policy));
}

/** 15. */
export const settling: readonly Draft[] = [
  law('settled: the first change at once, then at most one per user per `settleMs`', {
    given: (fc, policy) => fc.record({ said: calls(fc, policy), settleMs: windows(fc, policy), late: fc.nat({ max: 40 }) }),
    when: ({ settleMs }) => settleMs > 0,
    then: ({ said, settleMs, late }, policy) => {
      const { pushed, published } = settle(policy, settleMs, said, late);
      equal(published.find(isShown), pushed.find(isShown));
      const instants = [...new Set(published.filter(isShown).map(({ now }) => now))];
      instants.forEach((now, i) => {
        for (const next of instants.slice(i + 1)) proven(next - now >= settleMs, 'a window lies between two publications');
      });
      equal(published.filter((one) => !isShown(one)), pushed.filter((one) => !isShown(one)));
    },
  }),
  law('settled: never an invented status', {
    given: (fc, policy) => fc.record({ said: calls(fc, policy), settleMs: windows(fc, policy) }),
    then: ({ said, settleMs }, policy) => {
      const { pushed, published } = settle(policy, settleMs, said);
      const told = new Set(pushed.map(({ change }) => JSON.stringify(change.shown)));
      for (const { change } of published) proven(told.has(JSON.stringify(change.shown)), 'what is published was told');
      let last: string | undefined;
      for (const { change } of published) {
        if (change.type !== 'user') continue;
        equal(change.from, last ?? change.from);
        proven(change.from !== change.to, 'the status changes');
        last = change.to;
      }
    },
  }),
  law('settled: equal to the model after one quiet period', {
    given: (fc, policy) => fc.record({ said: calls(fc, policy), settleMs: windows(fc, policy), late: fc.nat({ max: 40 }) }),
    then: ({ said, settleMs, late }, policy) => {
      const { pushed, published, shown } = settle(policy, settleMs, said, late);
      const last = published.filter(isShown).pop()?.change.shown;
      if (last === undefined) equal(pushed.filter(isShown), []);
      else equal([last.status, last.details], [shown?.status, shown?.details]);
    },
  }),
];
