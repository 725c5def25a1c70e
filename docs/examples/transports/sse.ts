// Presence over server-sent events and POST: `serveEvents({ http, policy, userIdOf })`. Copy it; it needs nothing but Node.
//
// A page listens (`new EventSource('/events')`, which comes back by itself, to the same address) and posts what it has to say.
//
//   the stream opens                 nothing; its first event, `stream`, gives the page the stream's name
//   POST /beat?stream=NAME           that signal. After each `stream` the page says `connected`, with a greater epoch
//   the stream closes                `disconnected`, `dropped`, of the connection that the page opened on that stream
//   last words                       a beat like any other, by `navigator.sendBeacon`; the stream may be gone by then
//   a change                         one event to everybody. Between them a comment: who is gone is found by writing only
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Beat, Names, Policy } from 'presence-model';
import { createHost } from './host.js';
import { posted } from './posted.js';

export interface Events<N extends Names> {
  readonly http: Server;
  readonly policy: Policy<N>;
  /** YOUR LOGIN: who is asking. */
  readonly userIdOf: (request: IncomingMessage) => string | undefined;
  readonly commentEveryMs?: number;
  /** How long a page waits before it comes back. Less than the policy's grace, or each loss shows. */
  readonly retryMs?: number;
}
interface Stream<N extends Names> {
  readonly userId: string;
  readonly response: ServerResponse;
  opened?: Beat<N>;
}

export function serveEvents<N extends Names>({ http, policy, userIdOf, commentEveryMs = 15_000, retryMs = 1_000 }: Events<N>): () => void {
  const streams = new Map<string, Stream<N>>();
  const write = (response: ServerResponse, value: unknown): unknown => response.write(`data: ${JSON.stringify(value)}\n\n`);
  // WHO SEES WHOM: here everybody sees everybody.
  const host = createHost(policy, (shown) => streams.forEach(({ response }) => write(response, shown)));

  function listen(userId: string, response: ServerResponse): void {
    const name = randomUUID();
    const stream: Stream<N> = { userId, response };
    streams.set(name, stream);
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.write(`retry: ${retryMs}\nevent: stream\ndata: ${name}\n\n`);
    for (const shown of host.present()) write(response, shown);
    response.on('close', () => {
      streams.delete(name);
      if (stream.opened) host.lost(userId, stream.opened);
    });
  }
  async function hear(userId: string, name: string | null, request: IncomingMessage): Promise<number> {
    const beat = host.hear(userId, await posted(request));
    const stream = streams.get(name ?? '');
    if (!beat.ok) return 400;
    if (beat.value.type === 'connected') {
      if (stream?.userId === userId) stream.opened = beat.value;
      else host.lost(userId, beat.value); // it closed meanwhile, so nobody would say so
    }
    return 204;
  }

  http.on('request', (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://host');
    const userId = userIdOf(request);
    if (userId === undefined) response.writeHead(401).end();
    else if (request.method === 'GET' && pathname === '/events') listen(userId, response);
    else if (request.method === 'POST' && pathname === '/beat') {
      void hear(userId, searchParams.get('stream'), request).then((status) => response.writeHead(status).end());
    } else response.writeHead(404).end();
  });
  const comments = setInterval(() => streams.forEach(({ response }) => response.write(':\n\n')), commentEveryMs).unref();
  return () => {
    clearInterval(comments);
    host.stop();
    streams.forEach(({ response }) => response.end());
  };
}
