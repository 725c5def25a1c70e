// A preset's words are the policy's own: a wrong one does not compile. Checked by `npm run types`.

import { createTracker, definePolicy } from 'presence-model';
import type { NamesOf, Policy } from 'presence-model';
import { slackAsOf202611, socketIoAsOf202611, zulipAsOf202611 } from 'presence-model/presets';
import type { Preset } from 'presence-model/presets';
import { is } from './same.js';

type Slack = NamesOf<typeof slackAsOf202611.policy>;

is<Policy<{ readonly status: 'active' | 'idle' | 'offline'; readonly report: 'none'; readonly cause: 'dropped' }>>()(zulipAsOf202611.policy);
is<Preset<'online' | 'offline', 'none', 'dropped' | 'left'>>()(socketIoAsOf202611);

const tracker = createTracker({ policy: slackAsOf202611.policy });
is<Slack['status']>()(tracker.status('ada'));
tracker.observe({ type: 'claimed', userId: 'ada', claim: { id: 'manual', show: 'away' } }, 0);
// @ts-expect-error -- Slack knows no such word
tracker.observe({ type: 'claimed', userId: 'ada', claim: { id: 'manual', show: 'offline' } }, 0);

// A preset is where one's own policy starts from, and its words go with it.
const forgiving = definePolicy({ ...socketIoAsOf202611.policy, departures: { dropped: { offline: 10_000 }, left: { offline: 0 }, kicked: { offline: 0 } } });
is<Policy<{ readonly status: 'online' | 'offline'; readonly report: 'none'; readonly cause: 'dropped' | 'left' | 'kicked' }>>()(forgiving);
