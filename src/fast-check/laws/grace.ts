import { deriveUser } from '../../index.js';
import type { Policy, Signal } from '../../index.js';
import { causes } from '../facts.js';
import type { Fact } from '../facts.js';
import { latestOf, lengths, partOf, parts } from '../instants.js';
import { law } from '../law.js';
import type { Draft } from '../law.js';
import { equal } from '../proof.js';
import { bottomRank, derivedRank, evidenceOf, worstOf } from '../reading.js';
import { cellsOf, departureRow, graceOf, patienceOf } from '../rows.js';
import { muchLater, of, seen } from './flapping.js';
import type { Heard } from './flapping.js';

/** How long an end by this cause is forgiven: who is forgotten comes back as a stranger. */
function forgivenFor(policy: Policy, cause: string): number {
  return Math.min(graceOf(policy, cause), policy.keepSessionMs);
}

/** How long a refresh may take: shorter than any of its two ends is forgiven, with room for both. */
function refreshTime(policy: Policy, cause: string): number {
  return Math.min(forgivenFor(policy, cause), forgivenFor(policy, 'dropped'), 60_000) - 2;
}

/** 6 in practice: how long a loss, a closing and a signing out are forgiven. */
export const grace: readonly Draft[] = [
  law('who is back before the grace ends was never gone', {
    given: (fc, policy) => fc.record({
      cause: causes(fc, policy), up: lengths(fc, policy), back: lengths(fc, policy), later: lengths(fc, policy),
    }),
    when: ({ cause, up }, policy) => forgivenFor(policy, cause) > 0 && up < policy.keepSessionMs,
    said: ({ cause, up, back }, policy) => {
      const returnAt = up + Math.min(back, forgivenFor(policy, cause) - 1);
      const life: readonly Signal[] = [{ ...of, epoch: 1, type: 'connected', at: 0 }, { ...of, epoch: 1, type: 'heartbeat', at: up }];
      const gone: readonly Signal[] = [...life, { ...of, epoch: 1, type: 'disconnected', at: up, cause }, { ...of, epoch: 2, type: 'connected', at: returnAt }];
      const calm: readonly Signal[] = [...life, { ...of, epoch: 1, type: 'heartbeat', at: returnAt }];
      return { gone, calm };
    },
    then: ({ gone, calm, later }, policy) => {
      const until = latestOf(gone) + later;
      equal(seen(policy, gone, until), seen(policy, calm, until));
    },
  }),
  law('the grace ends at its instant, not before and not after', {
    given: (fc, policy) => fc.record({ cause: causes(fc, policy), up: lengths(fc, policy), isTouched: fc.boolean() }),
    when: ({ cause }, policy) => Object.keys(departureRow(policy, 'none', cause)).length > 0,
    said: ({ cause, up, isTouched }) => {
      const life: readonly Fact[] = [{ ...of, epoch: 1, type: isTouched ? 'activity' : 'connected', at: 0 }, { ...of, epoch: 1, type: 'heartbeat', at: up }];
      const end: readonly Fact[] = [{ ...of, epoch: 1, type: 'disconnected', at: up, cause }];
      return { life, end };
    },
    then: ({ life, end, cause, up }, policy) => {
      const [stayed, gone] = [evidenceOf(life), evidenceOf([...life, ...end])];
      const row = departureRow(policy, 'none', cause);
      for (const [, afterMs] of cellsOf(row)) {
        for (const ran of [Math.max(0, afterMs - 1), afterMs, afterMs + 1]) {
          equal(derivedRank(gone, policy, up + ran), Math.max(worstOf(row, ran, policy), derivedRank(stayed, policy, up + ran)));
        }
      }
    },
  }),
  law('a late duplicate of an end restarts no grace', {
    given: (fc, policy) => fc.record({
      cause: causes(fc, policy), laters: fc.array(lengths(fc, policy), { minLength: 1, maxLength: 3 }), asked: lengths(fc, policy),
    }),
    said: ({ cause, laters }) => {
      const life: readonly Fact[] = [{ ...of, epoch: 1, type: 'connected', at: 0 }, { ...of, epoch: 1, type: 'disconnected', at: 5, cause }];
      const duplicates = laters.map((later): Fact => ({ ...of, epoch: 1, type: 'disconnected', at: 5 + later, cause }));
      return { life, duplicates };
    },
    then: ({ life, duplicates, asked }, policy) => {
      const [once, often] = [evidenceOf(life), evidenceOf([...life, ...duplicates])];
      for (const now of [asked, 5 + asked]) equal(deriveUser(often, policy, now), deriveUser(once, policy, now));
    },
  }),
  law("an old socket's end after the new one's start ends nothing, however late it is told", {
    given: (fc, policy) => fc.record({
      cause: causes(fc, policy), start: fc.nat({ max: 1_000 }), late: lengths(fc, policy), isNumbered: fc.boolean(),
    }),
    said: ({ cause, start, late, isNumbered }) => {
      const numbered = (epoch: number): object => (isNumbered ? { epoch } : {});
      const life: readonly Signal[] = [{ ...of, ...numbered(1), type: 'connected', at: 0 }, { ...of, ...numbered(2), type: 'connected', at: start + 1 }];
      const told = start + 1 + late;
      // Unnumbered, an end has the instant at which the old socket ended, before the new one began.
      const end: Heard = { ...of, ...numbered(1), type: 'disconnected', cause, ...(isNumbered ? { at: told } : { at: start, heardAt: told }) };
      return { life, end: [end] };
    },
    then: ({ life, end, start, late }, policy) => {
      const until = start + late + muchLater;
      equal(seen(policy, [...life, ...end], until), seen(policy, life, until));
    },
  }),
  law('a refresh is seen by nobody where closing is forgiven for as long as it takes', {
    given: (fc, policy) => fc.record({ cause: causes(fc, policy), takes: parts(fc), up: parts(fc) }),
    when: ({ cause }, policy) => refreshTime(policy, cause) >= 1 && policy.keepSessionMs >= 3,
    said: ({ cause, takes, up }, policy) => {
      // Who was at the bottom for other reasons and is forgotten meanwhile comes back as somebody new.
      const known = policy.keepSessionMs - 3;
      const at = partOf(Math.min(patienceOf(policy) - 1, known, 60_000), up);
      const back = at + 2 + partOf(Math.min(refreshTime(policy, cause) - 1, known - at), takes);
      const refresh: readonly Signal[] = [
        { ...of, epoch: 1, type: 'connected', at: 0 },
        { ...of, epoch: 1, type: 'disconnected', at, cause },
        { ...of, epoch: 1, type: 'disconnected', at: at + 1, cause: 'dropped' },
        { ...of, epoch: 2, type: 'connected', at: back },
      ];
      const calm: readonly Signal[] = [{ ...of, epoch: 1, type: 'connected', at: 0 }, { ...of, epoch: 1, type: 'heartbeat', at: back }];
      return { refresh, calm };
    },
    then: ({ refresh, calm }, policy) => {
      const until = latestOf(refresh) + muchLater;
      equal(seen(policy, refresh, until), seen(policy, calm, until));
    },
  }),
  law('a goodbye without grace is seen at once, and so is the return', {
    given: (fc, policy) => fc.record({
      cause: causes(fc, policy), up: lengths(fc, policy), away: lengths(fc, policy),
    }),
    when: ({ cause }, policy) => worstOf(departureRow(policy, 'none', cause), 0, policy) === bottomRank(policy),
    said: ({ cause, up, away }) => {
      const life: readonly Fact[] = [{ ...of, epoch: 1, type: 'connected', at: 0 }, { ...of, epoch: 1, type: 'heartbeat', at: up }];
      const gone: readonly Fact[] = [...life, { ...of, epoch: 1, type: 'disconnected', at: up, cause }];
      const back: readonly Fact[] = [...gone, { ...of, epoch: 2, type: 'connected', at: up + away }];
      const calm: readonly Fact[] = [...life, { ...of, epoch: 1, type: 'heartbeat', at: up + away }];
      return { gone, back, calm };
    },
    then: ({ gone, back, calm, up, away }, policy) => {
      equal(derivedRank(evidenceOf(gone), policy, up), bottomRank(policy));
      equal(derivedRank(evidenceOf(back), policy, up + away), derivedRank(evidenceOf(calm), policy, up + away));
    },
  }),
];
