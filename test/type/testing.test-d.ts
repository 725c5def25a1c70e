// What the door for tests carries through: a policy's words reach every segment, and no other word compiles.

import { definePolicy } from 'presence-model';
import { criticalInstants, renderTimelineSvg, timeline } from 'presence-model/testing';
import type { Segment, Timeline } from 'presence-model/testing';
import type { Proof, Same } from './same.js';

const policy = definePolicy({
  statuses: ['busy', 'here', 'gone'],
  silence: { gone: 60_000 },
  reports: { none: 'here', call: 'busy' },
  departures: { dropped: { gone: 20_000 } },
});
const range = { from: 0, until: 60_000 };

export const spans = timeline([{ type: 'connected', userId: 'ada', sessionId: 'tab', at: 0, report: 'call' }], policy, range);
export type Words = [
  Proof<Same<(typeof spans)['statuses'][number], 'busy' | 'here' | 'gone'>>,
  Proof<Same<(typeof spans)['users'][number]['segments'][number]['status'], 'busy' | 'here' | 'gone'>>,
  Proof<Same<(typeof spans)['users'][number]['sessions'][number]['departed'][number]['cause'], 'dropped'>>,
  Proof<Same<Pick<Segment<{ status: 'a'; report: 'b'; cause: 'c' }, 1>, 'from' | 'status' | 'because'>, { readonly from: number; readonly status: 'a'; readonly because: 1 }>>,
];
export const instants: readonly number[] = criticalInstants([{ type: 'claimed', userId: 'ada', at: 0, claim: { id: 'q', show: 'busy' } }], policy);
export const drawn: string = renderTimelineSvg(spans, { theme: 'light' });
export const read = (text: string): string => renderTimelineSvg(JSON.parse(text) as Timeline);

// @ts-expect-error -- no report of this policy
timeline([{ type: 'connected', userId: 'ada', sessionId: 'tab', at: 0, report: 'background' }], policy, range);
// @ts-expect-error -- no status of this policy
criticalInstants([{ type: 'claimed', userId: 'ada', at: 0, claim: { id: 'q', show: 'dnd' } }], policy);
// @ts-expect-error -- a signal says when
timeline([{ type: 'connected', userId: 'ada', sessionId: 'tab' }], policy, range);
// @ts-expect-error -- no theme
renderTimelineSvg(spans, { theme: 'sepia' });
