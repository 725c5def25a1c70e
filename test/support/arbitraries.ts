// Random policies, facts and histories that hit boundaries on purpose: instants lie on the lattice of the policy's own
// thresholds, one ms to either side included, so ties, late, repeated and reordered signals are ordinary.

import type { Arbitrary } from 'fast-check';
import type fc from 'fast-check';
import { definePolicy } from 'presence-model';
import type { Claim, Gap, Numbered, Policy, PolicyInput, Signal, Unstamped } from 'presence-model';

/** The property tester is an argument: a user of these laws brings their own. */
export type FastCheck = typeof fc;
export type Fact = Numbered<Signal>;

/** Ids that a careless table would trip over. */
export const hostileIds: readonly string[] = ['__proto__', 'constructor', '', '\ud800', 'hasOwnProperty'];

export function ids(fc: FastCheck): Arbitrary<string> {
  return fc.constantFrom('a', 'b', 'c', ...hostileIds.slice(0, 3));
}

/** Present with this chance, else absent. (`fc.option` with `freq: 1` is always absent.) */
export function maybe<T>(fc: FastCheck, arbitrary: Arbitrary<T>, chance = 1 / 2): Arbitrary<T | undefined> {
  const present = Math.round(chance * 24);
  return fc.oneof({ weight: present, arbitrary }, { weight: 24 - present, arbitrary: fc.constant(undefined) });
}

// ---- policies

/** Statuses of its own, empty rows, `whileReported`, `shownAs`, several departures; every threshold a handful of ms. */
export function policies(fc: FastCheck): Arbitrary<Policy> {
  const names = ['top', 'second', 'third', 'fourth', 'last'];
  return fc.integer({ min: 2, max: 5 }).chain((count) => {
    const statuses = [...names.slice(0, count - 1), 'gone'];
    const status = fc.constantFrom(...statuses);
    const ladder = (least: number): Arbitrary<Record<string, number>> => ladders(fc, statuses, least);
    const causes = fc.uniqueArray(fc.constantFrom('closed', 'left', '__proto__'), { maxLength: 2 });
    const words = fc.uniqueArray(fc.constantFrom('busy', 'quiet', 'constructor'), { maxLength: 3 });
    return fc.tuple(causes, words).chain(([otherCauses, otherWords]) => {
      const departures = ['dropped', ...otherCauses];
      const reports = ['none', ...otherWords];
      const rows = fc.record({ silence: ladder(1), inactivity: ladder(0), untouched: ladder(0), departures: some(fc, departures, ladder(0)) }, { requiredKeys: [] });
      return fc
        .record({
          silence: oftenEmpty(fc, ladder(1)),
          inactivity: oftenEmpty(fc, ladder(0)),
          untouched: oftenEmpty(fc, ladder(0)),
          reports: all(fc, reports, status),
          departures: all(fc, departures, oftenEmpty(fc, ladder(0))),
          whileReported: some(fc, reports, rows),
          outward: fc.array(fc.nat({ max: count - 1 }), { minLength: count, maxLength: count }),
          maxQuietMs: fc.nat({ max: 12 }),
          keepSessionMs: fc.integer({ min: 1, max: 30 }),
          keepLastSeenMs: fc.nat({ max: 60 }),
        })
        .map(({ outward, ...table }) => definePolicy({ ...table, statuses, shownAs: orderly(statuses, outward) } as unknown as PolicyInput));
    });
  });
}

function ladders(fc: FastCheck, statuses: readonly string[], least: number): Arbitrary<Record<string, number>> {
  const below = statuses.slice(1);
  const cell = maybe(fc, fc.integer({ min: least, max: 20 }), 3 / 4);
  return fc.array(cell, { minLength: below.length, maxLength: below.length }).map((cells) => {
    let floor = 0;
    const entries: [string, number][] = [];
    below.forEach((status, i) => {
      const afterMs = cells[i];
      if (afterMs === undefined) return;
      floor = Math.max(floor, afterMs);
      entries.push([status, floor]);
    });
    return Object.fromEntries(entries);
  });
}

