// The door takes fast-check as a team has it, and what it makes is used with it. Checked by `npm run types` with the newest version,
// and by test/guard/fast-check.test.ts with the oldest.

import fc from 'fast-check';
import * as namespace from 'fast-check';
import { defaultPolicy, definePolicy } from 'presence-model';
import type { DefaultNames, Numbered, Policy, Signal } from 'presence-model';
import { histories, laws, policies, signals } from 'presence-model/fast-check';
import type { Law } from 'presence-model/fast-check';
import { is } from './same.js';

const chat = definePolicy({
  statuses: ['here', 'gone'],
  silence: { gone: 30_000 },
  reports: { none: 'here' },
  departures: { dropped: { gone: 20_000 }, kicked: { gone: 0 } },
});
interface Chat {
  readonly status: 'here' | 'gone';
  readonly report: 'none';
  readonly cause: 'dropped' | 'kicked';
}

const lists: readonly (readonly Law[])[] = [laws(fc, chat), laws(namespace, defaultPolicy)];
for (const [law] of lists) law?.check({ seed: 1, path: '0:1', numRuns: 10 });

// In properties their values have the policy's own words.
fc.assert(fc.property(signals(fc, chat), histories(fc, chat), policies(fc), (signal, history, policy) => {
  is<Numbered<Signal<Chat>>>()(signal);
  is<readonly Numbered<Signal<Chat>>[]>()(history);
  is<Policy>()(policy);
}));
fc.assert(fc.property(signals(fc, defaultPolicy), (signal) => {
  is<Numbered<Signal<DefaultNames>>>()(signal);
}));

// They combine with what fast-check makes itself, and with each other.
export const combined: readonly fc.Arbitrary<unknown>[] = [
  signals(fc, chat), fc.record({ history: histories(fc, chat) }), policies(fc).chain((policy) => signals(fc, policy)), fc.nat().chain(() => policies(fc)),
];
export const instants: fc.Arbitrary<number> = signals(fc, chat).map(({ at }) => at).filter((at) => at > 0);
export const sampled: readonly Policy[] = fc.sample(policies(fc), 3);

// @ts-expect-error -- no tester
laws({}, chat);
// @ts-expect-error -- no policy
laws(fc, {});
// @ts-expect-error -- runs are counted
laws(fc, chat)[0]?.check({ numRuns: '10' });
// @ts-expect-error -- a signal is no text
fc.property(signals(fc, chat), (signal: string) => signal.length > 0);
