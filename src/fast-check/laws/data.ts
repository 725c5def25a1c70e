import { advanceUser, definePolicy, deriveUser, explain, forget, mergeEvidence, observe, parseEvidence, parseSignal } from '../../index.js';
import type { PolicyInput, UserRow } from '../../index.js';
import { byCodeUnits, isRecord } from '../../plain.js';
import { calls } from '../calls.js';
import { heard, histories, hostileIds, userId } from '../facts.js';
import type { Fact } from '../facts.js';
import { asked, gaps, instants } from '../instants.js';
import { law } from '../law.js';
import type { Draft } from '../law.js';
import { equal } from '../proof.js';
import { evidenceOf, frozen, json } from '../reading.js';

/** Every id that a history may use, in code-unit order. */
const usedIds = ['a', 'b', 'c', userId, ...hostileIds.slice(0, 3)].sort(byCodeUnits);
const idFields = new Set(['userId', 'sessionId', 'claimId', 'id']);

/** The same with every id renamed. The new names keep the old order, as order breaks ties. */
function renamed(value: unknown, names: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(value)) return value.map((part) => renamed(part, names));
  if (typeof value === 'string') return names.get(value);
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => {
    if (key === 'details') return [key, Object.fromEntries(Object.entries(part as object).map(([id, detail]) => [names.get(id), detail]))];
    return [key, idFields.has(key) || typeof part === 'object' ? renamed(part, names) : part];
  }));
}

/** 13. */
export const data: readonly Draft[] = [
  law('ids are opaque', {
    given: (fc, policy) => {
      const anything = fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 8 }).map((units) => String.fromCharCode(...units));
      const names = fc.uniqueArray(fc.oneof(fc.constantFrom(...hostileIds, 'x'.repeat(1_000)), anything), { minLength: usedIds.length, maxLength: usedIds.length });
      return asked(fc, policy, histories(fc, policy), { names });
    },
    then: ({ facts, now, names }, policy) => {
      const news = [...names].sort(byCodeUnits);
      const ids = new Map(usedIds.map((id, i) => [id, String(news[i])]));
      const others = facts.map((fact) => renamed(fact, ids) as Fact);
      const stranger = { userId: String(ids.get(userId)), sessions: [], claims: [] };
      equal(deriveUser(others.reduce(observe, stranger), policy, now), renamed(deriveUser(evidenceOf(facts), policy, now), ids));
    },
  }),
  law('inputs are never changed', {
    given: (fc, policy) => asked(fc, policy, histories(fc, policy), {
      others: histories(fc, policy), signal: heard(fc, policy), gaps: gaps(fc, policy), isFrozen: fc.boolean(),
    }),
    then: ({ facts, now, others, signal, gaps: spans, isFrozen }, policy) => {
      // Frozen, so that a change throws; or as it is, and compared afterwards.
      const seen: { readonly value: unknown; readonly before: string }[] = [];
      const kept = <T>(value: T): T => {
        seen.push({ value, before: JSON.stringify(value) });
        return isFrozen ? frozen(value) : value;
      };
      kept([facts, others, signal, spans]);
      const evidence = kept(evidenceOf(facts));
      kept(mergeEvidence(evidence, kept(evidenceOf(others))));
      explain(kept(deriveUser(evidence, policy, now, spans)));
      kept(forget(evidence, policy, now, spans));
      const first = kept(advanceUser(userId, undefined, policy, now, signal, spans));
      advanceUser(userId, first.row, policy, now + 5, signal, spans);
      for (const { value, before } of seen) equal(JSON.stringify(value), before);
    },
  }),
  law('JSON round trips change no answer', {
    given: (fc, policy) => asked(fc, policy, histories(fc, policy), {
      gaps: gaps(fc, policy), said: calls(fc, policy, { most: 4 }),
    }),
    then: ({ facts, now, gaps: spans, said }, policy) => {
      const evidence = evidenceOf(facts);
      const answer = deriveUser(evidence, policy, now, spans);
      equal(json(answer), answer);
      equal(deriveUser(json(evidence), definePolicy(json(policy) as PolicyInput), now, json(spans)), answer);
      equal(deriveUser(json(evidence), json(policy), now, spans), answer);
      let row: UserRow | undefined;
      let stored: UserRow | undefined;
      for (const call of said) {
        const kept = advanceUser(userId, row, policy, call.now, call.signal);
        const loaded = advanceUser(userId, stored, policy, call.now, json(call.signal));
        equal([loaded.changes, loaded.presence, loaded.row], [kept.changes, kept.presence, kept.row]);
        row = kept.row;
        stored = loaded.row === undefined ? undefined : json(loaded.row);
      }
    },
  }),
  law('what was observed can be parsed, and comes out as it went in', {
    given: (fc, policy) => fc.record({ facts: histories(fc, policy) }),
    then: ({ facts }) => {
      const evidence = evidenceOf(facts);
      equal(parseEvidence(json(evidence)), { ok: true, value: evidence });
      for (const fact of facts) equal(parseSignal(json(fact)), { ok: true, value: fact });
    },
  }),
  law('parsing never throws, and what it lets in is a signal', {
    given: (fc, policy) => {
      const sound = fc.constant({ sessionId: 'new', epoch: 1, id: 'new' }); // as a session and as a claim
      const value = fc.oneof({ weight: 3, arbitrary: fc.anything() }, { weight: 1, arbitrary: sound });
      return fc.record({ facts: histories(fc, policy), value, field: fc.nat({ max: 8 }), now: instants(fc, policy) });
    },
    then: ({ facts, value, field, now }, policy) => {
      parseSignal(value);
      parseEvidence(value);
      for (const fact of facts) {
        const fields = Object.keys(fact);
        const spoiled = { ...fact, ...Object.fromEntries(fields.slice(field, field + 1).map((name) => [name, value])), foreign: value };
        const parsed = parseSignal(spoiled);
        if (parsed.ok) observe(undefined, { epoch: 1, ...parsed.value } as Fact);
        else equal(parsed.issues.filter(({ message }) => message.startsWith('Expected')), parsed.issues);
      }
      const evidence = evidenceOf(facts);
      const sessions = [...evidence.sessions, value];
      const known = parseEvidence({ ...evidence, sessions, claims: [...evidence.claims, { id: 'new', at: 0, claim: value }] });
      if (known.ok) deriveUser(known.value, policy, now);
    },
  }),
];
