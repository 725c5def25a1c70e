// What makes a table a policy: it is checked once, every problem is reported at once, and the result is frozen.
// Rule 1: what is left out keeps the default's; with statuses of one's own nothing of the default is left, because a
//         forgotten silence must never mean "nobody is ever offline".
// Rule 2: whole tables, never merged key by key: what is written is what holds.

import { complaint } from './complaint.js';
import type { Issue } from './complaint.js';
import type { Ladder } from './ladder.js';
import { isRecord, owns } from './plain.js';
import type { DefaultNames, Policy, PolicyChanges, PolicyInput, Rows } from './policy.js';
import { attachTable, attachedTable, tableFrom } from './table.js';
import type { Table } from './table.js';

type Cells<T> = Readonly<Record<string, T>>;

const ladders = ['silence', 'inactivity', 'untouched'] as const;
const fields: readonly string[] = [
  'statuses', ...ladders, 'reports', 'departures', 'whileReported', 'shownAs', 'maxQuietMs', 'keepSessionMs', 'keepLastSeenMs',
];

/**
 * The default's table. `silence` is the ladder this project was started from; a heartbeat more often than every 15 s
 * keeps a session active. `inactivity` says away after five minutes, as the sources of Zulip,
 * Mattermost and Synapse did when they were read in November 2026. `dropped` forgives 15 s: a reconnect takes about one
 * second, a change of networks up to nine.
 */
const defaults: Policy<DefaultNames> = {
  statuses: ['active', 'idle', 'away', 'stale', 'offline'],
  silence: { idle: 15_000, away: 60_000, stale: 180_000, offline: 240_000 },
  inactivity: { idle: 60_000, away: 300_000 },
  untouched: {},
  reports: { none: 'active', active: 'active', idle: 'idle', background: 'away' },
  departures: { dropped: { stale: 15_000 }, closed: { offline: 5_000 }, left: { offline: 0 } },
  whileReported: {},
  shownAs: {},
  maxQuietMs: 3_600_000,
  keepSessionMs: 900_000,
  keepLastSeenMs: 604_800_000,
};

/** What {@link definePolicy} throws: every problem at once, each with its path. */
export class PolicyError extends Error {
  /** Tells the error apart without `instanceof`, which fails between two copies of a package. */
  override readonly name = 'PolicyError';
  /** Every problem found. */
  readonly problems: readonly Issue[];

  /** One message of all problems. */
  constructor(problems: readonly Issue[]) {
    const count = problems.length === 1 ? 'a problem' : `${String(problems.length)} problems`;
    super(`The policy has ${count}:\n${problems.map(({ message }) => `- ${message}`).join('\n')}`);
    this.problems = problems;
  }
}

/**
 * Checks a policy, writes out what was left out, and freezes it. The words (statuses, reports, causes) are inferred, so
 * that a typo in a claim or a cause does not compile. Cost: once, linear in the table.
 *
 * @param input - Without `statuses`, what is left out keeps the default's; with them, only what is written holds.
 * @throws PolicyError with every problem: unknown words, ladders that go backwards, lengths that are no whole
 * milliseconds, missing rows.
 * @example
 * ```ts
 * import { definePolicy, sessionStatus } from 'presence-model';
 *
 * const policy = definePolicy({ silence: { away: 60_000, offline: 90_000 } });
 * sessionStatus({ seenAt: 0 }, policy, 59_999); // => 'active'
 * sessionStatus({ seenAt: 0 }, policy, 60_000); // => 'away'
 * ```
 * @group Start here
 */
export function definePolicy<
  const R extends string = DefaultNames['report'],
  const C extends string = DefaultNames['cause'],
>(
  input?: PolicyChanges<R, C>,
): Policy<{ readonly status: DefaultNames['status']; readonly report: R; readonly cause: C }>;
/**
 * Checks a policy with statuses of its own and freezes it.
 *
 * @param input - The whole table.
 * @throws PolicyError with every problem.
 */
export function definePolicy<const S extends readonly string[], const R extends string, const C extends string>(
  input: PolicyInput<S, R, C>,
): Policy<{ readonly status: S[number]; readonly report: R; readonly cause: C }>;
export function definePolicy(input: PolicyChanges | PolicyInput = {}): Policy {
  const problems: Issue[] = [];
  const policy = readPolicy(input, problems);
  if (problems.length > 0) throw new PolicyError(problems);
  return attachTable(policy);
}

