// The example server of docs/examples/server.ts over Socket.IO, with all that Socket.IO does by itself.

import { createTracker, definePolicy } from 'presence-model';
import { Server, type DisconnectReason, type ServerOptions } from 'socket.io';
import { io, type ManagerOptions, type Socket } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { record } from '../../../docs/examples/live/record.js';
import { servePresence, serverPolicy } from '../../../docs/examples/server.js';
import { read } from '../../support/files.js';
import { heartbeat, holds, listen, rows, until, type Shown } from './contract.js';

const policy = definePolicy({ ...serverPolicy, ...rows });
const servers: Server[] = [];
const clients: Socket[] = [];

async function serve(options: Partial<ServerOptions> = {}) {
  const { http, port } = await listen();
  const server = new Server(http, options);
  servers.push(server);
  const tracker = createTracker({ policy });
  const recorder = record(tracker, () => undefined);
  servePresence(server, policy, recorder.tracker);
  const reasons: DisconnectReason[] = [];
  const ids: string[] = [];
  server.on('connection', (socket) => {
    ids.push(socket.id);
    socket.on('disconnect', (reason) => reasons.push(reason));
  });
  const sent: Shown[] = [];
  const url = `http://127.0.0.1:${port}`;
  const onlooker = connect(url, 'onlooker', 'tab');
  onlooker.on('presence', (shown: Shown) => sent.push(shown));
  await until(() => expect(onlooker.connected).toBe(true));
  const statuses = (userId: string): readonly string[] => sent.filter((shown) => shown.userId === userId).map(({ status }) => status);
  return { url, server, tracker, signals: recorder.signals, reasons, ids, sent, statuses };
}
type Served = Awaited<ReturnType<typeof serve>>;

function connect(url: string, userId: string, sessionId: string, options: Partial<ManagerOptions> = {}): Socket {
  let epoch = 0;
  const client = io(url, {
    transports: ['websocket'],
    forceNew: true,
    reconnectionDelay: 50,
    reconnectionDelayMax: 100,
    auth: (give) => give({ userId, hello: { ...heartbeat(sessionId, (epoch += 1)), type: 'connected' } }),
    ...options,
  });
  clients.push(client);
  const timer = setInterval(() => {
    if (client.connected) client.emit('beat', heartbeat(sessionId, epoch));
    else if (!client.active) clearInterval(timer);
  }, 100);
  return client;
}
const once = (client: Socket, event: string): Promise<unknown> => new Promise((resolve) => client.once(event, resolve));

let main: Served;
beforeAll(async () => {
  main = await serve();
});
afterAll(async () => {
  for (const client of clients) client.disconnect();
  await Promise.all(servers.map((server) => server.close()));
});

holds('Socket.IO', {
  async open(userId, sessionId) {
    const client = io(main.url, { transports: ['websocket'], forceNew: true, reconnection: false, auth: { userId, hello: heartbeat(sessionId, 1) } });
    clients.push(client);
    await once(client, 'presence');
    return {
      beat: () => client.connected && client.emit('beat', heartbeat(sessionId, 1)),
      drop: () => client.io.engine.close(),
      leave: (cause) => (cause === 'left' ? client.emit('sign-out') : client.disconnect()),
    };
  },
  seen: (userId) => main.sent.filter((shown) => shown.userId === userId),
  decay: ['stale', 'offline'],
});

it('a polling transport becomes a WebSocket, and nobody sees it', async () => {
  const client = connect(main.url, 'upgrading', 'tab', { transports: ['polling', 'websocket'] });
  const transports: string[] = [];
  const note = (): unknown => transports.push(client.io.engine.transport.name);
  client.io.once('open', () => {
    note();
    client.io.engine.once('upgrade', note);
  });
  await until(() => expect(transports).toEqual(['polling', 'websocket']));
  await new Promise((ready) => setTimeout(ready, 500));
  expect(main.statuses('upgrading')).toEqual(['active']);
  const heard = main.signals.flatMap(({ userId, type }) => (userId === 'upgrading' && type !== 'heartbeat' ? [type] : []));
  expect(heard).toEqual(['connected']);
});

/** Cuts the transport of a client again and again; it comes back by itself. */
async function cutFourTimes(served: Served, client: Socket): Promise<readonly (string | undefined)[]> {
  await once(client, 'connect');
  const ids = [client.id];
  for (let times = 1; times <= 4; times++) {
    await until(() => expect(served.statuses('forced')).toEqual(['active']));
    const back = once(client, 'connect');
    client.io.engine.close();
    await back;
    ids.push(client.id);
  }
  await new Promise((ready) => setTimeout(ready, 500));
  return ids;
}
const connections = (served: Served): readonly number[] =>
  served.signals.flatMap((signal) => (signal.type === 'connected' && signal.userId === 'forced' ? [signal.epoch!] : []));

