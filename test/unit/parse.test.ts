import { describe, expect, it } from 'vitest';
import { defaultPolicy, parseBeat, parseEvidence, parseSignal, signalOf } from 'presence-model';
import type { Beat, Parsed } from 'presence-model';
import { activity, beat, claimed, cleared, connected, disconnected, frozen, heard, hostileIds, nothing, sent, thrownBy, unclaimed } from './said.js';

const issuesOf = (parsed: Parsed<unknown>): readonly string[] => (parsed.ok ? [] : parsed.issues.map(({ path, message }) => `${path}: ${message}`));
const pathsOf = (parsed: Parsed<unknown>): readonly string[] => (parsed.ok ? [] : parsed.issues.map(({ path }) => path).sort());
/** Lists within lists. */
const nested = (levels: number): unknown => (levels === 0 ? 'end' : [nested(levels - 1)]);
/** What is called when a hostile value is looked at. */
const throwing = (): never => { throw new Error('read'); };

describe('parseSignal', () => {
  it.each([
    connected(1, { report: 'idle', activeAt: 0, quietForMs: 5, uncounted: true }), beat(1), activity(1, { report: 'active' }), disconnected(1, 'left'),
    claimed(1, { id: 'q', atMost: 'away', atLeast: 'stale', whileAtLeast: 'offline', sessionId: 'tab', priority: -0.5, expiresAt: 9, detail: { a: [null, 1.5, 'x'] }, private: true }),
    unclaimed(1, 'q'), cleared(1),
  ])('reads $type', (signal) => {
    expect(parseSignal(frozen(sent(signal)))).toEqual({ ok: true, value: signal });
    expect(parseSignal(sent(signal), defaultPolicy)).toEqual({ ok: true, value: signal });
  });

  it('reads a signal of a session without its number', () => {
    expect(parseSignal({ type: 'heartbeat', userId: 'ada', sessionId: 'tab', at: 1 })).toEqual({ ok: true, value: { type: 'heartbeat', userId: 'ada', sessionId: 'tab', at: 1 } });
  });

  it('keeps known fields alone', () => {
    expect(parseSignal({ ...claimed(1, { id: 'q', detail: { kept: 1 } }), claim: { id: 'q', detail: { kept: 1 }, admin: true }, sessionId: 'x', extra: 1, report: undefined }))
      .toEqual({ ok: true, value: claimed(1, { id: 'q', detail: { kept: 1 } }) });
  });

  it('takes private: false for nothing said', () => {
    expect(parseSignal({ ...cleared(1), type: 'claimed', claim: { id: 'q', private: false } })).toStrictEqual({ ok: true, value: claimed(1, { id: 'q' }) });
  });

  it('shares nothing with what came in', () => {
    const detail = { list: [1] };
    const parsed = parseSignal(claimed(1, { id: 'q', detail }));
    detail.list.push(2);
    expect(parsed).toEqual({ ok: true, value: claimed(1, { id: 'q', detail: { list: [1] } }) });
  });

  it('lists everything that is wrong, each with its path', () => {
    expect(issuesOf(parseSignal({ type: 'heartbeat', userId: 5, at: 1.5, epoch: '1', report: 7, activeAt: NaN, quietForMs: -1, uncounted: 'yes' }))).toEqual([
      'userId: Expected `userId` to be a string, received 5.',
      'at: Expected `at` to be whole milliseconds, received 1.5.',
      'sessionId: Expected `sessionId` to be a string, received nothing.',
      'epoch: Expected `epoch` to be a whole number, received "1".',
      'report: Expected `report` to be a word, received 7.',
      'activeAt: Expected `activeAt` to be whole milliseconds, received NaN.',
      'quietForMs: Expected `quietForMs` to be whole milliseconds, 0 or more, received -1.',
      'uncounted: Expected `uncounted` to be true or false, received "yes".',
    ]);
  });

  it.each([
    { value: undefined, issues: [': Expected the value to be a signal (an object), received nothing.'] },
    { value: 'text', issues: [': Expected the value to be a signal (an object), received "text".'] },
    { value: [], issues: [': Expected the value to be a signal (an object), received a list.'] },
    { value: { ...cleared(1), at: undefined }, issues: ['at: Expected `at` to be whole milliseconds, received nothing.'] },
    {
      value: { ...cleared(1), type: 'constructor' },
      issues: ['type: Expected `type` to be one of connected, heartbeat, activity, disconnected, claimed, unclaimed, cleared, received "constructor".'],
    },
    {
      value: claimed(1, { id: 'q', show: 'away', atLeast: 'away' } as never),
      issues: ['claim.show: Expected `claim.show` to be left out where `atMost` or `atLeast` is given, received "away".'],
    },
  ])('finds in $value what is wrong', ({ value, issues }) => {
    expect(issuesOf(parseSignal(value))).toEqual(issues);
  });

  it('does not throw, whatever comes', () => {
    const failed = [': Expected the value to be plain data, but reading it failed.'];
    expect(issuesOf(parseSignal({ type: 'cleared', userId: 'ada', get at() { return throwing(); } }))).toEqual(failed);
    expect(issuesOf(parseSignal(new Proxy({}, { get: throwing })))).toEqual(failed);
    expect(issuesOf(parseSignal({ type: { toString: throwing } }))).toEqual(failed);
  });

  it.each([
    { what: 'report', value: beat(1, { report: 'afk' }), issue: 'report: Expected `report` to be a report of the policy, received "afk".' },
    { what: 'report of a prototype', value: beat(1, { report: 'constructor' }), issue: 'report: Expected `report` to be a report of the policy, received "constructor".' },
    { what: 'cause', value: disconnected(1, 'close'), issue: 'cause: Expected `cause` to be a cause of the policy, received "close".' },
    { what: 'status to show', value: claimed(1, { id: 'q', show: 'DND' }), issue: 'claim.show: Expected `claim.show` to be a status of the policy, received "DND".' },
    { what: 'cap', value: claimed(1, { id: 'q', atMost: 'DND' }), issue: 'claim.atMost: Expected `claim.atMost` to be a status of the policy, received "DND".' },
    { what: 'raise', value: claimed(1, { id: 'q', atLeast: 'DND' }), issue: 'claim.atLeast: Expected `claim.atLeast` to be a status of the policy, received "DND".' },
    {
      what: 'condition', value: claimed(1, { id: 'q', whileAtLeast: 'DND' }),
      issue: 'claim.whileAtLeast: Expected `claim.whileAtLeast` to be a status of the policy, received "DND".',
    },
    {
      what: 'condition of a claim that hides', value: claimed(1, { id: 'q', atMost: 'offline', whileAtLeast: 'active' }),
      issue: 'claim.whileAtLeast: Expected `claim.whileAtLeast` to be left out or \'offline\', as the claim hides the user, received "active".',
    },
  ])('refuses a foreign $what only where a policy is given', ({ value, issue }) => {
    expect(issuesOf(parseSignal(value))).toEqual([]);
    expect(issuesOf(parseSignal(value, defaultPolicy))).toEqual([issue]);
  });

  it.each([
    { case: 'the bottom', claim: { id: 'q', atMost: 'offline', whileAtLeast: 'offline' } },
    { case: 'nothing', claim: { id: 'q', atMost: 'offline' } },
    { case: 'another, bound to a session', claim: { id: 'q', atMost: 'offline', sessionId: 'tab', whileAtLeast: 'active' } },
  ])('lets a cap to the bottom hold at $case', ({ claim }) => {
    expect(parseSignal(claimed(1, claim), defaultPolicy).ok).toBe(true);
  });

  it('reads details a hundred levels deep and no deeper', () => {
    const withDetail = (detail: unknown): unknown => ({ ...cleared(1), type: 'claimed', claim: { id: 'q', detail } });
    expect(parseSignal(withDetail(nested(100))).ok).toBe(true);
    expect(issuesOf(parseSignal(withDetail(nested(101))))).toEqual(['claim.detail: Expected `claim.detail` to be JSON, at most 100 levels deep and of at most 100000 parts, received a list.']);
  });

  const loop: unknown[] = [];
  loop.push(loop, loop);
  it.each([
    { what: 'undefined within', detail: { a: undefined } }, { what: 'a function', detail: { a: () => 1 } }, { what: 'a number that is none', detail: [NaN] },
    { what: 'a bigint', detail: 5n }, { what: 'a date', detail: { a: new Date(0) } }, { what: 'a map', detail: new Map() }, { what: 'a circle', detail: loop },
  ])('refuses $what as a detail', ({ detail }) => {
    expect(pathsOf(parseSignal({ ...cleared(1), type: 'claimed', claim: { id: 'q', detail } }))).toEqual(['claim.detail']);
  });

  it.each(hostileIds)('takes %j for an id, and for a key of a detail', (id) => {
    const text = JSON.stringify({ type: 'claimed', userId: id, at: 1, claim: { id, sessionId: id, detail: Object.fromEntries([[id, 1]]) } });
    const parsed = parseSignal(JSON.parse(text));
    expect(parsed.ok && JSON.stringify(parsed.value)).toBe(text);
  });

  it('takes nothing from a prototype for a field of a hostile name', () => {
    const parsed = parseSignal(JSON.parse('{"type":"cleared","userId":"ada","at":1,"__proto__":{"at":2,"admin":true}}'));
    expect(parsed).toStrictEqual({ ok: true, value: cleared(1) });
  });
});

