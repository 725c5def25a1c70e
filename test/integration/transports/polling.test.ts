import { afterAll, beforeAll, expect, it } from 'vitest';
import { servePolls } from '../../../docs/examples/transports/polling.js';
import { heartbeat, holds, listen, policy, userIdOf, type Shown } from './contract.js';

const published: Shown[] = [];
let address = '';
let end: () => void;

async function request(userId: string | undefined, path: string, value?: unknown): Promise<{ readonly status: number; readonly answer: unknown }> {
  const headers = userId === undefined ? {} : { 'x-user': userId };
  const body = value === undefined ? {} : { method: 'POST', body: typeof value === 'string' ? value : JSON.stringify(value) };
  const response = await fetch(address + path, { headers, ...body });
  return { status: response.status, answer: await response.json() };
}

beforeAll(async () => {
  const { http, port } = await listen();
  address = `http://127.0.0.1:${port}`;
  const stop = servePolls({ http, policy, userIdOf, publish: (shown) => published.push(shown) });
  end = () => {
    stop();
    http.close();
  };
});
afterAll(() => end());

holds('plain requests', {
  async open(userId, sessionId, epoch) {
    await request(userId, '/beat', { ...heartbeat(sessionId, epoch), type: 'connected' });
    return {
      beat: () => request(userId, '/beat', heartbeat(sessionId, epoch)),
      drop: () => undefined, // there is nothing to cut: it is silent from now on
      leave: (cause) => request(userId, '/beat', { type: 'disconnected', sessionId, epoch, cause }),
    };
  },
  seen: (userId) => published.filter((shown) => shown.userId === userId),
  decay: ['idle', 'offline'],
});

it('a beat is answered by who is there, as a look is', async () => {
  const { answer } = await request('asking', '/beat', { ...heartbeat('tab', 1, { report: 'background' }), type: 'connected' });
  expect(answer).toContainEqual(expect.objectContaining({ userId: 'asking', status: 'away' }));
  const looked = await request('looking', '/present');
  expect(looked.answer).toContainEqual(expect.objectContaining({ userId: 'asking' }));
  expect(looked.answer).not.toContainEqual(expect.objectContaining({ userId: 'looking' }));
});

it('a client says how long ago, so its clock does not matter', async () => {
  const { answer } = await request('skewed', '/beat', { ...heartbeat('tab', 1, { inactiveForMs: 5_000 }), type: 'connected', at: 17 });
  expect(answer).toContainEqual(expect.objectContaining({ userId: 'skewed', status: 'active' }));
});

it('nobody is heard who is not known, and nothing that is no beat', async () => {
  expect((await request(undefined, '/present')).status).toBe(401);
  expect((await request('ada', '/elsewhere')).status).toBe(404);
  for (const said of ['zzz', '{"type":"heartbeat"}', JSON.stringify('x'.repeat(2_000))]) expect((await request('ada', '/beat', said)).status).toBe(400);
  expect(published.filter(({ userId }) => userId === 'ada')).toEqual([]);
});
