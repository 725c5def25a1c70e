// Connections that end although the client is well: grace against the time until it is back, proxies against beats.
// Rule 1: grace that ends before a client can be back shows every such loss; that silence says something meanwhile is
//         another matter (`reconnect-outlasts-silence`).
// Rule 2: a proxy cuts where less is sent than it waits for, beats and the transport's own pings together.

import { spoken } from '../../duration.js';
import type { DurationMs } from '../../time.js';
import type { Client } from '../environment.js';
import { awayMsOf } from './beats.js';
import type { Found, View } from './finding.js';
import { cellOf, flapOf, latenessOf, placeOf, worstByPath } from './worst.js';
import type { Flap } from './worst.js';

/** `grace-too-short`: a lost transport shows before its client can be back. */
export function graceTooShort(view: View): readonly Found[] {
  const { transportTimeoutMs, reconnectMs } = view.circumstances;
  const notices = transportTimeoutMs === undefined ? '' : `notices after up to ${spoken(transportTimeoutMs)} and `;
  return graceFlaps(view, 'dropped', awayMsOf(view) + latenessOf(view)).map((flap) => ({
    ...placeOf(flap),
    message: `A client whose transport was lost ${notices}is back after ${spoken(reconnectMs)}, which ${cellOf(flap)} does not outlast: it is shown as ${flap.status}, then as ${flap.again} again.`,
    change: `Set \`${flap.path}\` to ${spoken(flap.neededMs)} or more, or let clients notice a loss sooner (\`transportTimeoutMs\`) or return sooner (\`reconnectMs\`).`,
  }));
}

/** `refresh-shows`: a page that is loaded again looks like one that was closed. */
export function refreshShows(view: View): readonly Found[] {
  const { refreshMs } = view.circumstances;
  return graceFlaps(view, 'closed', refreshMs + latenessOf(view)).map((flap) => ({
    ...placeOf(flap),
    message: `A page that is refreshed is back after ${spoken(refreshMs)}, which ${cellOf(flap)} does not outlast: it is shown as ${flap.status}, then as ${flap.again} again.`,
    change: `Set \`${flap.path}\` to ${spoken(flap.neededMs)} or more.`,
  }));
}

/** `proxy-cuts-show`: a proxy cuts healthy connections between two beats, and that is seen. */
export function proxyCutsShow(view: View): readonly Found[] {
  return worstByPath(cuts(view).map(({ flap }) => flap)).map((flap) => ({
    path: flap.path,
    report: flap.client.report,
    thresholdMs: flap.thresholdMs,
    witness: flap.witness,
    message: `${cutting(view, flap.client)} Each time it is shown as ${flap.status} by ${cellOf(flap)} before it is back.`,
    change: changeFor(view),
  }));
}

/** `proxy-cuts`: a proxy cuts healthy connections between two beats; grace hides it from others, not from your servers. */
export function proxyCuts(view: View): readonly Found[] {
  const cut = cuts(view);
  if (cut.some(({ flap }) => flap !== undefined)) return []; // said already
  return cut.slice(0, 1).map(({ client }) => ({
    path: 'environment.proxyIdleMs',
    report: client.report,
    message: `${cutting(view, client)} Nobody sees it, but it reconnects each time.`,
    change: changeFor(view),
  }));
}

/** Flaps by the end of a transport, one for each cell. */
function graceFlaps(view: View, cause: string, awayMs: DurationMs): readonly Flap[] {
  const span = { longestMs: awayMs, lost: { cause, afterMs: 0 } };
  return worstByPath(view.clients.map((client) => flapOf(view, client, ['departure'], span)));
}

/** The clients whose connections the proxy cuts, each with what is seen of it. */
function cuts(view: View): readonly { readonly client: Client; readonly flap: Flap | undefined }[] {
  const { proxyIdleMs, reconnectMs } = view.circumstances;
  if (proxyIdleMs === undefined) return [];
  const span = { longestMs: proxyIdleMs + reconnectMs + latenessOf(view), lost: { cause: 'dropped', afterMs: proxyIdleMs } };
  return view.clients.filter((client) => sentEveryMs(view, client) + latenessOf(view) > proxyIdleMs).map((client) => ({
    client,
    flap: flapOf(view, client, ['silence', 'departure'], span),
  }));
}

/** How often something is sent on the connection of a client. */
function sentEveryMs({ circumstances: { transportPingMs } }: View, { everyMs }: Client): DurationMs {
  return transportPingMs === undefined ? everyMs : Math.min(everyMs, transportPingMs);
}

function cutting(view: View, client: Client): string {
  const who = client.isHidden ? 'a hidden page, heard' : 'a client that beats';
  return `A proxy that cuts connections after ${spoken(view.circumstances.proxyIdleMs as DurationMs)} of nothing cuts ${who} every ${spoken(client.everyMs)}.`;
}

function changeFor(view: View): string {
  const waits = spoken(view.circumstances.proxyIdleMs as DurationMs);
  return `Let the transport send something of its own more often than every ${waits} (\`transportPingMs\`), or let the proxy wait longer (\`proxyIdleMs\`).`;
}
