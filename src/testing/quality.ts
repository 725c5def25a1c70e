// How good a policy is on a network, in the measures of failure detectors: Chen, Toueg and Aguilera, "On the Quality of Service
// of Failure Detectors" (IEEE Transactions on Computers 51(5), 2002).
// Rule 1: nothing is derived here; every session is heard as a receiver hears it (replay.ts), and what is shown is what counts.
// Rule 2: sessions are independent of each other, so that intervals are honest. One seed is one set of lives, whatever the policy.
//
// Theory of operation. A status splits the others in two: better, and this or worse. Read so it is a failure detector that trusts
// or suspects, and every measure is that of the paper. Each session lives through a warm-up, through the time that is
// watched, and through a while in which the last mistakes may end; then it crashes.

import { tableOf } from '../define.js';
import type { Policy } from '../policy.js';
import type { Names } from '../signal.js';
import type { Table } from '../table.js';
import { conditionsOf, lengthField, readFields } from './network.js';
import type { Network, Throttled } from './network.js';
import { live, worldOf } from './quality-life.js';
import type { Life } from './quality-life.js';
import { sideBySide } from './quality-mistakes.js';
import { scoreOf } from './quality-score.js';
import type { Quality, Watched } from './quality-score.js';
import { shouldBe, shownOf } from './quality-shown.js';
import { Random } from './random.js';

/** How much is measured. */
export interface QualityOptions {
  /** How many sessions, 2 and up. Each crashes once. Default 400. */
  readonly sessions?: number;
  /** How long each is watched, in hours, above 0. Default half an hour. */
  readonly hours?: number;
  /** Decides every chance; a whole number. Default 1. */
  readonly seed?: number;
}

const hourMs = 3_600_000;

const optionFields = {
  sessions: { ...lengthField(2, 400), wish: 'a whole number, 2 or more' },
  hours: { wish: 'a number above 0', isRight: (value: unknown) => Number.isFinite(value) && Number(value) > 0, standard: 0.5 },
  seed: { wish: 'a whole number', isRight: Number.isSafeInteger, standard: 1 },
};

/**
 * Measures a policy on a network: how soon a crash shows, how often and for how long a healthy session is shown worse than
 * it should be, how much of the time the answer is right, and how much is told for nothing. Every estimate comes with a 95 %
 * confidence interval. A user with one session that is used without a break (or hidden) stands for all.
 *
 * @param policy - From `definePolicy`.
 * @param network - How clients are heard; `{}` is an ordinary day.
 * @param options - How much to measure, and the seed.
 * @returns The same for the same arguments, in every engine. Cost: linear in `sessions` times beats, some microseconds each.
 * @throws TypeError when a field of the network or the options is not what it should be.
 * @example
 * ```ts
 * import { defaultPolicy } from 'presence-model';
 * import { measureQuality } from 'presence-model/testing';
 *
 * const { detectors } = measureQuality(defaultPolicy, { heartbeatMs: 10_000, loss: 0.01 });
 * const idle = detectors.find(({ status }) => status === 'idle');
 * idle?.mistakesPerHour.estimate.toFixed(1); // => '3.5'    one beat in a hundred is lost, and 15 s are over before the next
 * ```
 */
export function measureQuality<N extends Names>(policy: Policy<N>, network: Network, options: QualityOptions = {}): Quality<N> {
  const table = tableOf(policy);
  const world = worldOf(conditionsOf(network));
  const { sessions, hours, seed } = readFields<Required<QualityOptions>>('options', options, optionFields);
  const watched = { from: 0, until: Math.ceil(hours * hourMs) };
  const hidden = Math.round((world.throttled?.share ?? 0) * sessions);
  const lives = Array.from({ length: sessions }, (_, i) => {
    const throttled = i < hidden ? world.throttled : undefined;
    return watch(live(world, throttled, watched, Random.of(seed, i)), throttled, table);
  });
  return scoreOf(lives, watched, table) as Quality<N>;
}

function watch(life: Life, throttled: Required<Throttled> | undefined, table: Table): Watched {
  const { startedAt, crashedAt, intervalMs, signals } = life;
  const shown = shownOf(life, table);
  const pieces = sideBySide(shown, shouldBe(table, throttled, life), crashedAt);
  const heardAt = signals.filter(({ type }) => type !== 'disconnected').map(({ at }) => at);
  const longestSilenceMs = heardAt.reduce((longest, at, i) => Math.max(longest, at - (heardAt[i - 1] ?? startedAt)), 0);
  return { shown, pieces, crashedAt, intervalMs, longestSilenceMs };
}
