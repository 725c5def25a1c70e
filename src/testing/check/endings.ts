// Ends that are none: people who are shown for ever, and records that are kept for ever.
// Rule: whether a session is over is asked of the rule that forgets, at an instant at which every clock has said all it can.

import { spoken } from '../../duration.js';
import type { ReportEvidence, SessionEvidence } from '../../evidence.js';
import { overAt } from '../../forget.js';
import { owns } from '../../plain.js';
import { rankOf } from '../../session.js';
import { departureRungs } from '../../table.js';
import type { Table } from '../../table.js';
import { noGaps } from '../../time.js';
import type { Timestamp } from '../../time.js';
import type { Found, View } from './finding.js';
import { longestOf, standingRow } from './rows.js';

/** `never-gone`: a session ended, or fell silent for ever where nothing else tells its end, and is shown all the same. */
export function neverGone(view: View): readonly Found[] {
  const { table } = view;
  return endless(view).filter(({ rank }) => rank < table.bottom).map(({ path, report, how, orElse, rank }) => ({
    path,
    report,
    message: `A session that ${how}${whileReported(report)} is shown as ${wordOf(rank, table)} for ever, and its record is never forgotten.`,
    change: `Give \`${path}\` a cell for ${wordOf(table.bottom, table)}${orElse}.`,
  }));
}

/** `never-forgotten`: a session is at the bottom, but only because nobody uses it: it counts as alive, and its record stays. */
export function neverForgotten(view: View): readonly Found[] {
  const { table } = view;
  return endless(view).filter(({ rank }) => rank === table.bottom).map(({ path, report, how, orElse }) => ({
    path,
    report,
    message: `A session that ${how}${whileReported(report)} is ${wordOf(table.bottom, table)} for want of interaction only, and its record is never forgotten.`,
    change: `Give \`${path}\` a cell for ${wordOf(table.bottom, table)}${orElse}.`,
  }));
}

interface Endless {
  readonly path: string;
  readonly report: string;
  readonly how: string;
  readonly orElse: string;
  /** What the session is in the end. */
  readonly rank: number;
}

/** The ends after which a session is never over, for each row the first, of those who are there for ever if there are any. */
function endless({ policy, table, rows, circumstances }: View): readonly Endless[] {
  const end = longestOf(rows); // by then every clock that began at 0 has passed its last threshold
  const byPath = new Map<string, Endless>();
  const ask = (asked: Omit<Endless, 'rank'>, departures: Readonly<Record<string, Timestamp>>): void => {
    for (const human of [{}, { activeAt: 0 }]) {
      const session: SessionEvidence = { ...lived, ...human, report: reported(asked.report), departures };
      const rank = rankOf(session, table, end, noGaps);
      if (overAt(session, table, end, noGaps) !== undefined || rank >= (byPath.get(asked.path)?.rank ?? table.bottom + 1)) continue;
      byPath.set(asked.path, { ...asked, rank });
    }
  };
  for (const report of Object.keys(policy.reports)) {
    for (const cause of Object.keys(policy.departures)) {
      const { path } = standingRow(rows, report, 'departure', cause);
      ask({ path, report, how: `ended by \`${cause}\``, orElse: '' }, Object.fromEntries([[cause, 0]]));
    }
    if (circumstances.transportTimeoutMs !== undefined) continue; // the transport tells every end
    const { path } = standingRow(rows, report, 'silence');
    ask({ path, report, how: 'fell silent', orElse: ', or say by `transportTimeoutMs` that the transport tells every end' }, {});
  }
  return [...byPath.values()];
}

/** `sign-out-slower-than-loss`: who says goodbye is shown for longer than who is cut off. */
export function signOutSlowerThanLoss({ policy, table, rows }: View): readonly Found[] {
  if (!owns(policy.departures, 'left')) return [];
  const found = new Map<string, Found>();
  for (const [report, standing] of table.reports) {
    const { path } = standingRow(rows, report, 'departure', 'left');
    for (const { afterMs } of departureRungs('dropped', standing)) {
      const after = (cause: string): string =>
        wordOf(rankOf({ ...lived, report: reported(report), departures: Object.fromEntries([[cause, 0]]) }, table, afterMs, noGaps), table);
      const [left, dropped] = [after('left'), after('dropped')];
      if (table.statuses.indexOf(left) >= table.statuses.indexOf(dropped) || found.has(path)) continue;
      found.set(path, {
        path,
        report,
        message: `${spoken(afterMs)} after signing out${whileReported(report)} somebody is shown as ${left}, but somebody who was cut off then as ${dropped}.`,
        change: `Let \`${path}\` say ${dropped} no later than \`${standingRow(rows, report, 'departure', 'dropped').path}\` does.`,
      });
    }
  }
  return [...found.values()];
}

/** Heard once, at 0, in its first connection. */
const lived = { sessionId: 'tab', epoch: 1, firstSeenAt: 0, seenAt: 0 } as const;

function reported(word: string): ReportEvidence {
  return { word, at: 0, since: 0 };
}

/** The word that others see for a rank. */
function wordOf(rank: number, { outward }: Table): string {
  return outward[rank] as string;
}

function whileReported(report: string): string {
  return report === 'none' ? '' : ` while it reported \`${report}\``;
}
