// Every system, in the order of the table of outcomes.

import type { Adapter } from '../adapter.js';
import { browser } from './browser.js';
import { mattermost } from './mattermost.js';
import { nextcloud } from './nextcloud.js';
import { phoenix } from './phoenix.js';
import { rocketchat } from './rocketchat.js';
import { synapse } from './synapse.js';
import { yjs } from './yjs.js';
import { zulip } from './zulip.js';

export const adapters: readonly Adapter[] = [synapse, rocketchat, zulip, mattermost, nextcloud, phoenix, yjs, browser];