function oftenEmpty<T extends object>(fc: FastCheck, arbitrary: Arbitrary<T>): Arbitrary<T | Record<string, never>> {
  return fc.oneof({ weight: 1, arbitrary: fc.constant({}) }, { weight: 3, arbitrary });
}

function all<T>(fc: FastCheck, keys: readonly string[], value: Arbitrary<T>): Arbitrary<Record<string, T>> {
  return fc.tuple(...keys.map(() => value)).map((values) => Object.fromEntries(keys.map((key, i) => [key, values[i] as T])));
}

function some<T>(fc: FastCheck, keys: readonly string[], value: Arbitrary<T>): Arbitrary<Record<string, T>> {
  return fc.subarray([...keys]).chain((chosen) => all(fc, chosen, value));
}

/** Outward words that keep the order and leave the bottom's alone. */
function orderly(statuses: readonly string[], outward: readonly number[]): Record<string, string> {
  let floor = 0;
  const entries = statuses.slice(0, -1).map((status, rank): [string, string] => {
    const wished = outward[rank] ?? rank;
    floor = Math.max(floor, Math.min(wished, statuses.length - 1));
    return [status, statuses[floor] ?? status];
  });
  return Object.fromEntries(entries.filter(([status, word]) => status !== word));
}

// ---- instants

/** Every threshold of a policy, in ms. */
export function thresholds(policy: Policy): readonly number[] {
  const ladders = [policy.silence, policy.inactivity, policy.untouched, ...Object.values(policy.departures)];
  for (const rows of Object.values(policy.whileReported)) {
    if (rows === undefined) continue;
    ladders.push(...[rows.silence, rows.inactivity, rows.untouched].filter((ladder) => ladder !== undefined));
    ladders.push(...Object.values(rows.departures ?? {}).filter((ladder) => ladder !== undefined));
  }
  const cells = ladders.flatMap((ladder) => Object.values(ladder).filter((afterMs) => afterMs !== undefined));
  return [...new Set(cells)].sort((a, b) => a - b);
}

/** A length on the policy's lattice: a threshold, a sum of two, a small number; often one ms off. */
export function lengths(fc: FastCheck, policy: Policy): Arbitrary<number> {
  const cell = fc.constantFrom(0, ...thresholds(policy));
  return fc.tuple(cell, fc.constantFrom(0, 0, 1, 3), cell, fc.integer({ min: -1, max: 1 })).map(([a, use, b, off]) => Math.max(0, a + (use === 3 ? b : use) + off));
}

/** An instant on that lattice, up to `keepSessionMs` and somewhat more. */
export function instants(fc: FastCheck, policy: Policy): Arbitrary<number> {
  const { keepSessionMs, keepLastSeenMs, maxQuietMs } = policy;
  const near = lengths(fc, policy);
  const far = fc.tuple(near, fc.constantFrom(keepSessionMs, keepLastSeenMs, maxQuietMs), fc.integer({ min: -1, max: 1 })).map(([a, b, off]) => Math.max(0, a + b + off));
  return fc.oneof({ weight: 5, arbitrary: near }, { weight: 1, arbitrary: far });
}

export function gaps(fc: FastCheck, policy: Policy): Arbitrary<readonly Gap[]> {
  const gap = fc.tuple(instants(fc, policy), lengths(fc, policy)).map(([from, length]): Gap => ({ from, until: from + length }));
  return fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: fc.array(gap, { maxLength: 3 }) });
}

// ---- signals

interface Options {
  readonly userId?: string;
  /** Which kinds, weighted by repetition. */
  readonly types?: readonly Signal['type'][];
  /** Epochs are left out half of the time. */
  readonly plain?: boolean;
}

/** Stamped, numbered facts about one user. */
export function facts(fc: FastCheck, policy: Policy, options: Options = {}): Arbitrary<Fact> {
  return saying(fc, policy, instants(fc, policy), options) as Arbitrary<Fact>;
}

