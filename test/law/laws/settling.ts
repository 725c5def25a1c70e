import { deepStrictEqual, ok, strictEqual } from 'node:assert';
import { advanceUser, createSettler } from 'presence-model';
import type { Change, Policy, ShownPresence, Signal, Unstamped, UserRow } from 'presence-model';
import { heard, lengths } from '../../support/arbitraries.js';
import type { FastCheck } from '../../support/arbitraries.js';
import { law } from '../law.js';

interface Said {
  readonly by: number;
  readonly signal: Unstamped<Signal>;
}

interface Published {
  readonly change: Change;
  readonly now: number;
}

/** A row whose changes go through a settler that is woken when it asks; then one quiet period. */
function settle(policy: Policy, settleMs: number, said: readonly Said[], late = 0): { pushed: Published[]; published: Published[]; shown: ShownPresence } {
  const settler = createSettler({ settleMs });
  const pushed: Published[] = [];
  const published: Published[] = [];
  let row: UserRow | undefined;
  let now = 0;
  const wakeBefore = (end: number): void => {
    for (let next = settler.nextChangeAt; next !== undefined && next + late < end; next = settler.nextChangeAt) {
      for (const change of settler.advanceTo(next + late)) published.push({ change, now: next + late });
    }
  };
  for (const { by, signal } of said) {
    now += by;
    wakeBefore(now);
    const advanced = advanceUser('ada', row, policy, now, signal);
    row = advanced.row;
    for (const change of advanced.changes) pushed.push({ change, now });
    for (const change of settler.push(advanced.changes, now)) published.push({ change, now });
  }
  const { shown } = advanceUser('ada', row, policy, now).presence;
  wakeBefore(now + (settleMs + late) * 2 + 1);
  return { pushed, published, shown };
}

function sayings(fc: FastCheck, policy: Policy): ReturnType<typeof fc.array<Said>> {
  return fc.array(fc.record({ by: lengths(fc, policy), signal: heard(fc, policy) }), { maxLength: 8 });
}

function isShown({ change }: Published): boolean {
  return change.shown !== undefined;
}

/** 15. */
export const settling = [
  law('settled: the first change at once, then at most one per user per `settleMs`', (fc, policy) =>
    fc.property(sayings(fc, policy), fc.integer({ min: 1, max: 30 }), fc.nat({ max: 40 }), (said, settleMs, late) => {
      const { pushed, published } = settle(policy, settleMs, said, late);
      deepStrictEqual(published.find(isShown), pushed.find(isShown));
      const instants = [...new Set(published.filter(isShown).map(({ now }) => now))];
      instants.forEach((now, i) => { ok(i === 0 || now - (instants[i - 1] ?? 0) >= settleMs); });
      deepStrictEqual(published.filter((one) => !isShown(one)), pushed.filter((one) => !isShown(one)));
    }),
  ),
  law('settled: never an invented status', (fc, policy) =>
    fc.property(sayings(fc, policy), fc.integer({ min: 0, max: 30 }), (said, settleMs) => {
      const { pushed, published } = settle(policy, settleMs, said);
      for (const { change } of published) ok(pushed.some((one) => JSON.stringify(one.change.shown) === JSON.stringify(change.shown)));
      const changes = published.flatMap(({ change }) => (change.type === 'user' ? [change] : []));
      changes.forEach(({ from, to }, i) => {
        ok(from !== to);
        const before = changes[i - 1];
        if (before !== undefined) strictEqual(from, before.to);
      });
    }),
  ),
  law('settled: equal to the model after one quiet period', (fc, policy) =>
    fc.property(sayings(fc, policy), fc.integer({ min: 0, max: 30 }), fc.nat({ max: 40 }), (said, settleMs, late) => {
      const { pushed, published, shown } = settle(policy, settleMs, said, late);
      const last = published.filter(isShown).pop()?.change.shown;
      if (last === undefined) ok(!pushed.some(isShown));
      else deepStrictEqual([last.status, last.details], [shown.status, shown.details]);
    }),
  ),
];
