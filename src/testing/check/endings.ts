// Ends that are none: people who are shown for ever, and records that are kept for ever.
// Rule: whether a session is over is asked of the rule that forgets, at an instant at which every clock has said all it can.

import { spoken } from '../../duration.js';
import { overAt } from '../../forget.js';
import { owns } from '../../plain.js';
import { rankOf } from '../../session.js';
import type { SessionEvidence } from '../../evidence.js';
import { statusOf } from '../../table.js';
import { noGaps } from '../../time.js';
import type { Timestamp } from '../../time.js';
import type { Found, View } from './finding.js';
import { longestOf, standingRow } from './rows.js';

/** `never-gone`: a session ended, or fell silent for ever where nothing else tells its end, and is shown all the same. */
export function neverGone(view: View): readonly Found[] {
  const { table } = view;
  return endless(view).filter(({ rank }) => rank < table.bottom).map(({ path, report, how, rank }) => ({
    path,
    report,
    message: `A session that ${how}${whileReported(report)} is shown as ${statusOf(rank, table)} for ever, and its record is never forgotten.`,
    change: `Give \`${path}\` a cell for ${statusOf(table.bottom, table)}.`,
  }));
}

/** `never-forgotten`: a session is at the bottom, but only because nobody uses it: it counts as alive, and its record stays. */
export function neverForgotten(view: View): readonly Found[] {
  const { table } = view;
  return endless(view).filter(({ rank }) => rank === table.bottom).map(({ path, report, how }) => ({
    path,
    report,
    message: `A session that ${how}${whileReported(report)} is ${statusOf(table.bottom, table)} for want of interaction only, and its record is never forgotten.`,
    change: `Give \`${path}\` a cell for ${statusOf(table.bottom, table)}.`,
  }));
}

interface Endless {
  readonly path: string;
  readonly report: string;
  readonly how: string;
  /** What the session is in the end. */
  readonly rank: number;
}

/** The ends after which a session is never over, the first for each row. */
function endless({ policy, table, rows, circumstances }: View): readonly Endless[] {
  const end = longestOf(rows); // by then every clock that began at 0 has passed its last threshold
  const byPath = new Map<string, Endless>();
  const ask = (report: string, path: string, how: string, departures: Readonly<Record<string, Timestamp>>): void => {
    for (const human of [{}, { activeAt: 0 }]) {
      const session: SessionEvidence = { ...lived, ...human, report: { word: report, at: 0, since: 0 }, departures };
      const isEndless = overAt(session, table, end, noGaps) === undefined;
      if (isEndless && !byPath.has(path)) byPath.set(path, { path, report, how, rank: rankOf(session, table, end, noGaps) });
    }
  };
  for (const report of Object.keys(policy.reports)) {
    for (const cause of Object.keys(policy.departures)) {
      ask(report, standingRow(rows, report, 'departure', cause).path, `ended by \`${cause}\``, Object.fromEntries([[cause, 0]]));
    }
    if (circumstances.transportTimeoutMs === undefined) ask(report, standingRow(rows, report, 'silence').path, 'fell silent', {});
  }
  return [...byPath.values()];
}

/** `sign-out-slower-than-loss`: who says goodbye is shown for longer than who is cut off. */
export function signOutSlowerThanLoss({ policy, table, rows }: View): readonly Found[] {
  if (!owns(policy.departures, 'left')) return [];
  const found = new Map<string, Found>();
  for (const [report, standing] of table.reports) {
    for (const { afterMs } of standing.departures.get('dropped') as readonly { readonly afterMs: Timestamp }[]) {
      const after = (cause: string): number =>
        rankOf({ ...lived, report: { word: report, at: 0, since: 0 }, departures: Object.fromEntries([[cause, 0]]) }, table, afterMs, noGaps);
      const path = standingRow(rows, report, 'departure', 'left').path;
      if (after('left') >= after('dropped') || found.has(path)) continue;
      found.set(path, {
        path,
        report,
        message: `${spoken(afterMs)} after signing out${whileReported(report)} somebody is shown as ${statusOf(after('left'), table)}, but somebody who was cut off then as ${statusOf(after('dropped'), table)}.`,
        change: `Let \`${path}\` say ${statusOf(after('dropped'), table)} no later than \`${standingRow(rows, report, 'departure', 'dropped').path}\` does.`,
      });
    }
  }
  return [...found.values()];
}

/** Heard once, at 0, in its first connection. */
const lived = { sessionId: 'tab', epoch: 1, firstSeenAt: 0, seenAt: 0 } as const;

function whileReported(report: string): string {
  return report === 'none' ? '' : ` while it reported \`${report}\``;
}
