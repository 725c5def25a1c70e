import { defaultPolicy, definePolicy, sessionStatus } from 'presence-model';
import type { Ladder, Policy, PolicyError } from 'presence-model';
import { heartbeatPlan } from 'presence-model/client';
import { describe, expect, it } from 'vitest';
import { sent, thrownBy } from '../said.js';

const words = { statuses: ['here', 'away', 'gone'], reports: { none: 'here' }, departures: { dropped: {} } } as const;
const silent = (silence: Ladder<'here' | 'away' | 'gone'>): Policy => definePolicy({ ...words, silence });

function problemsOf(call: () => unknown): readonly (readonly [path: string, message: string])[] {
  try {
    call();
  } catch (error) {
    expect((error as PolicyError).name).toBe('PolicyError');
    return (error as PolicyError).problems.map(({ path, message }) => [path, message]);
  }
  return [];
}

describe('heartbeatPlan', () => {
  it.each([
    { toleratedLosses: 0, marginMs: 0, plan: { none: 15_000, active: 15_000, idle: 60_000, background: 180_000 } },
    { toleratedLosses: 0, marginMs: undefined, plan: { none: 14_000, active: 14_000, idle: 59_000, background: 179_000 } },
    { toleratedLosses: 1, marginMs: 0, plan: { none: 7_500, active: 7_500, idle: 30_000, background: 90_000 } },
    { toleratedLosses: undefined, marginMs: undefined, plan: { none: 7_000, active: 7_000, idle: 29_500, background: 89_500 } },
    { toleratedLosses: 2, marginMs: 0, plan: { none: 5_000, active: 5_000, idle: 20_000, background: 60_000 } },
  ])('holds the default policy with $toleratedLosses losses and $marginMs ms of margin', ({ toleratedLosses, marginMs, plan }) => {
    expect(heartbeatPlan(defaultPolicy, { ...(toleratedLosses === undefined ? {} : { toleratedLosses }), ...(marginMs === undefined ? {} : { marginMs }) })).toEqual(plan);
  });

  it('rounds down, so that the last beat is never late', () => {
    expect(heartbeatPlan(silent({ away: 100 }), { toleratedLosses: 2, marginMs: 1 }).none).toBe(33);
  });

  const patient = definePolicy({ whileReported: { background: { silence: {} } } });
  it('is exact: one ms more would show', () => {
    const everyMs = heartbeatPlan(patient, { toleratedLosses: 2, marginMs: 1_500, hidden: 'background' }).active;
    // The last beat that was heard, two that were lost, and the third is as late as it may be.
    expect(sessionStatus({ seenAt: 0 }, defaultPolicy, 3 * everyMs + 1_500 - 1)).toBe('active');
    expect(sessionStatus({ seenAt: 0 }, defaultPolicy, 3 * (everyMs + 1) + 1_500 - 1)).toBe('idle');
  });

  it('is as long as a timer can wait where silence never shows', () => {
    const policy = definePolicy({ ...words, reports: { none: 'here', dead: 'gone' }, silence: { gone: 2 ** 40 } });
    expect(heartbeatPlan(policy)).toEqual({ none: 2 ** 31 - 1, dead: 2 ** 31 - 1 });
    expect(heartbeatPlan(silent({}))).toEqual({ none: 2 ** 31 - 1 });
  });

  it('reads the rows that stand while a report does', () => {
    const policy = definePolicy({ whileReported: { background: { silence: { stale: 500_000 } }, active: { silence: {} } } });
    expect(heartbeatPlan(policy)).toEqual({ none: 7_000, active: 2 ** 31 - 1, idle: 29_500, background: 249_500 });
  });

  it('takes a policy that was sent as JSON', () => {
    expect(heartbeatPlan(sent(defaultPolicy))).toEqual(heartbeatPlan(defaultPolicy));
  });

  it('keeps words that are names of prototypes', () => {
    const policy = definePolicy({ ...words, reports: { none: 'here', ['__proto__']: 'here', constructor: 'away' }, silence: { away: 21_000, gone: 41_000 } });
    expect(Object.entries(heartbeatPlan(policy))).toEqual([['none', 10_000], ['__proto__', 10_000], ['constructor', 20_000]]);
  });
});

