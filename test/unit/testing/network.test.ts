import { describe, expect, it } from 'vitest';
import { conditionsOf } from '../../../src/testing/network.js';
import { frozen, thrownBy } from '../said.js';

describe('conditionsOf', () => {
  it('writes out an ordinary day', () => {
    expect(conditionsOf({})).toEqual({
      heartbeatMs: 10_000, loss: 0.01, lostInRow: 1 / 0.99, delayMs: 50, jitterMs: 50, storms: undefined, throttled: undefined, transport: undefined,
    });
  });

  it('writes out what is named', () => {
    expect(conditionsOf({ storms: {}, throttled: {}, transport: {} })).toMatchObject({
      storms: { perHour: 1, share: 1, reconnectMs: 500, spreadMs: 2_000 },
      throttled: { share: 0.5, everyMs: 60_000, report: 'background', quietForMs: 0 },
      transport: { pingMs: 25_000, timeoutMs: 20_000 },
    });
  });

  it('keeps what is said', () => {
    const said = frozen({
      heartbeatMs: 1, loss: 0, lostInRow: 1, delayMs: 0, jitterMs: 0,
      storms: { perHour: 0, share: 0, reconnectMs: 1, spreadMs: 0 },
      throttled: { share: 1, everyMs: 1, report: '', quietForMs: 1 },
      transport: { pingMs: 1, timeoutMs: 0 },
    });
    expect(conditionsOf(said)).toEqual(said);
  });

  const mistakes: readonly { readonly network: unknown; readonly message: string }[] = [
    { network: undefined, message: 'Expected `network` to be a table (an object), received nothing.' },
    { network: [], message: 'Expected `network` to be a table (an object), received a list.' },
    { network: { hearbeatMs: 5 }, message: '`network.hearbeatMs` is unknown here; expected one of heartbeatMs, loss, lostInRow, delayMs, jitterMs, storms, throttled, transport.' },
    { network: { constructor: 5 }, message: '`network.constructor` is unknown here; expected one of heartbeatMs, loss, lostInRow, delayMs, jitterMs, storms, throttled, transport.' },
    { network: { heartbeatMs: 0 }, message: 'Expected `network.heartbeatMs` to be whole milliseconds, 1 or more, received 0.' },
    { network: { heartbeatMs: 1.5 }, message: 'Expected `network.heartbeatMs` to be whole milliseconds, 1 or more, received 1.5.' },
    { network: { loss: 1 }, message: 'Expected `network.loss` to be a chance, from 0 up to but not including 1, received 1.' },
    { network: { loss: -0.1 }, message: 'Expected `network.loss` to be a chance, from 0 up to but not including 1, received -0.1.' },
    { network: { loss: '1 %' }, message: 'Expected `network.loss` to be a chance, from 0 up to but not including 1, received "1 %".' },
    { network: { lostInRow: 0.5 }, message: 'Expected `network.lostInRow` to be a number, 1 or more, received 0.5.' },
    { network: { lostInRow: Infinity }, message: 'Expected `network.lostInRow` to be a number, 1 or more, received Infinity.' },
    { network: { loss: 0.75, lostInRow: 2 }, message: 'Expected `network.lostInRow` to be 3 or more, as so many are lost, received 2.' },
    { network: { delayMs: -1 }, message: 'Expected `network.delayMs` to be whole milliseconds, 0 or more, received -1.' },
    { network: { jitterMs: null }, message: 'Expected `network.jitterMs` to be whole milliseconds, 0 or more, received null.' },
    { network: { storms: true }, message: 'Expected `network.storms` to be a table (an object), received true.' },
    { network: { storms: { perHour: -1 } }, message: 'Expected `network.storms.perHour` to be a number, 0 or more, received -1.' },
    { network: { storms: { reconnectMs: 0 } }, message: 'Expected `network.storms.reconnectMs` to be whole milliseconds, 1 or more, received 0.' },
    { network: { storms: { share: 1.1 } }, message: 'Expected `network.storms.share` to be a share, from 0 to 1, received 1.1.' },
    { network: { throttled: { everyMs: 0 } }, message: 'Expected `network.throttled.everyMs` to be whole milliseconds, 1 or more, received 0.' },
    { network: { throttled: { report: 1 } }, message: 'Expected `network.throttled.report` to be a word, received 1.' },
    { network: { transport: { timeoutMs: NaN } }, message: 'Expected `network.transport.timeoutMs` to be whole milliseconds, 0 or more, received NaN.' },
    { network: { transport: { ping: 1 } }, message: '`network.transport.ping` is unknown here; expected one of pingMs, timeoutMs.' },
  ];

  it.each(mistakes)('refuses $network', ({ network, message }) => {
    expect(thrownBy(() => conditionsOf(network as never))).toBe(`TypeError: ${message}`);
  });
});
