// How rows of a crowd are measured: in one process, round by round, every row in every round, in changing order. What a row
// costs beside its floor is told of each round, and the median of that is what counts: what disturbs a round disturbs both.

export interface Row {
  readonly name: string;
  /** The name of the row that it is held against. */
  readonly floor: string;
  /** Makes what a round is to be given, which is not measured. Called once for each round. */
  readonly prepare: () => Batch;
  /** How many times as long as the floor it may take. */
  readonly must?: number;
}

/** What one round does. Answers how many operations that were. */
export type Batch = () => number;

export interface RowResult {
  readonly name: string;
  readonly floor: string;
  /** Nanoseconds for each operation: the median of rounds. */
  readonly ns: number;
  /** The same of the best round. */
  readonly bestNs: number;
  /** How many times as long as the floor beside it: the median of rounds. */
  readonly ratio: number;
  /** Bytes for each operation by which the heap grew, at the least of rounds. */
  readonly bytes: number;
  readonly must?: number;
}

/** So many that what is compiled late is compiled before rounds count. */
const warmUps = 10;

export function measureRounds(rows: readonly Row[], rounds: number): readonly RowResult[] {
  const times = new Map(rows.map(({ name }) => [name, [] as number[]]));
  const bytes = new Map(rows.map(({ name }) => [name, Number.POSITIVE_INFINITY]));
  for (let round = -warmUps; round < rounds; round++) {
    for (let i = 0; i < rows.length; i++) {
      const { name, prepare } = rows[(i + round + warmUps) % rows.length]!;
      const batch = prepare();
      age();
      const before = process.memoryUsage().heapUsed;
      const start = performance.now();
      const operations = batch();
      const ns = ((performance.now() - start) * 1e6) / Math.max(1, operations);
      const grown = (process.memoryUsage().heapUsed - before) / Math.max(1, operations);
      if (round < 0) continue;
      times.get(name)!.push(ns);
      if (grown >= 0) bytes.set(name, Math.min(bytes.get(name)!, grown)); // else garbage was collected meanwhile
    }
  }
  return rows.map(({ name, floor, must }) => ({
    name,
    floor,
    ns: median(times.get(name)!),
    bestNs: Math.min(...times.get(name)!),
    ratio: median(times.get(name)!.map((ns, round) => ns / times.get(floor)![round]!)),
    bytes: bytes.get(name)!,
    ...(must === undefined ? {} : { must }),
  }));
}

/**
 * What a round was given is no longer young. Else each collection that garbage of the row's causes would copy all of it, while a
 * host has long dropped what it heard.
 */
function age(): void {
  for (let survived = 0; survived < 2; survived++) globalThis.gc!({ type: 'minor' });
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}
