// The rows of a policy that are in force while a report stands, read from the table as it is written.

import { owns } from '../plain.js';
import type { Policy } from '../policy.js';
import type { Ladder } from '../ladder.js';

type Rows = Policy['whileReported'][string];

function insteadFor(policy: Policy, report: string): NonNullable<Rows> {
  return (owns(policy.whileReported, report) ? policy.whileReported[report] : undefined) ?? {};
}

/** The rows of all clocks but departures. */
export function rowsOf(policy: Policy, report: string): { readonly silence: Ladder; readonly inactivity: Ladder; readonly untouched: Ladder } {
  const { silence, inactivity, untouched } = policy;
  return { silence, inactivity, untouched, ...insteadFor(policy, report) };
}

/** The row of a cause that the policy knows. */
export function departureRow(policy: Policy, report: string, cause: string): Ladder {
  const departures: Readonly<Record<string, Ladder | undefined>> = { ...policy.departures, ...insteadFor(policy, report).departures };
  return departures[cause] ?? {};
}

/** The best status that a report allows. */
export function allowedBy(policy: Policy, report: string): string {
  return policy.reports[owns(policy.reports, report) ? report : 'none'] ?? '';
}

/** The cells of a row that say something. */
export function cellsOf(row: Ladder): readonly (readonly [status: string, afterMs: number])[] {
  return Object.entries(row).filter((cell): cell is [string, number] => cell[1] !== undefined);
}

/** The first cell of a row: what comes before it changes nothing. Infinite: there is none. */
export function firstCell(row: Ladder): number {
  return Math.min(...cellsOf(row).map(([, afterMs]) => afterMs));
}

/** How long an end by this cause is forgiven. */
export function graceOf(policy: Policy, cause = 'dropped', report = 'none'): number {
  return firstCell(departureRow(policy, report, cause));
}

/** How long a session may be silent and nothing changes. */
export function patienceOf(policy: Policy, report = 'none'): number {
  return firstCell(rowsOf(policy, report).silence);
}

/** How old a session may become that is never touched, and nothing changes. */
export function unhurriedOf(policy: Policy): number {
  return firstCell(rowsOf(policy, 'none').untouched);
}