describe('parseBeat', () => {
  it.each([
    { type: 'connected', sessionId: 'tab', epoch: 1, report: 'idle', inactiveForMs: 5, quietForMs: 0 },
    { type: 'heartbeat', sessionId: '', epoch: -1 },
    { type: 'disconnected', sessionId: 'tab', epoch: 1, cause: 'closed' },
  ])('reads $type', (value) => {
    expect(parseBeat({ ...frozen(value), at: 5, userId: 'mallory' })).toEqual({ ok: true, value });
    expect(parseBeat(value, defaultPolicy)).toEqual({ ok: true, value });
  });

  it.each([
    { value: null, issues: [': Expected the value to be a beat (an object), received null.'] },
    { value: { type: 'activity', sessionId: 'tab', epoch: 1 }, issues: ['type: Expected `type` to be one of connected, heartbeat, disconnected, received "activity".'] },
    {
      value: { type: 'heartbeat', epoch: 1.5, inactiveForMs: -1, quietForMs: '5' },
      issues: [
        'sessionId: Expected `sessionId` to be a string, received nothing.',
        'epoch: Expected `epoch` to be a whole number, by which the client counts its connections, received 1.5.',
        'inactiveForMs: Expected `inactiveForMs` to be whole milliseconds, 0 or more, received -1.',
        'quietForMs: Expected `quietForMs` to be whole milliseconds, 0 or more, received "5".',
      ],
    },
  ])('lists what is wrong with $value', ({ value, issues }) => {
    expect(issuesOf(parseBeat(value))).toEqual(issues);
  });

  it('does not throw, whatever comes', () => {
    for (const value of [undefined, 5, 'text', [], new Proxy({}, { get: throwing })]) expect(parseBeat(value).ok).toBe(false);
  });

  it('refuses foreign words only where a policy is given', () => {
    const value = { type: 'heartbeat', sessionId: 'tab', epoch: 1, report: 'afk', cause: 'close' };
    expect(parseBeat(value).ok).toBe(true);
    expect(pathsOf(parseBeat(value, defaultPolicy))).toEqual(['cause', 'report']);
  });
});

