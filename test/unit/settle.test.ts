import { describe, expect, it } from 'vitest';
import { createSettler } from 'presence-model';
import type { Change, ClaimChange, Json, Rejection, SessionChange, ShownPresence, UserChange } from 'presence-model';
import { beat, frozen, hostileIds, thrownBy } from './said.js';

type Details = Readonly<Record<string, Json>>;
const shown = (userId: string, at: number, status: string, details?: Details): ShownPresence =>
  ({ userId, at, status, ...(details === undefined ? {} : { details }) });
/** Of ada, unless another is named. */
const user = (at: number, from: string, to: string, details?: Details, userId = 'ada'): UserChange =>
  frozen({ type: 'user', userId, at, from, to, cause: 'signal', because: { by: 'nobody' }, shown: shown(userId, at, to, details) });
const claim = (at: number, claimId: string, status: string, details: Details | undefined, userId = 'ada'): ClaimChange =>
  frozen({ type: 'claim', userId, at, claimId, shown: shown(userId, at, status, details) });

const rejection: Rejection = { type: 'rejected', userId: 'ada', at: 5, reason: 'too-late', signal: beat(0) };
const session: SessionChange = {
  type: 'session', userId: 'ada', at: 5, sessionId: 'tab', from: { status: 'a', departed: false }, to: { status: 'b', departed: false }, because: { clock: 'none' },
};

const brief = (changes: readonly Change[]): readonly string[] =>
  changes.map((change) => (change.type === 'user' ? `${change.userId} ${change.from} to ${change.to}` : `${change.userId} ${change.type}`));

