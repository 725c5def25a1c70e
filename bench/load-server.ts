// A Socket.IO server that hears beats, `plain` or with `presence`, and says which share of a core it took between `start` and
// `stop`. Changes are counted and not sent: whom they go to is the transport's work.

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { loadLibrary } from './library.js';

const withPresence = process.argv[2] === 'presence';
const { createTracker } = await loadLibrary();
const tracker = createTracker();
let beats = 0;
let insideMs = 0;
let told = 0;

/** Does what presence does, and counts how long it takes. */
function inside(of: () => readonly unknown[]): void {
  const start = performance.now();
  told += of().length;
  insideMs += performance.now() - start;
}

const http = createServer();
new Server(http, { transports: ['websocket'] }).on('connection', (socket) => {
  const { userId, sessionId } = socket.handshake.auth as { readonly userId: string; readonly sessionId: string };
  const opened = withPresence ? tracker.open({ userId, sessionId }, Date.now()) : undefined;
  socket.on('beat', () => {
    beats++;
    if (opened !== undefined) inside(() => opened.connection.heartbeat(Date.now()));
  });
});
if (withPresence) setInterval(() => inside(() => tracker.advanceTo(Date.now())), 100);

let before = process.cpuUsage();
let startedAt = 0;
process.on('message', (word) => {
  if (word === 'start') {
    before = process.cpuUsage();
    startedAt = performance.now();
    beats = insideMs = told = 0;
    return;
  }
  const { user, system } = process.cpuUsage(before);
  const ms = performance.now() - startedAt;
  process.send!({ share: (user + system) / 1_000 / ms, insideShare: insideMs / ms, beats, ms, told });
});
process.on('disconnect', () => process.exit());
http.listen(0, '127.0.0.1', () => process.send!((http.address() as AddressInfo).port));