describe('signalOf', () => {
  const receipt = { userId: 'ada', at: 10_000 };
  it.each<{ says: Beat; signal: object }>([
    { says: { type: 'connected', sessionId: 'tab', epoch: 1 }, signal: { type: 'connected' } },
    { says: { type: 'heartbeat', sessionId: 'tab', epoch: 1, inactiveForMs: 4_000 }, signal: { type: 'heartbeat', activeAt: 6_000 } },
    { says: { type: 'heartbeat', sessionId: 'tab', epoch: 1, inactiveForMs: 0, report: 'idle', quietForMs: 5 }, signal: { type: 'heartbeat', activeAt: 10_000, report: 'idle', quietForMs: 5 } },
    { says: { type: 'disconnected', sessionId: 'tab', epoch: 1 }, signal: { type: 'disconnected' } },
    { says: { type: 'disconnected', sessionId: 'tab', epoch: 1, cause: 'left', report: 'idle', inactiveForMs: 5 }, signal: { type: 'disconnected', cause: 'left' } },
  ])('places $says on the clock of the receiver', ({ says, signal }) => {
    expect(signalOf(frozen(says), frozen(receipt))).toStrictEqual({ userId: 'ada', sessionId: 'tab', epoch: 1, at: 10_000, ...signal });
  });

  it('refuses an instant that is none', () => {
    expect(thrownBy(() => signalOf({ type: 'heartbeat', sessionId: 'tab', epoch: 1 }, { userId: 'ada', at: 1234.5 })))
      .toBe('TypeError: Expected `at` to be whole milliseconds, received 1234.5. Floor it where you read your clock.');
  });
});

