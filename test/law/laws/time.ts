import { deepStrictEqual, notDeepStrictEqual } from 'node:assert';
import { advanceUser, deriveSession, deriveUser } from 'presence-model';
import type { Change, UserRow } from 'presence-model';
import { gaps, heard, histories, instants, lengths } from '../../support/arbitraries.js';
import type { Fact } from '../../support/arbitraries.js';
import { evidenceOf, timeless, timelessSession } from '../../support/reading.js';
import { law } from '../law.js';

/** 2, 3 and 4. */
export const time = [
  law('a verdict is constant until `nextChangeAt` and different there', (fc, policy) =>
    fc.property(histories(fc, policy), instants(fc, policy), gaps(fc, policy), lengths(fc, policy), (facts, now, spans, later) => {
      const evidence = evidenceOf(facts);
      const user = deriveUser(evidence, policy, now, spans);
      const next = user.nextChangeAt;
      const inside = next === undefined ? now + later : Math.min(now + later, next - 1);
      for (const at of [inside, next === undefined ? now + later + 1 : next - 1]) deepStrictEqual(timeless(deriveUser(evidence, policy, at, spans)), timeless(user));
      if (next !== undefined) notDeepStrictEqual(withoutNext(timeless(deriveUser(evidence, policy, next, spans))), withoutNext(timeless(user)));
      for (const known of evidence.sessions) {
        const session = deriveSession(known, policy, now, spans);
        const change = session.nextChangeAt;
        const before = change === undefined ? now + later : change - 1;
        deepStrictEqual(timelessSession(deriveSession(known, policy, before, spans)), timelessSession(session));
        if (change !== undefined) {
          notDeepStrictEqual(withoutNext(timelessSession(deriveSession(known, policy, change, spans))), withoutNext(timelessSession(session)));
        }
      }
    }),
  ),
  law('one jump in time equals many steps', (fc, policy) =>
    fc.property(
      fc.array(heard(fc, policy), { maxLength: 4 }),
      fc.array(lengths(fc, policy), { maxLength: 6 }),
      gaps(fc, policy),
      (signals, steps, spans) => {
        const start = signals.reduce<UserRow | undefined>((row, signal) => advanceUser('ada', row, policy, 50, signal, spans).row, undefined);
        let row = start;
        let now = 50;
        const told: Change[] = [];
        for (const step of steps) {
          now += step;
          const advanced = advanceUser('ada', row, policy, now, undefined, spans);
          told.push(...advanced.changes);
          row = advanced.row;
        }
        const jump = advanceUser('ada', start, policy, now, undefined, spans);
        deepStrictEqual(told, jump.changes);
        deepStrictEqual(row, jump.row);
      },
    ),
  ),
  law('one jump in time equals asking every millisecond', (fc, policy) =>
    fc.property(fc.array(heard(fc, policy), { maxLength: 3 }), fc.nat({ max: 60 }), gaps(fc, policy), (signals, length, spans) => {
      const start = signals.reduce<UserRow | undefined>((row, signal) => advanceUser('ada', row, policy, 20, signal, spans).row, undefined);
      const told: Change[] = [];
      let row = start;
      for (let now = 20; now <= 20 + length; now++) {
        const advanced = advanceUser('ada', row, policy, now, undefined, spans);
        told.push(...advanced.changes);
        row = advanced.row;
      }
      deepStrictEqual(told, advanceUser('ada', start, policy, 20 + length, undefined, spans).changes);
    }),
  ),
  law('shifting every instant by k shifts every answer by k', (fc, policy) =>
    fc.property(
      histories(fc, policy),
      instants(fc, policy),
      gaps(fc, policy),
      fc.oneof(fc.integer(), fc.constant(1_795_000_000_000)),
      (facts, now, spans, k) => {
        const shifted = facts.map((fact) => shift(fact, k) as Fact);
        const answer = deriveUser(evidenceOf(facts), policy, now, spans);
        const later = deriveUser(evidenceOf(shifted), policy, now + k, shift(spans, k) as typeof spans);
        deepStrictEqual(later, shift(answer, k));
      },
    ),
  ),
];

function withoutNext(presence: unknown): unknown {
  return JSON.parse(JSON.stringify(presence), (key, value: unknown) => (key === 'nextChangeAt' ? undefined : value));
}

const instantFields = new Set(['at', 'activeAt', 'expiresAt', 'from', 'until', 'since', 'crossedAt', 'nextChangeAt', 'lastSeenAt', 'lastActiveAt']);

/** The same with every instant moved. Details are data of somebody else and stay. */
function shift(value: unknown, k: number): unknown {
  if (Array.isArray(value)) return value.map((part) => shift(part, k));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]: [string, unknown]) => {
      if (key === 'detail' || key === 'details') return [key, part];
      return [key, typeof part === 'number' && instantFields.has(key) ? part + k : shift(part, k)];
    }),
  );
}
