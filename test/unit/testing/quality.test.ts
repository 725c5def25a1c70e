import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultPolicy, definePolicy } from 'presence-model';
import type { Policy } from 'presence-model';
import { measureQuality } from 'presence-model/testing';
import type { Detector, Network, Quality } from 'presence-model/testing';
import { policies } from '../../support/arbitraries.js';
import { frozen, sent, thrownBy } from '../said.js';

const small = { sessions: 20, hours: 0.1 };
const statusesOf = ({ detectors }: Quality): readonly string[] => detectors.map(({ status }) => status);
const detectorOf = ({ detectors }: Quality, status: string): Detector => detectors.find((detector) => detector.status === status)!;

describe('measureQuality', () => {
  it('says how long it watched, and what each status says as a failure detector', () => {
    const quality = measureQuality(defaultPolicy, {}, frozen(small));
    expect(quality.sessionHours).toBe(2);
    expect(statusesOf(quality)).toEqual(['idle', 'away', 'stale', 'offline']);
    for (const { detected, detection } of quality.detectors) {
      expect(detected!.estimate).toBe(1);
      expect(detection!.p50Ms.estimate).toBeLessThanOrEqual(detection!.p99Ms.estimate);
      expect(detection!.p99Ms.estimate).toBeLessThanOrEqual(detection!.maxMs);
    }
  });

  it('watches 400 sessions for half an hour with seed 1 where nothing else is said', () => {
    const quality = measureQuality(defaultPolicy, {});
    expect(quality.sessionHours).toBe(200);
    expect(measureQuality(defaultPolicy, {}, { sessions: 400, hours: 0.5, seed: 1 })).toStrictEqual(quality);
  });

  it('gives the same for the same seed, and something else for another', () => {
    const network = { loss: 0.1, storms: {}, throttled: {}, transport: {} };
    expect(measureQuality(defaultPolicy, network, small)).toStrictEqual(measureQuality(defaultPolicy, network, small));
    expect(measureQuality(defaultPolicy, network, { ...small, seed: 2 })).not.toEqual(measureQuality(defaultPolicy, network, small));
  });

  it('takes a JSON copy of a policy, and changes nothing that it is given', () => {
    const network = frozen({ storms: { perHour: 5 }, throttled: { share: 0.3 } });
    expect(measureQuality(sent(defaultPolicy), network, small)).toStrictEqual(measureQuality(defaultPolicy, network, small));
  });

  it('finds nothing wrong on a network without fault', () => {
    const { mistakesPerHour, mistakeMs, accuracy, flapsPerHour } = measureQuality(defaultPolicy, { loss: 0, delayMs: 0, jitterMs: 0 }, small);
    expect(mistakesPerHour).toMatchObject({ estimate: 0, low: 0 });
    expect(mistakeMs).toBeUndefined();
    expect(accuracy).toMatchObject({ estimate: 1, high: 1 });
    expect(flapsPerHour).toMatchObject({ estimate: 0, low: 0 });
    // What was not seen may come all the same: 3.67 times in 2 hours (Byar), for one beat each.
    expect(mistakesPerHour.high).toBeCloseTo(3.668 / 2, 3);
    expect(accuracy.low).toBeCloseTo(1 - (3.668 * 10_000) / 7_200_000, 4);
  });

  it('counts a fall, a further fall and a return as three flaps of one mistake', () => {
    // Beats come every 25 s: idle after 15, away after 20, and back.
    const policy = definePolicy({ ...defaultPolicy, silence: { idle: 15_000, away: 20_000, offline: 90_000 } });
    const quality = measureQuality(policy, { heartbeatMs: 25_000, loss: 0, jitterMs: 0 }, { sessions: 10, hours: 1 });
    expect(quality.mistakesPerHour.estimate).toBe(144);
    expect(quality.flapsPerHour.estimate).toBe(432);
    expect(quality.mistakeMs).toMatchObject({ estimate: 10_000, low: 10_000 });
    expect(quality.accuracy.estimate).toBeCloseTo(15 / 25, 2);
    expect(detectorOf(quality, 'away').mistakesPerHour.estimate).toBe(144);
    expect(detectorOf(quality, 'away').mistakeMs!.estimate).toBe(5_000);
    expect(detectorOf(quality, 'away').accuracy.estimate).toBeCloseTo(20 / 25, 2);
    expect(detectorOf(quality, 'offline').mistakesPerHour.estimate).toBe(0);
  });

  it('asks of a hidden tab what the policy says of one', () => {
    // Away by its own report: neither idle nor away are mistakes, and whether it is there only the worse statuses can tell.
    const hidden = measureQuality(defaultPolicy, { loss: 0, throttled: { share: 1 } }, small);
    expect(statusesOf(hidden)).toEqual(['stale', 'offline']);
    expect(hidden.mistakesPerHour.estimate).toBe(0);
    const silent = measureQuality(definePolicy({ inactivity: {} }), { loss: 0, jitterMs: 0, throttled: { share: 1, report: 'unheard of' } }, small);
    expect(statusesOf(silent)).toEqual(['idle', 'away', 'stale', 'offline']);
    expect(detectorOf(silent, 'idle').mistakesPerHour.estimate).toBeCloseTo(60, 0); // once a minute, for want of a report
    const promising = { share: 1, report: 'unheard of', quietForMs: 60_000 };
    expect(measureQuality(definePolicy({ inactivity: {} }), { loss: 0, throttled: promising }, small).mistakesPerHour.estimate).toBe(0);
  });

  it('takes the report of a hidden tab for what it is, for as long as it stands', () => {
    const policy = definePolicy({ inactivity: {} }); // so that nothing but the report says away
    const quality = measureQuality(policy, { loss: 0, throttled: { share: 1 } }, small);
    expect(statusesOf(quality)).toEqual(['stale', 'offline']);
    expect(quality.accuracy.estimate).toBe(1);
  });

  it('follows what should be shown where that changes', () => {
    // The hidden tab was used last when it began: it should be idle after 15 minutes, and is.
    const policy = definePolicy({ reports: { ...defaultPolicy.reports, background: 'active' }, inactivity: { idle: 900_000 }, silence: { offline: 600_000 } });
    const quality = measureQuality(policy, { loss: 0, delayMs: 0, jitterMs: 0, throttled: { share: 1 } }, { sessions: 10, hours: 0.5 });
    expect(quality.accuracy.estimate).toBe(1);
    // None was better than idle when it crashed, so there is nothing to say of how soon idle would have shown.
    expect(detectorOf(quality, 'idle').detected).toBeUndefined();
    expect(detectorOf(quality, 'idle').detection).toBeUndefined();
    expect(detectorOf(quality, 'offline').detected!.estimate).toBe(1);
  });

  it('takes the longer of two shares of hidden sessions for more hidden sessions', () => {
    const share = (hidden: number): number =>
      measureQuality(definePolicy({ inactivity: {} }), { loss: 0, jitterMs: 0, throttled: { share: hidden, report: 'none' } }, small).mistakesPerHour.estimate;
    expect(share(0)).toBe(0);
    expect(share(0.5) / share(1)).toBeCloseTo(0.5, 1);
  });

  it('leaves out statuses that others never see, and those that no session is better than', () => {
    const policy = definePolicy({
      statuses: ['busy', 'online', 'away', 'stale', 'offline'],
      silence: { away: 15_000, stale: 30_000, offline: 60_000 },
      reports: { none: 'online', call: 'busy' },
      departures: { dropped: {} },
      shownAs: { stale: 'away' },
    });
    const quality = measureQuality(policy, {}, small);
    expect(statusesOf(quality)).toEqual(['away', 'offline']);
    expect(measureQuality(policy, { loss: 0.4 }, small).flapsPerHour.estimate).toBeGreaterThan(0);
  });

  it('says that a crash is never detected where the policy never says so', () => {
    const policy = definePolicy({ statuses: ['on', 'off'], silence: {}, reports: { none: 'on' }, departures: { dropped: { off: 5_000 } } });
    const { detected, detection } = detectorOf(measureQuality(policy, {}, small), 'off');
    expect(detected).toMatchObject({ estimate: 0, low: 0 });
    expect(detection).toBeUndefined();
  });

  it('detects a crash by the transport: a ping, a wait and the grace', () => {
    const policy = definePolicy({ statuses: ['on', 'off'], silence: {}, reports: { none: 'on' }, departures: { dropped: { off: 5_000 } } });
    const transport = { pingMs: 10_000, timeoutMs: 3_000 };
    const { detected, detection } = detectorOf(measureQuality(policy, { transport }, { sessions: 200, hours: 0.01 }), 'off');
    expect(detected!.estimate).toBe(1);
    expect(detection!.meanMs.low).toBeLessThan(13_000);
    expect(detection!.meanMs.high).toBeGreaterThan(13_000);
    expect(detection!.maxMs).toBeLessThan(18_000);
    expect(detection!.p50Ms.low).toBeGreaterThan(8_000);
  });

  it('sees storms pass that are shorter than the grace', () => {
    const storms = { perHour: 60, reconnectMs: 2_000, spreadMs: 0 };
    const stale = (graceMs: number): number => {
      const policy = definePolicy({ departures: { ...defaultPolicy.departures, dropped: { stale: graceMs } } });
      return detectorOf(measureQuality(policy, { loss: 0, delayMs: 0, jitterMs: 0, storms }, small), 'stale').mistakesPerHour.estimate;
    };
    expect(stale(2_000)).toBe(0);
    expect(stale(1_999)).toBeGreaterThan(30);
  });

  it('counts a mistake that does not end before the crash, and says nothing of its length', () => {
    const storms = { perHour: 60, reconnectMs: 100_000_000 };
    const quality = measureQuality(defaultPolicy, { loss: 0, storms }, small);
    expect(quality.mistakesPerHour.estimate).toBeGreaterThan(1);
    expect(quality.mistakeMs).toBeUndefined();
    expect(detectorOf(quality, 'stale').mistakeMs).toBeUndefined();
  });

  it('never is righter about the healthy, nor slower, with a shorter timeout', () => {
    const silence = fc.tuple(fc.integer({ min: 1_000, max: 60_000 }), fc.integer({ min: 0, max: 60_000 }));
    fc.assert(fc.property(silence, fc.double({ min: 0, max: 0.5, noNaN: true }), ([short, more], loss) => {
      const on = (offline: number): Detector => {
        const policy = definePolicy({ statuses: ['on', 'off'], silence: { off: offline }, reports: { none: 'on' }, departures: { dropped: {} } });
        return detectorOf(measureQuality(policy, { loss, jitterMs: 2_000 }, { sessions: 5, hours: 0.05 }), 'off');
      };
      const [a, b] = [on(short), on(short + more)];
      expect(a.accuracy.estimate).toBeLessThanOrEqual(b.accuracy.estimate);
      expect(a.detection!.meanMs.estimate).toBeLessThanOrEqual(b.detection!.meanMs.estimate);
    }));
  });

  it('measures any policy, and gives numbers only', () => {
    fc.assert(fc.property(policies(fc), fc.integer(), (policy: Policy, seed) => {
      const network: Network = {
        heartbeatMs: 5, delayMs: 1, jitterMs: 2, loss: 0.2,
        storms: { perHour: 10_000, reconnectMs: 1, spreadMs: 5 }, throttled: { everyMs: 9 }, transport: { pingMs: 5, timeoutMs: 5 },
      };
      const quality = measureQuality(policy, network, { sessions: 4, hours: 0.0005, seed });
      expect(JSON.parse(JSON.stringify(quality))).toEqual(quality);
      const numbers = JSON.stringify(quality).match(/null|NaN/g);
      expect(numbers).toBeNull();
      for (const { accuracy } of [quality, ...quality.detectors]) {
        expect(accuracy.low).toBeLessThanOrEqual(accuracy.estimate);
        expect(accuracy.high).toBeLessThanOrEqual(1);
      }
    }));
  });

  it.each([
    { options: null, message: 'Expected `options` to be a table (an object), received null.' },
    { options: { sessions: 1 }, message: 'Expected `options.sessions` to be a whole number, 2 or more, received 1.' },
    { options: { sessions: 2.5 }, message: 'Expected `options.sessions` to be a whole number, 2 or more, received 2.5.' },
    { options: { hours: 0 }, message: 'Expected `options.hours` to be a number above 0, received 0.' },
    { options: { hours: Infinity }, message: 'Expected `options.hours` to be a number above 0, received Infinity.' },
    { options: { seed: 'x' }, message: 'Expected `options.seed` to be a whole number, received "x".' },
    { options: { session: 3 }, message: '`options.session` is unknown here; expected one of sessions, hours, seed.' },
  ])('refuses options $options', ({ options, message }) => {
    expect(thrownBy(() => measureQuality(defaultPolicy, {}, options as never))).toBe(`TypeError: ${message}`);
  });

  it('refuses a network and a policy that are none', () => {
    expect(thrownBy(() => measureQuality(defaultPolicy, { loss: 2 }))).toBe('TypeError: Expected `network.loss` to be a chance, from 0 up to but not including 1, received 2.');
    expect(thrownBy(() => measureQuality({} as never, {}))).toMatch(/^TypeError: Expected `policy`/);
  });
});
