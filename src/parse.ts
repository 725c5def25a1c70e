// The trust boundary: what clients, queues and stores sent. Nothing here throws; everything that is wrong is listed with its path.
// Rule: what comes out is clean: known fields only, absent fields absent, and nothing shared with what came in.

import { assertNone, beatIssues, evidenceIssues, signalFields, signalIssues } from './check.js';
import type { Words } from './check.js';
import { complaint } from './complaint.js';
import type { Issue } from './complaint.js';
import type { ClaimEvidence, SessionEvidence, UserEvidence } from './evidence.js';
import { byCodeUnits, isRecord } from './plain.js';
import type { Draft } from './plain.js';
import type { Policy } from './policy.js';
import type { Beat, Names, Numbered, Signal } from './signal.js';
import { assertInstant } from './time.js';
import type { Timestamp } from './time.js';

/** The value was right. */
export interface ParsedOk<T> {
  /** The value was right. */
  readonly ok: true;
  /** The value, clean. */
  readonly value: T;
}

/** The value was wrong. */
export interface ParsedIssues {
  /** The value was wrong. */
  readonly ok: false;
  /** Everything that is wrong. */
  readonly issues: readonly Issue[];
}

/** What a parser answers; it never throws. */
export type Parsed<T> = ParsedOk<T> | ParsedIssues;

/** When and about whom a beat was heard. */
export interface Receipt {
  /** The user whose connection it was heard on. */
  readonly userId: string;
  /** When it was heard, in ms on the receiver's clock. */
  readonly at: Timestamp;
}

/**
 * Reads a signal from outside. Without a policy any word passes, as evidence outlives policies.
 *
 * @param value - Anything.
 * @returns The signal with its known fields alone, or every issue. Never throws. Cost: linear in the claim's detail.
 * @example
 * ```ts
 * import { parseSignal } from 'presence-model';
 *
 * const parsed = parseSignal({ type: 'heartbeat', userId: 'ada', sessionId: 'tab', at: 1.5 });
 * parsed.ok || parsed.issues[0]?.message; // => 'Expected `at` to be whole milliseconds, received 1.5.'
 * ```
 * @group Trust boundary
 */
export function parseSignal(value: unknown): Parsed<Signal>;
/**
 * Reads a signal from outside and holds its words against a policy.
 *
 * @param value - Anything.
 * @param policy - Whose statuses, reports and causes alone may be used.
 * @returns The signal with its known fields alone, or every issue. Never throws.
 */
export function parseSignal<N extends Names>(value: unknown, policy: Policy<N>): Parsed<Signal<N>>;
export function parseSignal(value: unknown, words?: Words): Parsed<Signal> {
  return parsed(() => {
    const fields = isRecord(value) ? signalFields(String(value['type'])) : [];
    return { issues: signalIssues(value, { stamped: true, words }), value: () => picked<Signal>(value, fields) };
  });
}

const beatFields = ['type', 'sessionId', 'epoch', 'report', 'inactiveForMs', 'quietForMs', 'cause'];

/**
 * Reads what a client sent: lengths of time and no instants.
 *
 * @param value - Anything.
 * @returns The beat with its known fields alone, or every issue. Never throws. Cost: constant.
 * @group Trust boundary
 */
export function parseBeat(value: unknown): Parsed<Beat>;
/**
 * Reads what a client sent and holds its words against a policy.
 *
 * @param value - Anything.
 * @param policy - Whose reports and causes alone may be used.
 * @returns The beat with its known fields alone, or every issue. Never throws.
 */
export function parseBeat<N extends Names>(value: unknown, policy: Policy<N>): Parsed<Beat<N>>;
export function parseBeat(value: unknown, words?: Words): Parsed<Beat> {
  return parsed(() => ({ issues: beatIssues(value, words), value: () => picked<Beat>(value, beatFields) }));
}

/**
 * Places a beat on the receiver's clock.
 *
 * @param beat - From {@link parseBeat}.
 * @param receipt - Whose connection it was heard on, and when.
 * @returns A signal. A `heartbeat` or `connected` that says how long ago the human interacted carries `activeAt`.
 * @throws TypeError when `at` is no whole number of milliseconds.
 * @example
 * ```ts
 * import { signalOf } from 'presence-model';
 *
 * const beat = { type: 'heartbeat', sessionId: 'tab', epoch: 1, inactiveForMs: 4_000 } as const;
 * signalOf(beat, { userId: 'ada', at: 10_000 }); // => { type: 'heartbeat', userId: 'ada', sessionId: 'tab', epoch: 1, at: 10_000, activeAt: 6_000 }
 * ```
 * @group Trust boundary
 */
