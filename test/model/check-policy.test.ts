// What checkPolicy says, and what it does not say, against the lives of healthy clients and against random histories.

import fc from 'fast-check';
import { definePolicy, deriveUser, forget, sessionStatus } from 'presence-model';
import type { Policy, PolicyInput, Signal, UserPresence } from 'presence-model';
import { checkPolicy, timeline } from 'presence-model/testing';
import type { Finding } from 'presence-model/testing';
import { describe, expect, it } from 'vitest';
import { severities } from '../../src/testing/check/finding.js';
import { gaps, histories, instants, policies, sessionFacts, thresholds } from '../support/arbitraries.js';
import { calm, environments, lifeOf, roomyPolicies, steps } from '../support/environments.js';
import type { Human, Step, Written } from '../support/environments.js';
import { bottomOf, evidenceOf, rankOf } from '../support/reading.js';

const { numRuns = 100, seed = 0 } = fc.readConfigureGlobal();

type Path = readonly string[];

/** What stands at a path; reports and causes may hold anything but a dot. */
function cellAt(policy: Policy, path: Path): unknown {
  return path.reduce<unknown>((value, key) => (value as Readonly<Record<string, unknown>>)[key], policy);
}

/** The policy with something else at a path, or with nothing there; what is worse in a ladder is no earlier than it must be. */
function withCell(policy: Policy, path: Path, value: number | undefined): Policy {
  const change = (table: Readonly<Record<string, unknown>>, [key, ...rest]: Path): Record<string, unknown> => {
    const others = Object.entries(table).filter(([name]) => name !== key);
    if (rest.length > 0) return Object.fromEntries([...others, [key, change(table[key!] as Record<string, unknown>, rest)]]);
    if (value === undefined) return Object.fromEntries(others);
    const raised = others.map(([name, cell]) => [name, typeof cell === 'number' && policy.statuses.includes(name) && rankOf(name, policy) > rankOf(key!, policy) ? Math.max(cell, value) : cell]);
    return Object.fromEntries([...raised, [key, value]]);
  };
  return definePolicy(change(policy as unknown as Record<string, unknown>, path) as unknown as PolicyInput);
}

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
  const drawn = fc.sample(roomyPolicies(fc, 8).chain((policy) => fc.tuple(fc.constant(policy), environments(fc, policy))), { seed, numRuns: numRuns * 6 });
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
  fc.oneof(policies(fc), roomyPolicies(fc, 12)).chain((policy) => fc.tuple(fc.constant(policy), environments(fc, policy))),
  { seed, numRuns: numRuns * 5 },
);
const found = drawn.flatMap(([policy, environment]) => checkPolicy(policy, environment).map((finding) => ({ policy, environment, finding })));
const of = (...codes: readonly Finding['code'][]): typeof found => found.filter(({ finding }) => codes.includes(finding.code));

