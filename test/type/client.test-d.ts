// A page's words are the policy's own: a wrong one does not compile. Checked by `npm run types`.

import { definePolicy } from 'presence-model';
import type { Beat, DefaultNames } from 'presence-model';
import { defaultPolicy } from 'presence-model';
import { createBeacon, heartbeatPlan } from 'presence-model/client';
import type { HeartbeatPlan, PageEvent } from 'presence-model/client';
import { is } from './same.js';

is<HeartbeatPlan<DefaultNames>>()(heartbeatPlan(defaultPolicy));
is<number>()(heartbeatPlan(defaultPolicy).background);
// @ts-expect-error -- the default policy knows no such report
heartbeatPlan(defaultPolicy, { hidden: 'busy' });

const beacon = createBeacon({ policy: defaultPolicy, sessionId: 'tab', epoch: 1, at: 0, reports: { hidden: 'background' } });
is<readonly Beat<DefaultNames>[]>()(beacon.tell({ type: 'closed', cause: 'left', at: 0 }));
is<readonly Beat<DefaultNames>[]>()(beacon.advanceTo(0));
is<number | undefined>()(beacon.nextSendAt);
// @ts-expect-error -- no cause of the default policy
beacon.tell({ type: 'closed', cause: 'kicked', at: 0 });
// @ts-expect-error -- no report of the default policy
beacon.tell({ type: 'report', report: 'call', at: 0 });
// @ts-expect-error -- every event has its instant
beacon.tell({ type: 'hidden' });
// @ts-expect-error -- whoever speaks has a number
createBeacon({ policy: defaultPolicy, sessionId: 'tab', at: 0 });

const own = definePolicy({
  statuses: ['busy', 'here', 'gone'], silence: { gone: 200_000 }, reports: { none: 'here', call: 'busy' }, departures: { dropped: {}, kicked: { gone: 0 } },
});
const event: PageEvent<{ readonly status: 'busy' | 'here' | 'gone'; readonly report: 'none' | 'call'; readonly cause: 'dropped' | 'kicked' }> = { type: 'report', report: 'call', at: 0 };
createBeacon({ policy: own, sessionId: 'tab', epoch: 1, at: 0 }).tell(event);
