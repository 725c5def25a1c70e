// The network that a policy is measured on: how beats are lost and delayed, connections cut, timers throttled.
// Rule: everything has a default that says where it comes from, and a mistake is told before anything is measured.

import { complaint } from '../complaint.js';
import { isRecord, owns } from '../plain.js';
import type { DurationMs } from '../time.js';

/** How clients are heard. What is left out is as stated; `{}` is an ordinary day without storms and hidden tabs. */
export interface Network {
  /** How often a client beats, in ms, 1 and up. Default 10 s: more often than the 15 s after which the default policy says idle. */
  readonly heartbeatMs?: DurationMs;
  /** The chance that a beat is lost, from 0 up to but not including 1. Default 0.01: a poor line; a guess, bring your own number. */
  readonly loss?: number;
  /** How many beats in a row a loss takes with it in the mean, 1 and up. Default 1 / (1 - `loss`): each is lost by itself. */
  readonly lostInRow?: number;
  /** The least time that a beat takes, in ms. Default 50. */
  readonly delayMs?: DurationMs;
  /** What it takes longer in the mean, in ms; exponentially distributed. Default 50: nearly all within the 300 ms of our recordings. */
  readonly jitterMs?: DurationMs;
  /** Connections are cut. Default: never. */
  readonly storms?: Storms;
  /** Some tabs are hidden, and their timers throttled. Default: none. */
  readonly throttled?: Throttled;
  /** The server's transport notices silent clients by itself. Default: it does not; silence is all there is. */
  readonly transport?: Transport;
}

/** A proxy or a server cuts the connections of many at once, as at a deployment. The server hears of it at once. */
export interface Storms {
  /** How many an hour in the mean; a Poisson process. Default 1. */
  readonly perHour?: number;
  /** The chance that a client is struck, from 0 to 1. Default 1. */
  readonly share?: number;
  /** The least time until a client is back, in ms, 1 and up. Default 500: where Socket.IO's first attempt begins. */
  readonly reconnectMs?: DurationMs;
  /** What it takes longer in the mean, in ms; exponentially distributed. Default 2 s: a few attempts. */
  readonly spreadMs?: DurationMs;
}

/** Hidden tabs. They stay hidden, and nobody uses them. */
export interface Throttled {
  /** How many of the sessions, from 0 to 1. Default 0.5. */
  readonly share?: number;
  /** How often their timers run, in ms, 1 and up. Default one minute: Chrome 86 and later, after five minutes at most. */
  readonly everyMs?: DurationMs;
  /** What they report. Default `background`; a word that the policy does not know reads as `none`. */
  readonly report?: string;
  /** The quiet that they promise with each beat, in ms. Default 0. */
  readonly quietForMs?: DurationMs;
}

/** The server pings and takes the connection for lost when the answer stays out. Defaults: those of Socket.IO 4. */
export interface Transport {
  /** How often it pings, in ms, 1 and up. Default 25 s. */
  readonly pingMs?: DurationMs;
  /** How long it waits for the answer, in ms. Default 20 s. */
  readonly timeoutMs?: DurationMs;
}

/** A network with everything said. */
export interface Conditions extends Required<Omit<Network, 'storms' | 'throttled' | 'transport'>> {
  readonly storms: Required<Storms> | undefined;
  readonly throttled: Required<Throttled> | undefined;
  readonly transport: Required<Transport> | undefined;
}

/** What a field may be. */
export interface Field {
  readonly wish: string;
  readonly isRight: (value: unknown) => boolean;
  /** What it is where it is left out. */
  readonly standard: unknown;
}

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);

/** A length of at least so many ms. */
export function lengthField(leastMs: number, standard: DurationMs): Field {
  return { wish: `whole milliseconds, ${String(leastMs)} or more`, isRight: (value) => Number.isSafeInteger(value) && Number(value) >= leastMs, standard };
}

/** A number of at least `least`. */
export function numberField(least: number, standard: number | undefined): Field {
  return { wish: `a number, ${String(least)} or more`, isRight: (value) => isNumber(value) && value >= least, standard };
}

function shareField(standard: number): Field {
  return { wish: 'a share, from 0 to 1', isRight: (value) => isNumber(value) && value >= 0 && value <= 1, standard };
}

const group: Field = { wish: 'a table (an object)', isRight: isRecord, standard: undefined };

type Fields<T> = { readonly [K in keyof T]-?: Field };

const networkFields: Fields<Network> = {
  heartbeatMs: lengthField(1, 10_000),
  loss: { wish: 'a chance, from 0 up to but not including 1', isRight: (value) => isNumber(value) && value >= 0 && value < 1, standard: 0.01 },
  lostInRow: numberField(1, undefined),
  delayMs: lengthField(0, 50),
  jitterMs: lengthField(0, 50),
  storms: group,
  throttled: group,
  transport: group,
};
const stormFields: Fields<Storms> = {
  perHour: numberField(0, 1),
  share: shareField(1),
  reconnectMs: lengthField(1, 500),
  spreadMs: lengthField(0, 2_000),
};
const throttledFields: Fields<Throttled> = {
  share: shareField(0.5),
  everyMs: lengthField(1, 60_000),
  report: { wish: 'a word', isRight: (value) => typeof value === 'string', standard: 'background' },
  quietForMs: lengthField(0, 0),
};
const transportFields: Fields<Transport> = { pingMs: lengthField(1, 25_000), timeoutMs: lengthField(0, 20_000) };

/** Writes out what was left out. Throws `TypeError` at the first mistake. */
export function conditionsOf(network: Network): Conditions {
  const said = readFields<Omit<Conditions, 'lostInRow'> & Pick<Network, 'lostInRow'>>('network', network, networkFields);
  const { loss } = said;
  const { lostInRow = 1 / (1 - loss) } = said;
  const least = loss / (1 - loss);
  if (lostInRow < least) throw new TypeError(complaint('network.lostInRow', `${String(least)} or more, as so many are lost`, lostInRow));
  const { storms, throttled, transport } = said;
  return {
    ...said,
    lostInRow,
    storms: storms && readFields<Required<Storms>>('network.storms', storms, stormFields),
    throttled: throttled && readFields<Required<Throttled>>('network.throttled', throttled, throttledFields),
    transport: transport && readFields<Required<Transport>>('network.transport', transport, transportFields),
  };
}

/** Reads a table whose fields are known. Throws `TypeError` at the first that is not, or is not what it should be. */
export function readFields<T>(path: string, value: unknown, fields: Readonly<Record<string, Field>>): T {
  if (!isRecord(value)) throw new TypeError(complaint(path, group.wish, value));
  for (const key of Object.keys(value)) {
    if (!owns(fields, key)) throw new TypeError(`\`${path}.${key}\` is unknown here; expected one of ${Object.keys(fields).join(', ')}.`);
  }
  const read = Object.entries(fields).map(([key, { wish, isRight, standard }]) => {
    const part = value[key];
    if (part === undefined) return [key, standard] as const;
    if (!isRight(part)) throw new TypeError(complaint(`${path}.${key}`, wish, part));
    return [key, part] as const;
  });
  return Object.fromEntries(read) as T;
}
