// The library held against the naive oracle: the same history, the whole answer, every field.

import { deepStrictEqual } from 'node:assert';
import type { IProperty } from 'fast-check';
import { advanceUser, createSettler, deriveUser, diff, observe } from 'presence-model';
import type { Change, Gap, Policy, Signal, Unstamped, UserEvidence, UserRow } from 'presence-model';
import { gaps, heard, histories, instants, lengths, maybe } from './arbitraries.js';
import type { FastCheck } from './arbitraries.js';
import { oracleAdvance, oracleDiff, oracleSettled, oracleUser } from './oracle.js';
import type { OracleState } from './oracle.js';

const userId = 'ada';

/** Facts in any order, then one question. */
export function derivesAsTheOracle(fc: FastCheck, policy: Policy): IProperty<unknown> {
  return fc.property(histories(fc, policy), instants(fc, policy), lengths(fc, policy), gaps(fc, policy), (facts, now, later, spans) => {
    const nobody: UserEvidence = { userId, sessions: [], claims: [] };
    const evidence = facts.reduce(observe, nobody);
    const before = deriveUser(evidence, policy, now, spans);
    const after = deriveUser(evidence, policy, now + later, spans);
    const [oracleBefore, oracleAfter] = [now, now + later].map((at) => oracleUser(facts, userId, policy, at, spans));
    deepStrictEqual(before, oracleBefore);
    deepStrictEqual(after, oracleAfter);
    deepStrictEqual(diff(before, after, 'time'), oracleDiff(before, after, 'time'));
  });
}

interface Call {
  readonly now: number;
  readonly signal?: Unstamped<Signal> | undefined;
  /** A gap that the host knows of from this call on. */
  readonly gap?: Gap | undefined;
  readonly isOtherPolicy: boolean;
}

function calls(fc: FastCheck, policy: Policy): ReturnType<typeof fc.array<Call>> {
  const step = fc.oneof({ weight: 4, arbitrary: lengths(fc, policy) }, { weight: 1, arbitrary: instants(fc, policy) }, { weight: 1, arbitrary: fc.constant(-2) });
  const gap = fc.tuple(instants(fc, policy), lengths(fc, policy)).map(([from, length]): Gap => ({ from, until: from + length }));
  const call = fc.record({
    step,
    signal: maybe(fc, heard(fc, policy), 3 / 4),
    gap: maybe(fc, gap, 1 / 8),
    isOtherPolicy: fc.oneof({ weight: 9, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
  });
  return fc.array(call, { maxLength: 10 }).map((steps) => {
    let now = 0;
    return steps.map(({ step: by, ...said }): Call => ({ ...said, now: (now += by) }));
  });
}

/** A row taken through calls: with signals and alarms, late and early, gaps learnt late, another policy at times. */
export function advancesAsTheOracle(fc: FastCheck, policy: Policy, other: Policy = policy): IProperty<unknown> {
  return fc.property(calls(fc, policy), (steps) => {
    let row: UserRow | undefined;
    let state: OracleState | undefined;
    const spans: Gap[] = [];
    for (const { now, signal, gap, isOtherPolicy } of steps) {
      if (gap !== undefined) spans.push(gap);
      const read = isOtherPolicy ? other : policy;
      const ours = advanceUser(userId, row, read, now, signal, spans);
      const theirs = oracleAdvance(state, userId, read, now, signal, spans);
      deepStrictEqual(ours.changes, theirs.changes);
      deepStrictEqual(ours.presence, theirs.presence);
      deepStrictEqual(ours.row === undefined, theirs.state === undefined);
      row = ours.row;
      state = theirs.state;
    }
  });
}

/** What a settler publishes of what rows tell. */
export function settlesAsTheOracle(fc: FastCheck, policy: Policy): IProperty<unknown> {
  const settleMs = fc.oneof(lengths(fc, policy), fc.integer({ min: 1, max: 9 }));
  return fc.property(fc.array(calls(fc, policy), { minLength: 1, maxLength: 2 }), settleMs, (users, wait) => {
    const pushes = byInstant(users.flatMap((steps, i) => told(`user${String(i)}`, policy, steps)));
    const settler = createSettler({ settleMs: wait });
    const published: Change[] = [];
    const wake = (now: number): void => {
      for (let next = settler.nextChangeAt; next !== undefined && next < now; next = settler.nextChangeAt) published.push(...settler.advanceTo(next));
    };
    let end = 0;
    for (const { changes, now } of pushes) {
      wake(now);
      published.push(...settler.push(changes, now));
      end = now;
    }
    const until = end + wait * 2 + 1;
    wake(until);
    published.push(...settler.advanceTo(until));
    const expected = oracleSettled(pushes, wait, until).map(({ change }) => change);
    for (const id of new Set(users.map((_, i) => `user${String(i)}`))) {
      for (const isShown of [true, false]) {
        const of = (changes: readonly Change[]): readonly Change[] => changes.filter((change) => change.userId === id && (change.shown !== undefined) === isShown);
        deepStrictEqual(of(published), of(expected));
      }
    }
  });
}

interface Push {
  readonly changes: readonly Change[];
  readonly now: number;
}

/** One push for each instant: between two of one instant, time has reached it, and the oracle knows no such thing. */
function byInstant(pushes: readonly Push[]): readonly Push[] {
  const instants = [...new Set(pushes.map(({ now }) => now))].sort((a, b) => a - b);
  return instants.map((now) => ({ now, changes: pushes.filter((push) => push.now === now).flatMap(({ changes }) => changes) }));
}

function told(id: string, policy: Policy, steps: readonly Call[]): readonly Push[] {
  let row: UserRow | undefined;
  let reached = 0;
  return steps.map(({ now, signal }) => {
    const { changes, row: next } = advanceUser(id, row, policy, now, signal === undefined ? undefined : { ...signal, userId: id });
    row = next;
    reached = Math.max(reached, now);
    return { changes, now: reached };
  });
}
