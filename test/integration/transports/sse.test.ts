import { EventSource } from 'eventsource';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { serveEvents } from '../../../docs/examples/transports/sse.js';
import { heartbeat, holds, listen, policy, until, userIdOf, type Shown } from './contract.js';

const sent: Shown[] = [];
const pages: EventSource[] = [];
/** The server's ends of the streams, by user, to cut them. */
const lines = new Map<string, { destroy(): void }>();
let address = '';
let end: () => void;

function request(userId: string | undefined, path: string, value?: unknown): Promise<number> {
  const headers = userId === undefined ? {} : { 'x-user': userId };
  const body = value === undefined ? {} : { method: 'POST', body: JSON.stringify(value) };
  return fetch(address + path, { headers, ...body }).then(({ status }) => status);
}
function listenAs(userId: string): EventSource {
  const page = new EventSource(`${address}/events`, {
    fetch: (url, init) => fetch(url, { ...init, headers: { ...init.headers, 'x-user': userId } }),
  });
  pages.push(page);
  return page;
}
const named = (page: EventSource): Promise<string> =>
  new Promise((resolve) => page.addEventListener('stream', ({ data }) => resolve(String(data)), { once: true }));

beforeAll(async () => {
  const { http, port } = await listen();
  address = `http://127.0.0.1:${port}`;
  http.on('request', (incoming) => {
    if (incoming.url === '/events') lines.set(String(userIdOf(incoming)), incoming.socket);
  });
  const stop = serveEvents({ http, policy, userIdOf, commentEveryMs: 300, retryMs: 200 });
  end = () => {
    pages.forEach((page) => page.close());
    stop();
    http.close();
  };
  const onlooker = listenAs('onlooker');
  onlooker.onmessage = ({ data }) => sent.push(JSON.parse(String(data)) as Shown);
  await named(onlooker);
});
afterAll(() => end());

holds('server-sent events and POST', {
  async open(userId, sessionId, epoch) {
    const page = listenAs(userId);
    const stream = await named(page);
    const say = async (value: unknown): Promise<void> => {
      expect(await request(userId, `/beat?stream=${stream}`, value)).toBe(204);
    };
    await say({ ...heartbeat(sessionId, epoch), type: 'connected' });
    return {
      beat: () => say(heartbeat(sessionId, epoch)),
      drop: () => page.close(),
      async leave(cause) {
        await say({ type: 'disconnected', sessionId, epoch, cause });
        page.close();
      },
    };
  },
  seen: (userId) => sent.filter((shown) => shown.userId === userId),
  decay: ['stale', 'offline'],
});

const statuses = (userId: string): readonly string[] => sent.filter((shown) => shown.userId === userId).map(({ status }) => status);

it('an EventSource that is cut comes back by itself, to a stream of another name, and nobody sees it', async () => {
  const page = listenAs('cut');
  const names: string[] = [];
  page.addEventListener('stream', ({ data }) => {
    names.push(String(data));
    void request('cut', `/beat?stream=${String(data)}`, { ...heartbeat('tab', names.length), type: 'connected' });
  });
  for (let times = 1; times <= 4; times++) {
    await until(() => expect(names.length).toBe(times));
    await until(() => expect(statuses('cut')).toEqual(['active']));
    lines.get('cut')!.destroy();
  }
  await until(() => expect(names.length).toBe(5));
  expect(new Set(names).size).toBe(5);
  expect(statuses('cut')).toEqual(['active']);
});

it('last words are heard behind the end of their stream', async () => {
  const page = listenAs('leaving early');
  const stream = await named(page);
  await request('leaving early', `/beat?stream=${stream}`, { ...heartbeat('tab', 1), type: 'connected' });
  page.close();
  await new Promise((ready) => setTimeout(ready, 200));
  await request('leaving early', `/beat?stream=${stream}`, { type: 'disconnected', sessionId: 'tab', epoch: 1, cause: 'left' });
  await until(() => expect(statuses('leaving early')).toEqual(['active', 'offline']));
});

it('a hello for a stream that is gone, or of somebody else, opens nothing that nobody would end', async () => {
  const stream = await named(listenAs('owner'));
  await request('stranger', `/beat?stream=${stream}`, { ...heartbeat('tab', 1), type: 'connected' });
  await until(() => expect(statuses('stranger')).toEqual(['active', 'stale', 'offline']));
});

it('nobody is heard who is not known, and nothing that is no beat', async () => {
  expect(await request(undefined, '/events')).toBe(401);
  expect(await request('ada', '/beat?stream=x', { type: 'zzz' })).toBe(400);
  expect(await request('ada', '/elsewhere')).toBe(404);
});
