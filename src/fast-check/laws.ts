// Every law of the model, by what it is about. The numbers beside them are those of the model's list.

import { checkedPolicy } from '../define.js';
import type { Policy } from '../policy.js';
import type { Names } from '../signal.js';
import { lawFor } from './law.js';
import type { Draft, Law } from './law.js';
import { claims } from './laws/claims.js';
import { data } from './laws/data.js';
import { departures } from './laws/departures.js';
import { flapping } from './laws/flapping.js';
import { gaps } from './laws/gaps.js';
import { grace } from './laws/grace.js';
import { heartbeats } from './laws/heartbeats.js';
import { merging } from './laws/merging.js';
import { monotone } from './laws/monotone.js';
import { multiTab } from './laws/multi-tab.js';
import { reasons } from './laws/reasons.js';
import { receiving } from './laws/receiving.js';
import { reports } from './laws/reports.js';
import { settling } from './laws/settling.js';
import { stepping } from './laws/stepping.js';
import { time } from './laws/time.js';
import { trackerData } from './laws/tracker-data.js';
import { trackerTelling } from './laws/tracker-telling.js';
import { trackerTime } from './laws/tracker-time.js';
import { users } from './laws/users.js';
import { testerOf } from './property-tester.js';
import type { FastCheck } from './property-tester.js';

/** Every family of laws, by its name. */
export const families: Readonly<Record<string, readonly Draft[]>> = {
  // What is asked of evidence comes first: with a rule so broken that time stands still, it fails where a host would wait for ever.
  merging, time, reasons, monotone, departures, users, 'multi-tab': multiTab, claims, reports, gaps, heartbeats,
  // A row in a store.
  grace, flapping, stepping, receiving, settling, data,
  // Many users in memory.
  'tracker time': trackerTime, 'tracker telling': trackerTelling, 'tracker data': trackerData,
};

/**
 * The laws of the model as properties of **your** policy, for any test runner: a test for each, titled by its sentence. They
 * drive what this package exports: the pure functions, rows in a store, trackers and settlers.
 *
 * @param fc - Your copy of fast-check, 3.20 or later or 4. Its global configuration holds here too.
 * @param policy - From `definePolicy`.
 * @returns Every law, in one order; `check` throws where it finds a counterexample. Cost of a check: some 10 ms to 300 ms
 * for a hundred runs.
 * @throws TypeError when `fc` is no fast-check or `policy` no policy.
 * @example
 * ```ts
 * import fc from 'fast-check';
 * import { defaultPolicy } from 'presence-model';
 * import { laws } from 'presence-model/fast-check';
 *
 * for (const law of laws(fc, defaultPolicy)) law.check({ seed: 1, numRuns: 3 });
 * laws(fc, defaultPolicy)[0]?.title; // => 'signals may arrive in any order and any number of times'
 * ```
 */
export function laws<N extends Names>(fc: FastCheck, policy: Policy<N>): readonly Law[] {
  const tester = testerOf(fc);
  const checked = checkedPolicy(policy);
  return Object.values(families).flat().map((draft) => lawFor(draft, tester, checked));
}
