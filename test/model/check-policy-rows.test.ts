// What checkPolicy says of rows, statuses and ends, against random histories.

import fc from 'fast-check';
import { definePolicy, deriveUser, forget, sessionStatus } from 'presence-model';
import type { Policy, PolicyInput, Signal, UserPresence } from 'presence-model';
import { checkPolicy, timeline } from 'presence-model/testing';
import type { Finding } from 'presence-model/testing';
import { describe, expect, it } from 'vitest';
import { gaps, histories, instants, policies, sessionFacts, thresholds } from '../support/arbitraries.js';
import { cellAt, environments, withCell } from '../support/environments.js';
import type { Path, Written } from '../support/environments.js';
import { bottomOf, evidenceOf, rankOf } from '../support/reading.js';

const { numRuns = 100, seed = 0 } = fc.readConfigureGlobal();

const drawn = fc.sample(policies(fc).chain((policy) => fc.tuple(fc.constant(policy), environments(fc, policy))), { seed, numRuns: numRuns * 3 });
const found = drawn.flatMap(([policy, environment]) => checkPolicy(policy, environment).map((finding) => ({ policy, environment, finding })));
const of = (...codes: readonly Finding['code'][]): typeof found => found.filter(({ finding }) => codes.includes(finding.code));

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
        { numRuns: Math.ceil(numRuns / 10) },
      );
    }
  });
});

describe('grace that ends after silence has said as much', () => {
  it('changes no status of clients that keep their promises when it is left out', () => {
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
          }).filter(({ at }, i, all) => all.findIndex((other) => other.at === at) === i); // a beat of the same ms as an end is of what ended
          if (signals.length === 0) return;
          const range = { from: 0, until: 200 };
          const seen = (under: Policy): unknown => timeline(signals, under, range).users[0]!.segments.map(({ from, status }) => [from, status])
            .filter(([, status], i, all) => status !== all[i - 1]?.[1]);
          expect(seen(without)).toEqual(seen(policy));
        }),
        { numRuns: Math.ceil(numRuns / 10) },
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
        { numRuns: Math.ceil(numRuns / 10) },
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
        { numRuns: Math.ceil(numRuns / 10) },
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
      const areGone = kept.every((one) => sessionStatus(one, policy, never) === bottomOf(policy));
      expect(areGone).toBe(finding.code === 'never-forgotten');
    }
  });
});

describe('somebody who signed out', () => {
  it('is shown for longer than somebody cut off only where checkPolicy says so', () => {
    for (const [policy, environment] of drawn) {
      if (!Object.keys(policy.departures).includes('left')) continue;
      const slower = checkPolicy(policy, environment).some(({ code }) => code === 'sign-out-slower-than-loss');
      const after = (cause: string, word: string, ms: number): number => {
        const status = sessionStatus({ seenAt: 0, report: { word, at: 0, since: 0 }, departures: { [cause]: 0 } }, policy, ms);
        return rankOf(policy.shownAs[status] ?? status, policy);
      };
      const isSlower = Object.keys(policy.reports).some((word) => thresholds(policy).concat(0).some((ms) => after('left', word, ms) < after('dropped', word, ms)));
      expect(slower).toBe(isSlower);
    }
  });
});
