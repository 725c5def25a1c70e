// As many real sockets as asked, each beating every five seconds, none at the same instant as the next:
// `bench/load-clients.ts <port> <sockets>`, which says when all are connected.

import { io } from 'socket.io-client';

const [port = 0, sockets = 0] = process.argv.slice(2).map(Number);
const everyMs = 5_000;
const atOnce = 100;

for (let first = 0; first < sockets; first += atOnce) {
  await Promise.all(Array.from({ length: Math.min(atOnce, sockets - first) }, (_, i) => new Promise<void>((resolve) => {
    const number = first + i;
    const socket = io(`http://127.0.0.1:${port}`, {
      transports: ['websocket'], forceNew: true, auth: { userId: `user${Math.floor(number / 1.5)}`, sessionId: `session${number}` },
    });
    socket.once('connect', () => {
      setTimeout(() => { setInterval(() => socket.emit('beat'), everyMs); }, (number * everyMs) / sockets);
      resolve();
    });
  })));
}
await new Promise((resolve) => setTimeout(resolve, everyMs)); // until all beat
process.send!('connected');
process.on('disconnect', () => process.exit());
