// A policy as the table that people draw of it.

import { checkedPolicy } from './define.js';
import { spoken } from './duration.js';
import type { Ladder } from './ladder.js';
import { owns } from './plain.js';
import type { Policy } from './policy.js';

/**
 * Prints a policy: a column for each status but the best, a row for each clock that says something, and what each
 * report allows.
 *
 * @param policy - From `definePolicy`.
 * @returns Lines of text without a newline at the end. Cost: linear in the table.
 * @group Start here
 */
export function formatPolicy(policy: Policy): string {
  const { statuses, silence, inactivity, untouched, reports, departures, whileReported, shownAs } = checkedPolicy(policy);
  const columns = statuses.slice(1);
  const cells = (ladder: Ladder): string[] => columns.map((status) => {
    const afterMs = owns(ladder, status) ? ladder[status] : undefined;
    return afterMs === undefined ? '–' : afterMs === 0 ? '0' : spoken(afterMs);
  });
  const rows: string[][] = [['', ...columns]];
  const add = (name: string, ladder: Ladder | undefined): void => {
    if (ladder !== undefined && Object.keys(ladder).length > 0) rows.push([name, ...cells(ladder)]);
  };
  add('silence', silence);
  add('inactivity', inactivity);
  add('untouched', untouched);
  for (const [cause, ladder] of Object.entries(departures)) add(`departure ${cause}`, ladder);
  for (const [report, instead] of Object.entries(whileReported)) {
    add(`  while ${report}: silence`, instead?.silence);
    add(`  while ${report}: inactivity`, instead?.inactivity);
    add(`  while ${report}: untouched`, instead?.untouched);
    for (const [cause, ladder] of Object.entries(instead?.departures ?? {})) add(`  while ${report}: departure ${cause}`, ladder);
  }
  const words = Object.entries(reports).map(([report, status]) => `${report} ${status}`);
  const outward = Object.entries(shownAs).map(([status, word]) => `${status} as ${String(word)}`);
  return [
    ...aligned(rows),
    '',
    `report               ${words.join('   ')}`,
    ...(outward.length === 0 ? [] : [`shown                ${outward.join('   ')}`]),
  ].join('\n');
}

/** Columns of equal width within each column; the first is at least 18 wide. */
function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows) row.forEach((cell, i) => (widths[i] = Math.max(widths[i] ?? (i === 0 ? 18 : 6), cell.length)));
  return rows.map((row) => row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join('   ').trimEnd());
}
