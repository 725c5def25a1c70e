// The tutorial's server on this library, with the clients that it always had: what goes over the wire is what it was.

import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { definePolicy } from 'presence-model';
import { Server, type ServerOptions } from 'socket.io';
import { io, type Socket } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tutorialPolicy } from '../../../docs/examples/tutorial/rules.js';
import { serveTutorial } from '../../../docs/examples/tutorial/server.js';
import { listen, until } from './contract.js';

/** Long enough for a machine with much to do. */
const graceMs = 2_000;
const policy = definePolicy({ ...tutorialPolicy, departures: { dropped: { offline: graceMs }, closed: { offline: graceMs }, left: { offline: 0 } } });

interface Update {
  readonly user_id: string;
  readonly status: string;
  readonly game_id?: unknown;
}
const servers: Server[] = [];
const ends: (() => void)[] = [];
let url = '';
/** All that was published, as a client hears it. */
const updates: Update[] = [];

async function serve(itsPolicy: typeof policy, options: Partial<ServerOptions> = {}): Promise<string> {
  const { http, port } = await listen();
  const server = new Server(http, options);
  servers.push(server);
  serveTutorial(server, { gameOf: (gameId) => (gameId === 42 ? { game_id: 42, score: '2:1' } : undefined), policy: itsPolicy });
  return `http://127.0.0.1:${port}`;
}

/** The tutorial's client: it knows its user and nothing else, and beats every 30 s. */
function join(userId: unknown, at = url): Socket & { readonly heard: (event: string) => readonly unknown[] } {
  const client = io(at, { auth: { user_id: userId }, forceNew: true, reconnectionDelay: 50 });
  const heard: [string, unknown][] = [];
  client.onAny((event: string, value: unknown) => heard.push([event, value]));
  const timer = setInterval(() => client.emit('heartbeat'), 30_000);
  ends.push(() => {
    clearInterval(timer);
    client.disconnect();
  });
  return Object.assign(client, { heard: (event: string) => heard.flatMap(([name, value]) => (name === event ? [value] : [])) });
}
async function joined(userId: string): Promise<ReturnType<typeof join>> {
  const client = join(userId);
  await until(() => expect(client.heard('current_presence')).toHaveLength(1));
  return client;
}
const statuses = (userId: string): readonly unknown[] =>
  updates.flatMap(({ user_id, status, game_id }) => (user_id === userId ? [game_id === undefined ? status : [status, game_id]] : []));
const pause = (ms: number): Promise<void> => new Promise((ready) => setTimeout(ready, ms));

beforeAll(async () => {
  url = await serve(policy);
  (await joined('onlooker')).on('presence_update', (update: Update) => updates.push(update));
});
afterAll(async () => {
  for (const end of ends) end();
  await Promise.all(servers.map((server) => server.close()));
});

