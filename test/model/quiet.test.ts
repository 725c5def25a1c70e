// A heartbeat by handle that says nothing has the shortest way of all. What the tracker then knows and tells is what it makes of the
// same beat as the client sent it, which goes another way, and is held against the pure core elsewhere.

import { deepStrictEqual, strictEqual } from 'node:assert';
import fc from 'fast-check';
import { createTracker, defaultPolicy, definePolicy } from 'presence-model';
import type { Change, Connection, Policy, Tracker } from 'presence-model';
import { describe, expect, it, vi } from 'vitest';
import { checkInvariants } from '../support/invariants.js';

vi.mock('../../src/tracker/sizes.js', async (real) => (await import('../support/sizes-with.js')).sizesWith(await real(), {
  pageBits: 1, beginningBits: 1, reachBits: 15, farPlaceBits: 4, fewMoves: 1, fewDeadlines: 1, rangeMs: 50_000,
}));

const { numRuns = 100 } = fc.readConfigureGlobal();

const own = definePolicy({
  statuses: ['here', 'idle', 'away', 'gone'],
  silence: { idle: 15, away: 40, gone: 60 },
  inactivity: { idle: 20, away: 50 },
  untouched: { away: 55 },
  reports: { none: 'here', busy: 'here', off: 'idle', out: 'away' },
  whileReported: { busy: { inactivity: {} }, off: { silence: { away: 12, gone: 30 } }, out: { silence: { gone: 25 } } },
  departures: { dropped: { away: 10, gone: 30 }, left: { gone: 0 } },
  maxQuietMs: 100,
  keepSessionMs: 100,
  keepLastSeenMs: 200,
});

const step = fc.record({
  afterMs: fc.constantFrom(0, 0, 0, 0, 0, 0, 1, 1, 5, 14, 15, 16, 20, 45, 120, 2_000),
  user: fc.nat(1),
  session: fc.constantFrom(0, 0, 0, 1),
  /** Which of a session's connections, the newest first. */
  age: fc.constantFrom(0, 0, 0, 0, 1),
  what: fc.constantFrom('beat', 'beat', 'beat', 'beat', 'beat', 'beat', 'report', 'report', 'activity', 'activity', 'quiet', 'end', 'open', 'pass'),
  report: fc.constantFrom('busy', 'busy', 'busy', 'off', 'out'),
  isUncounted: fc.constantFrom(false, false, false, true),
});

type Handles = Map<string, Connection[]>;

describe.each<[string, Policy, number]>([['the default policy', defaultPolicy, 1_000], ['a policy of every clock', own, 1]])('under %s', (_, policy, unitMs) => {
  it('a beat by handle leaves behind, and tells, what the same beat does as it was sent', () => {
    let taken = 0;
    fc.assert(fc.property(fc.array(step, { minLength: 20, maxLength: 80 }), (steps) => {
      const [short, long] = [createTracker({ policy }), createTracker({ policy })];
      const shorts: Handles = new Map<string, Connection[]>();
      const longs: Handles = new Map<string, Connection[]>();
      let now = 1_000_000;
      for (const { afterMs, user, session, age, what, report, isUncounted } of steps) {
        now += afterMs * unitMs;
        const of = { userId: `u${user}`, sessionId: `s${session}`, ...(isUncounted ? { uncounted: true as const } : {}) };
        const key = `${user} ${session}`;
        const open = (tracker: Tracker, handles: Handles): readonly Change[] => {
          const { connection, changes } = tracker.open(of, now);
          handles.set(key, [connection, ...handles.get(key) ?? []]);
          return changes;
        };
        const handleOf = (handles: Handles): Connection | undefined => handles.get(key)?.[age] ?? handles.get(key)?.[0];
        const does = (tracker: Tracker, handles: Handles): readonly Change[] => {
          const handle = handleOf(handles);
          if (what === 'pass') return tracker.advanceTo(now);
          if (handle === undefined || what === 'open') return open(tracker, handles);
          if (what === 'report') return handle.heartbeat(now, { report: policy.reports[report] === undefined ? 'background' : report });
          if (what === 'quiet') return handle.heartbeat(now, { quietForMs: 30 * unitMs });
          if (what === 'activity') return handle.activity(now);
          if (what === 'end') return handle.disconnected(now, age === 0 ? 'dropped' : 'left');
          return handles === shorts ? handle.heartbeat(now) : handle.beat({ type: 'heartbeat', sessionId: of.sessionId, epoch: 0 }, now);
        };
        const seenAt = seenAtOf(short, of);
        const told = does(short, shorts);
        deepStrictEqual(told, does(long, longs));
        if (what === 'beat' && told.length === 0 && seenAtOf(short, of) !== seenAt) taken++;
        deepStrictEqual(short.snapshot(), long.snapshot());
        strictEqual(short.nextChangeAt, long.nextChangeAt);
        strictEqual(handleOf(shorts)?.epoch, handleOf(longs)?.epoch);
        checkInvariants(short, policy);
      }
      deepStrictEqual(short.advanceTo(now + 200 * unitMs), long.advanceTo(now + 200 * unitMs));
    }), { numRuns: 3 * numRuns });
    expect(taken).toBeGreaterThan(numRuns);
  });
});

it('a threshold of the instant at which somebody was heard twice is still to come', () => {
  const tracker = createTracker({ policy: own });
  const { connection } = tracker.open({ userId: 'ada', sessionId: 's' }, 0);
  tracker.open({ userId: 'ben', sessionId: 's' }, 0);
  connection.activity(0);
  connection.heartbeat(20, { report: 'off' });
  connection.heartbeat(20);
  expect(tracker.nextChangeAt).toBe(20);
});

it('goes on for longer than a number of 32 bits counts ms', () => {
  const everyMs = 20_000;
  const tracker = createTracker({ policy: definePolicy({ statuses: ['here', 'gone'], silence: { gone: 25_000 }, reports: { none: 'here' }, departures: { dropped: {} } }) });
  // the first moves time, and whose instants begin with theirs; the last is on another page
  const [first, , last] = ['ada', 'ben', 'cleo'].map((userId) => tracker.open({ userId, sessionId: 's' }, 0).connection);
  for (let now = 0; now < 2 ** 31 + 10 * everyMs; now += everyMs) strictEqual(first!.heartbeat(now).length + last!.heartbeat(now).length, now === everyMs * 2 ? 1 : 0);
  expect(seenAtOf(tracker, { userId: 'cleo', sessionId: 's' })).toBe(tracker.now);
  expect(tracker.nextChangeAt).toBe(tracker.now! + 25_000);
});

function seenAtOf(tracker: Tracker, { userId, sessionId }: { readonly userId: string; readonly sessionId: string }): number | undefined {
  return tracker.evidence(userId)?.sessions.find((session) => session.sessionId === sessionId)?.seenAt;
}
