/**
 * Policies that say again what known systems did when their sources were read, each with its source, its version, the date,
 * and what it leaves out.
 *
 * @packageDocumentation
 */
export { discordAsOf202611 } from './discord.js';
export { graphAsOf202611 } from './graph.js';
export { mattermostAsOf202611 } from './mattermost.js';
export { nextcloudAsOf202611 } from './nextcloud.js';
export { phoenixAsOf202611 } from './phoenix.js';
export type { Preset } from './preset.js';
export { rocketChatAsOf202611 } from './rocketchat.js';
export { slackAsOf202611 } from './slack.js';
export { socketIoAsOf202611 } from './socketio.js';
export { synapseAsOf202611 } from './synapse.js';
export { xmppAsOf202611 } from './xmpp.js';
export { yjsAsOf202611 } from './yjs.js';
export { zulipAsOf202611 } from './zulip.js';
