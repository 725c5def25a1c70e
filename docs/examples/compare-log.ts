// "What if idle were ten minutes?", asked of a log of signals, one JSON object a line, however long.
//   npx tsx docs/examples/compare-log.ts signals.jsonl before.json after.json > differences.jsonl
// Memory holds the signals of some users at a time. The log is read once to learn its length, and then once for each group
// of users, who are told apart by a hash of their ids.
import { createReadStream, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { definePolicy, parseSignal } from 'presence-model';
import type { Policy, PolicyInput, Signal } from 'presence-model';
import { comparePolicies, sumDifferences } from 'presence-model/testing';
import type { Difference, DifferenceSum } from 'presence-model/testing';

export interface LogOptions {
  readonly before: Policy;
  readonly after: Policy;
  /** The most signals to hold in memory, about. A million take some 100 MB. */
  readonly signalsAtOnce?: number;
  /** Is told every difference, user by user. */
  readonly tell?: (difference: Difference) => void;
}

export interface LogComparison {
  readonly sum: DifferenceSum;
  readonly signals: number;
  /** Lines that are no signals. */
  readonly skipped: number;
}

export async function compareLog(path: string, { before, after, signalsAtOnce = 1_000_000, tell }: LogOptions): Promise<LogComparison> {
  let [signals, skipped, from, until] = [0, 0, Infinity, -Infinity];
  for await (const signal of signalsOf(path)) {
    if (signal === undefined) skipped++;
    else [signals, from, until] = [signals + 1, Math.min(from, signal.at), Math.max(until, signal.at + 1)];
  }
  let sum = sumDifferences([]);
  const groups = Math.ceil(signals / signalsAtOnce);
  for (let group = 0; group < groups; group++) {
    const heard: Signal[] = [];
    for await (const signal of signalsOf(path)) if (signal !== undefined && hashOf(signal.userId) % groups === group) heard.push(signal);
    const differences = comparePolicies(heard, before, after, { from, until });
    if (tell !== undefined) differences.forEach(tell);
    sum = sumDifferences(differences, sum);
  }
  return { sum, signals, skipped };
}

/** What each line says; `undefined` where it is no signal. Any word passes: what a policy does not know it reads as it always does. */
async function* signalsOf(path: string): AsyncGenerator<Signal | undefined> {
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
    if (line.trim() === '') continue;
    const parsed = parseSignal(parseJson(line));
    yield parsed.ok ? parsed.value : undefined;
  }
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined; // JSON has no such value, and it is no signal
  }
}

/** FNV-1a, 32 bits. */
function hashOf(id: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < id.length; i++) hash = Math.imul(hash ^ id.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** The sum in words, one line for each pair of statuses. */
export function report({ sum: { users }, signals, skipped }: LogComparison): string {
  const hours = (ms: number): string => `${(ms / 3_600_000).toFixed(2)} h`;
  return [
    `${signals} signals, ${skipped} lines skipped`,
    `${users.count} users shown differently for ${hours(users.ms)} in all; changes told: ${users.changesAdded} more, ${users.changesRemoved} less`,
    ...users.pairs.map(({ a, b, ms, spans }) => `${hours(ms).padStart(12)}  ${a} → ${b}, ${spans} ${spans === 1 ? 'time' : 'times'}`),
  ].join('\n');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [log, before, after] = process.argv.slice(2);
  if (log === undefined || before === undefined || after === undefined) {
    console.error('Usage: compare-log.ts SIGNALS.jsonl BEFORE.json AFTER.json > DIFFERENCES.jsonl');
    process.exitCode = 2;
  } else {
    const policyOf = (path: string): Policy => definePolicy(JSON.parse(readFileSync(path, 'utf8')) as PolicyInput);
    const tell = (difference: Difference): void => console.log(JSON.stringify(difference));
    console.error(report(await compareLog(log, { before: policyOf(before), after: policyOf(after), tell })));
  }
}
