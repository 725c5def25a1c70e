// One session on a network: what a server hears of it until it crashes.
// Rule: the policy has no say in what is sent, so one seed puts every policy through the same.

import type { Connected, Heartbeat, Signal } from '../signal.js';
import type { DurationMs, Timestamp } from '../time.js';
import type { Conditions, Throttled } from './network.js';
import { draw, memoryless } from './random.js';
import type { Memoryless, Random } from './random.js';
import type { Span } from './replay.js';

/** What a server heard of one session. */
export interface Life {
  readonly startedAt: Timestamp;
  readonly crashedAt: Timestamp;
  /** How often it beat, in ms. */
  readonly intervalMs: DurationMs;
  /** In the order in which they were heard. */
  readonly signals: readonly Signal[];
}

/** What is the same for every session on a network. */
export interface World extends Conditions {
  readonly jitter: Memoryless;
  /** The least time until a client that was cut is back, and what it takes longer. */
  readonly reconnectMs: DurationMs;
  readonly spread: Memoryless;
  /** From one storm that strikes a client to the next. Absent: none ever does. */
  readonly calm: Memoryless | undefined;
  /** The chance that a beat is lost after one that was not, and after one that was. */
  readonly loses: number;
  readonly losesAgain: number;
}

const hourMs = 3_600_000;

export const session = { userId: 'ada', sessionId: 'tab' } as const;

/** Losses come in runs as on Gilbert's channel (1960): a chance to begin, and a chance to go on. */
export function worldOf(conditions: Conditions): World {
  const { loss, lostInRow, jitterMs, storms } = conditions;
  const strikesPerHour = storms === undefined ? 0 : storms.perHour * storms.share;
  return {
    ...conditions,
    jitter: memoryless(jitterMs),
    reconnectMs: storms?.reconnectMs ?? 0,
    spread: memoryless(storms?.spreadMs ?? 0),
    calm: strikesPerHour === 0 ? undefined : memoryless(hourMs / strikesPerHour),
    loses: loss / ((1 - loss) * lostInRow),
    losesAgain: 1 - 1 / lostInRow,
  };
}

/** How often a session beats: its timers run at multiples of `everyMs` where they are throttled. */
function intervalOf({ heartbeatMs }: Conditions, throttled: Throttled | undefined): DurationMs {
  const everyMs = throttled?.everyMs ?? 1;
  return Math.ceil(heartbeatMs / everyMs) * everyMs;
}

/** How many beats pass before and after the time that is watched. */
const marginBeats = 10;

/**
 * One life; `throttled` where the tab is hidden. It begins some beats before the time that is watched, so that nothing is
 * left of its beginning, and crashes some beats after it, so that the last mistakes may end.
 */
export function live(world: World, throttled: Required<Throttled> | undefined, watched: Span, random: Random): Life {
  const { delayMs, jitter, reconnectMs, spread, calm, transport } = world;
  const intervalMs = intervalOf(world, throttled);
  const startedAt = watched.from - marginBeats * intervalMs - random.below(intervalMs);
  const crashedAt = watched.until + marginBeats * intervalMs;
  const signals: Signal[] = [];
  let isLosing = random.isHit(world.loss);
  const hear = (type: 'connected' | 'heartbeat', epoch: number, sentAt: Timestamp, cutAt: Timestamp): void => {
    const at = sentAt + delayMs + draw(jitter, random);
    if (at < cutAt) signals.push(says({ type, ...session, epoch, at }, throttled, startedAt));
  };

  for (let epoch = 1, openedAt = startedAt; openedAt < crashedAt; epoch++) {
    const struckAt = calm === undefined ? Number.POSITIVE_INFINITY : openedAt + draw(calm, random);
    const isStruck = struckAt < crashedAt;
    const cutAt = isStruck ? struckAt : Number.POSITIVE_INFINITY; // what was sent before a crash is on its way
    hear('connected', epoch, openedAt, cutAt);
    for (let sentAt = openedAt + intervalMs; sentAt < Math.min(struckAt, crashedAt); sentAt += intervalMs) {
      isLosing = random.isHit(isLosing ? world.losesAgain : world.loses);
      if (!isLosing) hear('heartbeat', epoch, sentAt, cutAt);
    }
    const endedAt = isStruck ? struckAt : transport && crashedAt + random.below(transport.pingMs) + transport.timeoutMs;
    if (endedAt !== undefined) signals.push({ type: 'disconnected', ...session, epoch, at: endedAt });
    openedAt = isStruck ? struckAt + reconnectMs + draw(spread, random) : crashedAt;
  }
  return { startedAt, crashedAt, intervalMs, signals: signals.sort((a, b) => a.at - b.at) };
}

/** Who sits before a visible tab uses it all the time; a hidden one was used last when it began. */
function says(
  signal: (Connected | Heartbeat) & { readonly epoch: number }, throttled: Required<Throttled> | undefined, startedAt: Timestamp,
): Signal {
  if (throttled === undefined) return { ...signal, activeAt: signal.at };
  const { report, quietForMs } = throttled;
  return { ...signal, activeAt: startedAt, report, quietForMs };
}
