import { describe, expect, it } from 'vitest';
import { defaultPolicy, definePolicy, forget } from 'presence-model';
import type { Gap, Policy, UserEvidence } from 'presence-model';
import { activity, beat, claimed, cleared, connected, disconnected, frozen, heard, nothing, thrownBy, unclaimed } from './said.js';

const week = 604_800_000;
// What is kept for `keepSessionMs`, 15 min, is kept until one before that is over.
const keptUntil = (evidence: UserEvidence, at: number, left: UserEvidence | undefined, policy: Policy = defaultPolicy, gaps: readonly Gap[] = []): void => {
  frozen(evidence);
  expect(forget(evidence, policy, at - 1, gaps)).toBe(evidence);
  expect(forget(evidence, policy, at, gaps)).toEqual(left);
  expect(forget(evidence, policy, at + 1, gaps)).toEqual(left);
};
const seen = (seenAt: number, activeAt?: number): UserEvidence => ({ ...nothing, seenAt, ...(activeAt === undefined ? {} : { activeAt }) });

describe('forget', () => {
  const own = definePolicy({
    statuses: ['in', 'out'], silence: {}, inactivity: { out: 10 }, reports: { none: 'in', hidden: 'out' }, departures: { dropped: {}, left: { out: 0 } },
  });

  it.each([
    { what: 'was silent to the bottom', evidence: heard(beat(0)), at: 240_000 + 900_000, left: seen(0) },
    { what: 'promised quiet', evidence: heard(beat(0, { quietForMs: 60_000 })), at: 60_000 + 240_000 + 900_000, left: seen(0) },
    { what: 'signed out', evidence: heard(beat(0), disconnected(10, 'left')), at: 10 + 900_000, left: seen(10) },
    { what: 'closed', evidence: heard(beat(0), disconnected(10, 'closed')), at: 10 + 5_000 + 900_000, left: seen(10) },
    { what: 'ended again later', evidence: heard(beat(0), disconnected(10, 'left'), disconnected(500, 'dropped')), at: 500 + 900_000, left: seen(10) },
    { what: 'was alive after its end', evidence: heard(beat(100), disconnected(10, 'left')), at: 100 + 900_000, left: seen(100) },
    { what: 'was lost and then silent', evidence: heard(beat(0), disconnected(10, 'dropped')), at: 240_000 + 900_000, left: seen(10) },
    { what: 'was active', evidence: heard(activity(5), disconnected(10, 'left')), at: 10 + 900_000, left: seen(10, 5) },
    { what: 'was never seen alive', evidence: heard(disconnected(10, 'dropped')), at: 10 + 900_000, left: undefined },
    { what: 'did not count', evidence: heard(connected(0, { uncounted: true }), disconnected(10, 'left')), at: 10 + 900_000, left: undefined },
  ])('drops a session that $what', ({ evidence, at, left }) => {
    keptUntil(evidence, at, left);
  });

  it('keeps a session at the bottom that neither departed nor is silent', () => {
    const reported = heard(beat(0, { report: 'hidden' }));
    const inactive = heard(activity(0));
    for (const evidence of [reported, inactive]) expect(forget(evidence, own, 1e12)).toBe(evidence);
  });

  it.each([
    { what: 'departed, then reported itself gone', evidence: heard(beat(100, { report: 'hidden' }), disconnected(50, 'dropped')), at: 100 + 900_000, left: seen(100) },
    { what: 'reported itself gone, then departed', evidence: heard(beat(0, { report: 'hidden' }), disconnected(50, 'dropped')), at: 50 + 900_000, left: seen(50) },
    { what: 'departed, then was inactive', evidence: heard(activity(100), disconnected(50, 'dropped')), at: 110 + 900_000, left: seen(100, 100) },
  ])('counts from the crossing that put a session at the bottom: $what', ({ evidence, at, left }) => {
    keptUntil(evidence, at, left, own);
  });

  it('is not stopped by gaps once a session is at the bottom', () => {
    keptUntil(heard(beat(0)), 240_000 + 900_000, seen(0), defaultPolicy, [{ from: 300_000, until: 2_000_000 }]);
    keptUntil(heard(beat(0)), 340_000 + 900_000, seen(0), defaultPolicy, [{ from: 0, until: 100_000 }]);
  });

  it('drops one session and keeps another', () => {
    const evidence = heard(activity(5), disconnected(10, 'left'), beat(800_000, { sessionId: 'phone' }));
    keptUntil(evidence, 900_010, { ...heard(beat(800_000, { sessionId: 'phone' })), seenAt: 10, activeAt: 5 });
  });

  it('keeps an activity that was kept before, though no last seen was', () => {
    const evidence = frozen({ ...heard(beat(5)), activeAt: 3 });
    expect(forget(evidence, defaultPolicy, 10)).toBe(evidence);
  });

  it('keeps the later of what was kept before', () => {
    expect(forget({ ...heard(activity(5), disconnected(10, 'left')), seenAt: 50, activeAt: 3 }, defaultPolicy, 900_010)).toEqual(seen(50, 5));
  });

  it.each([
    { what: 'a taking back', evidence: heard(unclaimed(10, 'q')), at: 10 + 900_000, left: undefined },
    { what: 'an expiry', evidence: heard(claimed(0, { id: 'q', expiresAt: 10 })), at: 10 + 900_000, left: undefined },
    { what: 'an expiry before the claim was made', evidence: heard(claimed(20, { id: 'q', expiresAt: 10 })), at: 20 + 900_000, left: undefined },
    { what: 'a clearing', evidence: heard(cleared(10)), at: 10 + 900_000, left: undefined },
    { what: 'a clearing with what it cleared', evidence: heard(claimed(10, { id: 'q' }), cleared(10)), at: 10 + 900_000, left: undefined },
    {
      what: 'a clearing without what was claimed after it',
      evidence: heard(claimed(10, { id: 'a' }), claimed(11, { id: 'b' }), cleared(10)),
      at: 10 + 900_000,
      left: heard(claimed(11, { id: 'b' })),
    },
  ])('drops the trace of $what', ({ evidence, at, left }) => {
    keptUntil(evidence, at, left);
  });

  it('keeps a claim that is held, however old', () => {
    const evidence = heard(claimed(0, { id: 'q', show: 'away' }), claimed(0, { id: 'r', expiresAt: 1e12 }));
    expect(forget(evidence, defaultPolicy, 1e12)).toBe(evidence);
  });

  it('keeps a last seen until it is seven days old and nobody is there', () => {
    keptUntil(seen(10, 5), week + 10, undefined);
    const there = { ...heard(beat(week)), seenAt: 10 };
    expect(forget(there, defaultPolicy, week + 10)).toBe(there);
  });

  it('drops a last seen that is too old with the session it was of', () => {
    const policy = definePolicy({ keepLastSeenMs: 1_000 });
    expect(forget(heard(activity(5), disconnected(10, 'left')), policy, 900_010)).toBeUndefined();
  });

  it('leaves nothing of nothing', () => {
    expect(forget(nothing, defaultPolicy, 0)).toBeUndefined();
  });

  it('leaves its argument alone', () => {
    const evidence = frozen(heard(beat(0), disconnected(10, 'left'), unclaimed(0, 'q')));
    expect(forget(evidence, defaultPolicy, 1e9)).toBeUndefined();
    expect(evidence).toEqual(heard(beat(0), disconnected(10, 'left'), unclaimed(0, 'q')));
  });

  it.each([
    { evidence: null, now: 0, message: 'Expected `evidence` to be an object, received null.' },
    { evidence: nothing, now: 1234.5, message: 'Expected `now` to be whole milliseconds, received 1234.5. Floor it where you read your clock.' },
    { evidence: { ...nothing, seenAt: NaN }, now: 0, message: 'Expected `evidence.seenAt` to be whole milliseconds, received NaN.' },
  ])('refuses what breaks its type: $message', ({ evidence, now, message }) => {
    expect(thrownBy(() => forget(evidence as UserEvidence, defaultPolicy, now))).toBe(`TypeError: ${message}`);
  });
});