describe('createSettler', () => {
  it('passes the first at once and tells the newest at the end of the window', () => {
    const settler = createSettler({ settleMs: 10 });
    const first = user(0, 'a', 'b');
    expect(settler.push([first], 0)).toEqual([first]);
    expect(settler.nextChangeAt).toBeUndefined();
    expect(settler.push([user(3, 'b', 'c')], 3)).toEqual([]);
    expect(settler.nextChangeAt).toBe(10);
    expect(settler.push([user(5, 'c', 'd')], 5)).toEqual([]);
    expect(settler.advanceTo(9)).toEqual([]);
    expect(settler.advanceTo(10)).toEqual([{ ...user(5, 'c', 'd'), from: 'b' }]);
    expect(settler.nextChangeAt).toBeUndefined();
  });

  it.each([
    { case: 'one before its end holds', at: 9, told: [] },
    { case: 'at its end passes', at: 10, told: ['ada b to c'] },
    { case: 'one after its end passes', at: 11, told: ['ada b to c'] },
  ])('a window $case', ({ at, told }) => {
    const settler = createSettler({ settleMs: 10 });
    settler.push([user(0, 'a', 'b')], 0);
    expect(brief(settler.push([user(at, 'b', 'c')], at))).toEqual(told);
  });

  it('opens the next window at the end of the one that told something', () => {
    const settler = createSettler({ settleMs: 10 });
    settler.push([user(0, 'a', 'b')], 0);
    settler.push([user(3, 'b', 'c')], 3);
    expect(brief(settler.advanceTo(10))).toEqual(['ada b to c']);
    expect(settler.push([user(19, 'c', 'd')], 19)).toEqual([]);
    expect(settler.nextChangeAt).toBe(20);
    expect(brief(settler.advanceTo(20))).toEqual(['ada c to d']);
  });

  it('lets what comes at the very end of a window join what is held', () => {
    const settler = createSettler({ settleMs: 10 });
    settler.push([user(0, 'a', 'b')], 0);
    settler.push([user(3, 'b', 'c')], 3);
    expect(brief(settler.push([user(10, 'c', 'd')], 10))).toEqual(['ada b to d']);
    expect(settler.nextChangeAt).toBeUndefined();
    expect(settler.push([user(19, 'd', 'a')], 19)).toEqual([]);
    expect(settler.nextChangeAt).toBe(20);
  });

  it('tells what was held and what is new as one, where the window is over', () => {
    const settler = createSettler({ settleMs: 10 });
    settler.push([user(0, 'a', 'b')], 0);
    settler.push([user(3, 'b', 'c')], 3);
    expect(brief(settler.push([user(11, 'c', 'd')], 11))).toEqual(['ada b to d']);
    expect(settler.nextChangeAt).toBeUndefined();
    expect(settler.push([user(20, 'd', 'e')], 20)).toEqual([]);
    expect(settler.nextChangeAt).toBe(21);
  });

  it('tells nothing of what came and went', () => {
    const settler = createSettler({ settleMs: 10 });
    settler.push([user(0, 'a', 'b')], 0);
    settler.push([user(3, 'b', 'c')], 3);
    settler.push([user(4, 'c', 'b')], 4);
    expect(settler.advanceTo(10)).toEqual([]);
    expect(brief(settler.push([user(10, 'b', 'c')], 10))).toEqual(['ada b to c']);
  });

  it('however late the call, publishes once', () => {
    const settler = createSettler({ settleMs: 10 });
    settler.push([user(0, 'a', 'b')], 0);
    settler.push([user(3, 'b', 'c')], 3);
    expect(brief(settler.push([user(100, 'c', 'd')], 100))).toEqual(['ada b to d']);
  });

  it('takes what one push says of one user for one publication', () => {
    const settler = createSettler({ settleMs: 10 });
    const passing = [claim(0, 'q', 'b', { q: 1 }), user(0, 'a', 'b', { q: 1 })];
    expect(settler.push(passing, 0)).toEqual(passing);
    expect(settler.push([claim(3, 'q', 'c', { q: 2 }), user(3, 'b', 'c', { q: 2 })], 3)).toEqual([]);
    expect(settler.advanceTo(10)).toEqual([user(3, 'b', 'c', { q: 2 })]);
  });

  it('takes two crossings told by one push for one publication', () => {
    const settler = createSettler({ settleMs: 10 });
    expect(brief(settler.push([user(0, 'a', 'b'), user(5, 'b', 'c')], 5))).toEqual(['ada a to b', 'ada b to c']);
    expect(settler.push([user(14, 'c', 'd')], 14)).toEqual([]);
    expect(settler.nextChangeAt).toBe(15);
  });

  it('tells the change of status with the newest shown, where a detail changed after it', () => {
    const settler = createSettler({ settleMs: 10 });
    settler.push([user(0, 'a', 'b')], 0);
    settler.push([user(3, 'b', 'c')], 3);
    settler.push([claim(5, 'q', 'c', { q: 1 })], 5);
    expect(settler.advanceTo(10)).toEqual([user(5, 'b', 'c', { q: 1 })]);
  });

  it('tells the newest change of details where the status is that told last', () => {
    const settler = createSettler({ settleMs: 10 });
    settler.push([user(0, 'a', 'b')], 0);
    settler.push([claim(3, 'q', 'b', { q: 1 })], 3);
    settler.push([claim(4, 'r', 'b', { q: 1, r: 1 })], 4);
    settler.push([user(5, 'b', 'c', { q: 1, r: 1 })], 5);
    settler.push([user(6, 'c', 'b', { q: 1, r: 1 })], 6);
    expect(settler.advanceTo(10)).toEqual([claim(6, 'r', 'b', { q: 1, r: 1 })]);
  });

  it('tells nothing of a detail that came and went', () => {
    const settler = createSettler({ settleMs: 10 });
    settler.push([user(0, 'a', 'b')], 0);
    settler.push([claim(3, 'q', 'b', { q: 1 })], 3);
    settler.push([claim(4, 'q', 'b', undefined)], 4);
    expect(settler.advanceTo(10)).toEqual([]);
  });

  it('passes what is not for others at once, and opens no window for it', () => {
    const settler = createSettler({ settleMs: 10 });
    expect(settler.push([rejection, session], 0)).toEqual([rejection, session]);
    expect(brief(settler.push([user(1, 'a', 'b')], 1))).toEqual(['ada a to b']);
    expect(settler.push([rejection, user(2, 'b', 'c'), session], 2)).toEqual([rejection, session]);
  });

  it('holds each user on their own, in the order in which windows end', () => {
    const settler = createSettler({ settleMs: 10 });
    settler.push([user(0, 'a', 'b', undefined, 'bob')], 0);
    settler.push([user(1, 'a', 'b')], 1);
    settler.push([user(2, 'b', 'c'), user(2, 'b', 'c', undefined, 'bob')], 2);
    expect(settler.nextChangeAt).toBe(10);
    expect(brief(settler.advanceTo(10))).toEqual(['bob b to c']);
    expect(settler.nextChangeAt).toBe(11);
    expect(brief(settler.advanceTo(11))).toEqual(['ada b to c']);
  });

  it('takes an earlier now for the latest it was told', () => {
    const settler = createSettler({ settleMs: 10 });
    settler.advanceTo(20);
    expect(brief(settler.push([user(5, 'a', 'b')], 5))).toEqual(['ada a to b']);
    settler.push([user(6, 'b', 'c')], 6);
    expect(settler.nextChangeAt).toBe(30);
  });

  it('holds nothing with a window of 0', () => {
    const settler = createSettler({ settleMs: 0 });
    expect(brief(settler.push([user(0, 'a', 'b')], 0))).toEqual(['ada a to b']);
    expect(brief(settler.push([user(0, 'b', 'c')], 0))).toEqual(['ada b to c']);
    expect(settler.nextChangeAt).toBeUndefined();
  });

  it.each(hostileIds)('holds %j like any other', (id) => {
    const settler = createSettler({ settleMs: 10 });
    expect(settler.push([user(0, 'a', 'b', undefined, id)], 0).length).toBe(1);
    expect(settler.push([user(1, 'b', 'c', undefined, id)], 1).length).toBe(0);
    expect(settler.advanceTo(10).length).toBe(1);
  });

  it.each([
    { settleMs: -1, what: '-1' }, { settleMs: 1.5, what: '1.5' }, { settleMs: NaN, what: 'NaN' }, { settleMs: undefined, what: 'nothing' },
  ])('refuses a window of $what', ({ settleMs, what }) => {
    expect(thrownBy(() => createSettler({ settleMs: settleMs as number }))).toBe(`TypeError: Expected \`settleMs\` to be whole milliseconds, 0 or more, received ${what}.`);
  });

  it('refuses an instant that is none, and holds what it held', () => {
    const settler = createSettler({ settleMs: 10 });
    settler.push([user(0, 'a', 'b')], 0);
    settler.push([user(1, 'b', 'c')], 1);
    const message = 'TypeError: Expected `now` to be whole milliseconds, received 1234.5. Floor it where you read your clock.';
    expect(thrownBy(() => settler.push([user(2, 'c', 'd')], 1234.5))).toBe(message);
    expect(thrownBy(() => settler.advanceTo(1234.5))).toBe(message);
    expect(brief(settler.advanceTo(10))).toEqual(['ada b to c']);
  });
});
