// What holds over every transport: the same stories, told by real clients to a real server.

import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { defaultPolicy, definePolicy } from 'presence-model';
import type { Beat, ShownPresence } from 'presence-model';
import { describe, expect, it, vi } from 'vitest';

/** Long enough for a machine with much to do, where a second may be a quick reconnect. */
export const graceMs = 2_000;
export const rows = {
  silence: { idle: 3_000, offline: 4_000 },
  inactivity: {},
  departures: { dropped: { stale: graceMs }, closed: { offline: graceMs }, left: { offline: 0 } },
} as const;
export const policy = definePolicy({ ...defaultPolicy, ...rows });
export type Shown = ShownPresence;

export const until = (check: () => void): Promise<void> => vi.waitFor(check, { timeout: 15_000, interval: 20 });
export const heartbeat = (sessionId: string, epoch: number, says: Partial<Beat> = {}): Beat => ({ type: 'heartbeat', sessionId, epoch, ...says });
/** Who is asking, as the tests' clients say it. */
export const userIdOf = ({ headers }: IncomingMessage): string | undefined => headers['x-user']?.toString();

/** A server on a port of its own. */
export async function listen(): Promise<{ readonly http: Server; readonly port: number }> {
  const http = createServer();
  await new Promise<void>((ready) => http.listen(0, '127.0.0.1', ready));
  return { http, port: (http.address() as AddressInfo).port };
}

/** One connection of a client. */
export interface Client {
  beat(): unknown;
  /** Its transport is cut, without a word. */
  drop(): unknown;
  leave(cause: 'closed' | 'left'): unknown;
}
export interface Transport {
  /** Opens a connection of a session; ready once the server has heard its hello. */
  readonly open: (userId: string, sessionId: string, epoch: number) => Promise<Client>;
  /** What was published of a user, in turn. */
  readonly seen: (userId: string) => readonly Shown[];
  /** What is published of somebody who is cut off and never comes back, after `active`. */
  readonly decay: readonly string[];
}

/** Says that it is alive until it is told to stop. */
export function beating(client: Client): () => void {
  const timer = setInterval(() => void client.beat(), 100);
  return () => clearInterval(timer);
}

export function holds(name: string, { open, seen, decay }: Transport): void {
  const statuses = (userId: string): readonly string[] => seen(userId).map(({ status }) => status);

  // Each of these waits for time to pass, and they wait together.
  describe.concurrent(`over ${name}`, () => {
    it('only changes are published, never heartbeats', async () => {
      const client = await open('beating', 'tab', 1);
      const stop = beating(client);
      await sleep(rows.silence.offline + 500); // so it was the beats that kept them active
      expect(statuses('beating')).toEqual(['active']);
      stop();
      client.drop();
    });

    it('a connection that drops and returns in time is seen by nobody', async () => {
      const first = await open('dropping', 'tab', 1);
      first.drop();
      const stop = beating(await open('dropping', 'tab', 2));
      await sleep(2 * graceMs);
      expect(statuses('dropping')).toEqual(['active']);
      stop();
    });

    it('the late end of an old connection does not touch the new one', async () => {
      const first = await open('late', 'tab', 1);
      const stop = beating(await open('late', 'tab', 2));
      first.drop();
      await sleep(2 * graceMs);
      expect(statuses('late')).toEqual(['active']);
      stop();
    });

    it('a user stays whose other tab goes', async () => {
      const stop = beating(await open('two', 'one', 1));
      const second = await open('two', 'two', 1);
      await second.leave('left');
      await sleep(1_000);
      expect(statuses('two')).toEqual(['active']);
      stop();
    });

    it('who leaves is gone at once', async () => {
      const client = await open('leaving', 'tab', 1);
      const from = Date.now();
      await client.leave('left');
      await until(() => expect(statuses('leaving')).toEqual(['active', 'offline']));
      expect(seen('leaving').at(-1)!.at - from).toBeLessThan(graceMs);
    });

    it('a refresh is seen by nobody, a page that stays closed by everybody', async () => {
      const first = await open('closing', 'tab', 1);
      await first.leave('closed');
      const again = await open('closing', 'tab', 2);
      const stop = beating(again);
      await sleep(2 * graceMs);
      expect(statuses('closing')).toEqual(['active']);
      stop();
      await again.leave('closed');
      await until(() => expect(statuses('closing')).toEqual(['active', 'offline']));
    });

    it('who is cut off decays, each change with its own instant', async () => {
      const client = await open('lost', 'tab', 1);
      client.drop();
      await until(() => expect(statuses('lost')).toEqual(['active', ...decay]));
      const [active, ...rest] = seen('lost').map(({ at }) => at);
      expect(rest.at(-1)! - active!).toBeGreaterThanOrEqual(rows.silence.offline);
    });
  });
}
