import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { advanceUser, defaultPolicy } from 'presence-model';
import type { DefaultNames, ShownPresence, Signal, UserRow } from 'presence-model';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createStore } from '../../../docs/examples/transports/redis.js';
import { until } from './contract.js';

let port = 0;
let server: ChildProcess;
let folder = '';
const clients: Redis[] = [];
/** What was published. */
let published: ShownPresence<DefaultNames>[] = [];

function client(): Redis {
  const redis = new Redis({ port, host: '127.0.0.1', retryStrategy: () => 50, maxRetriesPerRequest: null });
  redis.on('error', () => undefined); // until it listens
  clients.push(redis);
  return redis;
}
async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((ready) => probe.listen(0, '127.0.0.1', ready));
  const chosen = (probe.address() as AddressInfo).port;
  await new Promise((ready) => probe.close(ready));
  return chosen;
}

beforeAll(async () => {
  port = await freePort();
  folder = mkdtempSync(join(tmpdir(), 'presence-redis-'));
  server = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder], { stdio: 'ignore' });
  await client().ping();
  const onlooker = client();
  onlooker.on('message', (_, text: string) => published.push(JSON.parse(text) as ShownPresence<DefaultNames>));
  await onlooker.subscribe('presence:out');
});
beforeEach(async () => {
  await clients[0]!.flushall();
  published = [];
});
afterAll(async () => {
  for (const redis of clients) redis.disconnect();
  const gone = new Promise((ready) => server.once('exit', ready));
  server.kill();
  await gone;
  rmSync(folder, { recursive: true });
});

/** A server of several. */
const store = () => createStore(client(), defaultPolicy);
const tab = { userId: 'ada', sessionId: 'tab', epoch: 1 } as const;
const told = (): readonly unknown[] => published.map(({ userId, status, at }) => [userId, status, at]);
/** What was published before this has come, too. */
async function settled(): Promise<void> {
  await clients[0]!.publish('presence:out', JSON.stringify({ userId: 'end' }));
  await until(() => expect(published.at(-1)?.userId).toBe('end'));
  published.pop();
}

it('only changes are published, never heartbeats', async () => {
  const { hear } = store();
  await hear({ ...tab, type: 'connected' }, 0);
  for (let at = 5_000; at <= 100_000; at += 5_000) await hear({ ...tab, type: 'heartbeat' }, at);
  await settled();
  expect(told()).toEqual([['ada', 'active', 0]]);
});

it('an alarm tells every change with its own instant, however late and by whichever server', async () => {
  const [here, there] = [store(), store()];
  await here.hear({ ...tab, type: 'connected' }, 0);
  await here.hear({ ...tab, userId: 'bob', type: 'connected' }, 7_000);
  expect(await there.nextChangeAt()).toBe(15_000);
  await there.advanceTo(14_999);
  await settled();
  expect(told()).toEqual([['ada', 'active', 0], ['bob', 'active', 7_000]]);
  published = [];
  await Promise.all([here.advanceTo(300_000), there.advanceTo(300_000)]); // both wake up: each change is told once
  await settled();
  const decay = (userId: string, since: number): readonly unknown[] =>
    [['idle', 15_000], ['away', 60_000], ['stale', 180_000], ['offline', 240_000]].map(([status, after]) => [userId, status, since + Number(after)]);
  expect(told().filter((line) => (line as string[])[0] === 'ada')).toEqual(decay('ada', 0));
  expect(told().filter((line) => (line as string[])[0] === 'bob')).toEqual(decay('bob', 7_000));
});

it('writers that overtake each other lose nothing', async () => {
  const servers = Array.from({ length: 8 }, store);
  const signals = servers.flatMap((_, i) => Array.from({ length: 10 }, (__, j): Signal<DefaultNames> =>
    ({ type: 'connected', userId: 'ada', sessionId: `tab ${i}-${j}`, epoch: 1, at: 1_000 })));
  await Promise.all(signals.map((signal, i) => servers[i % servers.length]!.hear(signal, 1_000)));
  const row = JSON.parse((await clients[0]!.hget('presence:rows', 'ada'))!) as UserRow;
  expect(row.evidence.sessions.map(({ sessionId }) => sessionId).sort()).toEqual(signals.map((signal) => 'sessionId' in signal && signal.sessionId).sort());
  // As one writer alone would have it.
  const alone = signals.reduce<UserRow | undefined>((before, signal) => advanceUser('ada', before, defaultPolicy, 1_000, signal).row, undefined);
  expect(row).toEqual(JSON.parse(JSON.stringify(alone)));
  await settled();
  expect(told()).toEqual([['ada', 'active', 1_000]]);
});

it('the late end of an old connection, heard by another server, does not touch the new one', async () => {
  const [here, there] = [store(), store()];
  await here.hear({ ...tab, type: 'connected' }, 0);
  await there.hear({ ...tab, type: 'connected', epoch: 2 }, 4_000);
  await here.hear({ ...tab, type: 'disconnected', cause: 'left' }, 9_000);
  await there.hear({ ...tab, type: 'heartbeat', epoch: 2 }, 10_000);
  await there.hear({ ...tab, type: 'disconnected', cause: 'left', epoch: 2 }, 12_000);
  await settled();
  expect(told()).toEqual([['ada', 'active', 0], ['ada', 'offline', 12_000]]);
});

it('a row goes by itself when nothing is known any more', async () => {
  const { hear, advanceTo, nextChangeAt } = store();
  await hear({ ...tab, type: 'connected' }, 0);
  await hear({ ...tab, type: 'disconnected', cause: 'left' }, 1_000);
  const at = (await nextChangeAt())!;
  expect(at).toBe(1_000 + defaultPolicy.keepLastSeenMs);
  await advanceTo(at);
  expect(await clients[0]!.exists('presence:rows', 'presence:alarms')).toBe(0);
  expect(await nextChangeAt()).toBeUndefined();
});
