import { describe, expect, it } from 'vitest';
import { defaultPolicy, definePolicy, deriveUser } from 'presence-model';
import { tableOf } from '../../src/define.js';
import { isGoneLong, isLater, lastKnown } from '../../src/last-seen.js';
import { activity, beat, disconnected, heard, nothing } from './said.js';

const table = tableOf(defaultPolicy);
const week = 604_800_000;

describe('lastKnown', () => {
  it.each([
    { case: 'nothing', forgotten: {}, sessions: [], last: {} },
    { case: 'what forgetting kept', forgotten: { seenAt: 5, activeAt: 3 }, sessions: [{ lastSeenAt: 4, lastActiveAt: 2 }], last: { seenAt: 5, activeAt: 3 } },
    { case: 'the latest of each', forgotten: { seenAt: 5, activeAt: 3 }, sessions: [{ lastSeenAt: 9 }, { lastSeenAt: 7, lastActiveAt: 4 }], last: { seenAt: 9, activeAt: 4 } },
    { case: 'only what counts', forgotten: {}, sessions: [{ lastSeenAt: 9, lastActiveAt: 9, uncounted: true as const }, { lastSeenAt: 7 }], last: { seenAt: 7 } },
    { case: 'instants at and below 0', forgotten: { seenAt: -5 }, sessions: [{ lastSeenAt: 0, lastActiveAt: -3 }], last: { seenAt: 0, activeAt: -3 } },
  ])('is $case', ({ forgotten, sessions, last }) => {
    expect(lastKnown(forgotten, sessions)).toStrictEqual(last);
  });
});

describe('isLater', () => {
  it.each([
    { a: 2, b: 1, later: true },
    { a: 1, b: 1, later: false },
    { a: -1, b: undefined, later: true },
    { a: undefined, b: -1, later: false },
    { a: undefined, b: undefined, later: false },
  ])('of $a and $b is $later', ({ a, b, later }) => {
    expect(isLater(a, b)).toBe(later);
  });
});

describe('isGoneLong', () => {
  it.each([
    { case: 'one before', derived: 4, seenAt: 10, now: week + 9, gone: false },
    { case: 'at', derived: 4, seenAt: 10, now: week + 10, gone: true },
    { case: 'one after', derived: 4, seenAt: 10, now: week + 11, gone: true },
    { case: 'somebody is there', derived: 3, seenAt: 10, now: week + 10, gone: false },
    { case: 'never seen', derived: 4, seenAt: undefined, now: week + 10, gone: false },
  ])('$case: $gone', ({ derived, seenAt, now, gone }) => {
    expect(isGoneLong(derived, seenAt, table, now)).toBe(gone);
  });
});

describe('deriveUser', () => {
  it('knows last seen and last active until the last seen is seven days old', () => {
    const evidence = heard(activity(0), beat(10));
    const last = (now: number): unknown => {
      const { lastSeenAt, lastActiveAt, shown, nextChangeAt } = deriveUser(evidence, defaultPolicy, now);
      return [lastSeenAt, lastActiveAt, shown.lastSeenAt, nextChangeAt];
    };
    expect([240_010, week + 9, week + 10, week + 11].map(last)).toEqual([
      [10, 0, 10, week + 10], [10, 0, 10, week + 10], [undefined, undefined, undefined, undefined], [undefined, undefined, undefined, undefined],
    ]);
  });

  it('knows it for longer while somebody is there', () => {
    const policy = definePolicy({ silence: {}, keepLastSeenMs: 10 });
    expect(deriveUser(heard(beat(0)), policy, 1_000).lastSeenAt).toBe(0);
    expect(deriveUser(heard(beat(0)), policy, 1_000).nextChangeAt).toBeUndefined();
    expect(deriveUser(heard(beat(0), disconnected(1_000, 'left')), policy, 1_009).lastSeenAt).toBe(1_000);
    expect(deriveUser(heard(beat(0), disconnected(1_000, 'left')), policy, 1_010).lastSeenAt).toBeUndefined();
  });

  it('knows none at the bottom under a policy that keeps none', () => {
    const policy = definePolicy({ keepLastSeenMs: 0 });
    expect(deriveUser(heard(beat(0)), policy, 239_999).lastSeenAt).toBe(0);
    expect(deriveUser(heard(beat(0)), policy, 240_000).lastSeenAt).toBeUndefined();
  });

  it('takes the later of what forgetting kept and of the sessions', () => {
    const kept = { ...heard(beat(5)), seenAt: 9, activeAt: 2 };
    expect(deriveUser(kept, defaultPolicy, 10)).toMatchObject({ lastSeenAt: 9, lastActiveAt: 2 });
    expect(deriveUser({ ...nothing, seenAt: 9 }, defaultPolicy, 10)).toMatchObject({ status: 'offline', because: { by: 'nobody' }, lastSeenAt: 9, nextChangeAt: week + 9 });
  });
});