/** How a policy is read. One that is not from `definePolicy` (it was sent as JSON, say) is checked anew at each call. */
export function tableOf(policy: Policy): Table {
  return attachedTable(policy) ?? tableFrom(checkedPolicy(policy));
}

/** A policy that is checked, if it was not before. */
export function checkedPolicy(policy: Policy): Policy {
  const given: unknown = policy;
  if (!isRecord(given) || given['statuses'] === undefined) throw new TypeError(complaint('policy', 'from `definePolicy`, or a JSON copy of one', given));
  return attachedTable(policy) === undefined ? definePolicy(given as unknown as PolicyInput) : policy;
}

/**
 * The policy you get without writing one.
 *
 * @example
 * ```ts
 * import { defaultPolicy, formatPolicy } from 'presence-model';
 *
 * defaultPolicy.statuses; // => ['active', 'idle', 'away', 'stale', 'offline']
 * formatPolicy(defaultPolicy).split('\n')[1]; // => 'silence              15 s     1 min    3 min    4 min'
 * ```
 * @group Start here
 */
export const defaultPolicy: Policy<DefaultNames> = /* @__PURE__ */ definePolicy();

function readPolicy(value: unknown, problems: Issue[]): Policy {
  const input = readTable('', value, fields, (_, cell) => cell, problems);
  const own = input['statuses'] !== undefined;
  const rest: Cells<unknown> = own ? { ...defaults, inactivity: {}, untouched: {}, whileReported: {}, shownAs: {} } : { ...defaults };
  const field = (name: string): unknown => (input[name] === undefined ? rest[name] : input[name]);
  for (const name of ['silence', 'reports', 'departures']) {
    if (own && input[name] === undefined) problem(problems, name, 'written out, as `statuses` is', undefined);
  }

  const statuses = readStatuses(field('statuses'), problems);
  const missing = own ? {} : undefined; // what stands in for a required table that is reported missing
  const table = (name: 'silence' | 'reports' | 'departures'): unknown => (own && input[name] === undefined ? missing : field(name));
  const status = (path: string, word: unknown): string => readStatus(path, word, statuses, problems);
  const reports = readTable('reports', table('reports'), undefined, status, problems);
  const departures = readTable('departures', table('departures'), undefined, (path, row) => readLadder(path, row, statuses, 0, problems), problems);
  if (field('reports') === input['reports'] && !owns(reports, 'none')) problem(problems, 'reports.none', 'the best status without a report', undefined);
  if (field('departures') === input['departures'] && !owns(departures, 'dropped')) {
    problem(problems, 'departures.dropped', 'the row of a lost transport', undefined);
  }
  const causes = Object.keys(departures);
  const shownAs = readTable('shownAs', field('shownAs'), statuses, status, problems);
  checkShownAs(shownAs, statuses, problems);
  return {
    statuses,
    silence: readLadder('silence', table('silence'), statuses, 1, problems),
    inactivity: readLadder('inactivity', field('inactivity'), statuses, 0, problems),
    untouched: readLadder('untouched', field('untouched'), statuses, 0, problems),
    reports,
    departures,
    whileReported: readTable(
      'whileReported', field('whileReported'), Object.keys(reports), (path, rows) => readRows(path, rows, statuses, causes, problems), problems,
    ),
    shownAs,
    maxQuietMs: readLength('maxQuietMs', field('maxQuietMs'), 0, problems) ?? 0,
    keepSessionMs: readLength('keepSessionMs', field('keepSessionMs'), 1, problems) ?? 1,
    keepLastSeenMs: readLength('keepLastSeenMs', field('keepLastSeenMs'), 0, problems) ?? 0,
  };
}

function problem(problems: Issue[], path: string, wish: string, value: unknown): void {
  problems.push({ path, message: complaint(path, wish, value) });
}

function readStatuses(value: unknown, problems: Issue[]): readonly string[] {
  if (!Array.isArray(value) || value.length < 2) {
    problem(problems, 'statuses', 'a list of two statuses or more, best first', value);
    return [];
  }
  const statuses: string[] = [];
  [...(value as unknown[])].forEach((status, i) => {
    const path = `statuses[${String(i)}]`;
    if (typeof status !== 'string' || status === '') problem(problems, path, 'a word', status);
    else if (statuses.includes(status)) problem(problems, path, 'a word not used before', status);
    else statuses.push(status);
  });
  return statuses;
}

