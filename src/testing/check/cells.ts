// Cells that never decide anything, and statuses that nothing says.
// Rule 1: a cell never matters where, whenever it is passed, something else says as much, whatever happened. Then leaving
//         it out changes no status, at most which of several reasons is named.
// Rule 2: no interaction is later than the last sign of life, and the first sign of life is no later than the last. So
//         where inactivity and untouched both say as much no later, silence has nothing to add.
// Rule 3: the cells of the bottom stay: forgetting asks silence for its own, and counts from the end that they tell.

import { spoken } from '../../duration.js';
import { rungAt } from '../../ladder.js';
import type { Rungs } from '../../ladder.js';
import { owns } from '../../plain.js';
import { departureRungs } from '../../table.js';
import type { StandingRows, Table } from '../../table.js';
import { noGaps } from '../../time.js';
import type { DurationMs } from '../../time.js';
import type { Found, View } from './finding.js';
import type { Row } from './rows.js';

/** `never-matters`: a row that repeats another or never stands, or a cell that something else always forestalls. */
export function neverMatters(view: View): readonly Found[] {
  return view.rows.flatMap((row): readonly Found[] => {
    const { path, repeats } = row;
    if (repeats !== undefined) return [{ path, message: `\`${path}\` says what \`${repeats}\` says.`, change: `Leave out \`${path}\`.` }];
    if (Object.keys(row.ladder).length === 0) return [];
    if (row.reports.length === 0) {
      const message = `\`${path}\` never stands: under every report another row stands instead.`;
      return [{ path, message, change: `Empty \`${path}\`, or leave out one of the rows that stand instead.` }];
    }
    return cellsOf(row, view.table).filter((cell) => neverDecides(cell, row, view.table)).map((cell) => ({
      path: cell.path,
      thresholdMs: cell.afterMs,
      message: `\`${cell.path}\` (${spoken(cell.afterMs)}) never decides anything: whenever it is passed, something else says ${cell.status} or worse already.`,
      change: `Leave out \`${cell.path}\`, or make what forestalls it later.`,
    }));
  });
}

/** `grace-outlasts-silence`: grace for a lost connection ends when silence has said as much already. */
export function graceOutlastsSilence(view: View): readonly Found[] {
  return view.rows.flatMap((row) => cellsOf(row, view.table).filter((cell) => comesTooLate(cell, row, view)).map((cell) => ({
    path: cell.path,
    thresholdMs: cell.afterMs,
    message: `\`${cell.path}\` (${spoken(cell.afterMs)}) comes too late to matter: unless a client promised quiet, silence says ${cell.status} or worse by then.`,
    change: `Set \`${cell.path}\` to less, or make silence later.`,
  })));
}

/** `unreachable-status`: no clock and no report ever says a status. */
export function unreachableStatus({ table, rows }: View): readonly Found[] {
  const said = new Set<number>([table.bottom]);
  for (const standing of table.reports.values()) {
    if (alwaysSaid(standing) <= standing.allowed) said.add(standing.allowed);
  }
  for (const row of rows) {
    for (const cell of cellsOf(row, table)) {
      if (row.reports.some((report) => decides(cell, row, table.reports.get(report) as StandingRows))) said.add(cell.rank);
    }
  }
  return table.statuses.flatMap((status, rank) => (said.has(rank) ? [] : [{
    path: `statuses[${String(rank)}]`,
    message: table.outward.includes(status)
      ? `No clock and no report ever says ${status}: only a claim can.`
      : `No clock and no report ever says ${status}, and a claim that does is shown as ${table.outward[rank] as string}.`,
    change: `Give ${status} a cell or a report, keep it for claims, or leave it out.`,
  }]));
}

interface Cell {
  readonly path: string;
  readonly status: string;
  readonly rank: number;
  readonly afterMs: DurationMs;
}

function cellsOf({ path, ladder }: Row, table: Table): readonly Cell[] {
  return table.statuses.flatMap((status, rank) => {
    const afterMs = owns(ladder, status) ? ladder[status] : undefined;
    return afterMs === undefined ? [] : [{ path: `${path}.${status}`, status, rank, afterMs }];
  });
}

/** Is there no report under which the cell says what nothing else does? */
function neverDecides(cell: Cell, row: Row, table: Table): boolean {
  return cell.rank < table.bottom && !row.reports.some((report) => decides(cell, row, table.reports.get(report) as StandingRows));
}

/** Does silence, under every report, say as much by then? After a sign-out beats may go on, so that it says nothing. */
function comesTooLate(cell: Cell, row: Row, { table, clients }: View): boolean {
  const { clock, cause, repeats, reports } = row;
  if (clock !== 'departure' || cause === 'left' || repeats !== undefined || reports.length === 0 || neverDecides(cell, row, table)) return false;
  return reports.every((report) => {
    const promised = clients.filter((client) => client.report === report).map(({ quietForMs }) => quietForMs);
    const quietMs = Math.min(Math.max(0, ...promised), table.maxQuietMs);
    return rankAfter((table.reports.get(report) as StandingRows).silence, cell.afterMs - quietMs) >= cell.rank;
  });
}

/** May the cell, under these rows, be the first to say as much? */
function decides({ rank, afterMs }: Cell, { clock, cause }: Row, standing: StandingRows): boolean {
  if (rank <= standing.allowed) return false;
  const own = clock === 'departure' ? departureRungs(cause, standing) : standing[clock];
  if (rankAfter(own, afterMs) > rank) return false; // a worse cell of the row has the same threshold
  if (clock === 'silence') return Math.min(rankAfter(standing.inactivity, afterMs), rankAfter(standing.untouched, afterMs)) < rank;
  return clock !== 'departure' || alwaysSaid(standing) < rank;
}

/** The rank that a session has from its first instant on, whether or not anybody ever used it. */
function alwaysSaid({ inactivity, untouched }: StandingRows): number {
  return Math.min(rankAfter(inactivity, 0), rankAfter(untouched, 0));
}

/** The rank that a row says once its clock has run so long. */
function rankAfter(rungs: Rungs, ranMs: DurationMs): number {
  return rungAt(rungs, 0, ranMs, noGaps)?.rank ?? 0;
}
