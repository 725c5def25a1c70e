// Who was told of the thresholds of `now`, against a plain set.

import fc from 'fast-check';
import { createTracker } from 'presence-model';
import { expect, it } from 'vitest';
import { ToldNow } from '../../../src/tracker/told-now.js';

const step = fc.record({ do: fc.constantFrom('add', 'add', 'add', 'ask', 'remove', 'clear'), user: fc.nat({ max: 4 }) });

it('knows who was added since it was cleared, and not removed', () => {
  fc.assert(fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
    const told = new ToldNow();
    const twin = new Set<number>();
    for (const { do: what, user } of steps) {
      if (what === 'add') [told, twin].forEach((set) => set.add(user));
      else if (what === 'remove') {
        told.remove(user);
        twin.delete(user);
      } else if (what === 'clear') [told, twin].forEach((set) => { set.clear(); });
      else expect(told.has(user)).toBe(twin.has(user));
    }
    expect([0, 1, 2, 3, 4].filter((user) => told.has(user))).toEqual([...twin].sort());
  }), { numRuns: 500 });
});

it('who takes the place of somebody who was told is still to be told', () => {
  const tracker = createTracker({ maxUsers: 2 });
  for (const userId of ['ada', 'eve']) tracker.observe({ type: 'claimed', userId, claim: { id: 'lunch', detail: 1, expiresAt: 60_000 } }, 0);
  tracker.advanceTo(60_000, 1); // ada is, eve is not yet
  const [change] = tracker.observe({ type: 'heartbeat', userId: 'bob', sessionId: 'tab', at: 45_000 }, 60_000);
  expect(change).toMatchObject({ userId: 'bob', to: 'active' });
  expect(tracker.advanceTo(60_000)).toMatchObject([{ userId: 'bob', at: 60_000, to: 'idle', cause: 'time' }]);
});