function readStatus(path: string, word: unknown, statuses: readonly string[], problems: Issue[]): string {
  if (typeof word === 'string' && statuses.includes(word)) return word;
  if (statuses.length > 0) problem(problems, path, `one of ${statuses.join(', ')}`, word);
  return '';
}

/** A table whose keys are known beforehand, or any where `keys` is undefined. A cell that is undefined is left out. */
function readTable<T>(
  path: string, value: unknown, keys: readonly string[] | undefined, readCell: (path: string, cell: unknown) => T, problems: Issue[],
): Cells<T> {
  if (!isRecord(value)) problem(problems, path, 'a table (an object)', value);
  const entries: [string, T][] = [];
  for (const [key, cell] of isRecord(value) ? Object.entries(value) : []) {
    const at = path === '' ? key : `${path}.${key}`;
    if (cell === undefined) continue;
    if (keys !== undefined && !keys.includes(key)) {
      const wish = keys.length === 0 ? 'nothing' : `one of ${keys.join(', ')}`;
      problems.push({ path: at, message: `\`${at}\` is unknown here; expected ${wish}.` });
    } else entries.push([key, readCell(at, cell)]);
  }
  return Object.fromEntries(entries);
}

/** Cells in the order of the statuses: whole milliseconds, never falling from better to worse, none for the best. */
function readLadder(path: string, value: unknown, statuses: readonly string[], leastMs: number, problems: Issue[]): Ladder {
  const keys = statuses.length > 0 ? statuses.slice(1) : undefined; // without statuses there is one problem, not one for each word
  const cells = readTable(path, value, keys, (at, cell) => readLength(at, cell, leastMs, problems), problems);
  const ladder: [status: string, afterMs: number][] = [];
  for (const status of statuses) {
    const afterMs = owns(cells, status) ? cells[status] : undefined;
    if (afterMs === undefined) continue; // left out, or no length at all, which was said
    const better = ladder[ladder.length - 1];
    if (better !== undefined && afterMs < better[1]) {
      problem(problems, `${path}.${status}`, `${String(better[1])} or more, as \`${better[0]}\` is better`, afterMs);
    }
    ladder.push([status, afterMs]);
  }
  return Object.fromEntries(ladder);
}

function readRows(path: string, value: unknown, statuses: readonly string[], causes: readonly string[], problems: Issue[]): Rows<string, string> {
  const rows = readTable(path, value, [...ladders, 'departures'], (_, row) => row, problems);
  const read: { -readonly [K in keyof Rows<string, string>]: Rows<string, string>[K] } = {};
  for (const name of ladders) {
    if (owns(rows, name)) read[name] = readLadder(`${path}.${name}`, rows[name], statuses, name === 'silence' ? 1 : 0, problems);
  }
  if (owns(rows, 'departures')) {
    read.departures = readTable(
      `${path}.departures`, rows['departures'], causes, (at, row) => readLadder(at, row, statuses, 0, problems), problems,
    );
  }
  return read;
}

/** Outward words keep the order, and the bottom's own word stays. */
function checkShownAs(shownAs: Cells<string>, statuses: readonly string[], problems: Issue[]): void {
  let worst = 0;
  statuses.forEach((status, rank) => {
    const word = owns(shownAs, status) ? shownAs[status] : status;
    const outward = statuses.indexOf(word ?? status);
    if (outward === -1) return;
    const path = `shownAs.${status}`;
    if (rank === statuses.length - 1 && outward !== rank) problem(problems, path, `\`${status}\` itself, as it is the bottom`, word);
    else if (outward < worst) problem(problems, path, `no better than \`${String(statuses[worst])}\`, which a better status is shown as`, word);
    worst = Math.max(worst, outward);
  });
}

function readLength(path: string, value: unknown, leastMs: number, problems: Issue[]): number | undefined {
  if (Number.isSafeInteger(value) && Number(value) >= leastMs) return Number(value);
  problem(problems, path, `whole milliseconds, ${String(leastMs)} or more`, value);
  return undefined;
}