describe('a policy that cannot be held', () => {
  it.each([
    { away: 2, ok: false },
    { away: 3, ok: true },
  ])('has no whole millisecond between beats: $away ms', ({ away, ok }) => {
    const problems = problemsOf(() => heartbeatPlan(silent({ away }), { toleratedLosses: 1, marginMs: 1 }));
    expect(problems).toEqual(ok ? [] : [['silence.away', 'Expected `silence.away` to be 3 or more, as one of 2 beats is heard, received 2.']]);
  });

  it.each([
    { stale: 120_999, ok: false },
    { stale: 121_000, ok: true },
    { stale: 121_001, ok: true },
  ])('has hidden pages whose silence shows before a late timer can speak twice: $stale ms', ({ stale, ok }) => {
    const policy = definePolicy({ silence: { idle: 15_000, stale } });
    const problems = problemsOf(() => heartbeatPlan(policy));
    expect(problems).toEqual(ok ? [] : [[
      'silence.stale',
      "Expected `silence.stale` to be 121000 or more, as a hidden page's timers run once a minute and one of 2 beats is heard, received 120999.",
    ]]);
  });

  it('is told of every threshold at once, each once', () => {
    const policy = definePolicy({ silence: { idle: 1_000, away: 1_001 }, whileReported: { background: { silence: { stale: 90_000 } } } });
    expect(problemsOf(() => heartbeatPlan(policy)).map(([path]) => path)).toEqual([
      'silence.idle', 'silence.away', 'whileReported.background.silence.stale',
    ]);
    // Of two reports that a threshold is too short for, the one that needs more says how much.
    expect(problemsOf(() => heartbeatPlan(silent({ away: 1_000 }), { hidden: 'none' }))).toHaveLength(1);
    expect(problemsOf(() => heartbeatPlan(definePolicy({ silence: { idle: 1_000 } }), { hidden: 'active' }))).toEqual([[
      'silence.idle', "Expected `silence.idle` to be 121000 or more, as a hidden page's timers run once a minute and one of 2 beats is heard, received 1000.",
    ]]);
  });

  it('is told what it needs without losses, too', () => {
    expect(problemsOf(() => heartbeatPlan(silent({ away: 1_000 }), { toleratedLosses: 0 }))).toEqual([
      ['silence.away', 'Expected `silence.away` to be 1001 or more, as every beat is heard, received 1000.'],
    ]);
  });

  it('is one whose hidden pages say what visible ones do, when asked about them', () => {
    expect(heartbeatPlan(silent({ away: 15_000 }))).toEqual({ none: 7_000 }); // no page is known to be hidden
    expect(problemsOf(() => heartbeatPlan(silent({ away: 15_000 }), { hidden: 'none' })).map(([path]) => path)).toEqual(['silence.away']);
  });

  it.each([
    // A beat may be a minute late. What no promise covers of that comes off.
    { stale: 181_000, maxQuietMs: 60_001, background: 90_000 },
    { stale: 181_000, maxQuietMs: 60_000, background: 90_000 },
    { stale: 181_000, maxQuietMs: 59_999, background: 89_999 },
    { stale: 181_000, maxQuietMs: 0, background: 60_000 },
    { stale: 180_999, maxQuietMs: 0, background: undefined },
  ])('of $stale ms is held where $maxQuietMs ms may be promised, or not', ({ stale, maxQuietMs, background }) => {
    const policy = definePolicy({ silence: { idle: 15_000, away: 60_000, stale }, maxQuietMs });
    if (background !== undefined) expect(heartbeatPlan(policy).background).toBe(background);
    else expect(problemsOf(() => heartbeatPlan(policy)).map(([, message]) => message)).toEqual([
      "Expected `silence.stale` to be 181000 or more, as a hidden page's timers run once a minute and one of 2 beats is heard, received 180999.",
    ]);
  });
});

describe('an option of a plan that is none', () => {
  it.each([
    [null, 'TypeError: Expected `options` to be an object, received null.'],
    [{ toleratedLosses: -1 }, 'TypeError: Expected `toleratedLosses` to be a whole number, 0 to 1000, received -1.'],
    [{ toleratedLosses: 1_001 }, 'TypeError: Expected `toleratedLosses` to be a whole number, 0 to 1000, received 1001.'],
    [{ toleratedLosses: 0.5 }, 'TypeError: Expected `toleratedLosses` to be a whole number, 0 to 1000, received 0.5.'],
    [{ marginMs: -1 }, 'TypeError: Expected `marginMs` to be whole milliseconds, 0 or more, received -1.'],
    [{ marginMs: '1' }, 'TypeError: Expected `marginMs` to be whole milliseconds, 0 or more, received "1".'],
    [{ hidden: 'zzz' }, 'TypeError: Expected `hidden` to be one of none, active, idle, background, received "zzz".'],
    [{ hidden: 7 }, 'TypeError: Expected `hidden` to be one of none, active, idle, background, received 7.'],
    [{ hidden: 'constructor' }, 'TypeError: Expected `hidden` to be one of none, active, idle, background, received "constructor".'],
  ])('%j', (options, message) => {
    expect(thrownBy(() => heartbeatPlan(defaultPolicy, options as never))).toBe(message);
  });

  it('nor is a policy that is none', () => {
    expect(thrownBy(() => heartbeatPlan(7 as never))).toBe('TypeError: Expected `policy` to be from `definePolicy`, or a JSON copy of one, received 7.');
  });
});
