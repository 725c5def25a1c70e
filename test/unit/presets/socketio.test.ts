// The defaults of the installed Socket.IO are the numbers of the table.

import { describe, expect, it } from 'vitest';
import { createTracker, sessionStatus } from 'presence-model';
import { socketIoAsOf202611 } from 'presence-model/presets';
import { read } from '../../support/files.js';

const { policy, version } = socketIoAsOf202611;
const versionOf = (name: string): string => (JSON.parse(read(`node_modules/${name}/package.json`)) as { readonly version: string }).version;

/** A default, as the installed Engine.IO has it. */
const defaultOf = (option: string): number => Number(new RegExp(`${option}: (\\d+),`).exec(read('node_modules/engine.io/build/server.js'))?.[1]);

describe('a client', () => {
  it('that is lost without a word is noticed a ping and its timeout later', () => {
    const noticedMs = defaultOf('pingInterval') + defaultOf('pingTimeout');
    expect(sessionStatus({ seenAt: 0 }, policy, noticedMs - 1)).toBe('online');
    expect(sessionStatus({ seenAt: 0 }, policy, noticedMs)).toBe('offline');
  });

  it.each(['dropped', 'left'] as const)('is offline with its socket: %s', (cause) => {
    const tracker = createTracker({ policy });
    const { connection } = tracker.open({ userId: 'ada', sessionId: 'tab' }, 0);
    connection.disconnected(1_000, cause);
    expect(tracker.status('ada')).toBe('offline');
  });
});

describe('the version', () => {
  it('is the one that these tests have installed', () => {
    expect(version).toBe(`socket.io ${versionOf('socket.io')}, engine.io ${versionOf('engine.io')}`);
  });
});
