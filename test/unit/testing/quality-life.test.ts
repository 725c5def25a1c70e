import { describe, expect, it } from 'vitest';
import type { Signal } from 'presence-model';
import { conditionsOf } from '../../../src/testing/network.js';
import type { Network } from '../../../src/testing/network.js';
import { live, worldOf } from '../../../src/testing/quality-life.js';
import type { Life } from '../../../src/testing/quality-life.js';
import { Random } from '../../../src/testing/random.js';

const watched = { from: 0, until: 600_000 };

function lifeOn(network: Network, stream = 0): Life {
  const world = worldOf(conditionsOf({ loss: 0, delayMs: 0, jitterMs: 0, ...network }));
  return live(world, world.throttled, watched, Random.of(1, stream));
}

const typesOf = (signals: readonly Signal[]): ReadonlySet<string> => new Set(signals.map(({ type }) => type));

/** Differences between neighbours. */
const between = (instants: readonly number[]): readonly number[] => instants.slice(1).map((at, i) => at - instants[i]!);

describe('live', () => {
  it('connects, beats in its rhythm, and crashes ten beats after the time that is watched', () => {
    const { startedAt, crashedAt, signals } = lifeOn({});
    expect(crashedAt).toBe(700_000);
    expect(startedAt).toBeLessThanOrEqual(-100_000);
    expect(startedAt).toBeGreaterThan(-110_000);
    expect(signals[0]).toEqual({ type: 'connected', userId: 'ada', sessionId: 'tab', epoch: 1, at: startedAt, activeAt: startedAt });
    expect(signals[1]).toEqual({ type: 'heartbeat', userId: 'ada', sessionId: 'tab', epoch: 1, at: startedAt + 10_000, activeAt: startedAt + 10_000 });
    expect(new Set(between(signals.map(({ at }) => at)))).toEqual(new Set([10_000]));
    expect(crashedAt - signals.at(-1)!.at).toBeLessThanOrEqual(10_000);
    expect(crashedAt - signals.at(-1)!.at).toBeGreaterThan(0);
  });

  it('begins each life at another point of its rhythm', () => {
    const begins = Array.from({ length: 200 }, (_, stream) => lifeOn({}, stream).startedAt);
    expect(new Set(begins).size).toBeGreaterThan(190);
    expect(Math.max(...begins) - Math.min(...begins)).toBeGreaterThan(9_500);
  });

  it('loses as many beats as it is told, and in runs as long', () => {
    const heard = Array.from({ length: 200 }, (_, stream) => lifeOn({ heartbeatMs: 1_000, loss: 0.2, lostInRow: 5 }, stream).signals);
    const gaps = heard.flatMap((signals) => between(signals.map(({ at }) => at)).map((ms) => ms / 1_000 - 1));
    const beats = heard.length * 620;
    const runs = gaps.filter((lost) => lost > 0);
    const lost = runs.reduce((a, b) => a + b, 0);
    expect(lost / beats).toBeCloseTo(0.2, 1);
    expect(lost / runs.length).toBeGreaterThan(4.5);
    expect(lost / runs.length).toBeLessThan(5.5);
  });

  it('may begin in the middle of a run of losses', () => {
    // Runs are longer than lives, so a life hears nearly all of its beats or nearly none.
    const heard = Array.from({ length: 400 }, (_, stream) => lifeOn({ loss: 0.3, lostInRow: 100_000 }, stream).signals.length);
    expect(heard.filter((signals) => signals < 40).length / 400).toBeCloseTo(0.3, 1);
    expect(heard.filter((signals) => signals > 40).length / 400).toBeCloseTo(0.7, 1);
  });

  it('delays by the least and a memoryless time', () => {
    const delays = Array.from({ length: 20 }, (_, stream) => lifeOn({ delayMs: 40, jitterMs: 100 }, stream))
      .flatMap(({ startedAt, signals }) => signals.map(({ at }, i) => at - startedAt - 10_000 * i));
    const mean = delays.reduce((a, b) => a + b, 0) / delays.length;
    expect(Math.min(...delays)).toBe(40);
    expect(mean).toBeGreaterThan(130);
    expect(mean).toBeLessThan(150);
  });

  it('hears in time order what was overtaken', () => {
    const instants = lifeOn({ heartbeatMs: 100, jitterMs: 1_000 }).signals.map(({ at }) => at);
    expect(between(instants).every((ms) => ms >= 0)).toBe(true);
    expect(new Set(between(instants)).size).toBeGreaterThan(10);
  });

  it('hears nothing of a beat that was under way when its connection was cut, and all that was sent before a crash', () => {
    const { signals, crashedAt } = lifeOn({ heartbeatMs: 1_000, delayMs: 5_000, storms: { perHour: 120, reconnectMs: 1_000, spreadMs: 0 } });
    const cuts = signals.filter(({ type }) => type === 'disconnected');
    expect(cuts.length).toBeGreaterThan(5);
    for (const { at } of cuts) expect(signals.filter((signal) => signal.type === 'heartbeat' && signal.at >= at && signal.at < at + 6_000)).toEqual([]);
    expect(signals.at(-1)!.at).toBeGreaterThan(crashedAt);
  });

  it('numbers connections and begins a rhythm anew with each', () => {
    const lives = Array.from({ length: 20 }, (_, stream) => lifeOn({ storms: { perHour: 60, reconnectMs: 2_000, spreadMs: 3_000 } }, stream).signals);
    const rhythms = new Set<number>();
    const absences: number[] = [];
    for (const signals of lives) {
      const cuts = signals.filter((signal) => signal.type === 'disconnected');
      expect(cuts.map(({ epoch }) => epoch)).toEqual(cuts.map((_, i) => i + 1));
      for (const { at, epoch } of cuts) {
        const alive = signals.filter((signal) => signal.type !== 'disconnected' && 'epoch' in signal && signal.epoch === epoch! + 1).map((signal) => signal.at);
        if (alive[0] !== undefined) absences.push(alive[0] - at);
        for (const ms of between(alive)) rhythms.add(ms);
      }
    }
    expect(rhythms).toEqual(new Set([10_000]));
    expect(Math.min(...absences)).toBeGreaterThanOrEqual(2_000);
    const mean = absences.reduce((a, b) => a + b, 0) / absences.length;
    expect(mean).toBeGreaterThan(4_500);
    expect(mean).toBeLessThan(5_500);
  });

  it('strikes a share of its clients', () => {
    const cutsOf = (share: number): number =>
      Array.from({ length: 100 }, (_, stream) => lifeOn({ storms: { perHour: 12, share } }, stream).signals).flat().filter(({ type }) => type === 'disconnected').length;
    expect(cutsOf(0)).toBe(0);
    expect(cutsOf(0.25) / cutsOf(1)).toBeGreaterThan(0.15);
    expect(cutsOf(0.25) / cutsOf(1)).toBeLessThan(0.35);
  });

  it('beats at multiples of a throttled timer and says what it is told to say', () => {
    const { startedAt, signals } = lifeOn({ heartbeatMs: 25_000, throttled: { everyMs: 20_000, report: 'hidden', quietForMs: 9 } });
    expect(new Set(between(signals.map(({ at }) => at)))).toEqual(new Set([40_000]));
    expect(signals[1]).toMatchObject({ type: 'heartbeat', activeAt: startedAt, report: 'hidden', quietForMs: 9 });
  });

  it('is given up by the transport between one wait and one more ping after the crash', () => {
    const ends = Array.from({ length: 100 }, (_, stream) => lifeOn({ transport: { pingMs: 25_000, timeoutMs: 20_000 } }, stream).signals.at(-1)!);
    expect(typesOf(ends)).toEqual(new Set(['disconnected']));
    const noticed = ends.map(({ at }) => at - 700_000);
    expect(Math.min(...noticed)).toBeGreaterThanOrEqual(20_000);
    expect(Math.max(...noticed)).toBeLessThan(45_000);
    expect(Math.max(...noticed) - Math.min(...noticed)).toBeGreaterThan(20_000);
  });

  it('is heard of no more where it crashes before it is back', () => {
    const { signals } = lifeOn({ storms: { perHour: 3_600, reconnectMs: 10_000_000 } });
    expect(signals.map(({ type }) => type)).toEqual(['connected', 'disconnected']);
  });
});
