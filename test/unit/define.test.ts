import { describe, expect, it } from 'vitest';
import { defaultPolicy, definePolicy, deriveUser, formatPolicy, PolicyError, sessionStatus } from 'presence-model';
import type { PolicyInput } from 'presence-model';
import { frozen, nothing, sent, thrownBy } from './said.js';

/** The problems of a policy; empty when it has none. */
function problemsOf(input: unknown): PolicyError['problems'] {
  try {
    definePolicy(input as PolicyInput);
  } catch (error) {
    if (error instanceof PolicyError) return error.problems;
    throw error;
  }
  return [];
}
const pathsOf = (input: unknown): readonly string[] => problemsOf(input).map(({ path }) => path).sort();

const chat = {
  statuses: ['busy', 'here', 'gone'],
  silence: { gone: 60_000 },
  reports: { none: 'here', dnd: 'busy' },
  departures: { dropped: { gone: 5_000 } },
} as const;

describe('definePolicy', () => {
  it('writes out the default', () => {
    expect(definePolicy()).toEqual({
      statuses: ['active', 'idle', 'away', 'stale', 'offline'],
      silence: { idle: 15_000, away: 60_000, stale: 180_000, offline: 240_000 },
      inactivity: { idle: 60_000, away: 300_000 },
      untouched: {},
      reports: { none: 'active', active: 'active', idle: 'idle', background: 'away' },
      departures: { dropped: { stale: 15_000 }, closed: { offline: 5_000 }, left: { offline: 0 } },
      whileReported: {},
      shownAs: {},
      maxQuietMs: 3_600_000,
      keepSessionMs: 900_000,
      keepLastSeenMs: 604_800_000,
    });
  });

  it('keeps the default of what is left out, table by table', () => {
    const policy = definePolicy({ silence: { offline: 90_000 }, reports: { none: 'idle' } });
    expect(policy).toEqual({ ...defaultPolicy, silence: { offline: 90_000 }, reports: { none: 'idle' } });
  });

  it('takes what is undefined as left out', () => {
    expect(definePolicy(JSON.parse('{}') as object)).toEqual(defaultPolicy);
    expect(problemsOf({ silence: undefined, reports: undefined, keepSessionMs: undefined, whileReported: { idle: undefined } })).toEqual([]);
  });

  it('keeps nothing of the default but the three lengths, with statuses of its own', () => {
    expect(definePolicy(chat)).toEqual({
      ...chat,
      inactivity: {},
      untouched: {},
      whileReported: {},
      shownAs: {},
      maxQuietMs: 3_600_000,
      keepSessionMs: 900_000,
      keepLastSeenMs: 604_800_000,
    });
  });

  it('takes a policy as its input', () => {
    expect(definePolicy(definePolicy(chat))).toEqual(definePolicy(chat));
    expect(definePolicy(defaultPolicy)).toEqual(defaultPolicy);
  });

  it('adds a status to the default', () => {
    const policy = definePolicy({
      ...defaultPolicy,
      statuses: ['dnd', ...defaultPolicy.statuses],
      reports: { ...defaultPolicy.reports, none: 'active', dnd: 'dnd' },
    });
    expect(sessionStatus({ seenAt: 0 }, policy, 14_999)).toBe('active');
    expect(sessionStatus({ seenAt: 0 }, policy, 15_000)).toBe('idle');
    expect(sessionStatus({ seenAt: 0, report: { word: 'dnd', at: 0, since: 0 } }, policy, 14_999)).toBe('dnd');
  });

  it('allows no silence where that is written', () => {
    const policy = definePolicy({ ...chat, silence: {} });
    expect(sessionStatus({ seenAt: 0 }, policy, Number.MAX_SAFE_INTEGER)).toBe('here');
  });

  it('lets other statuses share the word of the bottom', () => {
    expect(problemsOf({ shownAs: { away: 'offline', stale: 'offline' } })).toEqual([]);
  });

  it.each([
    { what: 'equal thresholds', input: { silence: { idle: 10, away: 10 } } },
    { what: 'a silence of 1 ms', input: { silence: { idle: 1 } } },
    { what: 'an inactivity of 0', input: { inactivity: { idle: 0 } } },
    { what: 'no quiet', input: { maxQuietMs: 0 } },
    { what: 'sessions kept for 1 ms', input: { keepSessionMs: 1 } },
    { what: 'no last seen', input: { keepLastSeenMs: 0 } },
    { what: 'a row replaced by nothing', input: { whileReported: { idle: { silence: {}, departures: { left: {} } } } } },
    { what: 'rows while nothing else is reported', input: { whileReported: { none: { silence: { idle: 1 } } } } },
  ])('accepts $what', ({ input }) => {
    expect(problemsOf(input)).toEqual([]);
  });

  it('freezes the result in depth, and JSON is all of it', () => {
    const policy = definePolicy({ whileReported: { background: { departures: { closed: { offline: 1 } } } } });
    for (const part of [policy, policy.statuses, policy.silence, policy.departures.left, policy.whileReported.background?.departures?.closed]) {
      expect(part).toBeDefined();
      expect(Object.isFrozen(part)).toBe(true);
    }
    expect(sent(policy)).toEqual(policy);
    expect(Object.keys(policy).length).toBe(11);
  });

  it('leaves its input alone, frozen or not', () => {
    const input = { silence: { offline: 90_000 }, reports: { none: 'idle' } } as const;
    definePolicy(frozen(sent(input)));
    const copy = sent(input);
    definePolicy(copy);
    expect(copy).toEqual(input);
    expect(Object.isFrozen(copy.silence)).toBe(false);
  });

  it('takes words that are names of prototypes for words', () => {
    const policy = definePolicy(JSON.parse(`{
      "statuses": ["toString", "constructor", "__proto__"],
      "silence": { "constructor": 10, "__proto__": 20 },
      "reports": { "none": "toString", "__proto__": "constructor" },
      "departures": { "dropped": {}, "__proto__": { "__proto__": 5 } },
      "shownAs": { "constructor": "constructor" }
    }`) as PolicyInput);
    expect([9, 10, 19, 20].map((now) => sessionStatus({ seenAt: 0 }, policy, now))).toEqual(['toString', 'constructor', 'constructor', '__proto__']);
    const departures = JSON.parse('{"__proto__":0}') as { [cause: string]: number };
    expect([4, 5].map((now) => sessionStatus({ seenAt: 0, departures }, policy, now))).toEqual(['toString', '__proto__']);
    expect(sessionStatus({ seenAt: 0, report: { word: '__proto__', at: 0, since: 0 } }, policy, 0)).toBe('constructor');
    expect(sessionStatus({ seenAt: 0, report: { word: 'constructor', at: 0, since: 0 } }, policy, 0)).toBe('toString');
  });

  const fiveWords = 'active, idle, away, stale, offline';
  it.each([
    { input: 5, path: '', message: 'Expected the value to be a table (an object), received 5.' },
    { input: null, path: '', message: 'Expected the value to be a table (an object), received null.' },
    { input: [], path: '', message: 'Expected the value to be a table (an object), received a list.' },
    { input: { silence: { idle: 15.5 } }, path: 'silence.idle', message: 'Expected `silence.idle` to be whole milliseconds, 1 or more, received 15.5.' },
    { input: { silence: { idle: 0 } }, path: 'silence.idle', message: 'Expected `silence.idle` to be whole milliseconds, 1 or more, received 0.' },
    { input: { silence: { idle: '15s' } }, path: 'silence.idle', message: 'Expected `silence.idle` to be whole milliseconds, 1 or more, received "15s".' },
    { input: { silence: { active: 5 } }, path: 'silence.active', message: '`silence.active` is unknown here; expected one of idle, away, stale, offline.' },
    { input: { silence: { idle: 20, away: 19 } }, path: 'silence.away', message: 'Expected `silence.away` to be 20 or more, as `idle` is better, received 19.' },
    { input: { silence: { away: 19, idle: 20 } }, path: 'silence.away', message: 'Expected `silence.away` to be 20 or more, as `idle` is better, received 19.' },
    { input: { inactivity: { idle: -1 } }, path: 'inactivity.idle', message: 'Expected `inactivity.idle` to be whole milliseconds, 0 or more, received -1.' },
    { input: { untouched: 5 }, path: 'untouched', message: 'Expected `untouched` to be a table (an object), received 5.' },
    { input: { reports: { active: 'active' } }, path: 'reports.none', message: 'Expected `reports.none` to be the best status without a report, received nothing.' },
    { input: { reports: { none: 'afk' } }, path: 'reports.none', message: `Expected \`reports.none\` to be one of ${fiveWords}, received "afk".` },
    { input: { departures: { left: {} } }, path: 'departures.dropped', message: 'Expected `departures.dropped` to be the row of a lost transport, received nothing.' },
    {
      input: { departures: { dropped: { stale: -1 } } },
      path: 'departures.dropped.stale',
      message: 'Expected `departures.dropped.stale` to be whole milliseconds, 0 or more, received -1.',
    },
    { input: { departures: { dropped: null } }, path: 'departures.dropped', message: 'Expected `departures.dropped` to be a table (an object), received null.' },
    { input: { whileReported: { dnd: {} } }, path: 'whileReported.dnd', message: '`whileReported.dnd` is unknown here; expected one of none, active, idle, background.' },
    {
      input: { whileReported: { idle: { silences: {} } } },
      path: 'whileReported.idle.silences',
      message: '`whileReported.idle.silences` is unknown here; expected one of silence, inactivity, untouched, departures.',
    },
    {
      input: { whileReported: { idle: { silence: { idle: 0 } } } },
      path: 'whileReported.idle.silence.idle',
      message: 'Expected `whileReported.idle.silence.idle` to be whole milliseconds, 1 or more, received 0.',
    },
    {
      input: { whileReported: { idle: { departures: { kicked: {} } } } },
      path: 'whileReported.idle.departures.kicked',
      message: '`whileReported.idle.departures.kicked` is unknown here; expected one of dropped, closed, left.',
    },
    { input: { shownAs: { stale: 'afk' } }, path: 'shownAs.stale', message: `Expected \`shownAs.stale\` to be one of ${fiveWords}, received "afk".` },
    { input: { shownAs: { afk: 'away' } }, path: 'shownAs.afk', message: `\`shownAs.afk\` is unknown here; expected one of ${fiveWords}.` },
    { input: { shownAs: { offline: 'away' } }, path: 'shownAs.offline', message: 'Expected `shownAs.offline` to be `offline` itself, as it is the bottom, received "away".' },
    {
      input: { shownAs: { active: 'away' } },
      path: 'shownAs.idle',
      message: 'Expected `shownAs.idle` to be no better than `away`, which a better status is shown as, received "idle".',
    },
    { input: { maxQuietMs: -1 }, path: 'maxQuietMs', message: 'Expected `maxQuietMs` to be whole milliseconds, 0 or more, received -1.' },
    { input: { keepSessionMs: 0 }, path: 'keepSessionMs', message: 'Expected `keepSessionMs` to be whole milliseconds, 1 or more, received 0.' },
    { input: { keepLastSeenMs: NaN }, path: 'keepLastSeenMs', message: 'Expected `keepLastSeenMs` to be whole milliseconds, 0 or more, received NaN.' },
    {
      input: { silnce: {} },
      path: 'silnce',
      message: '`silnce` is unknown here; expected one of statuses, silence, inactivity, untouched, reports, departures, whileReported, shownAs, '
        + 'maxQuietMs, keepSessionMs, keepLastSeenMs.',
    },
    { input: { ...chat, statuses: ['busy', 'here', 'here', 'gone'] }, path: 'statuses[2]', message: 'Expected `statuses[2]` to be a word not used before, received "here".' },
    { input: { ...chat, statuses: ['busy', 'here', '', 'gone'] }, path: 'statuses[2]', message: 'Expected `statuses[2]` to be a word, received "".' },
    { input: { ...chat, statuses: ['busy', 'here', 5, 'gone'] }, path: 'statuses[2]', message: 'Expected `statuses[2]` to be a word, received 5.' },
  ])('says what is wrong with $input', ({ input, path, message }) => {
    expect(problemsOf(input)).toEqual([{ path, message }]);
  });

  it('asks for the tables that statuses of one\'s own need', () => {
    expect(problemsOf({ statuses: ['here', 'gone'] })).toEqual([
      { path: 'silence', message: 'Expected `silence` to be written out, as `statuses` is, received nothing.' },
      { path: 'reports', message: 'Expected `reports` to be written out, as `statuses` is, received nothing.' },
      { path: 'departures', message: 'Expected `departures` to be written out, as `statuses` is, received nothing.' },
    ]);
  });

  it.each([{ statuses: ['here'] }, { statuses: [] }, { statuses: 'here' }])('refuses $statuses as statuses', ({ statuses }) => {
    expect(problemsOf({ ...chat, statuses })[0]?.path).toBe('statuses');
  });

  it('blames nothing else where only the statuses are wrong', () => {
    expect(pathsOf({ ...chat, statuses: ['here'] })).toEqual(['statuses']);
  });

  it('blames a cell once, and no other for it', () => {
    expect(problemsOf({ silence: { idle: 10, away: 1.5 } })).toEqual([
      { path: 'silence.away', message: 'Expected `silence.away` to be whole milliseconds, 1 or more, received 1.5.' },
    ]);
  });

  it('lists every problem at once, each with its path', () => {
    const input = {
      silence: { away: 10, stale: 5, afk: 1 },
      inactivity: { idle: NaN },
      reports: { none: 'afk' },
      departures: { dropped: {}, closed: { offline: -1 } },
      whileReported: { idle: {} },
      shownAs: { offline: 'away' },
      keepSessionMs: 0,
      colour: 'red',
    };
    expect(pathsOf(input)).toEqual([
      'colour', 'departures.closed.offline', 'inactivity.idle', 'keepSessionMs', 'reports.none', 'shownAs.offline', 'silence.afk', 'silence.stale',
      'whileReported.idle',
    ]);
  });
});

