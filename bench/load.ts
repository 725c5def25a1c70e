// Real load: the recording of a thousand clients, multiplied, and a live Socket.IO server with and without presence.

import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { do_not_optimize } from 'mitata';
import type { DefaultNames, Signal } from 'presence-model';
import { parseRecordedEvent } from '../docs/examples/recorded-event.js';
import { createAdapter } from '../docs/examples/recording.js';
import { read } from '../test/support/files.js';
import { loadLibrary } from './library.js';
import type { Library } from './library.js';
import type { Lived, LoadResults, Replayed } from './load-results.js';
import { median } from './rounds.js';
import { today } from './tracker-rows.js';

interface Heard { readonly now: number; readonly signal: Signal<DefaultNames> }

export async function measureLoad(sessions: number, mostSockets: number): Promise<Omit<LoadResults, 'machine'>> {
  const library = await loadLibrary();
  const heard = recorded();
  const replayed: Replayed[] = [];
  replay(library, heard, 1); // what compiles meanwhile is not measured
  for (const wanted of [1_000, 10_000, 100_000, 1_000_000]) {
    if (wanted > sessions) continue;
    replayed.push(replay(library, heard, wanted / 1_000));
    console.log(JSON.stringify(replayed[replayed.length - 1]));
  }
  const lived: Lived[] = [];
  for (const sockets of [500, 2_000, 4_000, 8_000]) {
    if (sockets > mostSockets) continue;
    lived.push(await live(sockets));
    console.log(JSON.stringify(lived[lived.length - 1]));
  }
  return { replayed, lived };
}

function recorded(): readonly Heard[] {
  const adapter = createAdapter();
  return read('docs/examples/recordings/thousand.events.jsonl').trim().split('\n').flatMap((line) => {
    const event = parseRecordedEvent(JSON.parse(line));
    if (!event.ok) throw new Error(JSON.stringify(event.issues));
    return adapter(event.value).flatMap(({ now, signal }) => (signal === undefined ? [] : [{ now, signal }]));
  });
}

/** As many recordings at once as there are copies, each of people of its own, as fast as it goes; time passes every 100 ms. */
function replay({ createTracker }: Library, heard: readonly Heard[], copies: number): Replayed {
  const run = (hear: (signal: Signal<DefaultNames>, now: number) => number, pass: (now: number) => number): readonly [ms: number, told: number] => {
    globalThis.gc!();
    const before = process.cpuUsage();
    let told = 0;
    let passedAt = 0;
    for (const { now, signal } of heard) {
      if (now - passedAt >= 100) told += pass(today + (passedAt = now));
      for (let copy = 0; copy < copies; copy++) {
        // the letters of an id come out of a message each time
        const userId = Buffer.from(`${signal.userId}/${copy}`).toString('latin1');
        told += hear({ ...signal, userId, ...('at' in signal ? { at: today + signal.at } : {}) }, today + now);
      }
    }
    const { user, system } = process.cpuUsage(before);
    return [(user + system) / 1_000, told];
  };
  const tracker = createTracker();
  const [withoutMs] = run((signal) => { do_not_optimize(signal); return 0; }, () => 0);
  const [withMs, told] = run((signal, now) => tracker.observe(signal, now).length, (now) => tracker.advanceTo(now).length);
  return { sessions: copies * 1_000, signals: heard.length * copies, recordedMs: heard[heard.length - 1]!.now - heard[0]!.now, withoutMs, withMs, told };
}

interface Measure { readonly share: number; readonly insideShare: number; readonly beats: number; readonly ms: number }

/** The server with and without presence, in turns, each under the same sockets of another process. */
async function live(sockets: number): Promise<Lived> {
  const measures = { plain: [] as Measure[], presence: [] as Measure[] };
  for (const kind of ['plain', 'presence', 'presence', 'plain', 'plain', 'presence'] as const) measures[kind].push(await serve(kind, sockets));
  const of = (kind: 'plain' | 'presence', what: (measure: Measure) => number): number => median(measures[kind].map(what));
  return {
    sockets,
    beatsPerSecond: of('presence', ({ beats, ms }) => (beats * 1_000) / ms),
    withoutShare: of('plain', ({ share }) => share),
    withShare: of('presence', ({ share }) => share),
    insideShare: of('presence', ({ insideShare }) => insideShare),
  };
}

const windowMs = 6_000;

async function serve(kind: 'plain' | 'presence', sockets: number): Promise<Measure> {
  const start = (script: string, ...args: readonly string[]): ChildProcess => fork(`bench/${script}`, args, { execArgv: ['--import', 'tsx'] });
  const server = start('load-server.ts', kind);
  let clients: ChildProcess | undefined;
  try {
    const [port] = (await once(server, 'message')) as [number];
    clients = start('load-clients.ts', String(port), String(sockets));
    await once(clients, 'message'); // all are connected
    server.send('start');
    await new Promise((resolve) => setTimeout(resolve, windowMs));
    server.send('stop');
    const [measure] = (await once(server, 'message')) as [Measure];
    return measure;
  } finally {
    clients?.kill();
    server.kill();
  }
}