/** Facts of the sessions only. */
export function sessionFacts(fc: FastCheck, policy: Policy): Arbitrary<Fact> {
  return facts(fc, policy, { types: ['connected', 'heartbeat', 'heartbeat', 'activity', 'disconnected'] });
}

export function histories(fc: FastCheck, policy: Policy, options: Options = {}): Arbitrary<readonly Fact[]> {
  return fc.array(facts(fc, policy, options), { maxLength: 10 });
}

/** What a receiver hears: with or without instants and epochs. */
export function heard(fc: FastCheck, policy: Policy): Arbitrary<Unstamped<Signal>> {
  const at = maybe(fc, instants(fc, policy));
  return saying(fc, policy, at, { plain: true }) as Arbitrary<Unstamped<Signal>>;
}

function saying(fc: FastCheck, policy: Policy, at: Arbitrary<number | undefined>, options: Options): Arbitrary<unknown> {
  const { userId = 'ada', plain = false } = options;
  const types = options.types ?? ['connected', 'heartbeat', 'heartbeat', 'activity', 'disconnected', 'disconnected', 'claimed', 'claimed', 'unclaimed', 'cleared'];
  const epoch = plain ? fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: fc.integer({ min: 0, max: 40 }) }) : fc.integer({ min: 1, max: 3 });
  const session = { at, epoch, sessionId: ids(fc) };
  const report = maybe(fc, fc.constantFrom(...Object.keys(policy.reports), 'unheard of'));
  const quietForMs = maybe(fc, fc.oneof(lengths(fc, policy), fc.constantFrom(policy.maxQuietMs, policy.maxQuietMs + 1)), 1 / 4);
  const uncounted = maybe(fc, fc.boolean(), 1 / 4);
  const says = { ...session, report, activeAt: maybe(fc, instants(fc, policy), 1 / 3), quietForMs, uncounted };
  const of = { type: undefined, userId };
  const shapes: Record<Signal['type'], Record<string, Arbitrary<unknown>>> = {
    connected: says,
    heartbeat: says,
    activity: { ...session, report: maybe(fc, fc.constantFrom(...Object.keys(policy.reports)), 1 / 3), uncounted },
    disconnected: { ...session, cause: maybe(fc, fc.constantFrom(...Object.keys(policy.departures), 'unheard of')) },
    claimed: { at, claim: claims(fc, policy) },
    unclaimed: { at, claimId: ids(fc) },
    cleared: { at },
  };
  return fc.constantFrom(...types).chain((type) => fc.record(shapes[type]).map((said) => withoutUndefined({ ...of, type, ...said })));
}

export function claims(fc: FastCheck, policy: Policy): Arbitrary<Claim> {
  const bottom = policy.statuses[policy.statuses.length - 1] as string;
  const status = fc.constantFrom(...policy.statuses, bottom, 'unheard of');
  const effect = fc.oneof(
    fc.record({ show: status }),
    fc.record({ atMost: status }),
    fc.record({ atMost: fc.constant(bottom) }),
    fc.record({ atLeast: status, atMost: maybe(fc, status) }),
    fc.constant({}),
  );
  const rest = fc.record({
    id: ids(fc),
    whileAtLeast: maybe(fc, status, 1 / 3),
    sessionId: maybe(fc, ids(fc), 1 / 4),
    priority: maybe(fc, fc.integer({ min: -1, max: 1 })),
    expiresAt: maybe(fc, instants(fc, policy), 1 / 3),
    detail: maybe(fc, fc.constantFrom(null, 1, { gameId: 7 }, [true])),
    private: maybe(fc, fc.constant(true), 1 / 3),
  });
  return fc.tuple(rest, effect).map(([common, does]) => withoutUndefined({ ...common, ...does }) as unknown as Claim);
}

/** The same with absent fields absent, in depth one. */
function withoutUndefined(value: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined));
}
