import { deepStrictEqual, notStrictEqual, ok, strictEqual } from 'node:assert';
import { advanceUser, deriveUser, forget } from 'presence-model';
import type { Change, Policy, Signal, Unstamped, UserRow } from 'presence-model';
import { heard, histories, instants, lengths, maybe, sessionFacts } from '../../support/arbitraries.js';
import type { FastCheck } from '../../support/arbitraries.js';
import { bottomOf, derivedRank, evidenceOf, nobody } from '../../support/reading.js';
import { law } from '../law.js';

interface Call {
  readonly now: number;
  readonly signal: Unstamped<Signal> | undefined;
}

function calls(fc: FastCheck, policy: Policy): ReturnType<typeof fc.array<Call>> {
  const step = fc.oneof({ weight: 4, arbitrary: lengths(fc, policy) }, { weight: 1, arbitrary: instants(fc, policy) });
  return fc.array(fc.tuple(step, maybe(fc, heard(fc, policy), 3 / 4)), { maxLength: 8 }).map((steps) => {
    let now = 0;
    return steps.map(([by, signal]): Call => ({ now: (now += by), signal }));
  });
}

/** A row taken through calls, asked in between at further instants. */
function lived(policy: Policy, said: readonly Call[], between: readonly number[] = []): { row: UserRow | undefined; changes: Change[]; now: number } {
  let row: UserRow | undefined;
  let now = 0;
  const changes: Change[] = [];
  const call = (at: number, signal?: Unstamped<Signal>): void => {
    const advanced = advanceUser('ada', row, policy, at, signal);
    row = advanced.row;
    changes.push(...advanced.changes);
  };
  for (const { now: next, signal } of said) {
    for (const step of between) if (now + step < next) call(now + step);
    now = next;
    call(now, signal);
  }
  return { row, changes, now };
}

/** Collecting shows in who is named for a bottom, and nowhere else. */
function withoutBottomReasons(changes: readonly Change[], policy: Policy): unknown {
  const bottom = policy.shownAs[bottomOf(policy)] ?? bottomOf(policy);
  return changes.map((change) => (change.type === 'user' && change.to === bottom && change.because.by !== 'claim' ? { ...change, because: 'nobody there' } : change));
}

/** 10, 11 and 12. */
export const receiving = [
  law('a receiver that collects late answers like one that collects early', (fc, policy) =>
    fc.property(calls(fc, policy), fc.array(instants(fc, policy), { maxLength: 3 }), (said, steps) => {
      const between = [...steps, policy.keepSessionMs, policy.keepSessionMs + 1].sort((a, b) => a - b);
      const late = lived(policy, said);
      const early = lived(policy, said, between);
      deepStrictEqual(withoutBottomReasons(early.changes, policy), withoutBottomReasons(late.changes, policy));
      deepStrictEqual(early.row, late.row);
    }),
  ),
  law('a late duplicate of a numbered session signal resurrects nobody', (fc, policy) =>
    fc.property(
      histories(fc, policy, { types: ['connected', 'heartbeat', 'activity', 'disconnected'] }),
      fc.nat(),
      instants(fc, policy),
      (facts, which, later) => {
        const duplicate = facts[which % Math.max(1, facts.length)];
        if (duplicate === undefined) return;
        const now = Math.max(...facts.map(({ at }) => at)) + later;
        let row: UserRow | undefined;
        for (const fact of [...facts].sort((a, b) => a.at - b.at)) row = advanceUser('ada', row, policy, fact.at, fact).row;
        const before = advanceUser('ada', row, policy, now);
        const again = advanceUser('ada', before.row, policy, now, duplicate);
        strictEqual(again.presence.derived, before.presence.derived);
        deepStrictEqual(again.changes.filter(({ type }) => type !== 'rejected'), []);
      },
    ),
  ),
  law('last seen survives as long as the policy keeps it and the session goes on counting', (fc, policy) =>
    fc.property(fc.array(sessionFacts(fc, policy), { minLength: 1, maxLength: 5 }), instants(fc, policy), (facts, now) => {
      const evidence = evidenceOf(facts);
      const { lastSeenAt, lastActiveAt, shown } = deriveUser(evidence, policy, now);
      const kept = forget(evidence, policy, now) ?? nobody;
      const after = deriveUser(kept, policy, now);
      deepStrictEqual([after.lastSeenAt, after.lastActiveAt, after.shown], [lastSeenAt, lastActiveAt, shown]);
      if (derivedRank(evidence, policy, now) === policy.statuses.length - 1 && lastSeenAt !== undefined) ok(now < lastSeenAt + policy.keepLastSeenMs);
    }),
  ),
  law('forgetting is told by nothing', (fc, policy) =>
    fc.property(histories(fc, policy), instants(fc, policy), lengths(fc, policy), (facts, at, later) => {
      const evidence = evidenceOf(facts);
      const kept = forget(evidence, policy, at) ?? nobody;
      const [full, brief] = [deriveUser(evidence, policy, at + later), deriveUser(kept, policy, at + later)];
      deepStrictEqual([brief.status, brief.derived, brief.shown, brief.claims, brief.nextChangeAt], [full.status, full.derived, full.shown, full.claims, full.nextChangeAt]);
    }),
  ),
  law('changes chain, never `from = to`, and replaying them gives what the row reads', (fc, policy) =>
    fc.property(calls(fc, policy), (said) => {
      const { row, changes, now } = lived(policy, said);
      let status = deriveUser(nobody, policy, 0).status;
      let at = 0;
      for (const change of changes) {
        ok(change.at >= at);
        at = change.at;
        if (change.type !== 'user') continue;
        strictEqual(change.from, status);
        notStrictEqual(change.to, change.from);
        strictEqual(change.shown.status, change.to);
        status = change.to;
      }
      strictEqual(status, advanceUser('ada', row, policy, now).presence.status);
    }),
  ),
  law('at an instant to which a row was taken, it answers what the model says of the evidence it holds', (fc, policy) =>
    fc.property(calls(fc, policy), (said) => {
      let row: UserRow | undefined;
      for (const { now, signal } of said) {
        const advanced = advanceUser('ada', row, policy, now, signal);
        row = advanced.row;
        deepStrictEqual(advanced.presence, deriveUser(row?.evidence ?? nobody, policy, now));
        deepStrictEqual(row?.told ?? advanced.presence.shown, advanced.presence.shown);
      }
    }),
  ),
  law('a refused signal leaves no trace', (fc, policy) =>
    fc.property(calls(fc, policy), sessionFacts(fc, policy), (said, fact) => {
      const { row, now } = lived(policy, said);
      const late = { ...fact, at: now - policy.keepSessionMs };
      const refused = advanceUser('ada', row, policy, now, late);
      const without = advanceUser('ada', row, policy, now);
      deepStrictEqual(refused.changes.map(({ type }) => type), ['rejected']);
      deepStrictEqual([refused.row, refused.presence], [without.row, without.presence]);
      const accepted = advanceUser('ada', row, policy, now, { ...fact, at: now - policy.keepSessionMs + 1 });
      ok(accepted.changes.every(({ type }) => type !== 'rejected'));
    }),
  ),
];

