// What a picture shows, in words: for those who do not see it, and for whoever points at a part of it.

import type { SessionBecause } from '../because.js';
import { compact } from '../duration.js';
import { unreachable } from '../signal.js';
import type { Claim, Names, Signal } from '../signal.js';
import type { Timestamp } from '../time.js';
import type { UserBecause } from '../user.js';
import type { Alarm, Segment, SessionLane, UserLane } from './lanes.js';
import { named } from './svg-text.js';
import type { Timeline } from './timeline.js';

/** How an instant is called. */
export type Called = (at: Timestamp) => string;

/** Why a session has its status; empty where there is nothing to tell. */
export function sessionReason(because: SessionBecause): string {
  switch (because.clock) {
    case 'none':
      return '';
    case 'never':
      return 'never seen alive';
    case 'report':
      return because.report === 'none' ? '' : `reports ${because.report}`;
    case 'departure':
      return `${because.cause} for ${compact(because.afterMs)}`;
    default:
      return `${because.clock} for ${compact(because.afterMs)}`;
  }
}

/** Why a user has their status; empty where there is nothing to tell. */
export function userReason(because: UserBecause): string {
  if (because.by === 'nobody') return '';
  if (because.by === 'claim') return `claim ${named(because.claimId)}`;
  const reason = sessionReason(because.reason);
  return reason === '' ? named(because.sessionId) : `${named(because.sessionId)}: ${reason}`;
}

/** What a claim does. */
export function claimEffect({ show, atMost, atLeast }: Claim): string {
  if (show !== undefined) return `shows ${show}`;
  const bounds = [...(atLeast === undefined ? [] : [`at least ${atLeast}`]), ...(atMost === undefined ? [] : [`at most ${atMost}`])];
  return bounds.length === 0 ? 'says more' : bounds.join(', ');
}

/** What was said. */
export function saying(signal: Signal, called: Called): string {
  switch (signal.type) {
    case 'connected':
    case 'heartbeat':
    case 'activity':
      return [signal.type, ...aside(signal)].join(', ');
    case 'disconnected':
      return [`disconnected (${signal.cause ?? 'dropped'})`, ...aside(signal)].join(', ');
    case 'claimed': {
      const { expiresAt } = signal.claim;
      return `claim ${named(signal.claim.id)}: ${claimEffect(signal.claim)}${expiresAt === undefined ? '' : ` until ${called(expiresAt)}`}`;
    }
    case 'unclaimed':
      return `claim ${named(signal.claimId)} taken back`;
    case 'cleared':
      return 'every claim taken back';
    default:
      return unreachable(signal);
  }
}

function aside(signal: Extract<Signal, { readonly sessionId: string }>): readonly string[] {
  const said: string[] = [];
  if (signal.epoch !== undefined) said.push(`connection ${String(signal.epoch)}`);
  if ('report' in signal && signal.report !== undefined) said.push(`reports ${signal.report}`);
  if ('quietForMs' in signal && signal.quietForMs !== undefined) said.push(`promises ${compact(signal.quietForMs)} of quiet`);
  if ('uncounted' in signal && signal.uncounted) said.push('uncounted');
  return said;
}

/** What was heard of each session, in time order. */
export function bySession(signals: readonly Signal[]): ReadonlyMap<string, readonly Signal[]> {
  const sessions = new Map<string, Signal[]>();
  for (const signal of signals) {
    if (!('sessionId' in signal)) continue;
    const said = sessions.get(signal.sessionId);
    if (said === undefined) sessions.set(signal.sessionId, [signal]);
    else said.push(signal);
  }
  return sessions;
}

/** How much of a list is read out. */
const most = 60;

/** Everything that the picture shows, as sentences. Long lists are cut, and say so. */
export function described({ from, until, gaps, users }: Timeline, called: Called): string {
  return [
    `Presence from ${called(from)} to ${called(until)}.`,
    ...about('Nobody was listening from ', gaps, (gap) => `${called(gap.from)} to ${called(gap.until)}`),
    ...users.map((user) => userDescribed(user, called)),
  ].join('\n');
}

function userDescribed({ userId, segments, claims, sessions, signals, alarms }: UserLane, called: Called): string {
  const said = bySession(signals);
  const held = claims.flatMap((lane) => lane.segments);
  const isRung = ({ until, nextChangeAt }: Alarm): boolean => until === nextChangeAt;
  return [
    `User ${named(userId)}: ${inSpans(segments, userReason, called)}.`,
    ...about('Claims: ', held, ({ claim, from, until, inForce }) =>
      `${named(claim.id)} (${claimEffect(claim)}) from ${called(from)} to ${called(until)}${inForce ? '' : ', not in force'}`),
    ...about('Changes as foretold: ', alarms.filter(isRung), ({ until }) => called(until)),
    ...about('Foretold and overtaken, or still to come: ', alarms.filter((alarm) => !isRung(alarm)), ({ until, nextChangeAt }) =>
      `${called(nextChangeAt)} as of ${called(until)}`),
    ...about('Heard of claims: ', runsOf(signals.filter((signal) => !('sessionId' in signal)), called), (run) => heard(run, called)),
    ...sessions.map((session) => sessionDescribed(named(userId), session, said.get(session.sessionId) ?? [], called)),
  ].join('\n');
}

function sessionDescribed(user: string, { sessionId, segments, departed, forgotten }: SessionLane, said: readonly Signal[], called: Called): string {
  return [
    `Session ${named(sessionId)} of ${user}: ${inSpans(segments, sessionReason, called)}.`,
    ...about('Its connection ended: ', departed, ({ cause, from, until }) => `${cause} from ${called(from)} to ${called(until)}`),
    ...about('Forgotten: ', forgotten, ({ from, until }) => `from ${called(from)} to ${called(until)}`),
    ...about('Heard of it: ', runsOf(said, called), (run) => heard(run, called)),
  ].join('\n');
}

function inSpans<B>(segments: readonly Segment<Names, B>[], reason: (because: B) => string, called: Called): string {
  return listed(segments, ({ from, status, because }) => {
    const why = reason(because);
    return `${status} from ${called(from)}${why === '' ? '' : ` (${why})`}`;
  });
}

/** The same said several times in a row. */
interface SaidRun {
  readonly what: string;
  readonly from: Timestamp;
  until: Timestamp;
  count: number;
}

function runsOf(signals: readonly Signal[], called: Called): readonly SaidRun[] {
  const runs: SaidRun[] = [];
  for (const signal of signals) {
    const what = saying(signal, called);
    const last = runs[runs.length - 1];
    if (last?.what === what) {
      last.until = signal.at;
      last.count++;
    } else runs.push({ what, from: signal.at, until: signal.at, count: 1 });
  }
  return runs;
}

function heard({ what, from, until, count }: SaidRun, called: Called): string {
  return count === 1 ? `${what} at ${called(from)}` : `${what}, ${String(count)} times, from ${called(from)} to ${called(until)}`;
}

/** A sentence about a list, where there is anything on it. */
function about<T>(what: string, items: readonly T[], say: (item: T) => string): readonly string[] {
  return items.length === 0 ? [] : [`${what}${listed(items, say)}.`];
}

function listed<T>(items: readonly T[], say: (item: T) => string): string {
  const read = items.slice(0, most).map(say).join('; ');
  return items.length <= most ? read : `${read}; and ${String(items.length - most)} more`;
}
