// Random environments of a few ms, policies with room for what happens in them, and the lives of clients that are well.

import type { Arbitrary } from 'fast-check';
import { definePolicy } from 'presence-model';
import type { Ladder, Policy, PolicyInput, Rows, Signal } from 'presence-model';
import type { Environment } from 'presence-model/testing';
import { maybe, policies } from './arbitraries.js';
import type { FastCheck } from './arbitraries.js';
import { rankOf } from './reading.js';

/** An environment in which everything that has a default is written, and what has none may be absent. */
export type Written = Environment & Required<Pick<Environment,
  'heartbeatMs' | 'hiddenHeartbeatMs' | 'visible' | 'hidden' | 'quietForMs' | 'hiddenQuietForMs' | 'latencyMs' | 'toleratedLosses' | 'reconnectMs' | 'refreshMs'>>;

export function environments(fc: FastCheck, policy: Policy): Arbitrary<Written> {
  const word = fc.constantFrom(...Object.keys(policy.reports));
  const quiet = fc.constantFrom(0, 0, 1, 4);
  const written = fc.record({
    heartbeatMs: fc.integer({ min: 1, max: 5 }),
    hiddenHeartbeatMs: fc.integer({ min: 1, max: 6 }),
    visible: word,
    hidden: word,
    quietForMs: quiet,
    hiddenQuietForMs: quiet,
    latencyMs: fc.nat({ max: 2 }),
    toleratedLosses: fc.nat({ max: 2 }),
    reconnectMs: fc.nat({ max: 3 }),
    refreshMs: fc.nat({ max: 4 }),
  });
  const absentAtTimes = fc.tuple(maybe(fc, fc.nat({ max: 4 })), maybe(fc, fc.integer({ min: 1, max: 6 })), maybe(fc, fc.integer({ min: 1, max: 8 }), 1 / 3));
  return fc.tuple(written, absentAtTimes).map(([environment, [transportTimeoutMs, transportPingMs, proxyIdleMs]]) => ({
    ...environment,
    ...(transportTimeoutMs === undefined ? {} : { transportTimeoutMs }),
    ...(transportPingMs === undefined ? {} : { transportPingMs }),
    ...(proxyIdleMs === undefined ? {} : { proxyIdleMs }),
  }));
}

/**
 * Policies in which what is heard matters: without reports clients are at the best status, every word is shown as it is,
 * inactivity is late or empty; and silence and grace are later by up to `most` ms, so that many of them are sound.
 */
export function decisivePolicies(fc: FastCheck, most: number): Arbitrary<Policy> {
  const room = fc.nat({ max: most });
  return fc.tuple(policies(fc), room, fc.constantFrom(undefined, 0, 30, 60), room, fc.boolean()).map(([policy, silence, inactivity, departure, isShown]) => {
    const words = isShown ? { shownAs: {} } : {};
    const best = definePolicy({ ...policy, ...words, reports: { ...policy.reports, none: policy.statuses[0] } } as PolicyInput);
    return later(inactivity === undefined ? calm(best, ['inactivity']) : best, { silence, inactivity: inactivity ?? 0, departure });
  });
}

interface Later {
  readonly silence: number;
  readonly inactivity: number;
  readonly departure: number;
}

/** The same policy, its thresholds later by so much, its sessions remembered for ever. */
export function later(policy: Policy, by: Later): Policy {
  return withLadders(policy, (clock, ladder) => moved(ladder, by[clock]));
}

/** The same policy as it would be if these clocks said nothing; untouched goes with inactivity. */
export function calm(policy: Policy, clocks: readonly (keyof Later)[]): Policy {
  return withLadders(policy, (clock, ladder) => (clocks.includes(clock) ? {} : ladder));
}

function withLadders(policy: Policy, change: (clock: keyof Later, ladder: Ladder) => Ladder): Policy {
  const table = <T extends Ladder | undefined>(clock: keyof Later, ladders: Readonly<Record<string, T>>): Record<string, Ladder> =>
    Object.fromEntries(Object.entries(ladders).map(([key, ladder]) => [key, change(clock, ladder ?? {})]));
  const rowsOf = (rows: Rows<string, string>): Rows<string, string> => ({
    ...(rows.silence === undefined ? {} : table('silence', { silence: rows.silence })),
    ...(rows.inactivity === undefined ? {} : table('inactivity', { inactivity: rows.inactivity })),
    ...(rows.untouched === undefined ? {} : table('inactivity', { untouched: rows.untouched })),
    ...(rows.departures === undefined ? {} : { departures: table('departure', rows.departures) }),
  });
  return definePolicy({
    ...policy,
    ...rowsOf(policy),
    whileReported: Object.fromEntries(Object.entries(policy.whileReported).map(([report, rows]) => [report, rowsOf(rows ?? {})])),
    keepSessionMs: 1_000_000,
  } as PolicyInput);
}

function moved(ladder: Ladder, byMs: number): Ladder {
  return Object.fromEntries(Object.entries(ladder).map(([status, afterMs = 0]) => [status, afterMs + byMs]));
}

// ---- cells

/** Where something stands in a policy. */
export type Path = readonly string[];

/** What stands at a path; reports and causes may hold anything but a dot. */
export function cellAt(policy: Policy, path: Path): unknown {
  return path.reduce<unknown>((value, key) => (value as Readonly<Record<string, unknown>>)[key], policy);
}

