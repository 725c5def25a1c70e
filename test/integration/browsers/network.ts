// A network between a page and its server that may fall silent or break: one listening port for each page.
// *Silent* means that nothing is moved and nothing is closed, as where a radio is out of reach; what waits moves on later.

import { createServer, connect } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

export interface Network {
  readonly port: number;
  /** Nothing moves any more, and new connections hang. */
  fallSilent(): void;
  heal(): void;
  /** Every connection is reset, both ways. */
  reset(): void;
  close(): void;
}

export async function networkTo(port: number): Promise<Network> {
  const pairs = new Set<readonly [Socket, Socket]>();
  let isSilent = false;
  const server = createServer((near) => {
    const far = connect(port, '127.0.0.1');
    const pair = [near, far] as const;
    pairs.add(pair);
    near.on('data', (data) => far.write(data)).on('close', () => far.destroy()).on('error', () => far.destroy());
    far.on('data', (data) => near.write(data)).on('close', () => near.destroy()).on('error', () => near.destroy());
    near.on('close', () => pairs.delete(pair));
    if (isSilent) pair.forEach((socket) => socket.pause());
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const each = (act: (socket: Socket) => void): void => pairs.forEach((pair) => pair.forEach(act));
  return {
    port: (server.address() as AddressInfo).port,
    fallSilent() {
      isSilent = true;
      each((socket) => socket.pause());
    },
    heal() {
      isSilent = false;
      each((socket) => socket.resume());
    },
    reset: () => each((socket) => socket.resetAndDestroy()),
    close() {
      each((socket) => socket.destroy());
      server.close();
    },
  };
}