describe.concurrent('a client in JavaScript, unchanged,', () => {
  it('hears of every change once, with the game that is watched', async () => {
    const client = await joined('ada');
    client.emit('update_status', { status: 'watching_game', game_id: 42 });
    client.emit('update_status', { status: 'watching_game', game_id: 43 });
    for (const status of ['idle', 'away', 'watching_game', 'online', 'idle', 'online']) client.emit('update_status', { status });
    await until(() => expect(statuses('ada')).toEqual(
      ['online', ['watching_game', 42], ['watching_game', 43], 'idle', 'away', 'watching_game', 'online', 'idle', 'online']));
  });

  it('is told who is there, by user id', async () => {
    const bob = await joined('bob');
    bob.emit('update_status', { status: 'watching_game', game_id: 'g7' });
    await until(() => expect(statuses('bob')).toContainEqual(['watching_game', 'g7']));
    const eve = await joined('eve');
    expect(eve.heard('current_presence')[0]).toMatchObject({
      bob: { user_id: 'bob', status: 'watching_game', game_id: 'g7' },
      eve: { user_id: 'eve', status: 'online' },
    });
  });

  it('asks about a game', async () => {
    const client = await joined('asking');
    client.emit('request_game_info', { game_id: 42 });
    client.emit('request_game_info', { game_id: 1 });
    await until(() => expect(client.heard('game_info_error')).toEqual([{ game_id: 1, message: 'There is no such game.' }]));
    expect(client.heard('game_info')).toEqual([{ game_id: 42, score: '2:1' }]);
  });

  it('is not let in without a user id', async () => {
    for (const userId of [undefined, '', 7]) {
      const client = join(userId);
      await new Promise((ready) => client.once('disconnect', ready));
      expect(client.active).toBe(false);
      expect(client.heard('current_presence')).toEqual([]);
    }
  });

  it('publishes no heartbeat', async () => {
    const client = await joined('beating');
    for (let times = 0; times < 50; times++) client.emit('heartbeat');
    client.emit('update_status', { status: 'idle' }); // heard behind them
    await until(() => expect(statuses('beating')).toEqual(['online', 'idle']));
  });

  it('keeps its user when a second tab of theirs goes', async () => {
    await joined('two');
    const second = await joined('two');
    second.disconnect();
    await pause(2 * graceMs);
    expect(statuses('two')).toEqual(['online']);
  });

  it('drops and returns, and nobody sees it', async () => {
    const client = await joined('dropping');
    const back = new Promise<void>((ready) => client.once('connect', ready));
    client.io.engine.close();
    await back;
    await pause(2 * graceMs);
    expect(statuses('dropping')).toEqual(['online']);
  });

  it('returns as it was where the server recovers connections', async () => {
    const client = join('recovering', await serve(policy, { connectionStateRecovery: { maxDisconnectionDuration: 60_000 } }));
    const told = (): readonly unknown[] => client.heard('presence_update').map((update) => (update as Update).status);
    client.emit('update_status', { status: 'idle' });
    await until(() => expect(told()).toEqual(['online', 'idle']));
    const back = new Promise<void>((ready) => client.once('connect', ready));
    client.io.engine.close();
    await back;
    expect(client.recovered).toBe(true);
    await pause(2 * graceMs);
    expect(told()).toEqual(['online', 'idle']);
    client.emit('update_status', { status: 'away' });
    await until(() => expect(told()).toEqual(['online', 'idle', 'away']));
  });

  it('is loaded anew, and then online, whatever it was', async () => {
    const client = await joined('refreshing');
    client.emit('update_status', { status: 'away' });
    await until(() => expect(statuses('refreshing')).toEqual(['online', 'away']));
    client.disconnect();
    await joined('refreshing');
    await pause(2 * graceMs);
    expect(statuses('refreshing')).toEqual(['online', 'away', 'online']);
  });

  it('is gone once it stays away', async () => {
    const client = await joined('leaving');
    client.disconnect();
    await until(() => expect(statuses('leaving')).toEqual(['online', 'offline']));
  });

  it('says what makes no sense, and does no harm', async () => {
    const client = await joined('odd');
    for (const said of [undefined, null, 7, 'idle', {}, { status: 'none' }, { status: 'zzz' }, { status: { toString: 1 } }]) client.emit('update_status', said);
    client.emit('request_game_info');
    client.emit('update_status', { status: 'away' });
    await until(() => expect(statuses('odd')).toEqual(['online', 'away']));
    expect(client.heard('game_info_error')).toHaveLength(1);
  });
});

it('nobody\'s status stands for ever', async () => {
  const hasty = await serve(definePolicy({ ...policy, silence: { offline: 1_500 } }));
  const client = join('silent', hasty);
  client.emit('update_status', { status: 'watching_game', game_id: 42 });
  await until(() => expect(client.heard('presence_update').map((update) => (update as Update).status)).toEqual(['online', 'watching_game', 'offline']));
});

it('a client in Python speaks with one in JavaScript', async () => {
  const ada = await joined('watched from Python');
  const peer = spawn('/usr/bin/python3', ['test/integration/transports/peer.py', url, 'py'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const heard: [string, unknown][] = [];
  createInterface(peer.stdout).on('line', (line) => heard.push(JSON.parse(line) as [string, unknown]));
  ends.push(() => peer.kill());
  const say = (event: string, value?: unknown): unknown => peer.stdin.write(`${JSON.stringify([event, value ?? null])}\n`);
  const heardBy = (event: string): readonly unknown[] => heard.flatMap(([name, value]) => (name === event ? [value] : []));

  await until(() => expect(heardBy('current_presence')).toHaveLength(1));
  expect(heardBy('current_presence')[0]).toMatchObject({ 'watched from Python': { user_id: 'watched from Python', status: 'online' }, 'py': { status: 'online' } });
  for (let times = 0; times < 20; times++) say('heartbeat');
  say('update_status', { status: 'watching_game', game_id: 42 });
  say('request_game_info', { game_id: 42 });
  say('request_game_info', { game_id: 1 });
  await until(() => expect(statuses('py')).toEqual(['online', ['watching_game', 42]]));
  await until(() => expect(heardBy('game_info_error')).toEqual([{ game_id: 1, message: 'There is no such game.' }]));
  expect(heardBy('game_info')).toEqual([{ game_id: 42, score: '2:1' }]);
  ada.emit('update_status', { status: 'away' });
  await until(() => expect(heardBy('presence_update')).toContainEqual({ user_id: 'watched from Python', status: 'away' }));
  say('disconnect');
  await until(() => expect(statuses('py')).toEqual(['online', ['watching_game', 42], 'offline']));
});
