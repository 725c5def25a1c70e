import { describe, expect, it } from 'vitest';
import { defaultPolicy, definePolicy, deriveUser, diff } from 'presence-model';
import type { Numbered, Policy, Signal, UserPresence } from 'presence-model';
import { changedDetails, noChanges, shownDiff } from '../../src/diff.js';
import { activity, beat, claimed, frozen, heard, hostileIds, unclaimed } from './said.js';

const ada = (now: number, ...signals: readonly Numbered<Signal>[]): UserPresence => deriveUser(heard(...signals), defaultPolicy, now);

describe('diff', () => {
  it('tells a change of status with its reason and all that others may be sent', () => {
    const before = frozen(ada(14_999, beat(0)));
    const after = frozen(ada(15_000, beat(0)));
    expect(diff(before, after, 'time')).toStrictEqual([{
      type: 'user', userId: 'ada', at: 15_000, from: 'active', to: 'idle', cause: 'time',
      because: { by: 'session', sessionId: 'tab', reason: { clock: 'silence', since: 0, afterMs: 15_000, crossedAt: 15_000 } },
      shown: { userId: 'ada', at: 15_000, status: 'idle', lastSeenAt: 0 },
    }]);
    expect(diff(before, after, 'signal')[0]).toMatchObject({ cause: 'signal' });
  });

  it('tells changed details by id, then the user', () => {
    const before = ada(1, activity(0), claimed(0, { id: 'b', detail: 1 }), claimed(0, { id: 'same', detail: { x: 1, y: 2 } }), claimed(0, { id: 'gone', detail: 1 }));
    const after = ada(
      2, activity(0), claimed(1, { id: 'b', detail: 2 }), claimed(1, { id: 'same', detail: { y: 2, x: 1 } }), claimed(0, { id: 'gone', detail: 1 }),
      unclaimed(1, 'gone'), claimed(1, { id: 'B', detail: null }), claimed(1, { id: 'a', show: 'away', detail: 'out' }),
    );
    const changes = diff(before, after, 'signal');
    expect(changes.map((change) => (change.type === 'claim' ? change.claimId : change.type))).toEqual(['B', 'a', 'b', 'gone', 'user']);
    expect(changes[0]).toStrictEqual({ type: 'claim', userId: 'ada', at: 2, claimId: 'B', shown: after.shown });
  });

  it.each([
    { what: 'the same', a: ada(0, beat(0)), b: ada(0, beat(0)) },
    { what: 'a later instant', a: ada(0, beat(0)), b: ada(1, beat(0)) },
    { what: 'a new last seen', a: ada(1, beat(0)), b: ada(1, beat(1)) },
    { what: 'another winner', a: ada(1, beat(0)), b: ada(1, beat(0), beat(1, { sessionId: 'phone' })) },
    { what: 'a private detail', a: ada(1, beat(0)), b: ada(1, beat(0), claimed(0, { id: 'q', detail: 1, private: true })) },
    { what: 'a claim that shows the same', a: ada(1, beat(0)), b: ada(1, beat(0), claimed(0, { id: 'q', show: 'active' })) },
  ])('tells nothing of $what', ({ a, b }) => {
    expect(diff(a, b, 'signal')).toBe(noChanges);
  });

  it('tells nothing between statuses that look alike', () => {
    const policy: Policy = definePolicy({ shownAs: { stale: 'away' } });
    const at = (now: number): UserPresence => deriveUser(heard(beat(0)), policy, now);
    expect(at(180_000).derived).toBe('stale');
    expect(diff(at(179_999), at(180_000), 'time')).toEqual([]);
  });

  it.each(hostileIds)('tells of a claim called %j', (id) => {
    const [change] = diff(ada(0, beat(0)), ada(0, beat(0), claimed(0, { id, detail: 'x' })), 'signal');
    expect(change).toMatchObject({ type: 'claim', claimId: id });
  });
});

describe('shownDiff', () => {
  it('needs of the earlier answer only what was shown', () => {
    const before = { userId: 'ada', at: 0, status: 'offline' };
    expect(shownDiff(before, ada(1, beat(1)), 'signal').map((change) => change.type === 'user' && [change.from, change.to])).toEqual([['offline', 'active']]);
  });
});

describe('changedDetails', () => {
  const shown = (details?: { readonly [id: string]: number }): Parameters<typeof changedDetails>[0] =>
    ({ userId: 'ada', at: 0, status: 'idle', ...(details === undefined ? {} : { details }) });
  it.each([
    { a: undefined, b: undefined, changed: [] },
    { a: { q: 1 }, b: { q: 1 }, changed: [] },
    { a: { q: 1 }, b: { q: 2 }, changed: ['q'] },
    { a: undefined, b: { b: 1, a: 1 }, changed: ['a', 'b'] },
    { a: { b: 1, a: 1 }, b: undefined, changed: ['a', 'b'] },
    { a: { 10: 1, 9: 1 }, b: undefined, changed: ['10', '9'] },
  ])('of $a and $b are $changed', ({ a, b, changed }) => {
    expect(changedDetails(shown(a), shown(b))).toEqual(changed);
  });
});
