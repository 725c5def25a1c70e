// The example server with real clients, over real sockets: what others are sent, and that nothing a client sends does harm.

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { definePolicy } from 'presence-model';
import type { Policy, ShownPresence } from 'presence-model';
import { Server } from 'socket.io';
import { io, type Socket } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { servePresence, serverPolicy, type Words } from '../../docs/examples/server.js';
import { read } from '../support/files.js';

const beatEveryMs = 100;
/** Long enough for a machine with much to do, where a second may be a quick reconnect. */
const graceMs = 2_500;
const policy = definePolicy({
  ...serverPolicy,
  silence: { idle: 3_000, offline: 3_500 },
  inactivity: {},
  departures: { dropped: { stale: graceMs }, closed: { offline: graceMs }, left: { offline: 0 } },
});

const servers: Server[] = [];
const clients: Socket[] = [];
let mainUrl = '';
/** All that was sent to somebody who only looks on. */
const sent: ShownPresence<Words>[] = [];

/** The example server on a port of its own. */
async function serve(itsPolicy: Policy<Words>): Promise<string> {
  const http = createServer();
  const server = new Server(http);
  servers.push(server);
  servePresence(server, itsPolicy);
  await new Promise<void>((ready) => http.listen(0, 'localhost', ready));
  return `http://localhost:${(http.address() as AddressInfo).port}`;
}
function connect(userId: unknown, hello: unknown, url = mainUrl): Socket {
  const client = io(url, { transports: ['websocket'], forceNew: true, reconnectionDelay: 50, auth: { userId, hello } });
  clients.push(client);
  return client;
}
const beat = (sessionId: string, says: object = {}): object => ({ type: 'heartbeat', sessionId, epoch: 1, ...says });
const stopBeating = new Map<Socket, () => void>();

/** A tab that beats until its socket is closed for good; ready when it is connected. */
async function openTab(userId: string, sessionId: string): Promise<Socket> {
  const client = connect(userId, beat(sessionId));
  await new Promise<void>((ready) => client.once('connect', ready));
  const timer = setInterval(() => {
    if (client.connected) client.emit('beat', beat(sessionId));
  }, beatEveryMs);
  stopBeating.set(client, () => clearInterval(timer));
  return client;
}
const seen = (userId: string): readonly string[] => sent.filter((shown) => shown.userId === userId).map(({ status }) => status);
const until = (check: () => void): Promise<void> => vi.waitFor(check, { timeout: 20_000, interval: 20 });

beforeAll(async () => {
  mainUrl = await serve(policy);
  const onlooker = connect('onlooker', beat('tab'));
  onlooker.on('presence', (shown: ShownPresence<Words>) => sent.push(shown));
  await until(() => expect(onlooker.connected).toBe(true));
});
afterAll(async () => {
  for (const stop of stopBeating.values()) stop();
  for (const client of clients) client.disconnect();
  await Promise.all(servers.map((server) => server.close()));
});

