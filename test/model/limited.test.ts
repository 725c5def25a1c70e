// What a call with a limit collects: as much as it may cross, and no more at once than hosts can bear. Here that is three.

import fc from 'fast-check';
import { createTracker, defaultPolicy } from 'presence-model';
import type { Change, DefaultNames, Tracker } from 'presence-model';
import { expect, it, vi } from 'vitest';

const fewCollected = 3;
vi.mock('../../src/tracker/sizes.js', async (real) => ({ ...await real<object>(), fewCollected: 3 }));

const { keepSessionMs } = defaultPolicy;
interface Life { readonly user: number; readonly session: number; readonly after: number; readonly leaves: boolean; readonly claims: boolean }
const lives = fc.array(fc.record<Life>({
  user: fc.nat({ max: 6 }),
  session: fc.nat({ max: 3 }),
  after: fc.oneof(fc.constantFrom(0, 15_000, 30_000, 180_000), fc.nat({ max: 90_000 })),
  leaves: fc.boolean(),
  claims: fc.boolean(),
}), { minLength: 1, maxLength: 25 });

function lived(list: readonly Life[]): { readonly tracker: Tracker<DefaultNames>; readonly until: number } {
  const tracker = createTracker();
  let now = 0;
  for (const { user, session, after, leaves, claims } of list) {
    now += after;
    const userId = `user ${user}`;
    const { connection } = tracker.open({ userId, sessionId: `session ${session}` }, now);
    if (claims) {
      tracker.observe({ type: 'claimed', userId, at: now, claim: { id: 'note', atMost: 'away' } }, now);
      tracker.observe({ type: 'unclaimed', userId, at: now, claimId: 'note' }, now);
    }
    if (leaves) connection.disconnected(now, 'left');
  }
  return { tracker, until: now };
}

it('however often time stops at the limit, the same is told and kept as without', () => {
  fc.assert(fc.property(lives, fc.integer({ min: 1, max: 5 }), fc.nat({ max: 3 * keepSessionMs }), (list, limit, after) => {
    const { tracker, until } = lived(list);
    const [whole, other] = [lived(list).tracker, lived(list).tracker];
    const now = until + after;
    const told: Change[] = [];
    do {
      told.push(...tracker.advanceTo(now, limit));
      if ((tracker.nextChangeAt ?? Infinity) === tracker.now) continue; // it stopped between two of one instant
      other.advanceTo(tracker.now!);
      expect({ ...tracker.snapshot(), isReached: true }).toEqual(other.snapshot());
      expect(tracker.size).toEqual(other.size);
    } while (tracker.now !== now || (tracker.nextChangeAt ?? Infinity) <= now);
    expect(told).toEqual(whole.advanceTo(now));
    expect(tracker.snapshot()).toEqual(whole.snapshot());
  }));
});

/** Ten who leave one after the other; once all is told, nobody is collected yet. Something else is due once they are. */
function left(): { readonly tracker: Tracker<DefaultNames>; readonly end: number } {
  const { tracker, until } = lived(Array.from({ length: 10 }, (_, i): Life => ({ user: i, session: 0, after: 10, leaves: true, claims: false })));
  const end = until + keepSessionMs;
  tracker.observe({ type: 'claimed', userId: 'another', at: until, claim: { id: 'note', atMost: 'away', expiresAt: end } }, until);
  tracker.advanceTo(until);
  expect(tracker.size.sessions).toBe(10);
  return { tracker, end };
}

it.each([[1, fewCollected], [fewCollected + 2, fewCollected + 2]])('a call with a limit of %d collects %d sessions that were over at different instants', (limit, most) => {
  const { tracker, end } = left();
  for (let kept = 10 - most; kept > 0; kept -= most) {
    expect(tracker.advanceTo(end, limit)).toEqual([]);
    expect([tracker.size.sessions, tracker.now]).toEqual([kept, end - kept * 10]);
  }
  while (tracker.now !== end) tracker.advanceTo(end, limit);
  expect(tracker.size.sessions).toBe(0);
});

it('a call without a limit collects all', () => {
  const { tracker, end } = left();
  tracker.advanceTo(end);
  expect(tracker.size.sessions).toBe(0);
});