describe('a finding of checkPolicy', () => {
  const withLength = Object.keys(severities).flatMap((code) => of(code as Finding['code']).filter(({ finding }) => finding.thresholdMs !== undefined).slice(0, numRuns / 5));

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

const keyed = (path: string): Path => path.split('.');

/** The answer without the reasons, of which another of equals may be named; a fact from the future makes that a change to wait for. */
function statuses({ at, status, derived, sessions, shown: outward, nextChangeAt }: UserPresence, facts: readonly Signal[]): unknown {
  const isAllHeard = facts.every((fact) => fact.at <= at);
  return [status, derived, outward, isAllHeard ? nextChangeAt : 0, sessions.map((session) => [session.sessionId, session.status])];
}

describe('a row or a cell that never matters', () => {
  it('changes no status, no instant of a change and nothing that is forgotten when it is left out, whatever happened', () => {
    for (const { policy, finding } of of('never-matters').slice(0, numRuns)) {
      const path = keyed(finding.path);
      // The rows of the default that are required stay, empty.
      const without = path.length === 1 || (path.length === 2 && path[0] === 'departures') ? emptied(policy, path) : withCell(policy, path, undefined);
      fc.assert(
        fc.property(histories(fc, policy), instants(fc, policy), gaps(fc, policy), (facts, now, spans) => {
          const evidence = evidenceOf(facts);
          expect(statuses(deriveUser(evidence, without, now, spans), facts)).toEqual(statuses(deriveUser(evidence, policy, now, spans), facts));
          expect(forget(evidence, without, now, spans)).toEqual(forget(evidence, policy, now, spans));
        }),
        { numRuns: Math.ceil(numRuns / 3) },
      );
    }
  });

  it('that is a departure, for the silence before it, changes no status of clients that keep their promises', () => {
    for (const { policy, environment, finding } of of('grace-outlasts-silence').slice(0, numRuns)) {
      const without = withCell(policy, keyed(finding.path), undefined);
      const longest = Math.min(environment.quietForMs, environment.hiddenQuietForMs);
      fc.assert(
        fc.property(fc.array(sessionFacts(fc, policy), { maxLength: 8 }), (facts) => {
          const signals = facts.flatMap((fact): readonly Signal[] => {
            const { epoch: _, ...signal } = fact as Signal & { readonly epoch: number }; // a receiver numbers them, so that nothing is heard of a connection that ended
            if (signal.type === 'disconnected') return signal.cause === 'left' ? [] : [{ ...signal, sessionId: 'tab' }];
            if (!('sessionId' in signal)) return [];
            return [{ ...signal, sessionId: 'tab', ...(signal.type === 'activity' ? {} : { quietForMs: Math.min(signal.quietForMs ?? 0, longest) }) }];
          });
          if (signals.length === 0) return;
          const range = { from: 0, until: 200 };
          const seen = (under: Policy): unknown => timeline(signals, under, range).users[0]!.segments.map(({ from, status }) => [from, status])
            .filter(([, status], i, all) => status !== all[i - 1]?.[1]);
          expect(seen(without)).toEqual(seen(policy));
        }),
        { numRuns: Math.ceil(numRuns / 3) },
      );
    }
  });
});

function emptied(policy: Policy, path: Path): Policy {
  const [row, cause] = path as readonly [string, string | undefined];
  return definePolicy({ ...policy, [row]: cause === undefined ? {} : { ...policy.departures, [cause]: {} } } as PolicyInput);
}

describe('a status that nothing says', () => {
  const unreachable = (policy: Policy, environment: Written): ReadonlySet<string> =>
    new Set(checkPolicy(policy, environment).filter(({ code }) => code === 'unreachable-status').map(({ path }) => cellAt(policy, /(\w+)\[(\d+)\]/.exec(path)!.slice(1)) as string));

  it('is that of no session, whatever happened', () => {
    for (const [policy, environment] of of('unreachable-status').slice(0, numRuns).map(({ policy, environment }) => [policy, environment] as const)) {
      const never = unreachable(policy, environment);
      fc.assert(
        fc.property(fc.array(sessionFacts(fc, policy), { maxLength: 10 }), instants(fc, policy), gaps(fc, policy), (facts, now, spans) => {
          for (const session of deriveUser(evidenceOf(facts), policy, now, spans).sessions) expect(never).not.toContain(session.status);
        }),
        { numRuns: Math.ceil(numRuns / 3) },
      );
    }
  });

  it('is the only one: every other is that of some session', () => {
    for (const [policy, environment] of drawn.slice(0, numRuns)) {
      const reached = new Set([...reachedBy(policy), bottomOf(policy)]);
      expect([...unreachable(policy, environment)].sort()).toEqual(policy.statuses.filter((status) => !reached.has(status)).sort());
    }
  });
});

/** Every status that a session has whose clocks have run for every combination of thresholds. */
function reachedBy(policy: Policy): ReadonlySet<string> {
  const lengths = [0, ...thresholds(policy)];
  const ends = [{}, ...Object.keys(policy.departures).flatMap((cause) => lengths.map((ago) => ({ departures: { [cause]: -ago } })))];
  const reached = new Set<string>();
  for (const word of Object.keys(policy.reports)) {
    const report = { word, at: -1_000, since: -1_000 };
    for (const silentMs of lengths) {
      for (const usedMs of lengths.filter((length) => length >= silentMs)) {
        for (const end of ends) {
          reached.add(sessionStatus({ seenAt: -silentMs, activeAt: -usedMs, report, ...end }, policy, 0));
          reached.add(sessionStatus({ seenAt: -silentMs, firstSeenAt: -usedMs, report, ...end }, policy, 0));
        }
      }
    }
  }
  return reached;
}

describe('a session that ended', () => {
  const never = 10_000_000;
  const keepsSessions = (evidence: Parameters<typeof forget>[0], policy: Policy): boolean => (forget(evidence, policy, never)?.sessions.length ?? 0) > 0;

  it('is forgotten in the end, whatever happened, where checkPolicy says nothing of it', () => {
    const silent = drawn.filter(([policy, environment]) => !checkPolicy(policy, environment).some(({ code }) => code === 'never-gone' || code === 'never-forgotten'));
    expect(silent.length).toBeGreaterThan(drawn.length / 5);
    for (const [policy, environment] of silent.slice(0, numRuns)) {
      fc.assert(
        fc.property(fc.array(sessionFacts(fc, policy), { minLength: 1, maxLength: 8 }), fc.constantFrom(...Object.keys(policy.departures)), (facts, cause) => {
          const evidence = evidenceOf(facts);
          const tells = environment.transportTimeoutMs !== undefined;
          const ended = evidence.sessions.map((session) => (tells ? { ...session, departures: { ...session.departures, [cause]: 1_000 } } : session));
          expect(keepsSessions({ ...evidence, sessions: ended }, policy)).toBe(false);
        }),
        { numRuns: Math.ceil(numRuns / 3) },
      );
    }
  });

  it('is remembered for ever where checkPolicy says so, and present or not as it says', () => {
    for (const { policy, finding } of of('never-gone', 'never-forgotten')) {
      const cause = keyed(finding.path).includes('departures') ? keyed(finding.path).at(-1)! : undefined;
      const session = {
        sessionId: 'tab', epoch: 1, firstSeenAt: 0, seenAt: 0,
        report: { word: finding.report!, at: 0, since: 0 },
        ...(cause === undefined ? {} : { departures: { [cause]: 0 } }),
      };
      const kept = [session, { ...session, activeAt: 0 }].filter((one) => keepsSessions({ userId: 'ada', sessions: [one], claims: [] }, policy));
      expect(kept.length, JSON.stringify({ policy, finding })).toBeGreaterThan(0);
      const isGone = kept.map((one) => sessionStatus(one, policy, never) === bottomOf(policy));
      expect(isGone[0]).toBe(finding.code === 'never-forgotten');
    }
  });
});

describe('somebody who signed out', () => {
  it('is shown for longer than somebody cut off only where checkPolicy says so', () => {
    for (const [policy, environment] of drawn) {
      if (!Object.keys(policy.departures).includes('left')) continue;
      const slower = checkPolicy(policy, environment).some(({ code }) => code === 'sign-out-slower-than-loss');
      const after = (cause: string, word: string, ms: number): number =>
        rankOf(sessionStatus({ seenAt: 0, report: { word, at: 0, since: 0 }, departures: { [cause]: 0 } }, policy, ms), policy);
      const isSlower = Object.keys(policy.reports).some((word) => thresholds(policy).concat(0).some((ms) => after('left', word, ms) < after('dropped', word, ms)));
      expect(slower).toBe(isSlower);
    }
  });
});

/** The longest that the history of a finding may take. */
function longestSpan(environment: Written, { code, report }: Finding): number {
  const { latencyMs, toleratedLosses, reconnectMs, transportTimeoutMs = 0, proxyIdleMs = 0 } = environment;
  const late = Math.max(1, latencyMs);
  const beat = Math.max(report === environment.hidden ? environment.hiddenHeartbeatMs : 0, report !== environment.hidden || report === 'none' ? environment.heartbeatMs : 0);
  switch (code) {
    case 'heartbeat-too-slow': return environment.heartbeatMs + late;
    case 'hidden-heartbeat-too-slow': return environment.hiddenHeartbeatMs + late;
    case 'no-lost-heartbeat-tolerated': return (toleratedLosses + 1) * environment.heartbeatMs + late;
    case 'interaction-told-too-seldom': return environment.heartbeatMs + Math.max(toleratedLosses * environment.heartbeatMs, transportTimeoutMs + reconnectMs) + late;
    case 'no-lost-hidden-heartbeat-tolerated': return (toleratedLosses + 1) * environment.hiddenHeartbeatMs + late;
    case 'reconnect-outlasts-silence': return beat + transportTimeoutMs + reconnectMs + late;
    case 'grace-too-short': return transportTimeoutMs + reconnectMs + late;
    case 'refresh-shows': return reconnectMs + late;
    case 'proxy-cuts-show': return proxyIdleMs + reconnectMs + late;
    default: throw new Error(`${code} claims a flap.`);
  }
}
