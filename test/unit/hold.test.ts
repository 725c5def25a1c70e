import { defaultPolicy, definePolicy } from 'presence-model';
import type { Policy } from 'presence-model';
import { describe, expect, it } from 'vitest';
import { tableOf } from '../../src/define.js';
import { firstAtLeast, firstShowing, leastThresholdMs, longestIntervalMs, longestSpanMs } from '../../src/hold.js';

const showing = (policy: Policy, clock: 'silence' | 'inactivity' | 'untouched', report: string): readonly unknown[] | undefined => {
  const found = firstShowing(clock, report, policy, tableOf(policy));
  return found === undefined ? undefined : [found.path, found.afterMs];
};

const special = definePolicy({
  statuses: ['busy', 'here', 'away', 'gone'],
  silence: { here: 10, away: 20, gone: 30 },
  reports: { none: 'here', busy: 'busy', hidden: 'away', hiding: 'gone' },
  departures: { dropped: {} },
  inactivity: { away: 7 },
  untouched: { gone: 70 },
  whileReported: { hidden: { silence: { away: 25, gone: 50 } }, busy: { silence: {}, departures: { dropped: {} } } },
});

describe('firstShowing', () => {
  it.each([
    { policy: defaultPolicy, report: 'none', silence: ['silence.idle', 15_000], inactivity: ['inactivity.idle', 60_000], untouched: undefined },
    { policy: defaultPolicy, report: 'active', silence: ['silence.idle', 15_000], inactivity: ['inactivity.idle', 60_000], untouched: undefined },
    { policy: defaultPolicy, report: 'idle', silence: ['silence.away', 60_000], inactivity: ['inactivity.away', 300_000], untouched: undefined },
    { policy: defaultPolicy, report: 'background', silence: ['silence.stale', 180_000], inactivity: undefined, untouched: undefined },
    { policy: special, report: 'none', silence: ['silence.away', 20], inactivity: ['inactivity.away', 7], untouched: ['untouched.gone', 70] },
    { policy: special, report: 'busy', silence: undefined, inactivity: ['inactivity.away', 7], untouched: ['untouched.gone', 70] },
    { policy: special, report: 'hidden', silence: ['whileReported.hidden.silence.gone', 50], inactivity: undefined, untouched: ['untouched.gone', 70] },
    { policy: special, report: 'hiding', silence: undefined, inactivity: undefined, untouched: undefined },
    { policy: special, report: 'unheard of', silence: ['silence.away', 20], inactivity: ['inactivity.away', 7], untouched: ['untouched.gone', 70] },
  ] as const)('finds what shows on a session that reports $report', ({ policy, report, silence, inactivity, untouched }) => {
    expect(showing(policy, 'silence', report)).toEqual(silence);
    expect(showing(policy, 'inactivity', report)).toEqual(inactivity);
    expect(showing(policy, 'untouched', report)).toEqual(untouched);
  });
});

describe('firstAtLeast', () => {
  it.each([
    { rank: 0, found: 'silence.here' },
    { rank: 1, found: 'silence.here' },
    { rank: 2, found: 'silence.away' },
    { rank: 3, found: 'silence.gone' },
    { rank: 4, found: undefined },
  ])('finds the threshold that says rank $rank or worse', ({ rank, found }) => {
    expect(firstAtLeast('silence', 'none', rank, special, tableOf(special))?.path).toBe(found);
  });
});

describe('a threshold of two statuses', () => {
  it('is named by the first of them that shows', () => {
    const policy = definePolicy({ ...special, silence: { here: 10, away: 20, gone: 20 }, whileReported: {} });
    expect(showing(policy, 'silence', 'none')).toEqual(['silence.away', 20]);
    expect(showing(policy, 'silence', 'hidden')).toEqual(['silence.gone', 20]);
  });
});

describe('how often a threshold must be outrun', () => {
  it.each([
    { losses: 0, lateMs: 0, promisedMs: 0, everyMs: 100, spanMs: 100, thresholdMs: 100 },
    { losses: 1, lateMs: 0, promisedMs: 0, everyMs: 100, spanMs: 200, thresholdMs: 200 },
    { losses: 2, lateMs: 7, promisedMs: 0, everyMs: 100, spanMs: 307, thresholdMs: 307 },
    { losses: 2, lateMs: 7, promisedMs: 50, everyMs: 100, spanMs: 307, thresholdMs: 257 },
  ])('with $losses losses, $lateMs ms of lateness and $promisedMs ms promised', ({ losses, lateMs, promisedMs, everyMs, spanMs, thresholdMs }) => {
    const hearing = { toleratedLosses: losses, lateMs, promisedMs };
    expect(longestSpanMs(everyMs, hearing)).toBe(spanMs);
    expect(leastThresholdMs(everyMs, hearing)).toBe(thresholdMs);
    expect([-1, 0, losses, losses + 1].map((more) => longestIntervalMs(thresholdMs + more, hearing))).toEqual([everyMs - 1, everyMs, everyMs, everyMs + 1]);
  });
});