/** The policy with something else at a path, or with nothing there; what is worse in a ladder is no earlier than it must be. */
export function withCell(policy: Policy, path: Path, value: number | undefined): Policy {
  const isWorse = (status: string, than: string): boolean => policy.statuses.includes(status) && rankOf(status, policy) > rankOf(than, policy);
  const change = (table: object, [key, ...rest]: Path): object => {
    const entries = Object.entries(table) as [string, unknown][];
    const others = entries.filter(([name]) => name !== key);
    const own = entries.find(([name]) => name === key);
    if (rest.length > 0) return Object.fromEntries<unknown>([...others, [key!, change(own![1] as object, rest)]]);
    if (value === undefined) return Object.fromEntries<unknown>(others);
    const raised = others.map(([name, cell]): [string, unknown] => [name, typeof cell === 'number' && isWorse(name, key!) ? Math.max(cell, value) : cell]);
    return Object.fromEntries<unknown>([...raised, [key!, value]]);
  };
  return definePolicy(change(policy, path) as PolicyInput);
}

// ---- lives

/** What happens next; the numbers say how, each within what the environment allows. */
export interface Step {
  readonly does: 'beat' | 'lose' | 'switch' | 'drop' | 'refresh' | 'cut' | 'interact';
  readonly how: readonly [number, number, number, number];
}

export function steps(fc: FastCheck, does: readonly Step['does'][]): Arbitrary<readonly Step[]> {
  const how = fc.tuple(fc.nat({ max: 99 }), fc.nat({ max: 99 }), fc.nat({ max: 99 }), fc.nat({ max: 99 }));
  return fc.array(fc.record({ does: fc.constantFrom(...does), how }), { minLength: 1, maxLength: 12 });
}

/** Who sits before the client: nobody, someone who came and did something once, someone who works, as every beat says. */
export type Human = 'absent' | 'came' | 'works';

/** The life of a client that is well, heard as the environment has it: one thing at most goes wrong at a time. */
export function lifeOf(environment: Written, report: string, human: Human, life: readonly Step[]): readonly Signal[] {
  const { latencyMs, toleratedLosses, transportTimeoutMs = 0, reconnectMs, refreshMs, proxyIdleMs, transportPingMs = Number.POSITIVE_INFINITY } = environment;
  const signals: Signal[] = [];
  let isHidden = false;
  let epoch = 1;
  let sentAt = 0;
  let heardAt = 0;
  const everyMs = (): number => (isHidden ? environment.hiddenHeartbeatMs : environment.heartbeatMs);
  const late = (how: number): number => (heardAt = Math.max(heardAt, sentAt + (how % (latencyMs + 1))));
  const about = (): { userId: string; sessionId: string; epoch: number } => ({ userId: 'ada', sessionId: 'tab', epoch });
  const alive = (type: 'connected' | 'heartbeat', how: number): void => {
    const at = late(how);
    const quietForMs = isHidden ? environment.hiddenQuietForMs : environment.quietForMs;
    const activeAt = human === 'works' || (human === 'came' && signals.length === 0) ? { activeAt: at } : {};
    signals.push({ type, ...about(), at, report: isHidden ? environment.hidden : report, quietForMs, ...activeAt });
  };
  const back = (awayMs: number, how: number): void => {
    sentAt += awayMs;
    epoch++;
    alive('connected', how);
  };
  alive('connected', 0);
  for (const { does, how: [a, b, c, d] } of life) {
    const phase = a % (everyMs() + 1);
    if (does === 'beat') {
      sentAt += everyMs();
      alive('heartbeat', a);
    } else if (does === 'lose') {
      sentAt += everyMs() * (1 + (a % (toleratedLosses + 1)));
      alive('heartbeat', b);
    } else if (does === 'switch') {
      sentAt += Math.max(1, phase);
      heardAt++; // two reports of one ms have no order
      isHidden = !isHidden;
      alive('heartbeat', b);
    } else if (does === 'interact' && !isHidden) {
      sentAt += phase;
      signals.push({ type: 'activity', ...about(), at: late(b) });
      alive('heartbeat', b); // an interaction sets the report aside; the client says it again
    } else if (does === 'drop' || does === 'refresh') {
      sentAt += phase;
      const awayMs = b % (1 + (does === 'drop' ? transportTimeoutMs + reconnectMs : refreshMs));
      const cause = does === 'drop' ? 'dropped' : 'closed';
      // The end may be told at any time from now on, even after the return, or never.
      const at = does === 'drop' ? Math.max(heardAt, sentAt) + (d % (awayMs + latencyMs + 2)) : late(d);
      if (does === 'refresh' || c % 4 > 0) signals.push({ type: 'disconnected', ...about(), at, cause });
      back(awayMs, c);
    } else if (does === 'cut' && proxyIdleMs !== undefined && Math.min(everyMs(), transportPingMs) + Math.max(1, latencyMs) > proxyIdleMs) {
      sentAt = heardAt + proxyIdleMs;
      signals.push({ type: 'disconnected', ...about(), at: sentAt, cause: 'dropped' });
      back(b % (reconnectMs + 1), c);
    }
  }
  return signals;
}
