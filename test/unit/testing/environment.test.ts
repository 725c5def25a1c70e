import { describe, expect, it } from 'vitest';
import { defaultPolicy, definePolicy } from 'presence-model';
import { checkPolicy, detectionBounds } from 'presence-model/testing';
import type { Environment } from 'presence-model/testing';
import { circumstancesOf } from '../../../src/testing/environment.js';
import { thrownBy } from '../said.js';

describe('an environment', () => {
  it('has these defaults', () => {
    expect(circumstancesOf({}, defaultPolicy)).toStrictEqual({
      visible: { report: 'none', everyMs: 7_000, quietForMs: 0, isHidden: false },
      hidden: { report: 'background', everyMs: 60_000, quietForMs: 0, isHidden: true },
      latencyMs: 500,
      toleratedLosses: 1,
      transportTimeoutMs: undefined,
      transportPingMs: undefined,
      reconnectMs: 2_000,
      refreshMs: 2_500,
      proxyIdleMs: undefined,
    });
  });

  it('takes what is undefined for left out', () => {
    const nothing = { heartbeatMs: undefined, hidden: undefined, toleratedLosses: undefined, proxyIdleMs: undefined } as unknown as Environment;
    expect(circumstancesOf(nothing, defaultPolicy)).toStrictEqual(circumstancesOf({}, defaultPolicy));
  });

  it.each([
    { heartbeatMs: 1, throttledMs: 60_000, hidden: 60_000 },
    { heartbeatMs: 60_000, throttledMs: 60_000, hidden: 60_000 },
    { heartbeatMs: 60_001, throttledMs: 60_000, hidden: 120_000 },
    { heartbeatMs: 7_000, throttledMs: 1_000, hidden: 7_000 },
    { heartbeatMs: 7_000, throttledMs: 0, hidden: 7_000 },
  ])('lets timers of hidden pages run at the next tick: $heartbeatMs every $throttledMs', ({ hidden, ...environment }) => {
    expect(circumstancesOf(environment, defaultPolicy).hidden.everyMs).toBe(hidden);
    expect(circumstancesOf({ ...environment, hiddenHeartbeatMs: 5 }, defaultPolicy).hidden.everyMs).toBe(5);
  });

  it('lets hidden pages promise what others do, unless it says otherwise', () => {
    expect(circumstancesOf({ quietForMs: 9 }, defaultPolicy).hidden.quietForMs).toBe(9);
    expect(circumstancesOf({ quietForMs: 9, hiddenQuietForMs: 0 }, defaultPolicy).hidden.quietForMs).toBe(0);
  });

  it('takes hidden pages to report nothing where the policy has no word for them', () => {
    const bare = definePolicy({ statuses: ['on', 'off'], silence: {}, reports: { none: 'on', hidden: 'on' }, departures: { dropped: {} } });
    expect(circumstancesOf({}, bare).hidden.report).toBe('none');
    expect(circumstancesOf({ hidden: 'hidden', visible: 'hidden' }, bare)).toMatchObject({ hidden: { report: 'hidden' }, visible: { report: 'hidden' } });
  });

  it.each([
    [{ heartbeatMs: 0 }, 'environment.heartbeatMs', 'whole milliseconds, 1 to 1099511627776', '0'],
    [{ heartbeatMs: 1.5 }, 'environment.heartbeatMs', 'whole milliseconds, 1 to 1099511627776', '1.5'],
    [{ latencyMs: -1 }, 'environment.latencyMs', 'whole milliseconds, 0 to 1099511627776', '-1'],
    [{ reconnectMs: 2 ** 40 + 1 }, 'environment.reconnectMs', 'whole milliseconds, 0 to 1099511627776', '1099511627777'],
    [{ proxyIdleMs: null }, 'environment.proxyIdleMs', 'whole milliseconds, 1 to 1099511627776', 'null'],
    [{ toleratedLosses: 1_001 }, 'environment.toleratedLosses', 'a whole number, 0 to 1000', '1001'],
    [{ toleratedLosses: '1' }, 'environment.toleratedLosses', 'a whole number, 0 to 1000', '"1"'],
    [{ hidden: 'busy' }, 'environment.hidden', 'one of none, active, idle, background', '"busy"'],
    [{ visible: 7 }, 'environment.visible', 'one of none, active, idle, background', '7'],
    [{ hidden: 'constructor' }, 'environment.hidden', 'one of none, active, idle, background', '"constructor"'],
    [null, 'environment', 'an object', 'null'],
    [{ heartbeat: 30 }, 'environment.heartbeat', 'left out, as it is none of heartbeatMs, hiddenHeartbeatMs, throttledMs, quietForMs, hiddenQuietForMs, latencyMs, transportTimeoutMs, transportPingMs, reconnectMs, refreshMs, proxyIdleMs, visible, hidden, toleratedLosses', '30'],
  ])('%j is refused', (environment, path, wish, came) => {
    const message = `TypeError: Expected \`${path}\` to be ${wish}, received ${came}.`;
    expect(thrownBy(() => checkPolicy(defaultPolicy, environment as Environment))).toBe(message);
    expect(thrownBy(() => detectionBounds(defaultPolicy, environment as Environment))).toBe(message);
  });

  it('may be as slow as can be', () => {
    const longest = 2 ** 40;
    const environment = { heartbeatMs: longest, toleratedLosses: 1_000, transportTimeoutMs: longest, reconnectMs: longest, proxyIdleMs: longest, latencyMs: longest };
    expect(checkPolicy(defaultPolicy, environment).length).toBeGreaterThan(0);
    expect(detectionBounds(defaultPolicy, environment).crash.offline).toEqual({ shortestMs: 0, longestMs: longest + 240_000 });
  });
});
