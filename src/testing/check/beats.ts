// Beats against silence, and news of the human against inactivity.
// Rule 1: a threshold that a client must hold outlasts the longest span between two signs of life.
// Rule 2: what flaps without a loss is said once, as the error it is; that it flaps with one, too, is not said again.

import { spoken } from '../../duration.js';
import { longestIntervalMs, longestSpanMs } from '../../hold.js';
import type { DurationMs } from '../../time.js';
import type { Client } from '../environment.js';
import type { Found, View } from './finding.js';
import { withoutSilence } from './rows.js';
import { cellOf, flapOf, latenessOf, placeOf, promiseOf, worstByPath } from './worst.js';
import type { Flap } from './worst.js';

/** `heartbeat-too-slow`: a healthy visible client flaps between two beats. */
export function heartbeatTooSlow(view: View): readonly Found[] {
  return silenceFlaps(view, visible, spanWithout(0)).map((flap) => ({
    ...placeOf(flap),
    message: `${who(flap)} cannot hold ${cellOf(flap)}: it is shown as ${flap.status} before each beat and as ${flap.again} after it.`,
    change: `${raise(flap)}${orBeat(view, flap, 0)}.`,
  }));
}

/** `hidden-heartbeat-too-slow`: a hidden page whose timers are throttled flaps between two beats. */
export function hiddenHeartbeatTooSlow(view: View): readonly Found[] {
  return silenceFlaps(view, hidden, spanWithout(0)).map((flap) => ({
    ...placeOf(flap),
    message: `${who(flap)} cannot hold ${cellOf(flap)}: it is shown as ${flap.status} before each beat and as ${flap.again} after it.`,
    change: `${raise(flap)}, ${orOwnRows(flap)}, or let them promise quiet.`,
  }));
}

/** `no-lost-heartbeat-tolerated`: a visible client flaps where as few beats are lost as should go unseen. */
export function noLostHeartbeatTolerated(view: View): readonly Found[] {
  const { toleratedLosses } = view.circumstances;
  return furtherSilenceFlaps(view, visible, spanWithout(toleratedLosses)).map((flap) => ({
    ...placeOf(flap),
    message: `${who(flap)} does not hold ${cellOf(flap)} with ${beats(toleratedLosses)} lost: it is shown as ${flap.status}, then as ${flap.again} again.`,
    change: `${raise(flap)}${orBeat(view, flap, toleratedLosses)}.`,
  }));
}

/** `no-lost-hidden-heartbeat-tolerated`: the same of hidden pages. */
export function noLostHiddenHeartbeatTolerated(view: View): readonly Found[] {
  const { toleratedLosses } = view.circumstances;
  return furtherSilenceFlaps(view, hidden, spanWithout(toleratedLosses)).map((flap) => ({
    ...placeOf(flap),
    message: `${who(flap)} does not hold ${cellOf(flap)} with ${beats(toleratedLosses)} lost: it is shown as ${flap.status}, then as ${flap.again} again.`,
    change: `${raise(flap)}, ${orOwnRows(flap)}, or let them promise quiet.`,
  }));
}

/** `reconnect-outlasts-silence`: silence runs while a client notices that its transport is lost, or is refreshed, and is on its way back. */
export function reconnectOutlastsSilence(view: View): readonly Found[] {
  return furtherSilenceFlaps(view, () => true, reconnectSpan).map((flap) => ({
    ...placeOf(flap),
    message: `A client that loses its transport, or is refreshed, just before a beat is heard again ${spoken(flap.longestMs)} after the last one, and does not hold ${cellOf(flap)}: it is shown as ${flap.status}, then as ${flap.again} again.`,
    change: `${raise(flap)}, or let clients beat more often, notice a loss sooner (\`transportTimeoutMs\`) or return sooner (\`reconnectMs\`, \`refreshMs\`).`,
  }));
}

/** `interaction-told-too-seldom`: someone who works all the time looks inactive where only beats say so. */
export function interactionToldTooSeldom(view: View): readonly Found[] {
  const lossy = spanWithout(view.circumstances.toleratedLosses);
  const deaf: View = { ...view, policy: withoutSilence(view.policy) }; // what silence says at the same time is no excuse
  const flaps = view.clients.filter(visible).map((client) => flapOf(deaf, client, ['inactivity'], {
    longestMs: Math.max(lossy(client, view), reconnectSpan(client, view)),
    humans: ['works'],
  }));
  return worstByPath(flaps).map((flap) => ({
    ...placeOf(flap),
    message: `Where only beats tell of interaction, someone who works all the time may be heard of only ${spoken(flap.longestMs)} after the last time, which ${cellOf(flap)} does not outlast: they are shown as ${flap.status}, then as ${flap.again} again.`,
    change: `${raise(flap)}, or let clients tell an interaction when it happens.`,
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

/** How long it may take, at most, between two signs of life. */
type Lasting = (client: Client, view: View) => DurationMs;

const visible = (client: Client): boolean => !client.isHidden;
const hidden = (client: Client): boolean => client.isHidden;

/** The longest span between two signs of life, with so many lost between them. */
function spanWithout(losses: number): Lasting {
  return (client, view) => longestSpanMs(client.everyMs, { toleratedLosses: losses, lateMs: latenessOf(view) });
}

/** The longest, where the transport is lost, or the page refreshed, just before a beat. */
function reconnectSpan(client: Client, view: View): DurationMs {
  return client.everyMs + Math.max(awayMsOf(view), view.circumstances.refreshMs) + latenessOf(view);
}

/** Flaps by silence, one for each cell. */
function silenceFlaps(view: View, isMeant: (client: Client) => boolean, span: Lasting): readonly Flap[] {
  return worstByPath(view.clients.filter(isMeant).map((client) => flapOf(view, client, ['silence'], { longestMs: span(client, view) })));
}

/** The same, without cells that some client does not hold although nothing is lost. */
function furtherSilenceFlaps(view: View, isMeant: (client: Client) => boolean, span: Lasting): readonly Flap[] {
  const named = silenceFlaps(view, () => true, spanWithout(0)).map(({ path }) => path);
  return silenceFlaps(view, isMeant, span).filter(({ path }) => !named.includes(path));
}

function who({ client: { isHidden, everyMs, report } }: Flap): string {
  const whose = report === 'none' ? ' and reporting nothing of it' : '';
  return isHidden ? `A hidden page, heard every ${spoken(everyMs)}${whose},` : `A client that beats every ${spoken(everyMs)}`;
}

function beats(losses: number): string {
  return losses === 1 ? 'one beat' : `${String(losses)} beats in a row`;
}

function raise({ path, neededMs }: Flap): string {
  return `Set \`${path}\` to ${spoken(neededMs)} or more`;
}

function orBeat(view: View, { client, thresholdMs }: Flap, losses: number): string {
  const everyMs = longestIntervalMs(thresholdMs, { toleratedLosses: losses, lateMs: latenessOf(view), promisedMs: promiseOf(view, client) });
  return everyMs < 1 ? '' : `, or beat every ${spoken(everyMs)} or more often`;
}

function orOwnRows({ client }: Flap): string {
  return client.report === 'none'
    ? 'let hidden pages report that they are (`environment.hidden`) and give them rows of their own (`whileReported`)'
    : 'give hidden pages rows of their own (`whileReported`)';
}
