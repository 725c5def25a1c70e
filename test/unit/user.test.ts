import { describe, expect, it } from 'vitest';
import { defaultPolicy, definePolicy, deriveUser } from 'presence-model';
import type { Numbered, Signal, UserEvidence } from 'presence-model';
import { story } from 'presence-model/testing';
import { activity, beat, claimed, connected, disconnected, frozen, heard, hostileIds, nothing, thrownBy } from './said.js';

const week = 604_800_000;
const tab = (at: number): Numbered<Signal> => beat(at);
const phone = (at: number): Numbered<Signal> => beat(at, { sessionId: 'phone' });

/** The winner, whatever order the sessions are listed in. */
function winnerOf(now: number, ...signals: readonly Numbered<Signal>[]): string {
  const evidence = heard(...signals);
  const forth = deriveUser(evidence, defaultPolicy, now);
  const back = deriveUser({ ...evidence, sessions: [...evidence.sessions].reverse() }, defaultPolicy, now);
  expect(back).toEqual(forth);
  return forth.because.by === 'session' ? forth.because.sessionId : forth.because.by;
}

describe('deriveUser', () => {
  it('says of somebody unknown that nobody is there', () => {
    expect(deriveUser(frozen(nothing), defaultPolicy, 5)).toStrictEqual({
      userId: 'ada', at: 5, status: 'offline', derived: 'offline', because: { by: 'nobody' }, sessions: [], claims: [],
      shown: { userId: 'ada', at: 5, status: 'offline' },
    });
  });

  it('says all that it knows', () => {
    const presence = deriveUser(frozen(heard(tab(0), phone(10_000), claimed(0, { id: 'q', atMost: 'idle', detail: 1 }))), defaultPolicy, 20_000);
    expect(presence).toMatchObject({
      userId: 'ada', at: 20_000, status: 'idle', derived: 'active', because: { by: 'claim', claimId: 'q', effect: 'atMost' },
      nextChangeAt: 25_000, lastSeenAt: 10_000,
      claims: [{ claim: { id: 'q' }, at: 0, inForce: true }],
      shown: { userId: 'ada', at: 20_000, status: 'idle', lastSeenAt: 10_000, details: { q: 1 } },
    });
    expect('lastActiveAt' in presence).toBe(false);
    expect(presence.sessions.map(({ sessionId, at, status }) => [sessionId, at, status])).toEqual([['phone', 20_000, 'active'], ['tab', 20_000, 'idle']]);
  });

  it('is as present as the strongest session', () => {
    story(defaultPolicy)`
      time        | 0s     | 15s  | 50s    | 1m   | 1m5s-1ms | 1m5s | 1m50s
      > ada/tab   | o      |      |        |      |          |      |
      > ada/phone |        |      | o      |      |          |      |
      = ada/tab   | active | idle |        | away |          |      |
      = ada/phone |        |      | active |      |          | idle | away
      = ada       | active | idle | active |      |          | idle | away
    `;
  });

  it('takes a session at the bottom for none', () => {
    const evidence = heard(tab(0), phone(0), disconnected(1, 'left', { sessionId: 'phone' }));
    expect(deriveUser(evidence, defaultPolicy, 1)).toMatchObject({ derived: 'active', because: { by: 'session', sessionId: 'tab' } });
  });

  it('counts no session that does not count', () => {
    const evidence = heard(connected(0, { sessionId: 'bot', uncounted: true }), activity(5, { sessionId: 'bot' }));
    const presence = deriveUser(evidence, defaultPolicy, 10);
    expect(presence).toMatchObject({ status: 'offline', because: { by: 'nobody' }, sessions: [{ sessionId: 'bot', status: 'active', uncounted: true }], nextChangeAt: 15_005 });
    expect('lastSeenAt' in presence || 'lastActiveAt' in presence).toBe(false);
  });

  it.each([
    { case: 'the better status', signals: [tab(0), phone(10_000)], now: 15_000, winner: 'phone' },
    { case: 'the later active', signals: [activity(5), activity(4, { sessionId: 'phone' }), phone(6)], now: 7, winner: 'tab' },
    { case: 'an active one before one never active', signals: [activity(5), phone(6)], now: 7, winner: 'tab' },
    { case: 'an active one below 0 before one never active', signals: [activity(-5), phone(6)], now: 7, winner: 'tab' },
    { case: 'the later seen', signals: [tab(5), phone(4)], now: 7, winner: 'tab' },
    { case: 'the later seen, of equally active', signals: [activity(3), tab(5), activity(3, { sessionId: 'phone' })], now: 7, winner: 'tab' },
    { case: 'the smaller id', signals: [tab(5), phone(5)], now: 7, winner: 'phone' },
    { case: 'the smaller id by code units', signals: [tab(5), beat(5, { sessionId: 'a' }), beat(5, { sessionId: 'B' })], now: 7, winner: 'B' },
    { case: 'among those at the bottom too', signals: [tab(0), phone(1)], now: 500_000, winner: 'phone' },
    { case: 'one that was seen before one that never was', signals: [tab(0), disconnected(9, 'left', { sessionId: 'phone' })], now: 500_000, winner: 'tab' },
    { case: 'one never seen, if there is no other', signals: [disconnected(9, 'left', { sessionId: 'phone' })], now: 10, winner: 'phone' },
  ])('names $case', ({ signals, now, winner }) => {
    expect(winnerOf(now, ...signals)).toBe(winner);
  });

  it('gives the reason of the winner', () => {
    expect(deriveUser(heard(tab(0), phone(1)), defaultPolicy, 20_000).because)
      .toEqual({ by: 'session', sessionId: 'phone', reason: { clock: 'silence', since: 1, afterMs: 15_000, crossedAt: 15_001 } });
  });

  it.each([
    { what: 'a session that does not win', signals: [tab(0), phone(10_000)], now: 10_000, nextChangeAt: 15_000 },
    { what: 'a session that does not count', signals: [connected(0, { sessionId: 'bot', uncounted: true }), phone(10_000)], now: 10_000, nextChangeAt: 15_000 },
    { what: 'the end of a claim', signals: [tab(0), claimed(0, { id: 'q', expiresAt: 12_000 })], now: 10_000, nextChangeAt: 12_000 },
    { what: 'the end of a claim that is not in force', signals: [tab(0), claimed(0, { id: 'q', show: 'dnd', expiresAt: 12_000 })], now: 10_000, nextChangeAt: 12_000 },
    { what: 'the end of the last seen', signals: [tab(5)], now: 240_005, nextChangeAt: week + 5 },
    { what: 'nothing that is past', signals: [claimed(0, { id: 'q', expiresAt: 12_000 })], now: 12_000, nextChangeAt: undefined },
  ])('says as next change that of $what', ({ signals, now, nextChangeAt }) => {
    expect(deriveUser(heard(...signals), defaultPolicy, now).nextChangeAt).toBe(nextChangeAt);
  });

  it('passes the status through its outward word last', () => {
    const policy = definePolicy({ shownAs: { stale: 'away', idle: 'active' } });
    const at = (now: number, ...signals: readonly Numbered<Signal>[]): unknown => {
      const { status, derived, shown, sessions } = deriveUser(heard(tab(0), ...signals), policy, now);
      return [status, derived, shown.status, sessions[0]?.status];
    };
    expect(at(15_000)).toEqual(['active', 'idle', 'active', 'idle']);
    expect(at(180_000)).toEqual(['away', 'stale', 'away', 'stale']);
    expect(at(1, claimed(0, { id: 'q', show: 'stale' }))).toEqual(['away', 'active', 'away', 'active']);
    expect(at(60_000, claimed(0, { id: 'q', show: 'idle', whileAtLeast: 'away' }))).toEqual(['active', 'away', 'active', 'away']);
  });

  it('is not at the bottom where only its word is that of the bottom', () => {
    const policy = definePolicy({ shownAs: { away: 'offline', stale: 'offline' } });
    const presence = deriveUser(heard(tab(0), claimed(0, { id: 'q', detail: 1 })), policy, 60_000);
    expect(presence).toMatchObject({ status: 'offline', derived: 'away', lastSeenAt: 0, claims: [{ inForce: true }] });
  });

  it('takes gaps in', () => {
    expect(deriveUser(heard(tab(0)), defaultPolicy, 74_999, [{ from: 5_000, until: 65_000 }])).toMatchObject({ status: 'active', nextChangeAt: 75_000 });
  });

  it.each(hostileIds)('takes %j for a user and a session like any other', (id) => {
    const evidence: UserEvidence = { userId: id, sessions: [{ sessionId: id, epoch: 1, seenAt: 0 }], claims: [] };
    expect(deriveUser(evidence, defaultPolicy, 0)).toMatchObject({ userId: id, status: 'active', because: { by: 'session', sessionId: id } });
  });

  it.each([
    { evidence: null, now: 0, message: 'Expected `evidence` to be an object, received null.' },
    { evidence: { ...nothing, userId: undefined }, now: 0, message: 'Expected `evidence.userId` to be a string, received nothing.' },
    { evidence: { ...nothing, sessions: {} }, now: 0, message: 'Expected `evidence.sessions` to be a list, received an object.' },
    { evidence: { ...nothing, sessions: [{ sessionId: 'tab', epoch: 1, seenAt: 0.5 }] }, now: 0, message: 'Expected `evidence.sessions[0].seenAt` to be whole milliseconds, received 0.5.' },
    { evidence: { ...nothing, claims: [{ id: 'q', at: 0 }, { id: 'q', at: 1 }] }, now: 0, message: 'Expected `evidence.claims[1].id` to be listed once, received "q".' },
    { evidence: { ...nothing, claims: [{ id: 'q', at: 0, claim: { id: 'q', private: 'yes' } }] }, now: 0, message: 'Expected `evidence.claims[0].claim.private` to be true or false, received "yes".' },
    { evidence: nothing, now: 1234.5, message: 'Expected `now` to be whole milliseconds, received 1234.5. Floor it where you read your clock.' },
  ])('refuses what breaks its type: $message', ({ evidence, now, message }) => {
    expect(thrownBy(() => deriveUser(evidence as UserEvidence, defaultPolicy, now))).toBe(`TypeError: ${message}`);
  });
});
