// Signals as they stand in cells: the grammar of session-cells and claim-cells, written.

import { compact } from '../../duration.js';
import type { Activity, Claim, Connected, Disconnected, Heartbeat, Signal } from '../../signal.js';
import type { Timestamp } from '../../time.js';
import { named, quoted, spelled } from '../words.js';

/** What is needed to write a signal. */
export interface Words {
  readonly statuses: readonly string[];
  readonly reports: readonly string[];
  readonly causes: readonly string[];
  /** The instant called `0s`, in ms. */
  readonly origin: Timestamp;
}

/** What a session can say. */
export type SessionSignal = Connected | Heartbeat | Activity | Disconnected;

const signs = { connected: '+', heartbeat: 'o', activity: '*', disconnected: '-' } as const;

/** The signals of one session, in order. The number of a connection is written where it is not the one that a reader expects. */
export function sessionTexts(signals: readonly SessionSignal[], isUnnumbered: boolean, words: Words): readonly string[] {
  let current = 0;
  return signals.map((signal) => {
    const { type, epoch } = signal;
    const expected = isUnnumbered ? undefined : type === 'connected' ? current + 1 : current;
    if (type === 'connected' && epoch !== undefined) current = epoch;
    return `${signs[type]}${marksOf(signal, words)}${epoch === expected ? '' : `#${String(epoch)}`}`;
  });
}

function marksOf(signal: SessionSignal, { reports, causes, origin }: Words): string {
  if (signal.type === 'disconnected') return signal.cause === undefined ? '' : wordOf(signal.cause, causes);
  const { report, uncounted } = signal;
  const colon = signal.type === 'connected' ? '' : ':';
  const said = report === undefined ? '' : `${colon}${wordOf(report, reports)}`;
  const counted = uncounted === undefined ? '' : uncounted ? '!uncounted' : '!counted';
  if (signal.type === 'activity') return said + counted;
  const quiet = signal.quietForMs === undefined ? '' : `~${compact(signal.quietForMs)}`;
  const active = signal.activeAt === undefined ? '' : `*${compact(signal.activeAt - origin)}`;
  return said + quiet + active + counted;
}

/** A word that the policy does not know stands in quotes. */
function wordOf(word: string, known: readonly string[]): string {
  return known.includes(word) ? spelled(word) : quoted(word);
}

/** What is said of a claim. */
export function claimText(signal: Exclude<Signal, SessionSignal>, words: Words): string {
  if (signal.type === 'cleared') return 'clear';
  if (signal.type === 'unclaimed') return `${named(signal.claimId)}: off`;
  return [`${named(signal.claim.id)}:`, ...clausesOf(signal.claim, signal.at, words)].join(' ');
}

function clausesOf(claim: Claim, at: Timestamp, { statuses, origin }: Words): readonly string[] {
  const { show, atMost, atLeast, whileAtLeast, sessionId, priority, expiresAt, detail } = claim;
  const bottom = statuses[statuses.length - 1];
  const clauses: string[] = [];
  if (show !== undefined) clauses.push(`show ${wordOf(show, statuses)}`);
  if (atLeast !== undefined) clauses.push(`raise ${wordOf(atLeast, statuses)}`);
  if (atMost !== undefined) clauses.push(`cap ${wordOf(atMost, statuses)}`);
  if (expiresAt !== undefined) clauses.push(expiresAt >= at ? compact(expiresAt - at) : `until ${compact(expiresAt - origin)}`);
  if (whileAtLeast !== undefined) clauses.push(whileAtLeast === bottom ? 'sticky' : `while ${wordOf(whileAtLeast, statuses)}`);
  if (sessionId !== undefined) clauses.push(`on ${named(sessionId)}`);
  if (priority !== undefined) clauses.push(`priority ${String(priority)}`);
  if (detail !== undefined) clauses.push(`detail ${quoted(detail)}`);
  if (claim.private === true) clauses.push('private');
  return clauses;
}
