import { describe, expect, it } from 'vitest';
import { defaultPolicy, definePolicy } from 'presence-model';
import type { Policy } from 'presence-model';
import { detectionBounds } from 'presence-model/testing';
import { frozen, thrownBy } from '../said.js';

const exact = { heartbeatMs: 7_000, latencyMs: 0 };
const between = (shortestMs: number, longestMs: number): { readonly shortestMs: number; readonly longestMs: number } => ({ shortestMs, longestMs });

describe('detectionBounds', () => {
  it('tells how long others take to know, with the default policy and environment', () => {
    expect(detectionBounds(defaultPolicy)).toStrictEqual({
      crash: { idle: between(8_001, 15_500), away: between(53_001, 60_500), stale: between(173_001, 180_500), offline: between(233_001, 240_500) },
      close: { offline: between(5_000, 5_500) },
      signOut: { offline: between(0, 500) },
      hidden: { away: between(0, 500) },
      frozen: { stale: between(120_001, 180_500), offline: between(180_001, 240_500) },
    });
  });

  it('counts from a beat just before to one a whole interval ago, less 1 ms', () => {
    expect(detectionBounds(defaultPolicy, { ...exact, heartbeatMs: 1 }).crash.idle).toEqual(between(15_000, 15_000));
    expect(detectionBounds(defaultPolicy, exact).crash.idle).toEqual(between(8_001, 15_000));
  });

  it.each([
    [14_999, between(2, 15_000)],
    [15_000, between(1, 15_000)],
    [15_001, between(0, 15_000)],
    [30_000, between(0, 15_000)],
  ])('is 0 at least where others may have seen it before: a beat every %d ms', (heartbeatMs, idle) => {
    expect(detectionBounds(defaultPolicy, { ...exact, heartbeatMs }).crash.idle).toEqual(idle);
  });

  it('lets a transport tell at once or as late as it can, and grace run from then', () => {
    const { crash, frozen: still } = detectionBounds(defaultPolicy, { latencyMs: 100, transportTimeoutMs: 45_000 });
    expect(crash.stale).toEqual(between(15_000, 60_100));
    expect(still.stale).toEqual(between(15_000, 60_100));
    expect(crash.offline).toEqual(between(233_001, 240_100)); // `dropped` never says it
  });

  it('lets silence come first where grace is longer', () => {
    const policy = definePolicy({ departures: { dropped: { offline: 300_000 }, closed: { offline: 300_000 }, left: { offline: 0 } } });
    expect(detectionBounds(policy, exact).close.offline).toEqual(between(233_001, 240_000));
  });

  it('reads a cause that the policy does not know as a loss', () => {
    const policy = definePolicy({ departures: { dropped: { offline: 9_000 } } });
    expect(detectionBounds(policy, { ...exact, heartbeatMs: 1 })).toMatchObject({ close: { offline: between(9_000, 9_000) }, signOut: { offline: between(9_000, 9_000) } });
  });

  it('lets promises of quiet put silence off, as far as they count', () => {
    const policy = definePolicy({ maxQuietMs: 4_000 });
    expect(detectionBounds(policy, { ...exact, heartbeatMs: 1, quietForMs: 1_000 }).crash.idle).toEqual(between(16_000, 16_000));
    expect(detectionBounds(policy, { ...exact, heartbeatMs: 1, quietForMs: 9_000 }).crash.idle).toEqual(between(19_000, 19_000));
  });

  it('lets inactivity come first where it is faster', () => {
    const policy = definePolicy({ silence: { offline: 240_000 } });
    expect(detectionBounds(policy, exact).crash).toEqual({ idle: between(53_001, 60_000), offline: between(233_001, 240_000) });
  });

  it('asks of what visible clients and hidden pages report', () => {
    const policy = definePolicy({ whileReported: { active: { silence: { offline: 9_000 } }, background: { inactivity: { stale: 20_000 } } } });
    const { crash, hidden, frozen: still } = detectionBounds(policy, { ...exact, heartbeatMs: 1, hiddenHeartbeatMs: 1, visible: 'active' });
    expect(crash).toEqual({ offline: between(9_000, 9_000) });
    expect(hidden).toEqual({ away: between(0, 0), stale: between(20_000, 20_000) });
    expect(still).toEqual({ offline: between(240_000, 240_000) }); // stale already, as nobody touched it for long
    expect(detectionBounds(policy, { ...exact, hidden: 'idle' }).hidden).toEqual({ idle: between(0, 0), away: between(300_000, 300_000) });
  });

  it('does not take for a detection what the next beat of a hidden page takes back', () => {
    const policy = definePolicy({ silence: { stale: 30_000, offline: 240_000 } });
    expect(detectionBounds(policy, exact).hidden).toEqual({ away: between(0, 0) });
  });

  it('speaks the words that others see', () => {
    const { crash } = detectionBounds(definePolicy({ shownAs: { stale: 'away' } }), exact);
    expect(crash).toEqual({ idle: between(8_001, 15_000), away: between(53_001, 60_000), offline: between(233_001, 240_000) });
  });

  it('leaves out what others are never left at', () => {
    expect(detectionBounds(definePolicy({ silence: {}, inactivity: {} }), exact).crash).toEqual({});
    expect(detectionBounds(definePolicy({ silence: { idle: 15_000, away: 15_000 } }), { ...exact, heartbeatMs: 1 }).crash.idle).toBeUndefined();
  });

  it('keeps a status that is seen only where the transport tells late', () => {
    const policy = definePolicy({ silence: { idle: 15_000, offline: 240_000 }, departures: { dropped: { offline: 10_000 } } });
    const { crash } = detectionBounds(policy, { ...exact, transportTimeoutMs: 45_000 });
    expect(crash).toEqual({ idle: between(8_001, 15_000), offline: between(10_000, 55_000) });
    expect(detectionBounds(policy, { ...exact, transportTimeoutMs: 1_000 }).crash.idle).toEqual(between(8_001, 11_000)); // of a crash just before a beat
    expect(detectionBounds(policy, { ...exact, heartbeatMs: 1, transportTimeoutMs: 5_000 }).crash.idle).toBeUndefined();
  });

  it('keeps a status that is seen only between a beat just before and a transport that tells at once', () => {
    const policy = definePolicy({ silence: { offline: 15_000 }, departures: { dropped: { idle: 10_000, offline: 20_000 } } });
    expect(detectionBounds(policy, { ...exact, transportTimeoutMs: 45_000 }).crash).toEqual({ idle: between(8_001, 15_000), offline: between(8_001, 15_000) });
  });

  it('keeps a status that is seen for the last ms of a silence that beats do not break in time', () => {
    const policy = definePolicy({ silence: { idle: 1, offline: 5 }, departures: { dropped: { offline: 1 } } });
    expect(detectionBounds(policy, { heartbeatMs: 10, latencyMs: 0, transportTimeoutMs: 0 }).crash).toEqual({ idle: between(0, 1), offline: between(0, 1) });
  });

  it('lets somebody work until their page is hidden', () => {
    const policy = definePolicy({
      statuses: ['on', 'off'], silence: { off: 150_000 }, inactivity: { off: 1 }, reports: { none: 'on', background: 'off' }, departures: { dropped: { off: 9_000 } },
    });
    expect(detectionBounds(policy, { latencyMs: 5 }).hidden).toEqual({ off: between(0, 5) });
  });

  it('looks at a beat just before a goodbye, as nothing is seen of one in the same ms', () => {
    const policy = definePolicy({ silence: { idle: 2, offline: 240_000 }, departures: { dropped: {}, left: { away: 0, offline: 9 } } });
    expect(detectionBounds(policy, { heartbeatMs: 3, latencyMs: 2 }).signOut.idle).toEqual(between(0, 2));
  });

  it('says nothing of thresholds that are out of reach', () => {
    const never = Number.MAX_SAFE_INTEGER;
    const policy = definePolicy({ silence: { idle: 15_000, offline: never }, inactivity: { away: never } });
    expect(detectionBounds(policy, exact).crash).toEqual({ idle: between(8_001, 15_000) });
    expect(detectionBounds(policy, exact).frozen).toEqual({});
  });

  it('reads a policy that was sent as JSON, and changes nothing that it was given', () => {
    const copy = frozen(JSON.parse(JSON.stringify(defaultPolicy)) as Policy);
    expect(detectionBounds(copy, frozen(exact))).toEqual(detectionBounds(defaultPolicy, exact));
  });

  it('refuses what is no policy', () => {
    expect(thrownBy(() => detectionBounds([] as unknown as Policy))).toBe('TypeError: Expected `policy` to be from `definePolicy`, or a JSON copy of one, received a list.');
  });
});
