// Beats against silence, and news of the human against inactivity.
// Rule 1: a threshold that a client must hold outlasts the longest span between two signs of life.
// Rule 2: what flaps without a loss is said once, as the error it is; that it flaps with one, too, is not said again.

import { spoken } from '../../duration.js';
import type { Client } from '../environment.js';
import type { DurationMs } from '../../time.js';
import { withoutSilence } from './rows.js';
import { flapOf, latenessOf } from './worst.js';
import type { Flap } from './worst.js';
import type { Found, View } from './finding.js';

/** `heartbeat-too-slow`: a healthy visible client flaps between two beats. */
export function heartbeatTooSlow(view: View): readonly Found[] {
  return silenceFlaps(view, visible, spanWithout(0)).map((flap) => found(view, flap, 0, (cell) =>
    `A client that beats every ${spoken(flap.client.everyMs)} cannot hold ${cell}: it is shown as ${flap.status} before each beat and as ${flap.again} after it.`));
}

/** `hidden-heartbeat-too-slow`: a hidden page whose timers are throttled flaps between two beats. */
export function hiddenHeartbeatTooSlow(view: View): readonly Found[] {
  return silenceFlaps(view, hidden, spanWithout(0)).map((flap) => found(view, flap, 0, (cell) =>
    `A hidden page, heard every ${spoken(flap.client.everyMs)}${whoseWord(flap.client)}, cannot hold ${cell}: it is shown as ${flap.status} before each beat and as ${flap.again} after it.`));
}

/** `no-lost-heartbeat-tolerated`: a visible client flaps where as few beats are lost as should go unseen. */
export function noLostHeartbeatTolerated(view: View): readonly Found[] {
  const { toleratedLosses } = view.circumstances;
  return furtherSilenceFlaps(view, visible, spanWithout(toleratedLosses)).map((flap) => found(view, flap, toleratedLosses, (cell) =>
    `With ${beats(toleratedLosses)} lost, a client that beats every ${spoken(flap.client.everyMs)} does not hold ${cell}: it is shown as ${flap.status}, then as ${flap.again} again.`));
}

/** `no-lost-hidden-heartbeat-tolerated`: the same of hidden pages. */
export function noLostHiddenHeartbeatTolerated(view: View): readonly Found[] {
  const { toleratedLosses } = view.circumstances;
  return furtherSilenceFlaps(view, hidden, spanWithout(toleratedLosses)).map((flap) => found(view, flap, toleratedLosses, (cell) =>
    `With ${beats(toleratedLosses)} lost, a hidden page, heard every ${spoken(flap.client.everyMs)}${whoseWord(flap.client)}, does not hold ${cell}: it is shown as ${flap.status}, then as ${flap.again} again.`));
}

/** `reconnect-outlasts-silence`: silence runs while a client notices that its transport is lost and is on its way back. */
export function reconnectOutlastsSilence(view: View): readonly Found[] {
  return furtherSilenceFlaps(view, () => true, reconnectSpan).map((flap) => ({
    ...common(view, flap),
    message: `A client that loses its transport just before a beat is heard again ${spoken(flap.longestMs)} after the last one, and does not hold ${cellOf(flap)}: it is shown as ${flap.status}, then as ${flap.again} again.`,
    change: `Set \`${flap.path}\` to ${spoken(neededFor(view, flap))} or more, or let clients beat more often, notice a loss sooner (\`transportTimeoutMs\`) or return sooner (\`reconnectMs\`).`,
  }));
}

/** `interaction-told-too-seldom`: someone who works all the time looks inactive where only beats say so. */
export function interactionToldTooSeldom(view: View): readonly Found[] {
  const span: Lasting = (client) => Math.max(spanWithout(view.circumstances.toleratedLosses)(client, view), reconnectSpan(client, view));
  const deaf: View = { ...view, policy: withoutSilence(view.policy) }; // what silence says at the same time is no excuse
  return worstByPath(view.clients.filter(visible).flatMap((client) => {
    const flap = flapOf(deaf, client, ['inactivity'], { longestMs: span(client, view), humans: ['works'] });
    return flap === undefined ? [] : [flap];
  })).map((flap) => ({
    ...common(view, flap),
    neededMs: flap.longestMs,
    message: `Where only beats tell of interaction, someone who works all the time may be heard of only ${spoken(flap.longestMs)} after the last time, which ${cellOf(flap)} does not outlast: they are shown as ${flap.status}, then as ${flap.again} again.`,
    change: `Set \`${flap.path}\` to ${spoken(flap.longestMs)} or more, or let clients tell an interaction when it happens.`,
  }));
}