describe('parseEvidence', () => {
  const full = heard(
    connected(1, { report: 'idle', activeAt: 0, quietForMs: 5, uncounted: true }), activity(2), disconnected(3, 'left'), beat(1, { sessionId: 'phone' }),
    claimed(1, { id: 'q', show: 'away', detail: { a: [1] } }), unclaimed(2, 'r'), cleared(0),
  );

  it('reads what was stored', () => {
    const stored = { ...full, seenAt: 1, activeAt: 0 };
    expect(parseEvidence(frozen(sent(stored)))).toEqual({ ok: true, value: stored });
    expect(parseEvidence(sent(nothing))).toEqual({ ok: true, value: nothing });
  });

  it('lists sessions and claims by id, whatever order they came in', () => {
    const shuffled = { ...sent(full), sessions: [...full.sessions].reverse(), claims: [...full.claims].reverse() };
    expect(parseEvidence(shuffled)).toEqual({ ok: true, value: full });
  });

  it('keeps known fields alone', () => {
    const value = { ...nothing, extra: 1, sessions: [{ sessionId: 'tab', epoch: 1, uncounted: false, extra: 1, report: { word: 'idle', at: 1, since: 1, extra: 1 } }], claims: [{ id: 'q', at: 1, extra: 1 }] };
    expect(parseEvidence(value)).toStrictEqual({
      ok: true, value: { userId: 'ada', sessions: [{ sessionId: 'tab', epoch: 1, report: { word: 'idle', at: 1, since: 1 } }], claims: [{ id: 'q', at: 1 }] },
    });
  });

  it('lists everything that is wrong, each with its path', () => {
    const value = {
      sessions: [{ sessionId: 'tab', epoch: 1, seenAt: 0.5, report: { word: 'idle', at: 1 }, departures: { left: 'now' } }, { sessionId: 'tab', epoch: 1 }, null],
      claims: [{ id: 'q', at: 1, claim: { id: 'q', show: 5 } }],
      clearedAt: NaN,
    };
    expect(issuesOf(parseEvidence(value))).toEqual([
      'userId: Expected `userId` to be a string, received nothing.',
      'sessions[0].seenAt: Expected `sessions[0].seenAt` to be whole milliseconds, received 0.5.',
      'sessions[0].report.since: Expected `sessions[0].report.since` to be whole milliseconds, received nothing.',
      'sessions[0].departures.left: Expected `sessions[0].departures.left` to be whole milliseconds, received "now".',
      'sessions[1].sessionId: Expected `sessions[1].sessionId` to be listed once, received "tab".',
      'sessions[2]: Expected `sessions[2]` to be an object, received null.',
      'claims[0].claim.show: Expected `claims[0].claim.show` to be a word, received 5.',
      'clearedAt: Expected `clearedAt` to be whole milliseconds, received NaN.',
    ]);
  });

  it('does not throw, whatever comes', () => {
    for (const value of [undefined, null, 5, 'text', [], new Proxy({}, { get: throwing })]) expect(parseEvidence(value).ok).toBe(false);
  });

  it.each(hostileIds)('takes %j for an id and a cause', (id) => {
    const text = JSON.stringify({ userId: id, sessions: [{ sessionId: id, epoch: 1, departures: Object.fromEntries([[id, 1]]) }], claims: [{ id, at: 1 }] });
    const parsed = parseEvidence(JSON.parse(text));
    expect(parsed.ok).toBe(true);
    expect(parsed.ok && Object.entries(parsed.value.sessions[0]?.departures ?? {})).toEqual([[id, 1]]);
  });
});
