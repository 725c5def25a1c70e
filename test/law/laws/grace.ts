import { deepStrictEqual, strictEqual } from 'node:assert';
import { deriveUser, observe } from 'presence-model';
import type { Policy, Signal } from 'presence-model';
import { lengths } from '../../support/arbitraries.js';
import type { Fact } from '../../support/arbitraries.js';
import { derivedRank, evidenceOf } from '../../support/reading.js';
import { law } from '../law.js';
import { graceOf, of, patienceOf, rowOf, seen } from './flapping.js';
import type { Heard } from './flapping.js';

/** Causes that forgive for a while, and not so long that silence speaks first. */
function forgiving(policy: Policy): readonly (readonly [cause: string, grace: number])[] {
  return Object.keys(policy.departures)
    .map((cause) => [cause, graceOf(policy, cause)] as const)
    .filter(([, grace]) => grace >= 1 && grace < patienceOf(policy) && Number.isFinite(grace));
}

export const grace = [
  law('who is back before the grace ends was never gone', (fc, policy) =>
    fc.property(fc.nat(), fc.nat(), (which, back) => {
      const causes = forgiving(policy);
      const chosen = causes[which % Math.max(1, causes.length)];
      if (chosen === undefined) return;
      const [cause, length] = chosen;
      const forgiven = Math.min(length, policy.keepSessionMs); // who is forgotten comes back as a stranger
      const returnAt = back % 2 === 0 ? forgiven - 1 : back % forgiven;
      const told = seen(policy, [
        { ...of, epoch: 1, type: 'connected', at: 0 },
        { ...of, epoch: 1, type: 'disconnected', at: 0, cause },
        { ...of, epoch: 2, type: 'connected', at: returnAt },
      ], returnAt);
      deepStrictEqual(told, seen(policy, [{ ...of, epoch: 1, type: 'connected', at: 0 }, { ...of, epoch: 1, type: 'heartbeat', at: returnAt }], returnAt));
    }),
  ),
  law('the grace ends at its instant, not before and not after', (fc, policy) =>
    fc.property(fc.nat(), (which) => {
      const causes = forgiving(policy);
      const chosen = causes[which % Math.max(1, causes.length)];
      if (chosen === undefined) return;
      const [cause, length] = chosen;
      const life: readonly Fact[] = [{ ...of, epoch: 1, type: 'connected', at: 0 }, { ...of, epoch: 1, type: 'activity', at: 0 }];
      const stayed = evidenceOf(life);
      const gone = observe(stayed, { ...of, epoch: 1, type: 'disconnected', at: 0, cause });
      const row = rowOf(policy, cause);
      for (const now of [length - 1, length, length + 1]) {
        const said = policy.statuses.reduce((worst, status, rank) => ((row[status] ?? Number.POSITIVE_INFINITY) <= now ? rank : worst), 0);
        strictEqual(derivedRank(gone, policy, now), Math.max(said, derivedRank(stayed, policy, now)));
      }
    }),
  ),
  law('a late duplicate of an end restarts no grace', (fc, policy) =>
    fc.property(
      fc.constantFrom(...Object.keys(policy.departures)),
      fc.array(lengths(fc, policy), { maxLength: 3 }),
      lengths(fc, policy),
      (cause, laters, asked) => {
        const once = evidenceOf([{ ...of, epoch: 1, type: 'connected', at: 0 }, { ...of, epoch: 1, type: 'disconnected', at: 5, cause }]);
        const often = laters.reduce((known, later) => observe(known, { ...of, epoch: 1, type: 'disconnected', at: 5 + later, cause }), once);
        deepStrictEqual(deriveUser(often, policy, asked), deriveUser(once, policy, asked));
      },
    ),
  ),
  law("an old socket's end after the new one's start ends nothing, however late it is told", (fc, policy) =>
    fc.property(
      fc.constantFrom(...Object.keys(policy.departures)),
      fc.nat({ max: 1_000 }),
      lengths(fc, policy),
      fc.boolean(),
      (cause, start, late, isNumbered) => {
        const life: Signal[] = [
          { ...of, ...(isNumbered ? { epoch: 1 } : {}), type: 'connected', at: 0 },
          { ...of, ...(isNumbered ? { epoch: 2 } : {}), type: 'connected', at: start + 1 },
        ];
        // Unnumbered, an end has the instant at which the old socket ended, before the new one began.
        const end: Heard = { ...of, ...(isNumbered ? { epoch: 1, at: start + 1 + late } : { at: start, heardAt: start + 1 + late }), type: 'disconnected', cause };
        const until = start + 1 + late + 1_000_000;
        deepStrictEqual(seen(policy, [...life, end], until), seen(policy, life, until));
      },
    ),
  ),
  law('a refresh is seen by nobody where closing is forgiven for as long as it takes', (fc, policy) =>
    fc.property(fc.nat(), fc.nat({ max: 50 }), (takes, up) => {
      const length = Math.min(graceOf(policy, 'closed'), graceOf(policy, 'dropped'), patienceOf(policy), policy.keepSessionMs, 60_000);
      if (length < 4 || !Object.keys(policy.departures).includes('closed')) return;
      const at = (up % Math.min(patienceOf(policy), policy.keepSessionMs)) + 1;
      const back = at + 2 + (takes % (length - 3));
      const refresh: Signal[] = [
        { ...of, epoch: 1, type: 'connected', at: 0 },
        { ...of, epoch: 1, type: 'disconnected', at, cause: 'closed' },
        { ...of, epoch: 1, type: 'disconnected', at: at + 1, cause: 'dropped' },
        { ...of, epoch: 2, type: 'connected', at: back },
      ];
      const calm: Signal[] = [{ ...of, epoch: 1, type: 'connected', at: 0 }, { ...of, epoch: 1, type: 'heartbeat', at: back }];
      deepStrictEqual(seen(policy, refresh, back + 1_000_000), seen(policy, calm, back + 1_000_000));
    }),
  ),
];
