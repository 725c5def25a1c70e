// Connections that end although the client is well: grace against the time until it is back, proxies against beats.
// Rule 1: grace that ends before a client can be back shows every such loss; that silence says something meanwhile is
//         another matter (`reconnect-outlasts-silence`).
// Rule 2: a proxy cuts where less is sent than it waits for, beats and the transport's own pings together.

import { spoken } from '../../duration.js';
import { owns } from '../../plain.js';
import type { Client } from '../environment.js';
import type { DurationMs } from '../../time.js';
import { awayMsOf, cellOf, worstByPath } from './beats.js';
import type { Found, View } from './finding.js';
import { flapOf, latenessOf } from './worst.js';
import type { Flap } from './worst.js';

/** `grace-too-short`: a lost transport shows before its client can be back. */
export function graceTooShort(view: View): readonly Found[] {
  const { transportTimeoutMs, reconnectMs } = view.circumstances;
  const neededMs = awayMsOf(view) + latenessOf(view);
  const notices = transportTimeoutMs === undefined ? '' : `notices after up to ${spoken(transportTimeoutMs)} and `;
  return graceFlaps(view, 'dropped', neededMs).map((flap) => ({
    ...common(flap, neededMs),
    message: `A client whose transport was lost ${notices}is back after ${spoken(reconnectMs)}, which ${cellOf(flap)} does not outlast: it is shown as ${flap.status}, then as ${flap.again} again.`,
    change: `Set \`${flap.path}\` to ${spoken(neededMs)} or more, or let clients notice a loss sooner (\`transportTimeoutMs\`) or return sooner (\`reconnectMs\`).`,
  }));
}

/** `refresh-shows`: a page that is loaded again looks like one that was closed. */
export function refreshShows(view: View): readonly Found[] {
  if (!owns(view.policy.departures, 'closed')) return [];
  const { reconnectMs } = view.circumstances;
  const neededMs = reconnectMs + latenessOf(view);
  return graceFlaps(view, 'closed', neededMs).map((flap) => ({
    ...common(flap, neededMs),
    message: `A page that is refreshed is back after ${spoken(reconnectMs)}, which ${cellOf(flap)} does not outlast: it is shown as ${flap.status}, then as ${flap.again} again.`,
    change: `Set \`${flap.path}\` to ${spoken(neededMs)} or more.`,
  }));
}

/** `proxy-cuts-show`: a proxy cuts healthy connections between two beats, and that is seen. */
export function proxyCutsShow(view: View): readonly Found[] {
  return worstByPath(cuts(view).flatMap(({ flap }) => (flap === undefined ? [] : [flap]))).map((flap) => ({
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
  return worstByPath(view.clients.flatMap((client) => {
    const flap = flapOf(view, client, ['departure'], { longestMs: awayMs, lost: { cause, afterMs: 0 } });
    return flap === undefined ? [] : [flap];
  }));
}

/** The clients whose connections the proxy cuts, each with what is seen of it. */
function cuts(view: View): readonly { readonly client: Client; readonly flap: Flap | undefined }[] {
  const { proxyIdleMs, reconnectMs } = view.circumstances;
  if (proxyIdleMs === undefined) return [];
  const awayMs = reconnectMs + latenessOf(view);
  return view.clients.filter((client) => sentEveryMs(view, client) + latenessOf(view) > proxyIdleMs).map((client) => ({
    client,
    flap: flapOf(view, client, ['silence', 'departure'], { longestMs: proxyIdleMs + awayMs, lost: { cause: 'dropped', afterMs: proxyIdleMs } }),
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

function changeFor({ circumstances: { proxyIdleMs = 0 } }: View): string {
  return `Let the transport send something of its own more often than every ${spoken(proxyIdleMs)} (\`transportPingMs\`), or let the proxy wait longer (\`proxyIdleMs\`).`;
}

function common({ client, path, thresholdMs, witness }: Flap, neededMs: DurationMs): Pick<Found, 'path' | 'report' | 'thresholdMs' | 'neededMs' | 'witness'> {
  return { path, report: client.report, thresholdMs, neededMs, witness };
}
