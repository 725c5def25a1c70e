import { afterAll, beforeAll, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { serveSockets } from '../../../docs/examples/transports/ws.js';
import { heartbeat, holds, listen, policy, rows, until, userIdOf, type Shown } from './contract.js';

const sent: Shown[] = [];
let port = 0;
let end: () => void;

function connect(userId?: string, options = {}): WebSocket {
  return new WebSocket(`ws://127.0.0.1:${port}`, { ...(userId === undefined ? {} : { headers: { 'x-user': userId } }), ...options });
}
/** Ready once it was opened, and the server has answered a ping: so it has heard what was said before. */
async function say(socket: WebSocket, value: unknown): Promise<void> {
  if (socket.readyState !== WebSocket.OPEN) await new Promise((ready) => socket.once('open', ready));
  socket.send(typeof value === 'string' ? value : JSON.stringify(value));
  const heard = new Promise((ready) => socket.once('pong', ready));
  socket.ping();
  await heard;
}
const closed = (socket: WebSocket): Promise<number> => new Promise((ready) => socket.once('close', ready));
const post = (userId: string, body: unknown, path = '/last-words'): Promise<number> =>
  fetch(`http://127.0.0.1:${port}${path}`, { method: 'POST', headers: { 'x-user': userId }, body: JSON.stringify(body) }).then(({ status }) => status);

beforeAll(async () => {
  const { http, port: chosen } = await listen();
  port = chosen;
  const sockets = new WebSocketServer({ server: http });
  const stop = serveSockets({ http, sockets, policy, userIdOf, pingEveryMs: 500 });
  http.on('request', ({ url }, response) => {
    if (url === '/elsewhere') response.end(); // whatever else the site serves
  });
  end = () => {
    stop();
    for (const socket of sockets.clients) socket.terminate();
    http.close();
  };
  const onlooker = connect('onlooker');
  onlooker.on('message', (data: Buffer) => sent.push(JSON.parse(data.toString()) as Shown));
  await new Promise((ready) => onlooker.once('open', ready));
});
afterAll(() => end());

holds('WebSockets', {
  async open(userId, sessionId, epoch) {
    const socket = connect(userId);
    await say(socket, { ...heartbeat(sessionId, epoch), type: 'connected' });
    return {
      beat: () => socket.send(JSON.stringify(heartbeat(sessionId, epoch))),
      drop: () => socket.terminate(),
      async leave(cause) {
        expect(await post(userId, { type: 'disconnected', sessionId, epoch, cause })).toBe(204);
        socket.terminate();
      },
    };
  },
  seen: (userId) => sent.filter((shown) => shown.userId === userId),
  decay: ['stale', 'offline'],
});

it('a client that only answers pings stays', async () => {
  await say(connect('quiet'), { ...heartbeat('tab', 1), type: 'connected' });
  await new Promise((ready) => setTimeout(ready, rows.silence.offline + 500));
  expect(sent.filter(({ userId }) => userId === 'quiet').map(({ status }) => status)).toEqual(['active']);
});

it('a client that answers no ping is cut off', async () => {
  const socket = connect('deaf', { autoPong: false });
  await say(socket, { ...heartbeat('tab', 1), type: 'connected' });
  expect(await closed(socket)).toBe(1006);
  await until(() => expect(sent.filter(({ userId }) => userId === 'deaf').map(({ status }) => status)).toEqual(['active', 'stale', 'offline']));
});

it('who comes is told who is there, and what is no beat is refused', async () => {
  await say(connect('there'), { ...heartbeat('tab', 1, { report: 'background' }), type: 'connected' });
  const late = connect('late-comer');
  const heard: Shown[] = [];
  late.on('message', (data: Buffer) => heard.push(JSON.parse(data.toString()) as Shown));
  await until(() => expect(heard).toContainEqual(expect.objectContaining({ userId: 'there', status: 'away' })));
  late.send('{"type":"heartbeat"}');
  expect(await closed(late)).toBe(1008);
  expect(await closed(connect())).toBe(1008);
  expect(await post('there', { type: 'zzz' })).toBe(400);
  expect(await post('there', {}, '/elsewhere')).toBe(200);
});
