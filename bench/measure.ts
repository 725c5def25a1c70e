// How it is measured: the library and its floor in one process, in turns, so that what disturbs one disturbs the other.
// Each is as fast as in its best turn: what else goes on only ever adds. Times change with the machine, their ratio hardly does.

import { getHeapStatistics } from 'node:v8';
import { measure } from 'mitata';
import type { Case } from './cases.js';

export interface Measured {
  readonly name: string;
  readonly floorIs: string;
  /** Nanoseconds per call, at best. */
  readonly ns: number;
  readonly floorNs: number;
  /** How many times as long as the floor. */
  readonly ratio: number;
  /** Bytes that a call allocates. */
  readonly bytes: number;
  readonly floorBytes: number;
}

/** How long one turn of one side lasts, in ns. */
const turnNs = 20e6;
/** How long one sample within a turn lasts: long beside the reading of the clock, short beside a disturbance. */
const sampleNs = 200e3;
/** How much a sample may allocate without a collection of garbage in its midst. */
const sampleBytes = 256e3;

interface Side {
  readonly run: () => void;
  readonly times: number[];
}

export async function measureAll(cases: readonly Case[], turns: number, onTurn: (turn: number) => void): Promise<readonly Measured[]> {
  const sides = cases.map(({ call, floor }): readonly [Side, Side] => [{ run: call, times: [] }, { run: floor, times: [] }]);
  // The first turn warms up and does not count.
  for (let turn = 0; turn <= turns; turn++) {
    onTurn(turn);
    for (const pair of sides) {
      for (const { run, times } of turn % 2 === 0 ? pair : [...pair].reverse()) {
        const ns = await nanoseconds(run);
        if (turn > 0) times.push(ns);
      }
    }
  }
  const measured: Measured[] = [];
  for (const [i, { name, floorIs }] of cases.entries()) {
    const [call, floor] = sides[i]!;
    measured.push({
      name,
      floorIs,
      ns: Math.min(...call.times),
      floorNs: Math.min(...floor.times),
      ratio: Math.min(...call.times) / Math.min(...floor.times),
      bytes: bytes(call.run),
      floorBytes: bytes(floor.run),
    });
  }
  return measured;
}

async function nanoseconds(run: () => void): Promise<number> {
  const calls = 256;
  const start = performance.now();
  for (let i = 0; i < calls; i++) run();
  const roughly = ((performance.now() - start) * 1e6) / calls;
  const { min } = await measure(run, { ...batched(sampleNs / roughly), gc: false, min_samples: 8, min_cpu_time: turnNs });
  return min;
}

/** Bytes per call: what the heap grew by, at the least of a few samples, as what else allocates only ever adds. */
function bytes(run: () => void): number {
  let least = allocated(run, 16);
  for (let attempt = 0; attempt < 2; attempt++) {
    const calls = Math.floor(sampleBytes / (least + 64));
    least = Math.min(least, allocated(run, calls) - allocated(() => undefined, calls));
  }
  return Math.max(0, Math.round(least));
}

function allocated(run: () => void, calls: number): number {
  const some = (): number => {
    for (let i = 0; i < calls; i++) run();
    return calls;
  };
  return heapGrowth(some, 4);
}

/** By how many bytes the heap grows for each of what `some` does; garbage is collected before, so not meanwhile. */
function heapGrowth(some: () => number, samples: number): number {
  let least = Number.POSITIVE_INFINITY;
  globalThis.gc?.();
  for (let sample = 0; sample < samples; sample++) {
    const before = getHeapStatistics().used_heap_size;
    const done = some();
    const growth = getHeapStatistics().used_heap_size - before;
    if (done > 0 && growth >= 0) least = Math.min(least, growth / done);
  }
  return least;
}

/** mitata samples batches where one call is faster than its thresholds, and unrolls by four. */
function batched(calls: number): { readonly batch_samples: number; readonly batch_threshold: number; readonly warmup_threshold: number } {
  return { batch_samples: Math.min(Math.max(Math.floor(calls / 4), 1) * 4, 4096), batch_threshold: 1e9, warmup_threshold: 1e9 };
}