/** `promise-cut`: clients promise more quiet than counts. */
export function promiseCut({ policy, circumstances }: View): readonly Found[] {
  const { visible: one, hidden: other } = circumstances;
  const quietForMs = Math.max(one.quietForMs, other.quietForMs);
  if (quietForMs <= policy.maxQuietMs) return [];
  return [{
    path: 'maxQuietMs',
    thresholdMs: policy.maxQuietMs,
    neededMs: quietForMs,
    message: `Clients promise quiet for ${spoken(quietForMs)}, of which only ${spoken(policy.maxQuietMs)} count.`,
    change: `Set \`maxQuietMs\` to ${spoken(quietForMs)} or more, or promise less.`,
  }];
}

/** How long a client that loses its transport is away: until it notices, and then until it is back. */
export function awayMsOf({ circumstances }: View): DurationMs {
  return (circumstances.transportTimeoutMs ?? 0) + circumstances.reconnectMs;
}

/** Of flaps at one cell, the one that needs most. */
export function worstByPath(flaps: readonly Flap[]): readonly Flap[] {
  const byPath = new Map<string, Flap>();
  for (const flap of flaps) {
    const other = byPath.get(flap.path);
    if (other === undefined || flap.longestMs > other.longestMs) byPath.set(flap.path, flap);
  }
  return [...byPath.values()];
}

/** `silence.idle` (15 s). */
export function cellOf({ path, thresholdMs }: Flap): string {
  return `\`${path}\` (${spoken(thresholdMs)})`;
}

/** How long it may take, at most, between two signs of life. */
type Lasting = (client: Client, view: View) => DurationMs;

const visible = (client: Client): boolean => !client.isHidden;
const hidden = (client: Client): boolean => client.isHidden;

/** The longest span between two signs of life, with so many lost between them. */
function spanWithout(losses: number): Lasting {
  return (client, view) => (losses + 1) * client.everyMs + latenessOf(view);
}

/** The longest, where the transport is lost just before a beat. */
function reconnectSpan(client: Client, view: View): DurationMs {
  return client.everyMs + awayMsOf(view) + latenessOf(view);
}

/** Flaps by silence, one for each cell. */
function silenceFlaps(view: View, isMeant: (client: Client) => boolean, span: Lasting): readonly Flap[] {
  return worstByPath(view.clients.filter(isMeant).flatMap((client) => {
    const flap = flapOf(view, client, ['silence'], { longestMs: span(client, view) });
    return flap === undefined ? [] : [flap];
  }));
}

/** The same, without cells that some client does not hold although nothing is lost. */
function furtherSilenceFlaps(view: View, isMeant: (client: Client) => boolean, span: Lasting): readonly Flap[] {
  const named = silenceFlaps(view, () => true, spanWithout(0)).map(({ path }) => path);
  return silenceFlaps(view, isMeant, span).filter(({ path }) => !named.includes(path));
}

function found(view: View, flap: Flap, losses: number, message: (cell: string) => string): Found {
  const { client, path, thresholdMs } = flap;
  const fastEnoughMs = Math.floor((thresholdMs + promiseOf(view, client) - latenessOf(view)) / (losses + 1));
  const raise = `Set \`${path}\` to ${spoken(neededFor(view, flap))} or more`;
  const beat = fastEnoughMs < 1 ? '' : `, or beat every ${spoken(fastEnoughMs)} or more often`;
  return {
    ...common(view, flap),
    message: message(cellOf(flap)),
    change: client.isHidden ? `${raise}, ${ownRows(client)}, or let them promise quiet.` : `${raise}${beat}.`,
  };
}

function common(view: View, flap: Flap): Pick<Found, 'path' | 'report' | 'thresholdMs' | 'neededMs' | 'witness'> {
  const { client, path, thresholdMs, witness } = flap;
  return { path, report: client.report, thresholdMs, neededMs: neededFor(view, flap), witness };
}

/** The least threshold that outlasts the span, after the promise of quiet that counts. */
function neededFor(view: View, { client, longestMs }: Flap): DurationMs {
  return longestMs - promiseOf(view, client);
}

function promiseOf({ policy }: View, { quietForMs }: Client): DurationMs {
  return Math.min(quietForMs, policy.maxQuietMs);
}

function beats(losses: number): string {
  return losses === 1 ? 'one beat' : `${String(losses)} beats in a row`;
}

function ownRows({ report }: Client): string {
  return report === 'none'
    ? 'let hidden pages report that they are (`environment.hidden`) and give them rows of their own (`whileReported`)'
    : 'give hidden pages rows of their own (`whileReported`)';
}

function whoseWord({ report }: Client): string {
  return report === 'none' ? ' and reporting nothing of it' : '';
}
