// Presence over plain WebSockets: `serveSockets({ http, sockets: new WebSocketServer({ server: http }), policy, userIdOf })`. Copy it.
//
//   the socket opens                 nothing: who it is says the first beat, `connected`
//   a beat, as JSON                  that signal, placed on this clock
//   a pong                           `heartbeat`: a browser answers pings by itself, however slow its page's timers are
//   the socket closes; no pong       `disconnected`, `dropped`, of the connection that the socket's `connected` numbered.
//                                    No close code says more: 1001 is a closed tab, a refresh and a lost network alike
//   POST /last-words, a beat         `disconnected`, `closed` or `left`: `navigator.sendBeacon` outlives the page
//   a change                         one message to everybody
import type { IncomingMessage, Server } from 'node:http';
import type { Beat, Names, Policy } from 'presence-model';
import type { WebSocket, WebSocketServer } from 'ws';
import { createHost } from './host.js';
import type { Driven } from './host.js';
import { jsonOf, posted } from './posted.js';

export interface Sockets<N extends Names> {
  readonly http: Server;
  readonly sockets: WebSocketServer;
  readonly policy: Policy<N>;
  /** YOUR LOGIN: who is asking. */
  readonly userIdOf: (request: IncomingMessage) => string | undefined;
  /** Who has not answered by the next ping is cut off. */
  readonly pingEveryMs?: number;
  /** Default: one that is made here. */
  readonly tracker?: Driven<N>;
}

export function serveSockets<N extends Names>({ http, sockets, policy, userIdOf, pingEveryMs = 20_000, tracker }: Sockets<N>): () => void {
  const host = createHost(policy, (shown) => {
    for (const socket of sockets.clients) socket.send(JSON.stringify(shown)); // WHO SEES WHOM: here everybody sees everybody
  }, tracker);
  const answered = new WeakSet<WebSocket>();

  sockets.on('connection', (socket, request) => {
    const userId = userIdOf(request);
    if (userId === undefined) {
      socket.close(1008, 'Who are you?');
      return;
    }
    let opened: Beat<N> | undefined;
    answered.add(socket);
    for (const shown of host.present()) socket.send(JSON.stringify(shown));
    socket.on('message', (data: Buffer) => {
      const beat = host.hear(userId, jsonOf(data.toString()));
      if (!beat.ok) socket.close(1008, 'No beat.');
      else if (beat.value.type === 'connected') opened = beat.value;
    });
    socket.on('pong', () => {
      answered.add(socket);
      if (opened) host.alive(userId, opened);
    });
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      if (opened) host.lost(userId, opened);
    });
  });
  http.on('request', (request, response) => {
    if (request.method !== 'POST' || request.url?.startsWith('/last-words') !== true) return; // for whatever else you serve
    const userId = userIdOf(request);
    if (userId === undefined) return void response.writeHead(401).end();
    void posted(request).then((said) => response.writeHead(host.hear(userId, said).ok ? 204 : 400).end());
  });
  const pings = setInterval(() => {
    for (const socket of sockets.clients) {
      if (answered.delete(socket)) socket.ping();
      else socket.terminate();
    }
  }, pingEveryMs).unref();
  return () => {
    clearInterval(pings);
    host.stop();
  };
}
