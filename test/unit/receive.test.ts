import { describe, expect, it } from 'vitest';
import { defaultPolicy, definePolicy } from 'presence-model';
import type { Numbered, ReportEvidence, SessionEvidence, Signal, Unstamped, UserEvidence } from 'presence-model';
import { tableOf } from '../../src/define.js';
import { isOfSession, receive } from '../../src/receive.js';
import { beat, claimed, cleared, frozen, heard, nothing, unclaimed } from './said.js';

const table = tableOf(defaultPolicy);
type Told = Unstamped<Signal>;

/** A plain signal about ada's tab: no instant unless given, and no number. */
const plain = (type: 'connected' | 'heartbeat' | 'activity' | 'disconnected', says: Partial<Numbered<Signal>> & object = {}): Told =>
  ({ userId: 'ada', sessionId: 'tab', type, ...says }) as Told;
const knowing = (session: Partial<SessionEvidence>): UserEvidence => frozen({ ...nothing, sessions: [{ sessionId: 'tab', epoch: 10, seenAt: 20, ...session }] });

describe('receive', () => {
  /** When what was said counts as said. */
  const saidAt = ({ sessions: [session], claims: [claim], clearedAt }: UserEvidence = nothing): number | undefined =>
    session?.seenAt ?? session?.departures?.['dropped'] ?? claim?.at ?? clearedAt;

  it.each([
    { case: 'no instant is now', signal: plain('heartbeat'), at: 100 },
    { case: 'an earlier one stays', signal: plain('heartbeat', { at: 99 }), at: 99 },
    { case: 'now stays', signal: plain('heartbeat', { at: 100 }), at: 100 },
    { case: 'a later one is cut to now', signal: plain('heartbeat', { at: 101 }), at: 100 },
    { case: 'an end is cut to now too', signal: plain('disconnected', { at: 101 }), at: 100 },
    { case: 'a claim is cut to now', signal: claimed(101, { id: 'q' }), at: 100 },
    { case: 'a taking back is cut to now', signal: unclaimed(101, 'q'), at: 100 },
    { case: 'a clearing is cut to now', signal: cleared(101), at: 100 },
  ])('stamps: $case', ({ signal, at }) => {
    expect(saidAt(receive(undefined, frozen(signal), table, 100).evidence)).toBe(at);
  });

  it.each([
    { case: 'an interaction before stays', says: { at: 50, activeAt: 49 }, activeAt: 49 },
    { case: 'one at its signal stays', says: { at: 50, activeAt: 50 }, activeAt: 50 },
    { case: 'one after its signal is cut', says: { at: 50, activeAt: 51 }, activeAt: 50 },
    { case: 'one after now is cut', says: { activeAt: 101 }, activeAt: 100 },
    { case: 'it is cut to an instant that was cut itself', says: { at: 200, activeAt: 150 }, activeAt: 100 },
  ])('cuts activeAt to at: $case', ({ says, activeAt }) => {
    for (const type of ['connected', 'heartbeat'] as const) {
      expect(receive(undefined, frozen(plain(type, says)), table, 100).evidence?.sessions[0]?.activeAt).toBe(activeAt);
    }
  });

  it.each([
    { case: 'the first of a session opens one', session: undefined, signal: plain('heartbeat', { at: 30 }), epoch: 30 },
    { case: 'the first may be an end', session: undefined, signal: plain('disconnected', { at: 30 }), epoch: 30, ends: { dropped: 30 } },
    { case: 'connected later than the current opens one', session: {}, signal: plain('connected', { at: 11 }), epoch: 11 },
    { case: 'connected at the current is of it', session: {}, signal: plain('connected', { at: 10 }), epoch: 10 },
    { case: 'connected earlier is of the current', session: {}, signal: plain('connected', { at: 9 }), epoch: 10 },
    { case: 'a beat is of the current', session: {}, signal: plain('heartbeat', { at: 30 }), epoch: 10 },
    { case: 'activity is of the current', session: {}, signal: plain('activity', { at: 30 }), epoch: 10 },
    { case: 'an early beat is of the current', session: {}, signal: plain('heartbeat', { at: 5 }), epoch: 10 },
    { case: 'a beat before the end does not', session: { departures: { dropped: 30 } }, signal: plain('heartbeat', { at: 29 }), epoch: 10, ends: { dropped: 30 } },
    { case: 'a beat at the end does not', session: { departures: { dropped: 30 } }, signal: plain('heartbeat', { at: 30 }), epoch: 10, ends: { dropped: 30 } },
    { case: 'a beat after the end opens one', session: { departures: { dropped: 30 } }, signal: plain('heartbeat', { at: 31 }), epoch: 31 },
    { case: 'activity after the end opens one', session: { departures: { closed: 30 } }, signal: plain('activity', { at: 31 }), epoch: 31 },
    {
      case: 'a beat after one of two ends does not',
      session: { departures: { dropped: 30, closed: 40 } }, signal: plain('heartbeat', { at: 40 }), epoch: 10, ends: { dropped: 30, closed: 40 },
    },
    { case: 'a beat after both does', session: { departures: { dropped: 30, closed: 40 } }, signal: plain('heartbeat', { at: 41 }), epoch: 41 },
    { case: 'a beat after a sign-out does not', session: { departures: { left: 30 } }, signal: plain('heartbeat', { at: 31 }), epoch: 10, ends: { left: 30 } },
    {
      case: 'nor where one of two is a sign-out',
      session: { departures: { dropped: 35, left: 30 } }, signal: plain('activity', { at: 36 }), epoch: 10, ends: { dropped: 35, left: 30 },
    },
    { case: 'connected after a sign-out does', session: { departures: { left: 30 } }, signal: plain('connected', { at: 31 }), epoch: 31 },
    { case: 'connected at the end opens one', session: { departures: { dropped: 30 } }, signal: plain('connected', { at: 30 }), epoch: 30 },
    { case: 'an end is of the current', session: {}, signal: plain('disconnected', { at: 11, cause: 'left' }), epoch: 10, ends: { left: 11 } },
    { case: 'an end at the current is of it', session: {}, signal: plain('disconnected', { at: 10 }), epoch: 10, ends: { dropped: 10 } },
    { case: 'an end told as earlier than the current is of an older one', session: {}, signal: plain('disconnected', { at: 9 }), epoch: 10 },
    { case: 'a number given stays', session: {}, signal: plain('disconnected', { at: 30, epoch: 3 }), epoch: 10 },
    { case: 'a greater number given opens one', session: {}, signal: plain('heartbeat', { at: 30, epoch: 11 }), epoch: 11 },
  ])('numbers: $case', ({ session, signal, epoch, ends }) => {
    const { evidence } = receive(session && knowing(session), frozen(signal), table, 100);
    expect(evidence?.sessions.map(({ epoch, departures }) => ({ epoch, departures }))).toEqual([{ epoch, departures: ends }]);
  });

  it('numbers each session on its own', () => {
    const { evidence } = receive(knowing({}), { ...plain('heartbeat', { at: 30 }), sessionId: 'phone' } as Told, table, 100);
    expect(evidence?.sessions.map(({ sessionId, epoch }) => [sessionId, epoch])).toEqual([['phone', 30], ['tab', 10]]);
  });

  it.each([
    { case: 'life that reopens keeps it', signal: plain('heartbeat', { at: 31 }), uncounted: true },
    { case: 'life that reopens keeps it, whatever it says', signal: plain('heartbeat', { at: 31, uncounted: false }), uncounted: true },
    { case: 'connected begins anew', signal: plain('connected', { at: 31 }), uncounted: undefined },
  ])('passes uncounted on: $case', ({ signal, uncounted }) => {
    const { evidence } = receive(knowing({ uncounted: true, departures: { dropped: 30 } }), signal, table, 100);
    expect(evidence?.sessions[0]?.epoch).toBe(31);
    expect(evidence?.sessions[0]?.uncounted).toBe(uncounted);
  });

  const claim: Told = { type: 'claimed', userId: 'ada', claim: { id: 'q' } };
  const takingBack: Told = { type: 'unclaimed', userId: 'ada', claimId: 'q' };
  const clearing: Told = { type: 'cleared', userId: 'ada' };
  it.each([
    { case: 'the first word of a claim is of now', evidence: heard(claimed(200, { id: 'r' })), signal: claim, at: 100 },
    { case: 'the next of one millisecond is later', evidence: heard(claimed(100, { id: 'q' })), signal: takingBack, at: 101 },
    { case: 'the next after a taking back too', evidence: heard(unclaimed(101, 'q')), signal: claim, at: 102 },
    { case: 'it is of now where the last word is older', evidence: heard(claimed(99, { id: 'q' })), signal: claim, at: 100 },
    { case: 'a clearing is said of every claim', evidence: heard(cleared(100)), signal: claim, at: 101 },
    { case: 'an instant of its own stays', evidence: heard(claimed(100, { id: 'q' })), signal: { ...takingBack, at: 100 }, at: 100 },
  ])('stamps what is said of a claim: $case', ({ evidence, signal, at }) => {
    expect(receive(frozen(evidence), signal, table, 100).evidence?.claims.find(({ id }) => id === 'q')?.at).toBe(at);
  });

  it.each([
    { case: 'it is later than all that was said of any claim', evidence: heard(claimed(100, { id: 'q' }), unclaimed(103, 'r')), clearedAt: 104 },
    { case: 'it is later than the last', evidence: heard(cleared(100)), clearedAt: 101 },
    { case: 'it is of now where all is older', evidence: heard(claimed(99, { id: 'q' }), cleared(98)), clearedAt: 100 },
  ])('stamps a clearing: $case', ({ evidence, clearedAt }) => {
    expect(receive(frozen(evidence), clearing, table, 100).evidence?.clearedAt).toBe(clearedAt);
  });

  it('leaves an end told as earlier than the connection without effect', () => {
    const before = knowing({});
    expect(receive(before, plain('disconnected', { at: 9 }), table, 100).evidence).toBe(before);
  });

  it.each([
    { case: 'one less than 15 minutes old is heard', at: 1, rejected: false },
    { case: 'one 15 minutes old is not', at: 0, rejected: true },
    { case: 'one older is not', at: -1, rejected: true },
  ])('refuses late signals: $case', ({ at, rejected }) => {
    for (const type of ['connected', 'heartbeat', 'activity', 'disconnected'] as const) {
      const before = heard(beat(899_999));
      const { evidence, rejection } = receive(before, plain(type, { at }), table, 900_000);
      expect(rejection?.reason).toBe(rejected ? 'too-late' : undefined);
      expect(evidence === before).toBe(rejected);
    }
  });

  it('gives a refused signal back with its instant', () => {
    const { rejection } = receive(undefined, plain('heartbeat', { at: -5, activeAt: 3 }), table, 900_000);
    expect(rejection).toStrictEqual({
      type: 'rejected', userId: 'ada', at: 900_000, reason: 'too-late',
      signal: { type: 'heartbeat', userId: 'ada', sessionId: 'tab', at: -5, activeAt: 3 },
    });
  });

  it('refuses no claim for its age', () => {
    for (const signal of [claimed(0, { id: 'q' }), unclaimed(0, 'q'), cleared(0)]) {
      expect(receive(undefined, signal, table, 1e12)).toEqual({ evidence: heard(signal), signal });
    }
  });

  it('knows as late what the policy remembers no longer', () => {
    const short = tableOf(definePolicy({ keepSessionMs: 10 }));
    expect(receive(undefined, plain('heartbeat', { at: 91 }), short, 100).rejection).toBeUndefined();
    expect(receive(undefined, plain('heartbeat', { at: 90 }), short, 100).rejection?.reason).toBe('too-late');
  });

  const said = (report: ReportEvidence, more: Partial<SessionEvidence> = {}): UserEvidence => knowing({ report, ...more });
  it.each([
    { case: 'the same word keeps its beginning', evidence: said({ word: 'idle', at: 20, since: 15 }), says: { report: 'idle' }, since: 15 },
    { case: 'another begins', evidence: said({ word: 'idle', at: 20, since: 15 }), says: { report: 'active' }, since: 30 },
    { case: 'the first begins', evidence: knowing({}), says: { report: 'idle' }, since: 30 },
    { case: 'one set aside begins anew', evidence: said({ word: 'idle', at: 20, since: 15 }, { setAsideAt: 25 }), says: { report: 'idle' }, since: 30 },
    { case: 'activity at its instant set nothing aside', evidence: said({ word: 'idle', at: 20, since: 15 }, { setAsideAt: 20 }), says: { report: 'idle' }, since: 15 },
    { case: 'activity leaves a better report alone', evidence: said({ word: 'active', at: 20, since: 15 }, { setAsideAt: 25 }), says: { report: 'active' }, since: 15 },
    { case: 'a word the policy does not know is a word', evidence: said({ word: 'afk', at: 20, since: 15 }), says: { report: 'afk' }, since: 15 },
    { case: 'a new connection that says the same', evidence: said({ word: 'idle', at: 20, since: 15 }), says: { report: 'idle', epoch: 30 }, since: 15 },
  ])('keeps the beginning of a report restated: $case', ({ evidence, says, since }) => {
    for (const type of ['connected', 'heartbeat', 'activity'] as const) {
      expect(receive(evidence, plain(type, { at: 30, ...says }), table, 100).evidence?.sessions[0]?.report).toEqual({ word: says.report, at: 30, since });
    }
  });

  it('leaves the standing report alone where a signal carries none', () => {
    const report = { word: 'idle', at: 20, since: 15 };
    expect(receive(said(report), plain('heartbeat', { at: 30 }), table, 100).evidence?.sessions[0]?.report).toEqual(report);
  });
});

describe('isOfSession', () => {
  it.each([
    { type: 'connected', expected: true }, { type: 'heartbeat', expected: true }, { type: 'activity', expected: true }, { type: 'disconnected', expected: true },
    { type: 'claimed', expected: false }, { type: 'unclaimed', expected: false }, { type: 'cleared', expected: false },
  ] as const)('of $type is $expected', ({ type, expected }) => {
    expect(isOfSession({ type })).toBe(expected);
  });
});
