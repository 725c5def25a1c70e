// What the servers of this folder share: a tracker, the loop that drives it, and beats of clients as signals. Copy it.
//
// A beat says lengths of time, never instants: it is placed on this clock when it arrives. It names its session, and its epoch
// numbers that session's connections, so whoever says that a transport ended says of which connection that is true.
import { createTracker, parseBeat, signalOf } from 'presence-model';
import type { Beat, Change, Names, Parsed, Policy, ShownPresence, Tracker } from 'presence-model';

/** What a host uses of a tracker. */
export type Driven<N extends Names> = Pick<Tracker<N>, 'observe' | 'advanceTo' | 'nextChangeAt' | 'userIds' | 'shown'>;

export interface Host<N extends Names> {
  /** Takes in what a client said; answers the beat, or what is wrong with it. The user is whoever signed in, not what is said. */
  hear(userId: string, said: unknown): Parsed<Beat<N>>;
  /** The client of this beat gave a sign of life without a word. */
  alive(userId: string, beat: Beat<N>): void;
  /** The transport that this beat opened is lost; its client may be back. */
  lost(userId: string, beat: Beat<N>): void;
  /** Everybody who is there: what a newcomer is told. */
  present(): readonly ShownPresence<N>[];
  readonly stop: () => void;
}

const longestDelayMs = 2 ** 31 - 1; // a longer timer would fire at once

/** @param publish is called with what changes for others, and with nothing else: no heartbeat comes here. */
export function createHost<N extends Names>(
  policy: Policy<N>, publish: (shown: ShownPresence<N>) => void, tracker: Driven<N> = createTracker({ policy }),
): Host<N> {
  const bottom = policy.statuses.at(-1);
  let alarm: NodeJS.Timeout | undefined;

  function tell(changes: readonly Change<N>[]): void {
    for (const { shown } of changes) if (shown) publish(shown);
    clearTimeout(alarm);
    if (tracker.nextChangeAt === undefined) return;
    const delayMs = Math.min(tracker.nextChangeAt - Date.now(), longestDelayMs);
    alarm = setTimeout(() => tell(tracker.advanceTo(Date.now())), delayMs).unref();
  }
  function observe(userId: string, beat: Beat<N>): void {
    const at = Date.now();
    tell(tracker.observe(signalOf(beat, { userId, at }), at));
  }

  return {
    hear(userId, said) {
      const beat = parseBeat(said, policy);
      if (beat.ok) observe(userId, beat.value);
      return beat;
    },
    alive: (userId, { sessionId, epoch }) => observe(userId, { type: 'heartbeat', sessionId, epoch }),
    lost: (userId, { sessionId, epoch }) => observe(userId, { type: 'disconnected', sessionId, epoch }),
    present: () => [...tracker.userIds()].map((userId) => tracker.shown(userId)).filter(({ status }) => status !== bottom),
    stop: () => clearTimeout(alarm),
  };
}
