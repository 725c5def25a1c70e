// What is expected of a user or a session, what was so, and where the two part.
// Rule 1: a row is the whole step function: a blank is no change, so a change that it does not show is a difference too.
// Rule 2: a reason in brackets is asked for at its instant only.
// Rule 3: somebody's status is known at the first instant; a session begins with what is first heard of it.

import type { SessionBecause } from '../../because.js';
import { complaint } from '../../complaint.js';
import type { Policy } from '../../policy.js';
import type { Timestamp } from '../../time.js';
import type { UserBecause } from '../../user.js';
import type { Timeline } from '../timeline.js';
import { sessionReason, userReason } from '../words.js';
import { refuse } from './cell.js';
import { expectedIn } from './expected-cells.js';
import type { Expected } from './expected-cells.js';
import type { Lane, Said, ScriptRow } from './script.js';

/** A row that expects something. */
export type ExpectedRow = ScriptRow<Extract<Lane, { readonly kind: 'expected' }>>;

/** A span of what was so. */
export interface Actual {
  /** Its first instant, in ms. */
  readonly from: Timestamp;
  /** The status. */
  readonly status: string;
  /** Why, as it is printed. */
  readonly reason: string;
  /** Why. */
  readonly because: UserBecause | SessionBecause;
}

/** A row, held against what was so. */
export interface Compared {
  /** The row. */
  readonly row: ExpectedRow;
  /** What its cells say, by instant, in order. */
  readonly expected: ReadonlyMap<Timestamp, Expected>;
  /** In order, without holes. That of a session may begin later, or be empty. */
  readonly actual: readonly Actual[];
  /** The first instant at which they part. */
  readonly differsAt: Timestamp | undefined;
}

/** Holds a row against what was so. */
export function compared(row: ExpectedRow, spans: Timeline, policy: Policy): Compared {
  const isOfSession = row.lane.sessionId !== undefined;
  const expected = expectations(row.cells, policy, isOfSession);
  if (!isOfSession && !expected.has(spans.from)) {
    refuse({ ...row.head, where: `${row.head.where} at the first instant` }, 0, complaint('cell', `one of ${policy.statuses.join(', ')}`, undefined));
  }
  const actual = actualOf(row, spans, policy);
  const instants = [...new Set([...expected.keys(), ...actual.map(({ from }) => from)])].sort((a, b) => a - b);
  const differsAt = instants.find((at) => {
    const was = actualAt(actual, at);
    const reason = expected.get(at)?.reason;
    return statusExpectedAt(expected, at) !== was?.status || (reason !== undefined && reason !== was?.reason);
  });
  return { row, expected, actual, differsAt };
}

/** The status expected at an instant; nothing, where nothing is to have been heard of a session yet. */
export function statusExpectedAt(expected: Compared['expected'], at: Timestamp): string | undefined {
  const [, cell] = [...expected].filter(([from]) => from <= at).pop() ?? [];
  return cell?.status;
}

/** What was so at an instant; nothing, where nothing was heard of a session yet. */
export function actualAt(actual: readonly Actual[], at: Timestamp): Actual | undefined {
  return actual.reduce<Actual | undefined>((found, span) => (span.from <= at ? span : found), undefined);
}

function expectations(cells: readonly Said[], policy: Policy, isOfSession: boolean): ReadonlyMap<Timestamp, Expected> {
  const expected = new Map<Timestamp, Expected>();
  for (const { at, cell } of cells) {
    if (expected.has(at)) refuse(cell, 0, complaint('cell', 'said once of an instant', cell.text));
    expected.set(at, expectedIn(cell, policy, isOfSession));
  }
  return expected;
}

function actualOf({ lane: { userId, sessionId } }: ExpectedRow, { from, users }: Timeline, { statuses }: Policy): readonly Actual[] {
  const user = users.find((lane) => lane.userId === userId);
  if (sessionId !== undefined) {
    const session = user?.sessions.find((lane) => lane.sessionId === sessionId);
    return (session?.segments ?? []).map((span) => ({ ...span, reason: sessionReason(span.because) }));
  }
  // Nothing was said of them, so nobody is there.
  const nobody: Actual = { from, status: String(statuses[statuses.length - 1]), reason: '', because: { by: 'nobody' } };
  return user?.segments.map((span) => ({ ...span, reason: userReason(span.because) })) ?? [nobody];
}
