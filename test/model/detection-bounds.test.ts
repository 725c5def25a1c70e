// detectionBounds against every run that its environment allows, asked every millisecond.

import fc from 'fast-check';
import { defaultPolicy, deriveUser, observe } from 'presence-model';
import type { Numbered, Policy, Signal, UserEvidence } from 'presence-model';
import { detectionBounds, timeline } from 'presence-model/testing';
import type { DetectionBounds } from 'presence-model/testing';
import { describe, expect, it } from 'vitest';
import { policies } from '../support/arbitraries.js';
import { calm, environments } from '../support/environments.js';
import type { Written } from '../support/environments.js';
import { rankOf } from '../support/reading.js';

const { numRuns = 100, seed = 0 } = fc.readConfigureGlobal();

type Event = keyof DetectionBounds;
type Told = Numbered<Signal>;

const about = { userId: 'ada', sessionId: 'tab', epoch: 1 } as const;

/** The ranks that others see from the event, at 0, to `until`, ms by ms. */
function ranks(signals: readonly Told[], policy: Policy, until: number): readonly number[] {
  const inOrder = [...signals].sort((a, b) => a.at - b.at);
  let evidence: UserEvidence = { userId: 'ada', sessions: [], claims: [] };
  let next = 0;
  return Array.from({ length: until + 1 }, (_, at) => {
    for (let signal = inOrder[next]; signal !== undefined && signal.at <= at; signal = inOrder[++next]) evidence = observe(evidence, signal);
    return rankOf(deriveUser(evidence, policy, at).status, policy);
  });
}

/** From when on it is this rank or a worse one until the end. */
function forGood(seen: readonly number[], rank: number): number {
  const better = seen.reduce((last, one, at) => (one < rank ? at : last), -1);
  return better === seen.length - 1 ? Number.POSITIVE_INFINITY : better + 1;
}

/** Where signals may lie: the last beat `ago` before the event, all of them `late`, the transport's end told at `toldAt`. */
interface Run {
  readonly ago: number;
  readonly late: number;
  readonly toldAt: number | undefined;
}

interface Kind {
  readonly everyMs: number;
  readonly says: { readonly report: string; readonly quietForMs: number };
  readonly isHidden: boolean;
}

function kindOf(environment: Written, isHidden: boolean): Kind {
  return isHidden
    ? { everyMs: environment.hiddenHeartbeatMs, says: { report: environment.hidden, quietForMs: environment.hiddenQuietForMs }, isHidden }
    : { everyMs: environment.heartbeatMs, says: { report: environment.visible, quietForMs: environment.quietForMs }, isHidden };
}

const longEnough = 60;

/** What is heard in a run: beats until the event, of which a visible client tells that somebody works. */
function heard(event: Event, environment: Written, { ago, late, toldAt }: Run): readonly Told[] {
  const before = kindOf(environment, event === 'frozen');
  const beats = [3, 2, 1, 0].map((n): Told => {
    const at = late - ago - n * before.everyMs;
    return { type: 'heartbeat', ...about, at, ...before.says, activeAt: before.isHidden ? -longEnough : at };
  });
  if (event === 'hidden') {
    const after = kindOf(environment, true);
    const later = Array.from({ length: Math.ceil(longEnough / after.everyMs) }, (_, n): Told =>
      ({ type: 'heartbeat', ...about, at: late + n * after.everyMs, ...after.says, ...(n === 0 ? { activeAt: late } : {}) }));
    return [...beats, ...later];
  }
  const cause = event === 'close' ? 'closed' : event === 'signOut' ? 'left' : 'dropped';
  return toldAt === undefined ? beats : [...beats, { type: 'disconnected', ...about, at: toldAt, cause }];
}

/** Every run that the environment allows: the end of a transport is heard no earlier than what was sent before it. */
function runs(event: Event, environment: Written): readonly Run[] {
  const { latencyMs, transportTimeoutMs } = environment;
  const { everyMs } = kindOf(environment, event === 'frozen');
  const upTo = (most: number): readonly number[] => Array.from({ length: most + 1 }, (_, n) => n);
  return upTo(everyMs - 1).flatMap((ago) => upTo(latencyMs).flatMap((late): readonly Run[] => {
    if (event === 'hidden') return [{ ago: ago + 1, late, toldAt: undefined }]; // a beat due at that instant is the one that says so
    const most = event === 'close' || event === 'signOut' ? latencyMs : transportTimeoutMs === undefined ? undefined : transportTimeoutMs + latencyMs;
    return most === undefined ? [{ ago, late, toldAt: undefined }] : upTo(most).filter((toldAt) => toldAt >= late - ago).map((toldAt) => ({ ago, late, toldAt }));
  }));
}

/** What the runs come to. */
function simulated(event: Event, policy: Policy, environment: Written): unknown {
  const [first] = heard(event, environment, { ago: 0, late: 0, toldAt: undefined });
  const before = rankOf(deriveUser(observe(undefined, first!), policy, first!.at).status, policy);
  const ways = runs(event, environment).map((run) => {
    const signals = heard(event, environment, run);
    // What silence says of a page that goes on beating, the next beat takes back: it does not count.
    return ranks(signals, event === 'hidden' ? calm(policy, ['silence']) : policy, longEnough);
  });
  return Object.fromEntries(policy.statuses.flatMap((status, rank) => {
    const times = ways.map((seen) => forGood(seen, rank));
    const isSeen = ways.some((seen) => forGood(seen, rank) < forGood(seen, rank + 1));
    return rank > before && isSeen ? [[status, { shortestMs: Math.min(...times), longestMs: Math.max(...times) }]] : [];
  }));
}

describe.each(['crash', 'close', 'signOut', 'hidden', 'frozen'] as const)('the bounds of %s', (event) => {
  it('are the shortest and the longest of all runs, for each status that some run leaves others to see', () => {
    const drawn = fc.sample(policies(fc).chain((policy) => fc.tuple(fc.constant(policy), environments(fc, policy))), { seed, numRuns: Math.ceil(numRuns / 2) });
    const told = drawn.map(([policy, environment]) => {
      const bounds = detectionBounds(policy, environment)[event];
      expect(bounds, JSON.stringify({ policy, environment })).toEqual(simulated(event, policy, environment));
      return Object.keys(bounds).length;
    });
    expect(told.filter((count) => count > 0).length).toBeGreaterThan(drawn.length / 20);
  });
});

describe('the bounds of the default policy', () => {
  const environment = { heartbeatMs: 7_000, latencyMs: 500, transportTimeoutMs: 45_000 };
  const { crash } = detectionBounds(defaultPolicy, environment);

  it('hold for any crash between two beats, whenever its transport tells of it', () => {
    fc.assert(
      fc.property(fc.nat({ max: 6_999 }), fc.nat({ max: 500 }), fc.nat({ max: 45_000 }), (ago, late, after) => {
        const signals: readonly Signal[] = [{ type: 'heartbeat', ...about, at: late - ago }, { type: 'disconnected', ...about, at: late + after }];
        const { segments } = timeline(signals, defaultPolicy, { from: late - ago, until: 1_000_000 }).users[0]!;
        expect(Object.keys(crash)).toEqual(['idle', 'away', 'stale', 'offline']);
        for (const [status, { shortestMs, longestMs }] of Object.entries(crash)) {
          const seenAt = segments.filter((segment) => rankOf(segment.status, defaultPolicy) < rankOf(status, defaultPolicy)).at(-1)!.until;
          expect(seenAt).toBeGreaterThanOrEqual(shortestMs);
          expect(seenAt).toBeLessThanOrEqual(longestMs);
        }
      }),
    );
  });
});
