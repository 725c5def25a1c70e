// Presence over plain requests: `servePolls({ http, policy, userIdOf })`. Copy it; it needs nothing but Node.
//
// There is no connection, so nobody says that one was lost: a client is there for as long as it is heard, and the policy's
// `silence` says the rest.
//
//   POST /beat       that signal; the answer is who is there, so that one request does for both
//   GET /present     who is there, for somebody who only looks on
//   last words       a beat like any other; `navigator.sendBeacon` outlives the page
//   a change         nothing is sent, as nobody listens; `publish` is for queues, pushes and other servers
import type { IncomingMessage, Server } from 'node:http';
import type { Names, Policy, ShownPresence } from 'presence-model';
import { createHost } from './host.js';
import { posted } from './posted.js';

export interface Polls<N extends Names> {
  readonly http: Server;
  readonly policy: Policy<N>;
  /** YOUR LOGIN: who is asking. */
  readonly userIdOf: (request: IncomingMessage) => string | undefined;
  readonly publish?: (shown: ShownPresence<N>) => void;
}

export function servePolls<N extends Names>({ http, policy, userIdOf, publish = () => undefined }: Polls<N>): () => void {
  const host = createHost(policy, publish);
  http.on('request', (request, response) => {
    const answer = (status: number, value: unknown): unknown =>
      response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' }).end(JSON.stringify(value));
    const userId = userIdOf(request);
    if (userId === undefined) answer(401, 'Who are you?');
    else if (request.method === 'GET' && request.url === '/present') answer(200, host.present());
    else if (request.method === 'POST' && request.url === '/beat') {
      void posted(request).then((said) => {
        const beat = host.hear(userId, said);
        return beat.ok ? answer(200, host.present()) : answer(400, beat.issues);
      });
    } else answer(404, 'Nothing is there.');
  });
  return host.stop;
}
