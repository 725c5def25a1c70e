import { describe, expect, it } from 'vitest';
import { defaultPolicy, deriveSession, deriveUser, sessionStatus } from 'presence-model';
import type { SessionEvidence, SessionFacts } from 'presence-model';
import { thrownBy } from './said.js';

const whole = { sessionId: 'tab', epoch: 1, firstSeenAt: 0, seenAt: 0, quietForMs: 0, activeAt: 0, setAsideAt: 0, departures: { dropped: 0 }, uncounted: true };
const report = { word: 'idle', at: 0, since: 0 };

const wrong: readonly (readonly [field: string, value: unknown, message: string])[] = [
  ['sessionId', 5, 'Expected `session.sessionId` to be a string, received 5.'],
  ['sessionId', null, 'Expected `session.sessionId` to be a string, received null.'],
  ['epoch', '1', 'Expected `session.epoch` to be a whole number, received "1".'],
  ['epoch', 2 ** 53, 'Expected `session.epoch` to be a whole number, received 9007199254740992.'],
  ['firstSeenAt', 0.5, 'Expected `session.firstSeenAt` to be whole milliseconds, received 0.5.'],
  ['firstSeenAt', null, 'Expected `session.firstSeenAt` to be whole milliseconds, received null.'],
  ['seenAt', Number.NaN, 'Expected `session.seenAt` to be whole milliseconds, received NaN.'],
  ['seenAt', '0', 'Expected `session.seenAt` to be whole milliseconds, received "0".'],
  ['quietForMs', -1, 'Expected `session.quietForMs` to be whole milliseconds, 0 or more, received -1.'],
  ['quietForMs', 0.5, 'Expected `session.quietForMs` to be whole milliseconds, 0 or more, received 0.5.'],
  ['activeAt', 0.5, 'Expected `session.activeAt` to be whole milliseconds, received 0.5.'],
  ['activeAt', false, 'Expected `session.activeAt` to be whole milliseconds, received false.'],
  ['setAsideAt', Number.POSITIVE_INFINITY, 'Expected `session.setAsideAt` to be whole milliseconds, received Infinity.'],
  ['report', null, 'Expected `session.report` to be an object, received null.'],
  ['report', { ...report, word: 5 }, 'Expected `session.report.word` to be a string, received 5.'],
  ['report', { ...report, at: 0.5 }, 'Expected `session.report.at` to be whole milliseconds, received 0.5.'],
  ['report', { word: 'idle', at: 0 }, 'Expected `session.report.since` to be whole milliseconds, received nothing.'],
  ['departures', 5, 'Expected `session.departures` to be an object, received 5.'],
  ['departures', { dropped: 0.5 }, 'Expected `session.departures.dropped` to be whole milliseconds, received 0.5.'],
  ['departures', { dropped: 0, left: undefined }, 'Expected `session.departures.left` to be whole milliseconds, received nothing.'],
  ['uncounted', 'yes', 'Expected `session.uncounted` to be true or false, received "yes".'],
];

describe('a session of which a field is wrong', () => {
  it.each(wrong)('is refused by all, naming %s (%j)', (field, value, message) => {
    const session = { ...whole, report, [field]: value } as unknown as SessionEvidence;
    expect(thrownBy(() => sessionStatus(session, defaultPolicy, 0))).toBe(`TypeError: ${message}`);
    expect(thrownBy(() => deriveSession(session, defaultPolicy, 0))).toBe(`TypeError: ${message}`);
    const evidence = { userId: 'ada', sessions: [{ sessionId: 'other', epoch: 1 }, session], claims: [] };
    expect(thrownBy(() => deriveUser(evidence, defaultPolicy, 0))).toBe(`TypeError: ${message.replace('`session.', '`evidence.sessions[1].')}`);
  });
});

describe('a session', () => {
  it('may say everything, or of a field that nothing is known', () => {
    const unknown = Object.fromEntries(Object.keys({ ...whole, report }).map((field) => [field, undefined])) as SessionFacts;
    expect(sessionStatus({ ...whole, report } as SessionFacts, defaultPolicy, 0)).toBe('idle');
    expect(sessionStatus(unknown, defaultPolicy, 0)).toBe('offline');
  });

  it.each([null, undefined, 5, []])('is an object, and not %j', (value) => {
    const message = /^TypeError: Expected `session` to be an object, received /;
    expect(thrownBy(() => sessionStatus(value as never, defaultPolicy, 0))).toMatch(message);
    expect(thrownBy(() => deriveSession(value as never, defaultPolicy, 0))).toMatch(message);
  });

  it('has no end that only its prototype tells', () => {
    const departures = Object.create({ left: 0 }) as Record<string, number>;
    expect(sessionStatus({ seenAt: 0, departures }, defaultPolicy, 0)).toBe('active');
    expect(deriveSession({ sessionId: 'tab', epoch: 1, seenAt: 0, departures }, defaultPolicy, 0).status).toBe('active');
  });

  it.each(['sessionId', 'epoch'])('needs its %s where it is to be derived', (field) => {
    const session = { ...whole, report, [field]: undefined } as unknown as SessionEvidence;
    expect(thrownBy(() => deriveSession(session, defaultPolicy, 0))).toMatch(`Expected \`session.${field}\` to be`);
    expect(thrownBy(() => deriveUser({ userId: 'ada', sessions: [session], claims: [] }, defaultPolicy, 0))).toMatch(`Expected \`evidence.sessions[0].${field}\` to be`);
    expect(sessionStatus(session, defaultPolicy, 0)).toBe('idle');
  });
});
