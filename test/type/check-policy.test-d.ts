// What checkPolicy and detectionBounds say of a policy is in the policy's own words. Checked by `npm run types`.

import { defaultPolicy, definePolicy } from 'presence-model';
import type { DefaultNames, DurationMs, Signal } from 'presence-model';
import { checkPolicy, detectionBounds } from 'presence-model/testing';
import type { Bound, DetectionBounds, Environment, Finding, FindingCode, Severity, Witness } from 'presence-model/testing';
import { is } from './same.js';
import type { Proof, Same } from './same.js';

const chat = definePolicy({
  statuses: ['busy', 'here', 'gone'],
  silence: { gone: 150_000 },
  reports: { none: 'here', dnd: 'busy' },
  departures: { dropped: { gone: 20_000 } },
});
interface Chat {
  readonly status: 'busy' | 'here' | 'gone';
  readonly report: 'none' | 'dnd';
  readonly cause: 'dropped';
}

is<readonly Finding<Chat>[]>()(checkPolicy(chat, { hidden: 'dnd' }));
const bounds = detectionBounds(chat);
is<DetectionBounds<Chat>>()(bounds);

export type Said = [
  Proof<Same<Finding<Chat>['report'], 'none' | 'dnd' | undefined>>,
  Proof<Same<Finding['severity'], Severity>>,
  Proof<Same<Severity, 'error' | 'warning' | 'note'>>,
  Proof<Same<Extract<FindingCode, 'heartbeat-too-slow' | 'too-slow'>, 'heartbeat-too-slow'>>,
  Proof<Same<Witness<Chat>['signals'], readonly Signal<Chat>[]>>,
  Proof<Same<keyof DetectionBounds, 'crash' | 'close' | 'signOut' | 'hidden' | 'frozen'>>,
  Proof<Same<DetectionBounds<Chat>['crash'], { readonly busy?: Bound; readonly here?: Bound; readonly gone?: Bound }>>,
  Proof<Same<Bound, { readonly shortestMs: DurationMs; readonly longestMs: DurationMs }>>,
  Proof<Same<Environment<DefaultNames>['hidden'], 'none' | 'active' | 'idle' | 'background' | undefined>>,
];

// A policy that is only known as a policy will do, and so will an environment.
const environment: Environment = { heartbeatMs: 7_000 };
checkPolicy(chat as Parameters<typeof checkPolicy>[0], environment);

// @ts-expect-error -- the policy has no such report
checkPolicy(defaultPolicy, { hidden: 'busy' });
// @ts-expect-error -- there is no such field
checkPolicy(defaultPolicy, { heartbeat: 30 });
// @ts-expect-error -- the policy has no such status
is<Bound | undefined>()(bounds.crash.offline);
