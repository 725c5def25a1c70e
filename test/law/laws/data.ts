import { deepStrictEqual, ok } from 'node:assert';
import { advanceUser, definePolicy, deriveUser, explain, forget, mergeEvidence, observe, parseEvidence, parseSignal } from 'presence-model';
import type { PolicyInput } from 'presence-model';
import { gaps, heard, histories, hostileIds, instants } from '../../support/arbitraries.js';
import type { Fact } from '../../support/arbitraries.js';
import { evidenceOf, frozen } from '../../support/reading.js';
import { law } from '../law.js';

const idFields = new Set(['userId', 'sessionId', 'claimId', 'id']);

/** The same with every id renamed. The new names keep the old order, as order breaks ties. */
function renamed(value: unknown, names: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(value)) return value.map((part) => renamed(part, names));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]: [string, unknown]) => {
      if (key === 'details') return [key, Object.fromEntries(Object.entries(part as object).map(([id, detail]) => [names.get(id) ?? id, detail]))];
      return [key, typeof part === 'string' && idFields.has(key) ? (names.get(part) ?? part) : renamed(part, names)];
    }),
  );
}

function json<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

/** 13. */
export const data = [
  law('ids are opaque', (fc, policy) =>
    fc.property(
      histories(fc, policy),
      instants(fc, policy),
      fc.uniqueArray(fc.oneof(fc.constantFrom(...hostileIds, 'x'.repeat(10_000)), fc.string({ unit: 'binary' })), { minLength: 7, maxLength: 7 }),
      (facts, now, ids) => {
        const olds = ['a', 'b', 'c', 'ada', ...hostileIds.slice(0, 3)].sort(byCodeUnits);
        const news = [...ids].sort(byCodeUnits);
        const names = new Map(olds.map((id, i) => [id, news[i] ?? id]));
        const answer = deriveUser(evidenceOf(facts), policy, now);
        const others = facts.map((fact) => renamed(fact, names) as Fact);
        const nobody = { userId: names.get('ada') ?? '', sessions: [], claims: [] };
        deepStrictEqual(deriveUser(others.reduce(observe, nobody), policy, now), renamed(answer, names));
      },
    ),
  ),
  law('inputs are never changed', (fc, policy) =>
    fc.property(
      histories(fc, policy),
      histories(fc, policy),
      heard(fc, policy),
      instants(fc, policy),
      gaps(fc, policy),
      (facts, others, signal, now, spans) => {
        frozen([facts, others, signal, spans]);
        const evidence = frozen(evidenceOf(facts));
        const other = frozen(evidenceOf(others));
        frozen(mergeEvidence(evidence, other));
        explain(frozen(deriveUser(evidence, policy, now, spans)));
        forget(evidence, policy, now, spans);
        const first = frozen(advanceUser('ada', undefined, policy, now, signal, spans));
        advanceUser('ada', first.row, policy, now + 5, signal, spans);
      },
    ),
  ),
  law('JSON round trips change no answer', (fc, policy) =>
    fc.property(
      histories(fc, policy),
      fc.array(heard(fc, policy), { maxLength: 4 }),
      instants(fc, policy),
      gaps(fc, policy),
      (facts, signals, now, spans) => {
        const evidence = evidenceOf(facts);
        const copy = definePolicy(json(policy) as PolicyInput);
        const answer = deriveUser(evidence, policy, now, spans);
        deepStrictEqual(json(answer), answer);
        deepStrictEqual(deriveUser(json(evidence), copy, now, json(spans)), answer);
        deepStrictEqual(deriveUser(json(evidence), json(policy), now, spans), answer);
        let row = undefined as ReturnType<typeof advanceUser>['row'];
        let stored: string | undefined;
        for (const signal of signals) {
          const kept = advanceUser('ada', row, policy, now, signal);
          const loaded = advanceUser('ada', stored === undefined ? undefined : (JSON.parse(stored) as typeof row), policy, now, json(signal));
          deepStrictEqual([loaded.changes, loaded.presence], [kept.changes, kept.presence]);
          row = kept.row;
          stored = loaded.row === undefined ? undefined : JSON.stringify(loaded.row);
        }
      },
    ),
  ),
  law('what was observed can be parsed, and comes out as it went in', (fc, policy) =>
    fc.property(histories(fc, policy), (facts) => {
      const evidence = evidenceOf(facts);
      deepStrictEqual(parseEvidence(json(evidence)), { ok: true, value: evidence });
      for (const fact of facts) deepStrictEqual(parseSignal(json(fact)), { ok: true, value: fact });
    }),
  ),
  law('parsing never throws, and what it lets in is a signal', (fc, policy) =>
    fc.property(histories(fc, policy), fc.anything(), fc.nat(), fc.nat(), (facts, value, which, field) => {
      parseSignal(value);
      parseEvidence(value);
      const fact = facts[which % Math.max(1, facts.length)];
      if (fact === undefined) return;
      const fields = Object.keys(fact);
      const spoiled: unknown = { ...fact, [fields[field % fields.length] ?? '']: value, foreign: value };
      const parsed = parseSignal(spoiled);
      if (parsed.ok) observe(undefined, { epoch: 1, ...parsed.value } as Fact);
      else ok(parsed.issues.length > 0 && parsed.issues.every(({ message }) => message.startsWith('Expected')));
      const evidence = evidenceOf(facts);
      const known = parseEvidence({ ...evidence, sessions: [...evidence.sessions, value], claims: [...evidence.claims, { id: 'new', at: 0, claim: value }] });
      if (known.ok) deriveUser(known.value, policy, 0);
    }),
  ),
];

function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
