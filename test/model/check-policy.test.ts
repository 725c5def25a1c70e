// What checkPolicy says of flapping, and what it does not say, against the lives of healthy clients.

import fc from 'fast-check';
import type { Policy, Signal } from 'presence-model';
import { checkPolicy, timeline } from 'presence-model/testing';
import type { Finding } from 'presence-model/testing';
import { describe, expect, it } from 'vitest';
import { severities } from '../../src/testing/check/finding.js';
import { policies } from '../support/arbitraries.js';
import { calm, cellAt, decisivePolicies, environments, lifeOf, steps, withCell } from '../support/environments.js';
import type { Human, Step, Written } from '../support/environments.js';
import { rankOf } from '../support/reading.js';

const { numRuns = 100, seed = 0 } = fc.readConfigureGlobal();

/** What a user is shown, span by span. */
function shown(signals: readonly Signal[], policy: Policy): readonly (readonly [from: number, status: string])[] {
  const until = Math.max(...signals.map(({ at }) => at)) + 1;
  const spans = timeline(signals, policy, { from: 0, until }).users[0]!.segments;
  return spans.filter(({ status }, i) => status !== spans[i - 1]?.status).map(({ from, status }) => [from, status]);
}

/** The instants at which a user comes back from what silence, or the end of a transport, made of them, by a sign of life alone. */
function comebacks(signals: readonly Signal[], policy: Policy): readonly number[] {
  const quiet = calm(policy, ['silence', 'departure']);
  const [real, better] = [policy, quiet].map((under) => {
    const spans = shown(signals, under);
    return (at: number): number => rankOf(spans.filter(([from]) => from <= at).at(-1)![1], policy);
  }) as [(at: number) => number, (at: number) => number];
  let word: unknown;
  const news = new Set<number>([0]);
  for (const signal of [...signals].sort((a, b) => a.at - b.at)) {
    if (signal.type === 'activity') news.add(signal.at);
    if (signal.type !== 'heartbeat' && signal.type !== 'connected') continue;
    if (signal.report !== word) news.add(signal.at);
    word = signal.report;
  }
  return [...new Set(signals.map(({ at }) => at))].filter((at) => !news.has(at) && better(at - 1) < real(at - 1) && real(at) < real(at - 1));
}

const claimsFlap = ({ witness }: Finding): boolean => witness !== undefined;

/** A sound policy, its environment, and the words that a visible client may say in it. */
interface Sound {
  readonly policy: Policy;
  readonly environment: Written;
  readonly words: readonly string[];
}

describe('where checkPolicy is silent', () => {
  const drawn = fc.sample(decisivePolicies(fc, 16).chain((policy) => fc.tuple(fc.constant(policy), environments(fc, policy))), { seed, numRuns: numRuns * 4 });
  const sound = drawn.flatMap(([policy, environment]): Sound[] => {
    if (checkPolicy(policy, environment).some(claimsFlap)) return [];
    return [{ policy, environment, words: Object.keys(policy.reports).filter((word) => word !== environment.hidden || word === 'none') }];
  });

  /** For lives of clients that say these words in their environment, under every sound policy. */
  function always(humans: readonly Human[], does: readonly Step['does'][], holds: (signals: readonly Signal[], policy: Policy) => void): void {
    sound.forEach(({ policy, environment, words }, i) => {
      const property = fc.property(fc.constantFrom(...words), fc.constantFrom(...humans), steps(fc, does), (word, human, life) => {
        holds(lifeOf(environment, word, human, life), policy);
      });
      const details = fc.check(property, { seed: seed + i, numRuns: Math.ceil(numRuns / 10) });
      if (details.failed) throw new Error(`Under the policy ${JSON.stringify(policy)}\nin ${JSON.stringify(environment)}\n${fc.defaultReportMessage(details)}`);
    });
  }

  it('is often, and with rows of every kind', () => {
    expect(sound.length).toBeGreaterThan(drawn.length / 5);
    expect(sound.length).toBeLessThan((drawn.length * 19) / 20);
    const has = (row: (policy: Policy) => object): number => sound.filter(({ policy }) => Object.keys(row(policy)).length > 0).length;
    for (const row of ['silence', 'inactivity', 'untouched', 'whileReported', 'shownAs'] as const) expect(has((policy) => policy[row]), row).toBeGreaterThan(numRuns / 5);
    expect(has((policy) => policy.departures['dropped']!)).toBeGreaterThan(numRuns / 5);
    expect(has((policy) => policy.departures['closed'] ?? {})).toBeGreaterThan(numRuns / 20);
  });

  it('nobody comes back from silence, or from the end of a transport, in the life of a healthy client', () => {
    always(['absent', 'came'], ['beat', 'beat', 'lose', 'switch', 'drop', 'refresh', 'cut', 'interact'], (signals, policy) => {
      expect(comebacks(signals, policy)).toEqual([]);
    });
  });

  it('somebody who works all the time never looks otherwise, although only beats say so', () => {
    always(['works'], ['beat', 'lose', 'drop', 'refresh', 'cut'], (signals, policy) => {
      expect(shown(signals, policy)).toHaveLength(1);
    });
  });
});

