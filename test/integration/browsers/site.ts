// The server of the test: the page's script, presence over WebSockets, and a record of everything that was heard.

import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Plugin } from 'esbuild';
import { WebSocketServer } from 'ws';
import { compile } from 'svelte/compiler';
import { createTracker } from 'presence-model';
import type { DefaultNames, Signal } from 'presence-model';
import { timeline } from 'presence-model/testing';
import { record } from '../../../docs/examples/live/record.js';
import type { Recorder } from '../../../docs/examples/live/record.js';
import { serveSockets } from '../../../docs/examples/transports/ws.js';
import { networkTo } from './network.js';
import type { Network } from './network.js';
import { policy } from './policy.js';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

const svelte: Plugin = {
  name: 'svelte',
  setup: (build) => {
    build.onLoad({ filter: /\.svelte$/ }, async ({ path }) => {
      const { js } = compile(await readFile(path, 'utf8'), { filename: path, generate: 'client' });
      return { contents: js.code, loader: 'js', resolveDir: here('.') };
    });
  },
};

/** A status and how long it lasted, in ms. */
export interface Span {
  readonly status: string;
  readonly from: number;
  readonly until: number;
}

export interface Site {
  /** Where a user's page is, behind a network of its own. */
  pageOf(userId: string): Promise<{ readonly url: string; readonly network: Network }>;
  readonly recorder: Recorder<DefaultNames>;
  /** Everything that was heard of a user. */
  heard(userId: string): readonly Signal<DefaultNames>[];
  /** What was derived of a user, by spans, from one instant to another. */
  spans(userId: string, from: number, until: number): readonly Span[];
  close(): void;
}

/** @param pingEveryMs By default so seldom that only what the page says keeps its session. */
export async function openSite(pingEveryMs = 10 * 60_000): Promise<Site> {
  const bundle = await build({
    entryPoints: [here('page.tsx')],
    bundle: true, write: false, format: 'iife', jsx: 'automatic', target: 'es2022', logLevel: 'error',
    nodePaths: [here('node_modules')],
    alias: { 'presence-model': here('../../../src/index.ts'), 'presence-model/client': here('../../../src/client/index.ts') },
    define: { 'process.env.NODE_ENV': '"production"', __VUE_OPTIONS_API__: 'true', __VUE_PROD_DEVTOOLS__: 'false', __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false' },
    plugins: [svelte],
  });
  const script = bundle.outputFiles[0]!.text;
  const http = createServer((request, response) => {
    if (request.method !== 'GET') return;
    const isScript = request.url?.startsWith('/page.js') === true;
    const type = isScript ? 'text/javascript' : 'text/html; charset=utf-8';
    const other = request.url?.startsWith('/elsewhere') === true ? '<p>elsewhere' : '<input autofocus><script src="/page.js"></script>';
    response.writeHead(200, { 'content-type': type }).end(isScript ? script : `<!doctype html><title>presence</title><body>${other}`);
  });
  await new Promise<void>((ready) => http.listen(0, '127.0.0.1', ready));
  const { port } = http.address() as AddressInfo;
  const recorder = record(createTracker({ policy }), () => undefined);
  const sockets = new WebSocketServer({ server: http });
  const stop = serveSockets({
    http, sockets, policy, tracker: recorder.tracker,
    userIdOf: ({ url }) => new URL(url ?? '/', 'http://site').searchParams.get('user') ?? undefined,
    pingEveryMs,
  });
  const networks: Network[] = [];
  const heard = (userId: string): readonly Signal<DefaultNames>[] => recorder.signals.filter((signal) => signal.userId === userId);
  return {
    recorder,
    heard,
    async pageOf(userId) {
      const network = await networkTo(port);
      networks.push(network);
      return { url: `http://127.0.0.1:${String(network.port)}/?user=${userId}`, network };
    },
    spans(userId, from, until) {
      const lane = timeline(heard(userId), policy, { from, until }).users[0];
      const spans: Span[] = [];
      for (const segment of lane?.segments ?? []) {
        const last = spans.at(-1);
        if (last?.status === segment.status) spans[spans.length - 1] = { ...last, until: segment.until };
        else spans.push({ status: segment.status, from: segment.from, until: segment.until });
      }
      return spans;
    },
    close() {
      stop();
      for (const network of networks) network.close();
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
      http.closeAllConnections();
      http.close();
    },
  };
}