// Each of these waits for time to pass, and they wait together.
describe.concurrent('the example server', () => {
  it('keeps a user whose second tab closes', async () => {
    await openTab('two-tabs', 'one');
    const second = await openTab('two-tabs', 'two');
    second.disconnect();
    await sleep(2 * graceMs);
    expect(seen('two-tabs')).toEqual(['active']);
  });

  it('tells nobody of a connection that drops and returns in time', async () => {
    const tab = await openTab('dropping', 'tab');
    const isBack = new Promise<void>((ready) => tab.once('connect', ready));
    const ended = vi.fn();
    tab.once('disconnect', ended);
    tab.io.engine.close();
    await isBack;
    await sleep(2 * graceMs);
    expect(ended).toHaveBeenCalledOnce();
    expect(seen('dropping')).toEqual(['active']);
  });

  it('tells nobody of a refresh, and everybody of a tab that stays closed', async () => {
    const tab = await openTab('refreshing', 'tab');
    tab.disconnect();
    const again = await openTab('refreshing', 'tab');
    await sleep(2 * graceMs);
    expect(seen('refreshing')).toEqual(['active']);
    again.disconnect();
    await until(() => expect(seen('refreshing')).toEqual(['active', 'offline']));
  });

  it('tells of a sign-out at once', async () => {
    const tab = await openTab('leaving', 'tab');
    const from = Date.now();
    tab.emit('sign-out');
    await until(() => expect(seen('leaving')).toEqual(['active', 'offline']));
    const last = sent.filter(({ userId }) => userId === 'leaving').at(-1)!;
    expect(last.at - from).toBeLessThan(graceMs);
    await until(() => expect(tab.active).toBe(false)); // the client does not come back by itself
  });

  it('lets a crash decay, each change with its own instant', async () => {
    const tab = await openTab('crashing', 'tab');
    stopBeating.get(tab)!();
    await until(() => expect(seen('crashing')).toEqual(['active', 'idle', 'offline']));
    const [idle, offline] = sent.filter(({ userId }) => userId === 'crashing').slice(1);
    expect(offline!.at - idle!.at).toBe(500);
  });

  it('keeps time by itself where nothing is heard of anybody', async () => {
    const url = await serve(policy);
    const told: string[] = [];
    connect('alone', beat('tab'), url).on('presence', ({ status }: ShownPresence<Words>) => told.push(status));
    await until(() => expect(told).toEqual(['active', 'active', 'idle', 'offline'])); // who was there, and what changed
  });

  it('sets no timer for longer than a timer can run', async () => {
    const warnings: string[] = [];
    process.on('warning', ({ name }) => warnings.push(name));
    const url = await serve(definePolicy({ ...policy, silence: { idle: 2 ** 32 } }));
    const tab = connect('patient', beat('tab'), url);
    await until(() => expect(tab.connected).toBe(true));
    await sleep(100);
    expect(warnings).not.toContain('TimeoutOverflowWarning');
  });

  it('publishes what is claimed for as long as it is, and no more of somebody hidden than that they are gone', async () => {
    const tab = await openTab('claiming', 'tab');
    tab.emit('claim', { id: 'game', sessionId: 'tab', detail: { gameId: 42 } });
    tab.emit('claim', { id: 'quiet', show: 'dnd' }, 200);
    await until(() => expect(seen('claiming')).toEqual(['active', 'active', 'dnd', 'active']));
    tab.emit('claim', { id: 'hidden', atMost: 'offline' });
    await until(() => expect(seen('claiming').at(-1)).toBe('offline'));
    const shown = sent.filter(({ userId }) => userId === 'claiming');
    expect(shown[2]!.details).toEqual({ game: { gameId: 42 } });
    expect(shown.at(-1)).toEqual({ userId: 'claiming', at: shown.at(-1)!.at, status: 'offline' });
    tab.emit('unclaim', 'hidden');
    await until(() => expect(seen('claiming').at(-1)).toBe('active'));
  });

  it('shows a tab that was opened in the background for what it is', async () => {
    connect('hidden', beat('tab', { report: 'background' }));
    await until(() => expect(seen('hidden')).toEqual(['away', 'offline']));
  });

  it('tells a newcomer who is there, and nothing else about them', async () => {
    await openTab('old-timer', 'tab');
    const told: ShownPresence<Words>[] = [];
    connect('newcomer', beat('tab')).on('presence', (shown: ShownPresence<Words>) => told.push(shown));
    const ofOldTimer = (): ShownPresence<Words> | undefined => told.find(({ userId }) => userId === 'old-timer');
    await until(() => expect(ofOldTimer()).toBeDefined());
    const { at, lastSeenAt } = ofOldTimer()!;
    expect(ofOldTimer()).toEqual({ userId: 'old-timer', at, status: 'active', lastSeenAt });
  });

  it.each([
    ['a beat that is none', 'beat', [null]],
    ['a beat without an argument', 'beat', []],
    ['a beat with an unknown word', 'beat', [beat('tab', { report: 'zzz' })]],
    ['a beat with an impossible length', 'beat', [beat('tab', { inactiveForMs: -1 })]],
    ['a claim that is none', 'claim', [7]],
    ['a claim that shows an unknown status', 'claim', [{ id: 'x', show: 'zzz' }]],
    ['a claim for an impossible length of time', 'claim', [{ id: 'x', show: 'dnd' }, 0.5]],
    ['an end of a claim without a name', 'unclaim', [{ toString: 1, valueOf: 1 }]],
  ])('refuses %s, and goes on', async (title, event, args) => {
    const tab = await openTab(title, 'tab');
    const issues = new Promise<unknown>((resolve) => tab.once('refused', resolve));
    tab.emit(event, ...args);
    expect(await issues).toContainEqual(expect.objectContaining({ message: expect.any(String) as string }));
    tab.emit('claim', { id: 'right', show: 'dnd' });
    await until(() => expect(seen(title)).toEqual(['active', 'dnd']));
  });

  it.each([
    ['a user', 7, beat('tab')],
    ['a hello', 'nobody', undefined],
    ['a session', 'nobody', { type: 'connected', epoch: 1 }],
  ])('lets nobody in without %s', async (_, userId, hello) => {
    const client = connect(userId, hello);
    await new Promise<void>((ended) => client.once('disconnect', () => ended()));
    expect(seen('nobody')).toEqual([]);
  });
});

describe('docs/examples/server.ts', () => {
  const text = read('docs/examples/server.ts');

  it('is under 80 lines', () => {
    expect(text.trimEnd().split('\n').length).toBeLessThan(80);
  });

  it('needs nothing but Socket.IO and the library', () => {
    const imported = [...text.matchAll(/\bfrom '([^']*)'/g)].map(([, name]) => name!);
    expect(imported.filter((name) => !/^(node:.*|socket\.io|presence-model)$/.test(name))).toEqual([]);
  });
});