/** Policies and environments as they come, some of them with room. */
const drawn = fc.sample(
  fc.oneof(policies(fc), decisivePolicies(fc, 0), decisivePolicies(fc, 12)).chain((policy) => fc.tuple(fc.constant(policy), environments(fc, policy))),
  { seed, numRuns: numRuns * 4 },
);
const found = drawn.flatMap(([policy, environment]) => checkPolicy(policy, environment).map((finding) => ({ policy, environment, finding })));
const of = (...codes: readonly Finding['code'][]): typeof found => found.filter(({ finding }) => codes.includes(finding.code));

describe('a finding of checkPolicy', () => {
  const withLength = Object.keys(severities).flatMap((code) => of(code as Finding['code']).filter(({ finding }) => finding.thresholdMs !== undefined).slice(0, numRuns / 10));

  it('is of every kind, often', () => {
    for (const code of Object.keys(severities)) expect(of(code as Finding['code']).length, code).toBeGreaterThan(numRuns / 25);
  });

  it('that claims a flap shows it, in a history that the environment allows', () => {
    for (const { policy, environment, finding } of found.filter(({ finding }) => claimsFlap(finding))) {
      const { signals, range } = finding.witness!;
      const spans = shown(signals, policy).map(([, status]) => rankOf(status, policy));
      const worst = Math.max(...spans);
      expect(worst, JSON.stringify({ policy, finding })).toBeGreaterThan(spans[0]!);
      expect(worst, JSON.stringify({ policy, finding })).toBeGreaterThan(spans.at(-1)!);
      expect(range).toEqual({ from: 0, until: signals.at(-1)!.at + 1 });
      const isOfGrace = ['grace-too-short', 'refresh-shows'].includes(finding.code);
      const before = signals.slice(0, -1).filter(({ type }) => (type === 'disconnected') === isOfGrace).at(-1)!;
      expect(signals.at(-1)!.at - before.at).toBeLessThanOrEqual(longestSpan(environment, finding));
    }
  });

  it('names the cell and its length', () => {
    for (const { policy, finding } of withLength) expect(cellAt(policy, finding.path.split('.')), finding.path).toBe(finding.thresholdMs);
  });

  it('says the least length that will do', () => {
    for (const { policy, environment, finding } of withLength) {
      const { code, path } = finding;
      // Other rows may say as much at the same time, and then less would do, so here they say nothing.
      const isOfGrace = code === 'grace-too-short' || code === 'refresh-shows';
      const bare = calm(policy, code === 'interaction-told-too-seldom' ? [] : isOfGrace ? ['inactivity', 'silence'] : ['inactivity']);
      const neededMs = checkPolicy(bare, environment).find((other) => other.code === code && other.path === path)?.neededMs;
      if (neededMs === undefined) continue;
      const stays = (ms: number): boolean => checkPolicy(withCell(bare, path.split('.'), ms), environment).some((other) => other.code === code && other.path === path);
      expect(stays(neededMs), `${code} at ${path} in ${JSON.stringify({ policy, environment })}`).toBe(false);
      expect(stays(neededMs - 1), `${code} at ${path} in ${JSON.stringify({ policy, environment })}`).toBe(true);
    }
  });

  it('says where, why and what to change', () => {
    for (const { finding } of found) {
      expect(finding.path).not.toMatch(/^\.|\.$|undefined/);
      expect(finding.message).toMatch(/^[A-Z`0-9].*\.$/);
      expect(finding.change).toMatch(/^[A-Z].*\.$/);
      expect(`${finding.message}${finding.change}`).not.toMatch(/undefined|NaN|\[object/);
    }
  });
});

/** The longest that the history of a finding may take. */
function longestSpan(environment: Written, { code, report }: Finding): number {
  const { latencyMs, toleratedLosses, reconnectMs, refreshMs, transportTimeoutMs = 0, proxyIdleMs = 0 } = environment;
  const late = Math.max(1, latencyMs);
  const beat = Math.max(report === environment.hidden ? environment.hiddenHeartbeatMs : 0, report !== environment.hidden || report === 'none' ? environment.heartbeatMs : 0);
  switch (code) {
    case 'heartbeat-too-slow': return environment.heartbeatMs + late;
    case 'hidden-heartbeat-too-slow': return environment.hiddenHeartbeatMs + late;
    case 'no-lost-heartbeat-tolerated': return (toleratedLosses + 1) * environment.heartbeatMs + late;
    case 'interaction-told-too-seldom': return environment.heartbeatMs + Math.max(toleratedLosses * environment.heartbeatMs, transportTimeoutMs + reconnectMs, refreshMs) + late;
    case 'no-lost-hidden-heartbeat-tolerated': return (toleratedLosses + 1) * environment.hiddenHeartbeatMs + late;
    case 'reconnect-outlasts-silence': return beat + Math.max(transportTimeoutMs + reconnectMs, refreshMs) + late;
    case 'grace-too-short': return transportTimeoutMs + reconnectMs + late;
    case 'refresh-shows': return refreshMs + late;
    case 'proxy-cuts-show': return proxyIdleMs + reconnectMs + late;
    default: throw new Error(`${code} claims a flap.`);
  }
}
