// A page as the server of ../server.ts expects it, on Socket.IO's client, and what can happen to one.
import type { Beat } from 'presence-model';
import { io, type Socket } from 'socket.io-client';
import type { Words } from '../server.js';

/** A third of the 1.5 s after which a silent session is idle. */
const beatEveryMs = 500;

/** The human types; or reads, and touches nothing; or the page is hidden. */
export type State = 'working' | 'reading' | 'hidden';

export interface Page {
  /** What goes on there from now on. */
  become(state: State): void;
  claim(claim: object, forMs?: number): void;
  unclaim(claimId: string): void;
  /** The transport is lost; the client library finds its way back by itself. */
  drop(): void;
  /** The page is loaded anew, under the same session id. */
  refresh(): Promise<void>;
  close(): void;
  signOut(): void;
  /** The machine loses its power: nobody closes its socket, and nothing is heard any more. */
  crash(): void;
}

/** Opens a page; ready once it is connected. */
export async function openPage(url: string, userId: string, sessionId: string, opened: State): Promise<Page> {
  let state = opened;
  let lastInputAt = Date.now();
  let connections = 0;

  function beat(): Beat<Words> {
    const now = Date.now();
    if (state === 'working') lastInputAt = now;
    const report = state === 'hidden' ? 'background' : 'active';
    return { type: 'heartbeat', sessionId, epoch: connections, report, inactiveForMs: Math.max(0, now - lastInputAt) };
  }
  /** Asked by the library for each connection, so that one that comes back says what the page is by then. */
  function hello(): object {
    connections += 1;
    return { userId, hello: { ...beat(), type: 'connected' } };
  }
  function load(): Socket {
    return io(url, {
      autoConnect: false,
      forceNew: true, // a page shares no connection with another
      transports: ['websocket'],
      reconnectionDelay: 100, // a tenth of the library's, too
      auth: (give) => give(hello()),
    });
  }
  function connected(client: Socket): Promise<Socket> {
    client.connect();
    return new Promise((ready) => client.once('connect', () => ready(client)));
  }
  let socket = await connected(load());
  const say = (): void => {
    if (socket.connected) socket.emit('beat', beat()); // else the library would keep it, and deliver old news
  };
  const timer = setInterval(say, beatEveryMs);
  function close(): void {
    clearInterval(timer);
    socket.disconnect();
  }

  return {
    become(next) {
      state = next;
      say();
    },
    claim: (claim, forMs) => void socket.emit('claim', claim, ...(forMs === undefined ? [] : [forMs])),
    unclaim: (claimId) => void socket.emit('unclaim', claimId),
    drop: () => void socket.io.engine.close(),
    async refresh() {
      const next = load();
      await new Promise((opened) => next.io.open(opened)); // how fast this machine loads a page is not what it is about
      socket.disconnect();
      socket = await connected(next);
    },
    close,
    signOut() {
      clearInterval(timer);
      socket.emit('sign-out');
    },
    crash: () => clearInterval(timer),
  };
}