export function signalOf<N extends Names>(beat: Beat<N>, receipt: Receipt): Numbered<Signal<N>> {
  assertNone(beatIssues(beat));
  if (!isRecord(receipt) || typeof receipt.userId !== 'string') throw new TypeError(complaint('receipt', '{ userId, at }', receipt));
  const { userId, at } = receipt;
  assertInstant('at', at);
  const { type, sessionId, epoch, report, inactiveForMs, quietForMs, cause } = beat;
  if (type === 'disconnected') return { type, userId, sessionId, epoch, at, ...(cause === undefined ? {} : { cause }) };
  return {
    type,
    userId,
    sessionId,
    epoch,
    at,
    ...(report === undefined ? {} : { report }),
    ...(inactiveForMs === undefined ? {} : { activeAt: Math.max(at - inactiveForMs, Number.MIN_SAFE_INTEGER) }),
    ...(quietForMs === undefined ? {} : { quietForMs }),
  };
}

/**
 * Reads evidence from a store or from another server.
 *
 * @param value - Anything.
 * @returns The evidence, or every issue. Never throws. Cost: linear.
 * @group Trust boundary
 */
export function parseEvidence(value: unknown): Parsed<UserEvidence> {
  return parsed(() => ({ issues: evidenceIssues(value), value: () => cleanEvidence(value as UserEvidence) }));
}

/** Runs a parser. What throws while it is looked at (a getter, a proxy) is an issue too. */
function parsed<T>(parse: () => { readonly issues: readonly Issue[]; readonly value: () => T }): Parsed<T> {
  try {
    const { issues, value } = parse();
    return issues.length === 0 ? { ok: true, value: value() } : { ok: false, issues };
  } catch {
    return { ok: false, issues: [{ path: '', message: 'Expected the value to be plain data, but reading it failed.' }] };
  }
}

/** The known fields of a value that was checked. */
function picked<T>(value: unknown, fields: readonly string[]): T {
  const record = value as Readonly<Record<string, unknown>>;
  const entries = fields.filter((field) => record[field] !== undefined).map((field): [string, unknown] => [field, clean(field, record[field])]);
  return Object.fromEntries(entries) as T;
}

const claimFields = ['id', 'show', 'atMost', 'atLeast', 'whileAtLeast', 'sessionId', 'priority', 'expiresAt', 'detail', 'private'];
const sessionFields = ['sessionId', 'firstSeenAt', 'seenAt', 'quietForMs', 'activeAt', 'report', 'setAsideAt', 'epoch', 'departures', 'uncounted'];

/** The parts that are objects themselves. False flags and promises of nothing say nothing. */
function clean(field: string, value: unknown): unknown {
  switch (field) {
    case 'claim':
      return withoutFalse(picked<Record<string, unknown>>(value, claimFields), 'private');
    case 'report':
      return typeof value === 'string' ? value : picked(value, ['word', 'at', 'since']);
    case 'detail':
    case 'departures':
      return copied(value);
    default:
      return value;
  }
}

/** A deep copy of what is known to be JSON, whatever `toJSON` would make of it. */
function copied(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copied);
  return isRecord(value) ? Object.fromEntries(Object.entries(value).map(([key, part]) => [key, copied(part)])) : value;
}

function withoutFalse(record: Readonly<Record<string, unknown>>, field: string): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(record).filter(([name, value]) => name !== field || value !== false));
}

function cleanEvidence(evidence: UserEvidence): UserEvidence {
  const sessions = evidence.sessions.map((session): SessionEvidence => {
    const { uncounted, quietForMs = 0, firstSeenAt = session.seenAt, ...rest } = picked<SessionEvidence>(session, sessionFields);
    const clean: Draft<SessionEvidence> = rest;
    if (firstSeenAt !== undefined) clean.firstSeenAt = firstSeenAt;
    if (quietForMs > 0) clean.quietForMs = quietForMs;
    if (uncounted === true) clean.uncounted = true;
    return clean;
  });
  const claims = evidence.claims.map((claim) => picked<ClaimEvidence>(claim, ['id', 'at', 'claim']));
  return {
    ...picked<UserEvidence>(evidence, ['userId', 'clearedAt', 'seenAt', 'activeAt']),
    sessions: sessions.sort((a, b) => byCodeUnits(a.sessionId, b.sessionId)),
    claims: claims.sort((a, b) => byCodeUnits(a.id, b.id)),
  };
}
