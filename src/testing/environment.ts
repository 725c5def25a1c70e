// What a policy has to live with: how often clients are heard, and what browsers, networks and proxies do to them.
// Rule: what is left out has the default written here, with its source. What only some hosts have (a transport that times
// out, a proxy) is absent unless it is told.

import { complaint } from '../complaint.js';
import { isRecord, owns } from '../plain.js';
import type { Policy } from '../policy.js';
import type { Names } from '../signal.js';
import type { DurationMs } from '../time.js';

/** How clients are heard, and what may go wrong on the way. Every length is in whole ms, up to 2^40 (34 years). */
export interface Environment<N extends Names = Names> {
  /**
   * How often a visible client says that it is alive, in ms, 1 and up. Default 7 s, with which the first threshold of the
   * default policy, 15 s, outlasts one lost beat.
   */
  readonly heartbeatMs?: DurationMs;
  /**
   * How often a hidden page is heard, in ms, 1 and up. Default: `heartbeatMs`, but only when a timer of a hidden page may
   * run (`throttledMs`). Give it where hidden pages beat by a plan of their own, or answer what the server asks.
   */
  readonly hiddenHeartbeatMs?: DurationMs;
  /**
   * Timers of hidden pages run at most once in so many ms; 0: whenever they want. Default 1 min, as in Chrome since version
   * 88 for pages that are hidden for five minutes (developer.chrome.com, timer throttling in Chrome 88).
   */
  readonly throttledMs?: DurationMs;
  /** What visible clients report of themselves, a key of the policy's `reports`. Default `none`. */
  readonly visible?: N['report'];
  /** The same of hidden pages. Default `background` where the policy has it, else `none`. */
  readonly hidden?: N['report'];
  /** How long every sign of life promises quiet, in ms. Default 0. */
  readonly quietForMs?: DurationMs;
  /** The same of hidden pages, in ms. Default: `quietForMs`. */
  readonly hiddenQuietForMs?: DurationMs;
  /**
   * A signal is heard at most so many ms late, by timers and on its way; at least 0. Default 500 ms: networks are planned
   * for at most 400 ms in one direction (ITU-T G.114), the rest is for timers.
   */
  readonly latencyMs?: DurationMs;
  /** How many beats in a row may be lost and nobody should see it, 0 to 1 000. Default 1. */
  readonly toleratedLosses?: number;
  /**
   * How long an end of the transport may take to notice that the other is gone, in ms (Socket.IO: 45 s, `pingInterval` 25 s
   * and `pingTimeout` 20 s). Default: absent, a transport that tells no end by itself, and whose end clients know at once.
   */
  readonly transportTimeoutMs?: DurationMs;
  /** How often the transport itself sends something, which keeps proxies awake, in ms, 1 and up (Socket.IO: 25 s). Default: absent, never. */
  readonly transportPingMs?: DurationMs;
  /**
   * How long a client that knows that its transport is lost takes to be back, in ms. Default 2 s: Socket.IO's client tries
   * again after 0.5 to 1.5 s.
   */
  readonly reconnectMs?: DurationMs;
  /** How long a page that is refreshed takes to be back, in ms. Default 2.5 s, in which a page that loads well is there (Core Web Vitals). */
  readonly refreshMs?: DurationMs;
  /** How long a proxy keeps a connection on which nothing is sent, in ms, 1 and up (nginx, AWS load balancers: 60 s). Default: absent, no proxy. */
  readonly proxyIdleMs?: DurationMs;
}

/** A kind of client: what it reports, how often it is heard, and what each sign of life promises. */
export interface Client {
  readonly report: string;
  readonly everyMs: DurationMs;
  readonly quietForMs: DurationMs;
  readonly isHidden: boolean;
}

/** An environment with everything that was left out. */
export interface Circumstances {
  readonly visible: Client;
  readonly hidden: Client;
  readonly latencyMs: DurationMs;
  readonly toleratedLosses: number;
  readonly transportTimeoutMs: DurationMs | undefined;
  readonly transportPingMs: DurationMs | undefined;
  readonly reconnectMs: DurationMs;
  readonly refreshMs: DurationMs;
  readonly proxyIdleMs: DurationMs | undefined;
}

/** Lengths add up in what follows, and must stay whole. */
const longestMs = 2 ** 40;

const leastMs = {
  heartbeatMs: 1, hiddenHeartbeatMs: 1, throttledMs: 0, quietForMs: 0, hiddenQuietForMs: 0, latencyMs: 0,
  transportTimeoutMs: 0, transportPingMs: 1, reconnectMs: 0, refreshMs: 0, proxyIdleMs: 1,
} as const;

/** Checks an environment and fills in the rest. Throws `TypeError` at the first field that is none. */
export function circumstancesOf(environment: Environment, policy: Policy): Circumstances {
  checkEnvironment(environment, policy);
  const {
    heartbeatMs = 7_000, throttledMs = 60_000, quietForMs = 0, latencyMs = 500, toleratedLosses = 1, reconnectMs = 2_000,
    refreshMs = 2_500, visible = 'none', hidden = owns(policy.reports, 'background') ? 'background' : 'none',
    transportTimeoutMs, transportPingMs, proxyIdleMs,
  } = environment;
  const { hiddenHeartbeatMs = atATick(heartbeatMs, throttledMs), hiddenQuietForMs = quietForMs } = environment;
  return {
    visible: { report: visible, everyMs: heartbeatMs, quietForMs, isHidden: false },
    hidden: { report: hidden, everyMs: hiddenHeartbeatMs, quietForMs: hiddenQuietForMs, isHidden: true },
    latencyMs, toleratedLosses, transportTimeoutMs, transportPingMs, reconnectMs, refreshMs, proxyIdleMs,
  };
}

/** A timer that may only run every `throttledMs` runs at the next of those instants. */
function atATick(afterMs: DurationMs, throttledMs: DurationMs): DurationMs {
  return throttledMs === 0 ? afterMs : Math.ceil(afterMs / throttledMs) * throttledMs;
}

function checkEnvironment(environment: unknown, { reports }: Policy): void {
  if (!isRecord(environment)) throw new TypeError(complaint('environment', 'an object', environment));
  for (const [name, value] of Object.entries(environment)) {
    const wish = wishFor(name, value, reports);
    if (wish !== undefined) throw new TypeError(complaint(`environment.${name}`, wish, value));
  }
}

/** What was expected of a field instead; absent where it is right. */
function wishFor(name: string, value: unknown, reports: object): string | undefined {
  if (value === undefined) return undefined;
  if (name === 'visible' || name === 'hidden') {
    return typeof value === 'string' && owns(reports, value) ? undefined : `one of ${Object.keys(reports).join(', ')}`;
  }
  if (name === 'toleratedLosses') return isWholeWithin(value, 0, 1_000) ? undefined : 'a whole number, 0 to 1000';
  if (!owns(leastMs, name)) return `left out, as it is none of ${[...Object.keys(leastMs), 'visible', 'hidden', 'toleratedLosses'].join(', ')}`;
  const least = leastMs[name as keyof typeof leastMs];
  return isWholeWithin(value, least, longestMs) ? undefined : `whole milliseconds, ${String(least)} to ${String(longestMs)}`;
}

function isWholeWithin(value: unknown, least: number, most: number): boolean {
  return Number.isSafeInteger(value) && Number(value) >= least && Number(value) <= most;
}