it('forced reconnects change the socket\'s id, not the session, and nobody sees them', async () => {
  const client = connect(main.url, 'forced', 'tab');
  expect(new Set(await cutFourTimes(main, client)).size).toBe(5);
  expect(client.recovered).not.toBe(true);
  expect(main.statuses('forced')).toEqual(['active']);
  expect(main.tracker.user('forced').sessions.map(({ sessionId }) => sessionId)).toEqual(['tab']);
  expect(new Set(connections(main)).size).toBe(5);
});

it('with connection state recovery the id stays, and each return is a connection all the same', async () => {
  const served = await serve({ connectionStateRecovery: { maxDisconnectionDuration: 60_000 } });
  const client = connect(served.url, 'forced', 'tab');
  expect(new Set(await cutFourTimes(served, client)).size).toBe(1);
  expect(client.recovered).toBe(true);
  expect(served.statuses('forced')).toEqual(['active']);
  expect(new Set(connections(served)).size).toBe(5); // so the late end of one is not that of the next
  expect(served.tracker.user('forced').sessions).toHaveLength(1);

  // What changed meanwhile is told twice, by the recovery and by the list; the last word is right. Each event has an argument more.
  const heard: string[] = [];
  const lengths = new Set<number>();
  client.on('presence', (...args: [Shown]) => {
    lengths.add(args.length);
    if (args[0].userId === 'other') heard.push(args[0].status);
  });
  const other = connect(served.url, 'other', 'tab');
  await until(() => expect(heard).toEqual(['active']));
  client.io.engine.close();
  other.emit('beat', heartbeat('tab', 1, { report: 'background' }));
  await until(() => expect(heard.at(-1)).toBe('away'));
  expect([...lengths]).toEqual([2]);
});

/** What a client's engine lets one do that its types do not. */
interface Engine {
  transport: { ws: { send(text: string): void; _socket: { write(bytes: Uint8Array): void } } };
  send(text: string): void;
  _sendPacket(): void;
}
const engineOf = (client: Socket): Engine => client.io.engine as unknown as Engine;

/** How each reason comes about; the compiler knows whether one is missing. */
const ways: { readonly [R in DisconnectReason]: (client: Socket, served: Served) => unknown } = {
  'client namespace disconnect': (client) => client.disconnect(),
  'server namespace disconnect': (client, { server }) => server.sockets.sockets.get(client.id!)!.disconnect(),
  'server shutting down': (_, { server }) => server.close(),
  'ping timeout': (client) => (engineOf(client)._sendPacket = () => undefined),
  'transport close': (client) => client.io.engine.close(),
  'transport error': (client) => engineOf(client).transport.ws._socket.write(new Uint8Array([255, 255, 255, 255])),
  'parse error': (client) => engineOf(client).transport.ws.send('no packet of Engine.IO'),
  'forced close': (client) => engineOf(client).send('no packet of Socket.IO'),
  'forced server close': (client, { server }) => {
    // With nothing left to be sent the transport closes at once, and that is a *forced close*.
    const { conn } = server.sockets.sockets.get(client.id!)!;
    conn.prependOnceListener('data', () => ['2["first"]', '2["second"]'].forEach((packet) => conn.write(packet)));
    engineOf(client).send('2/nowhere,["a packet for a namespace that was not joined"]');
  },
};

describe.concurrent('the reasons of docs/guide/transports.md', () => {
  const table = [...read('docs/guide/transports.md').matchAll(/^\| \*(.+)\* \| .* \| `(\w+)` \| (yes|no)\b.*\|$/gm)];

  it('are the nine', () => {
    expect(table.map(([, reason]) => reason).sort()).toEqual(Object.keys(ways).sort());
  });

  it.each(table.map(([, reason, cause, back]) => ({ reason, cause, back })))('$reason is $cause, and its client returns by itself: $back', async ({ reason, cause, back }) => {
    const served = await serve({ pingInterval: 300, pingTimeout: 300 });
    const client = connect(served.url, 'ada', 'tab', { reconnectionDelay: 200 });
    await once(client, 'presence');
    const ended = once(client, 'disconnect');
    ways[reason as DisconnectReason](client, served);
    await until(() => expect(served.reasons).toContain(reason));
    await ended;
    expect(client.active).toBe(back === 'yes');
    const ends = served.signals.flatMap((signal) => (signal.type === 'disconnected' && signal.userId === 'ada' ? [signal.cause] : []));
    expect(ends).toEqual([cause]);
    client.disconnect();
  });
});