describe('PolicyError', () => {
  const catching = (input: unknown): PolicyError => {
    try {
      definePolicy(input as PolicyInput);
    } catch (error) {
      return error as PolicyError;
    }
    throw new Error('The policy was right.');
  };

  it('says its name and one problem', () => {
    const error = catching({ keepSessionMs: 0 });
    expect(error).toBeInstanceOf(Error);
    expect(error.name).toBe('PolicyError');
    expect(error.message).toBe('The policy has a problem:\n- Expected `keepSessionMs` to be whole milliseconds, 1 or more, received 0.');
    expect(String(error)).toBe(`PolicyError: ${error.message}`);
  });

  it('says how many there are', () => {
    expect(catching({ keepSessionMs: 0, maxQuietMs: -1 }).message.split('\n')).toEqual([
      'The policy has 2 problems:',
      '- Expected `maxQuietMs` to be whole milliseconds, 0 or more, received -1.',
      '- Expected `keepSessionMs` to be whole milliseconds, 1 or more, received 0.',
    ]);
  });
});

describe('tableOf', () => {
  it('reads a policy that was sent as JSON like the policy itself', () => {
    const policy = definePolicy({ ...chat, whileReported: { dnd: { silence: { gone: 120_000 } } } });
    const facts = { seenAt: 0, report: { word: 'dnd', at: 0, since: 0 } };
    for (const now of [59_999, 60_000, 119_999, 120_000]) {
      expect(sessionStatus(facts, sent(policy), now)).toBe(sessionStatus(facts, policy, now));
    }
  });

  it('takes nothing for the default', () => {
    for (const policy of [undefined, null]) {
      expect(thrownBy(() => sessionStatus({ seenAt: 0 }, policy as never, 0))).toMatch(/^TypeError: Expected `policy` to be /);
      expect(thrownBy(() => deriveUser(nothing, policy as never, 0))).toMatch(/^TypeError: Expected `policy` to be /);
      expect(thrownBy(() => formatPolicy(policy as never))).toMatch(/^TypeError: Expected `policy` to be /);
    }
  });

  it('checks a policy that is none of definePolicy\'s', () => {
    const policy = { ...defaultPolicy, keepSessionMs: 0 };
    expect(() => sessionStatus({ seenAt: 0 }, policy, 0)).toThrow(PolicyError);
  });
});
