import { describe, expect, it } from 'vitest';
import { defaultPolicy, definePolicy } from 'presence-model';
import type { DefaultNames, Policy, PolicyInput } from 'presence-model';
import { checkPolicy } from 'presence-model/testing';
import type { Environment } from 'presence-model/testing';
import { severities } from '../../../src/testing/check/finding.js';
import { blockOf } from '../../support/blocks.js';
import { read } from '../../support/files.js';
import { hostileIds, frozen, thrownBy } from '../said.js';

/** The findings in short: `code at path: is → needs`. */
const found = (policy: Policy, environment?: Environment): readonly string[] =>
  checkPolicy(policy, environment).map(({ code, path, thresholdMs, neededMs }) => `${code} at ${path}: ${String(thresholdMs)} → ${String(neededMs)}`);

/** The default's statuses with rows replaced; a table may leave words of the default out. */
const policyWith = (changes: object): Policy => definePolicy(changes);
const { departures } = defaultPolicy;

/** Nothing is late, nothing is lost, nobody has to come back: only beats matter. */
const exact: Environment<DefaultNames> = { latencyMs: 0, toleratedLosses: 0, reconnectMs: 0, refreshMs: 0, throttledMs: 0 };

describe('checkPolicy', () => {
  it('is silent on the default policy in its own environment', () => {
    expect(checkPolicy(defaultPolicy)).toEqual([]);
    expect(checkPolicy(defaultPolicy, { heartbeatMs: 7_250, hiddenHeartbeatMs: 89_750 })).toEqual([]);
  });

  it('tells all of a finding', () => {
    expect(checkPolicy(defaultPolicy, { heartbeatMs: 30_000 })[0]).toStrictEqual({
      code: 'heartbeat-too-slow',
      severity: 'error',
      path: 'silence.idle',
      report: 'none',
      thresholdMs: 15_000,
      neededMs: 30_500,
      witness: {
        signals: [
          { type: 'connected', userId: 'ada', sessionId: 'tab', epoch: 1, at: 0 },
          { type: 'heartbeat', userId: 'ada', sessionId: 'tab', epoch: 1, at: 30_500 },
        ],
        range: { from: 0, until: 30_501 },
      },
      message: 'A client that beats every 30 s cannot hold `silence.idle` (15 s): it is shown as idle before each beat and as active after it.',
      change: 'Set `silence.idle` to 30 s 500 ms or more, or beat every 14 s 500 ms or more often.',
    });
  });

  it('puts errors before warnings and warnings before notes', () => {
    const order = checkPolicy(definePolicy({ ...defaultPolicy, statuses: ['dnd', ...defaultPolicy.statuses] }), { heartbeatMs: 30_000 }).map(({ severity }) => severity);
    expect(order).toEqual(['error', 'warning', 'warning', 'note']);
  });

  it('reads a policy that was sent as JSON, and changes nothing that it was given', () => {
    const copy = frozen(JSON.parse(JSON.stringify(defaultPolicy)) as Policy);
    const environment = frozen({ heartbeatMs: 30_000 });
    expect(checkPolicy(copy, environment)).toEqual(checkPolicy(defaultPolicy, environment));
    expect(JSON.parse(JSON.stringify(checkPolicy(copy, environment)))).toEqual(checkPolicy(copy, environment));
  });

  it('refuses what is no policy', () => {
    expect(thrownBy(() => checkPolicy({} as Policy))).toBe('TypeError: Expected `policy` to be from `definePolicy`, or a JSON copy of one, received an object.');
  });

  describe.each([
    ['before the threshold', 14_999, []],
    ['at the threshold, as no timer is exact', 15_000, ['heartbeat-too-slow at silence.idle: 15000 → 15001']],
    ['after it', 15_001, ['heartbeat-too-slow at silence.idle: 15000 → 15002']],
  ])('a beat %s', (_, heartbeatMs, findings) => {
    it('is judged so', () => {
      expect(found(defaultPolicy, { ...exact, heartbeatMs })).toEqual(findings);
    });
  });

  it.each([
    { losses: 0, heartbeatMs: 14_500, findings: [] },
    { losses: 0, heartbeatMs: 14_501, findings: ['heartbeat-too-slow at silence.idle: 15000 → 15001'] },
    { losses: 1, heartbeatMs: 7_250, findings: [] },
    { losses: 1, heartbeatMs: 7_251, findings: ['no-lost-heartbeat-tolerated at silence.idle: 15000 → 15002'] },
    { losses: 2, heartbeatMs: 4_833, findings: [] },
    { losses: 2, heartbeatMs: 4_834, findings: ['no-lost-heartbeat-tolerated at silence.idle: 15000 → 15002'] },
  ])('holds $losses lost beats of $heartbeatMs ms against 15 s, 500 ms late', ({ losses, heartbeatMs, findings }) => {
    expect(found(defaultPolicy, { ...exact, heartbeatMs, toleratedLosses: losses, latencyMs: 500 })).toEqual(findings);
  });

  it('says how many are lost', () => {
    expect(checkPolicy(defaultPolicy, { ...exact, heartbeatMs: 6_000, toleratedLosses: 2 })[0]?.message)
      .toBe('A client that beats every 6 s does not hold `silence.idle` (15 s) with 2 beats in a row lost: it is shown as idle, then as active again.');
  });

  it('advises no beat where none would be often enough', () => {
    const change = (heartbeatMs: number): string | undefined => checkPolicy(policyWith({ silence: { idle: 1, offline: 240_000 } }), { ...exact, heartbeatMs })[0]?.change;
    expect(change(1)).toBe('Set `silence.idle` to 2 ms or more.');
  });

  it('looks at each report, and at the rows that stand while it does', () => {
    const policy = policyWith({ whileReported: { active: { silence: { idle: 5_000, offline: 240_000 } } } });
    expect(found(policy, exact)).toEqual(['heartbeat-too-slow at whileReported.active.silence.idle: 5000 → 7001']);
    expect(checkPolicy(policy, exact)[0]?.report).toBe('active');
  });

  it('does not mind what others do not see', () => {
    const policy = policyWith({ shownAs: { idle: 'active' } });
    expect(found(policy, { ...exact, heartbeatMs: 59_999 })).toEqual([]);
    expect(found(policy, { ...exact, heartbeatMs: 60_000 })).toEqual(['heartbeat-too-slow at silence.away: 60000 → 60001']);
  });

  it('tells a flap in the words that others see, and its cell by its own', () => {
    const [finding] = checkPolicy(policyWith({ shownAs: { idle: 'away' } }), { heartbeatMs: 30_000 });
    expect([finding?.path, finding?.message]).toEqual([
      'silence.idle', 'A client that beats every 30 s cannot hold `silence.idle` (15 s): it is shown as away before each beat and as active after it.',
    ]);
  });

  it('names the best of the cells that are passed together', () => {
    expect(found(policyWith({ silence: { idle: 5_000, away: 5_000, offline: 240_000 } }), exact)).toEqual([
      'heartbeat-too-slow at silence.idle: 5000 → 7001',
      'heartbeat-too-slow at silence.away: 5000 → 7001', // of a client that reports idle
      'never-matters at silence.idle: 5000 → undefined',
    ]);
  });

  it('lets promises of quiet count, as far as the policy does', () => {
    const lease = policyWith({ silence: { offline: 1 }, departures: { ...departures, dropped: {} } });
    const flaps = (policy: Policy, quietForMs: number): readonly string[] => found(policy, { ...exact, quietForMs }).filter((finding) => /^(heartbeat|promise)/.test(finding));
    expect(flaps(lease, 6_999)).toEqual(['heartbeat-too-slow at silence.offline: 1 → 2']);
    expect(flaps(lease, 7_000)).toEqual([]);
    expect(flaps(policyWith({ ...lease, statuses: undefined, maxQuietMs: 6_999 }), 7_000)).toEqual([
      'heartbeat-too-slow at silence.offline: 1 → 2', 'promise-cut at maxQuietMs: 6999 → 7000',
    ]);
  });

  it.each([
    { why: 'whose timers run once a minute', environment: {}, findings: ['hidden-heartbeat-too-slow at silence.stale: 60000 → 60001'] },
    { why: 'that are due later: at the next minute', environment: { heartbeatMs: 61_000 }, findings: ['hidden-heartbeat-too-slow at silence.stale: 60000 → 120001'] },
    { why: 'that beat by a plan of their own', environment: { hiddenHeartbeatMs: 59_999 }, findings: [] },
    { why: 'that no browser slows down', environment: { throttledMs: 0 }, findings: [] },
    { why: 'that promise quiet', environment: { hiddenQuietForMs: 1 }, findings: [] },
    { why: 'that report something else', environment: { hidden: 'none' } as const, findings: ['hidden-heartbeat-too-slow at silence.idle: 15000 → 60001'] },
  ])('looks at hidden pages $why', ({ environment, findings }) => {
    const policy = policyWith({ silence: { idle: 15_000, away: 15_000, stale: 60_000, offline: 240_000 } });
    const hidden = found(policy, { ...exact, throttledMs: 60_000, ...environment }).filter((finding) => finding.startsWith('hidden'));
    expect(hidden).toEqual(findings);
  });

  it.each([
    [120_500, []],
    [120_499, ['no-lost-hidden-heartbeat-tolerated at silence.stale: 120499 → 120500']],
  ])('wants hidden pages to hold as many lost beats: %d ms', (stale, findings) => {
    expect(found(policyWith({ silence: { idle: 15_000, away: 60_000, stale, offline: 240_000 } }))).toEqual(findings);
  });

  it('finds a flap that is over before inactivity says as much', () => {
    const policy = policyWith({ silence: { stale: 100_000, offline: 240_000 }, inactivity: { stale: 110_000 }, untouched: { stale: 110_000 } });
    const [finding] = checkPolicy(policy);
    expect(finding).toMatchObject({ code: 'no-lost-hidden-heartbeat-tolerated', path: 'silence.stale', thresholdMs: 100_000, neededMs: 120_500 });
    expect(finding?.witness?.range.until).toBe(100_002); // after 120 500 ms nobody would come back
    expect(found(policyWith({ ...policy, statuses: undefined, silence: { stale: 110_000, offline: 240_000 } })).filter((other) => other.startsWith('no-lost'))).toEqual([]);
  });

  it('tells whose word a hidden page has', () => {
    const bare = definePolicy({ statuses: ['on', 'off'], silence: { off: 50_000 }, reports: { none: 'on' }, departures: { dropped: { off: 9_000 } } });
    const [finding] = checkPolicy(bare);
    expect(finding?.message).toContain('A hidden page, heard every 1 min and reporting nothing of it, cannot hold');
    expect(finding?.change).toContain('let hidden pages report that they are (`environment.hidden`)');
    const [other] = checkPolicy(policyWith({ silence: { stale: 50_000, offline: 240_000 } }));
    expect(other?.message).toContain('A hidden page, heard every 1 min, cannot hold');
    expect(other?.change).toContain(', give hidden pages rows of their own');
  });

  it.each([
    { notices: undefined, grace: 2_500, findings: [] },
    { notices: undefined, grace: 2_499, findings: ['grace-too-short at departures.dropped.stale: 2499 → 2500'] },
    { notices: 4_000, grace: 6_500, findings: [] },
    { notices: 4_000, grace: 6_499, findings: ['grace-too-short at departures.dropped.stale: 6499 → 6500'] },
  ])('wants grace until a client is back: noticing in $notices ms, grace of $grace ms', ({ notices, grace, findings }) => {
    const policy = policyWith({ departures: { ...departures, dropped: { stale: grace } } });
    expect(found(policy, notices === undefined ? {} : { transportTimeoutMs: notices })).toEqual(findings);
  });

  it('sees grace of nothing', () => {
    expect(found(policyWith({ departures: { ...departures, dropped: { offline: 0 } } }))).toEqual(['grace-too-short at departures.dropped.offline: 0 → 2500']);
  });

  it.each([
    [3_000, []],
    [2_999, ['refresh-shows at departures.closed.offline: 2999 → 3000']],
  ])('wants a closed page to be forgiven until it is loaded again: %d ms', (grace, findings) => {
    expect(found(policyWith({ departures: { ...departures, closed: { offline: grace } } }))).toEqual(findings);
  });

  it.each([
    [7_500, []],
    [7_501, ['reconnect-outlasts-silence at silence.idle: 15000 → 15001']],
  ])('wants silence to hold while a client is away for %d ms', (reconnectMs, findings) => {
    expect(found(defaultPolicy, { reconnectMs })).toEqual(findings);
    expect(found(defaultPolicy, { reconnectMs: 0, refreshMs: reconnectMs }).filter((finding) => !finding.startsWith('refresh'))).toEqual(findings);
  });

  it.each([
    [60_000, 29_750, []],
    [60_000, 29_751, ['interaction-told-too-seldom at inactivity.idle: 60000 → 60002']],
  ])('wants inactivity of %d ms to hold between two beats that tell of interaction', (idle, heartbeatMs, findings) => {
    const policy = policyWith({ silence: { offline: 240_000 }, inactivity: { idle, away: 300_000 } });
    expect(found(policy, { heartbeatMs })).toEqual(findings);
  });

  it.each([
    { why: 'is awake', environment: { proxyIdleMs: 60_500 }, codes: [] },
    { why: 'sleeps between beats of hidden pages', environment: { proxyIdleMs: 60_499 }, codes: ['proxy-cuts'] },
    { why: 'is kept awake by pings', environment: { proxyIdleMs: 60_499, transportPingMs: 59_999 }, codes: [] },
    { why: 'sleeps between pings', environment: { proxyIdleMs: 60_499, transportPingMs: 60_000 }, codes: ['proxy-cuts'] },
  ])('knows whether a proxy $why', ({ environment, codes }) => {
    expect(checkPolicy(defaultPolicy, environment).map(({ code }) => code)).toEqual(codes);
  });

  it('tells a cut that is seen, and by what', () => {
    const policy = policyWith({ silence: { offline: 240_000 }, departures: { ...departures, dropped: { stale: 2_499 } } });
    const [first] = checkPolicy(policy, { heartbeatMs: 30_000, proxyIdleMs: 20_000 });
    expect(first).toMatchObject({ code: 'proxy-cuts-show', path: 'departures.dropped.stale', thresholdMs: 2_499 });
    expect(first).not.toHaveProperty('neededMs'); // it is the proxy that has to change
    expect(first?.message).toBe('A proxy that cuts connections after 20 s of nothing cuts a client that beats every 30 s. Each time it is shown as stale by `departures.dropped.stale` (2 s 499 ms) before it is back.');
  });

  it.each([
    { path: 'silence', policy: { silence: {} }, environment: {}, code: 'never-gone' },
    { path: 'departures.dropped', policy: { silence: {} }, environment: { transportTimeoutMs: 4_000 }, code: 'never-gone' },
    { path: 'whileReported.active.silence', policy: { whileReported: { active: { silence: {} } } }, environment: {}, code: 'never-gone' },
    { path: 'silence', policy: { silence: {}, inactivity: { offline: 9 }, untouched: { offline: 9 } }, environment: {}, code: 'never-forgotten' },
  ] as const)('finds who is never gone: $code at $path', ({ path, policy, environment, code }) => {
    const endless = checkPolicy(policyWith({ departures: { dropped: { stale: 15_000 }, closed: { offline: 5_000 } }, ...policy }), environment)
      .filter((finding) => finding.code.startsWith('never-') && finding.code !== 'never-matters');
    expect(endless.map((finding) => [finding.code, finding.path]).at(-1)).toEqual([code, path]);
  });

  it('puts those first who are there for ever, whoever used them, in the words that others see', () => {
    const policy = policyWith({ silence: { stale: 180_000 }, inactivity: {}, untouched: { offline: 9 }, departures: { ...departures, dropped: { offline: 15_000 } }, shownAs: { stale: 'away' } });
    const [finding] = checkPolicy(policy).filter(({ severity }) => severity === 'error');
    expect(finding).toStrictEqual({
      code: 'never-gone',
      severity: 'error',
      path: 'silence',
      report: 'none',
      message: 'A session that fell silent is shown as away for ever, and its record is never forgotten.',
      change: 'Give `silence` a cell for offline, or say by `transportTimeoutMs` that the transport tells every end.',
    });
    expect(checkPolicy(policy).map(({ code }) => code)).not.toContain('never-forgotten');
  });

  it.each([
    { why: 'repeats', whileReported: { idle: { silence: defaultPolicy.silence } }, path: 'whileReported.idle.silence', message: '`whileReported.idle.silence` says what `silence` says.' },
    { why: 'is forestalled by its report', whileReported: { background: { inactivity: { away: 60_000 } } }, path: 'whileReported.background.inactivity.away', message: '`whileReported.background.inactivity.away` (1 min) never decides anything: whenever it is passed, something else says away or worse already.' },
    { why: 'is passed together with a worse one', whileReported: { active: { departures: { closed: { stale: 5_000, offline: 5_000 } } } }, path: 'whileReported.active.departures.closed.stale', message: '`whileReported.active.departures.closed.stale` (5 s) never decides anything: whenever it is passed, something else says stale or worse already.' },
    { why: 'is forestalled by inactivity and untouched', whileReported: { active: { inactivity: { idle: 15_000 }, untouched: { idle: 15_000 } } }, path: undefined, message: undefined },
  ])('finds a row that $why', ({ whileReported, path, message }) => {
    const [finding] = checkPolicy(policyWith({ whileReported })).filter(({ code }) => code === 'never-matters');
    expect([finding?.path, finding?.message]).toEqual([path, message]);
  });

  it.each([
    { inactivity: 15_000, untouched: 15_000, matters: false },
    { inactivity: 15_001, untouched: 15_000, matters: true },
    { inactivity: 15_000, untouched: 15_001, matters: true },
  ])('finds silence forestalled: inactivity $inactivity, untouched $untouched', ({ inactivity, untouched, matters }) => {
    const policy = policyWith({ silence: { idle: 15_000, offline: 240_000 }, inactivity: { idle: inactivity }, untouched: { idle: untouched } });
    expect(found(policy).includes('never-matters at silence.idle: 15000 → undefined')).toBe(!matters);
  });

  it('finds a row that never stands', () => {
    const policy = definePolicy({
      statuses: ['on', 'off'], silence: { off: 90_000 }, reports: { none: 'on' }, departures: { dropped: { off: 9_000 } },
      whileReported: { none: { silence: { off: 130_000 } } },
    });
    expect(checkPolicy(policy).map(({ code, path, message }) => [code, path, message]))
      .toEqual([['never-matters', 'silence', '`silence` never stands: under every report another row stands instead.']]);
  });

  it.each([
    [240_000, ['grace-outlasts-silence at departures.dropped.offline: 240000 → undefined']],
    [239_999, []],
  ])('finds grace that ends after silence has said as much: %d ms', (offline, findings) => {
    expect(found(policyWith({ departures: { ...departures, dropped: { stale: 15_000, offline } } }))).toEqual(findings);
  });

  it('says no more than that of it, as a late beat of the same connection would let it matter', () => {
    expect(found(policyWith({ departures: { ...departures, dropped: { stale: 180_000 } } }))).toEqual(['grace-outlasts-silence at departures.dropped.stale: 180000 → undefined']);
  });

  it('does not find it of a sign-out, after which beats open no connection', () => {
    expect(found(policyWith({ departures: { dropped: {}, left: { offline: 240_000 } } }))).toEqual([]);
  });

  it('finds an end that says what everybody is from the beginning', () => {
    const policy = policyWith({ inactivity: { idle: 0, away: 300_000 }, untouched: { idle: 0 }, departures: { ...departures, dropped: { idle: 5_000, stale: 15_000 } } });
    expect(found(policy)).toContain('never-matters at departures.dropped.idle: 5000 → undefined');
  });

  it('does not find it where clients promise quiet meanwhile', () => {
    const policy = policyWith({ departures: { ...departures, dropped: { stale: 15_000, offline: 240_000 } } });
    expect(found(policy, { quietForMs: 1 })).toEqual([]);
  });

  it.each([
    [{ left: { offline: 15_000 } }, []],
    [{ left: { offline: 15_001 } }, ['sign-out-slower-than-loss at departures.left: undefined → undefined']],
    [{}, []],
  ])('finds a goodbye that is slower than a loss: %j', (left, findings) => {
    expect(found(policyWith({ departures: { dropped: { offline: 15_000 }, ...left } }))).toEqual(findings);
  });

  it('does not mind a goodbye that others cannot tell from a loss', () => {
    const looks = { departures: { dropped: { stale: 15_000 }, left: { away: 15_000 } } };
    expect(found(policyWith(looks))).toEqual(['sign-out-slower-than-loss at departures.left: undefined → undefined']);
    expect(found(policyWith({ ...looks, shownAs: { stale: 'away' } }))).toEqual([]);
  });

  it('says by how much, and while what is reported', () => {
    const policy = policyWith({ departures: { dropped: { offline: 15_000 }, left: { offline: 0 } }, whileReported: { idle: { departures: { left: {} } } } });
    expect(checkPolicy(policy).map(({ path, message }) => [path, message])).toEqual([[
      'whileReported.idle.departures.left', '15 s after signing out while it reported `idle` somebody is shown as idle, but somebody who was cut off then as offline.',
    ]]);
  });

  it('finds a status that only claims say, and one that nothing can say', () => {
    const statuses = ['dnd', ...defaultPolicy.statuses] as const;
    const messages = (shownAs: Readonly<Record<string, string>>): readonly unknown[] =>
      checkPolicy(definePolicy({ ...defaultPolicy, statuses, shownAs })).map(({ path, message }) => [path, message]);
    expect(messages({})).toEqual([['statuses[0]', 'No clock and no report ever says dnd: only a claim can.']]);
    expect(messages({ dnd: 'active' })).toEqual([['statuses[0]', 'No clock and no report ever says dnd, and a claim that does is shown as active.']]);
  });

  it('takes a status for said where a report allows it, a clock says it, and nothing worse always does', () => {
    const said = (changes: object): readonly string[] => found(policyWith(changes)).filter((finding) => finding.startsWith('unreachable'));
    expect(said({ silence: { idle: 15_000, offline: 240_000 } })).toEqual([]);
    expect(said({ inactivity: { idle: 0, away: 300_000 }, untouched: { idle: 0 } })).toEqual(['unreachable-status at statuses[0]: undefined → undefined']);
    expect(said({ inactivity: { idle: 0, away: 300_000 } })).toEqual([]);
  });

  it.each(hostileIds.filter((id) => id !== ''))('takes %j for a status, a report and a cause like any other', (word) => {
    const policy = definePolicy({
      statuses: ['on', word, 'off'],
      silence: Object.fromEntries([[word, 10_000], ['off', 240_000]]),
      reports: Object.fromEntries([['none', 'on'], [word, 'on']]),
      departures: Object.fromEntries([['dropped', { off: 1_000 }], [word, { off: 0 }]]),
      whileReported: Object.fromEntries([[word, { silence: Object.fromEntries([[word, 9_000], ['off', 240_000]]) }]]),
    } as unknown as PolicyInput);
    expect(found(policy, { ...exact, heartbeatMs: 9_500, reconnectMs: 1_500 })).toEqual([
      `heartbeat-too-slow at whileReported.${word}.silence.${word}: 9000 → 9501`,
      'grace-too-short at departures.dropped.off: 1000 → 1501',
      `reconnect-outlasts-silence at silence.${word}: 10000 → 11001`,
    ]);
  });
});

describe('the guide', () => {
  const guide = read('docs/guide/checking-a-policy.md');

  it('lists every kind of finding with its severity', () => {
    const rows = Object.entries(severities).map(([code, severity]) => `| [\`${code}\`](#${code}) | ${severity} |`);
    expect(blockOf(guide, 'findings')).toBe(['| code | severity |', '|---|---|', ...rows].join('\n'));
  });

  it('explains each, with an example that shows it', () => {
    const sections = guide.split('\n## ').find((part) => part.startsWith('Findings'))!.split('\n### ').slice(1);
    expect(sections.map((section) => section.split('\n')[0])).toEqual(Object.keys(severities));
    for (const section of sections) expect(section.split('```ts')[1]).toContain(`'${section.split('\n')[0]!}'`);
  });
});
