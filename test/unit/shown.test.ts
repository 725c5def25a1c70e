import { describe, expect, it } from 'vitest';
import { defaultPolicy, deriveUser } from 'presence-model';
import type { Claimed, ShownPresence } from 'presence-model';
import { activity, claimed, frozen, heard, hostileIds, sent, unclaimed } from './said.js';

/** What others see of ada, who was active at 0. */
const shown = (now: number, ...claims: readonly Claimed[]): ShownPresence => deriveUser(frozen(heard(activity(0), ...claims)), defaultPolicy, now).shown;

describe('shownOf', () => {
  it('shows the status and the last seen, and no trace of sessions, claims or reasons', () => {
    expect(shown(1)).toStrictEqual({ userId: 'ada', at: 1, status: 'active', lastSeenAt: 0 });
  });

  it('shows the details of claims in force that are not private', () => {
    const claims = [
      claimed(0, { id: 'game', detail: { title: 'chess' } }), claimed(0, { id: 'mood', show: 'idle', detail: 'tired' }), claimed(0, { id: 'null', detail: null }),
      claimed(0, { id: 'secret', detail: 'x', private: true }), claimed(0, { id: 'none' }), claimed(0, { id: 'inert', show: 'dnd', detail: 'x' }),
      claimed(0, { id: 'bound', sessionId: 'tv', detail: 'x' }), claimed(0, { id: 'over', expiresAt: 1, detail: 'x' }),
    ];
    expect(shown(1, ...claims)).toStrictEqual({
      userId: 'ada', at: 1, status: 'idle', lastSeenAt: 0, details: { game: { title: 'chess' }, mood: 'tired', null: null },
    });
  });

  it('shows a detail until its claim ends or nobody is there', () => {
    const detail = (now: number, ...claims: readonly Claimed[]): unknown => shown(now, ...claims).details;
    const until = claimed(0, { id: 'q', detail: 1, expiresAt: 100 });
    expect([99, 100, 101].map((now) => detail(now, until))).toEqual([{ q: 1 }, undefined, undefined]);
    const game = claimed(0, { id: 'q', detail: 1 });
    expect([239_999, 240_000, 240_001].map((now) => detail(now, game))).toEqual([{ q: 1 }, undefined, undefined]);
  });

  it.each([
    { what: 'a claim that hides', claim: { id: 'hide', atMost: 'offline' }, hidden: true },
    { what: 'a claim that hides, whatever it says of when', claim: { id: 'hide', atMost: 'offline', whileAtLeast: 'active' }, hidden: true },
    { what: 'a cap to the bottom bound to a session', claim: { id: 'hide', atMost: 'offline', sessionId: 'tab' }, hidden: false },
    { what: 'a claim that shows the bottom', claim: { id: 'hide', show: 'offline' }, hidden: false },
    { what: 'a cap above the bottom', claim: { id: 'hide', atMost: 'stale' }, hidden: false },
  ] as const)('hides the last seen while $what is held: $hidden', ({ claim, hidden }) => {
    for (const now of [1, 15_000, 240_000]) expect('lastSeenAt' in shown(now, claimed(0, claim))).toBe(!hidden);
  });

  it('shows the last seen again exactly when hiding ends', () => {
    const hide = claimed(0, { id: 'hide', atMost: 'offline', expiresAt: 100 });
    expect([99, 100, 101].map((now) => shown(now, hide).lastSeenAt)).toEqual([undefined, 0, 0]);
    expect(deriveUser(heard(activity(0), hide, unclaimed(50, 'hide')), defaultPolicy, 50).shown.lastSeenAt).toBe(0);
  });

  it('shows, while a claim that hides is held, only details that hold at the bottom too', () => {
    const details = [
      claimed(0, { id: 'ordinary', detail: 'x' }),
      claimed(0, { id: 'bound', detail: 'x', sessionId: 'tab', whileAtLeast: 'offline' }),
      claimed(0, { id: 'almost', detail: 'x', whileAtLeast: 'stale' }),
      claimed(0, { id: 'private', detail: 'x', whileAtLeast: 'offline', private: true }),
      claimed(0, { id: 'sticky', detail: 'on holiday', whileAtLeast: 'offline' }),
      claimed(0, { id: 'hide', atMost: 'offline', detail: 'back on Monday' }),
    ];
    const seen = (now: number): unknown => shown(now, ...details);
    for (const now of [1, 15_000, 240_000]) {
      expect(seen(now)).toStrictEqual({ userId: 'ada', at: now, status: 'offline', details: { sticky: 'on holiday', hide: 'back on Monday' } });
    }
  });

  it('keeps for the user and the operator what it hides from others', () => {
    const presence = deriveUser(heard(activity(0), claimed(0, { id: 'hide', atMost: 'offline' })), defaultPolicy, 1);
    expect(presence).toMatchObject({ status: 'offline', derived: 'active', lastSeenAt: 0, lastActiveAt: 0 });
    expect(presence.sessions.length).toBe(1);
  });

  it.each(hostileIds)('shows the detail of a claim called %j', (id) => {
    const { details } = shown(1, claimed(0, { id, detail: 'x' }));
    expect(Object.entries(details ?? {})).toEqual([[id, 'x']]);
    expect(Object.entries(sent(details) ?? {})).toEqual([[id, 'x']]);
  });
});
