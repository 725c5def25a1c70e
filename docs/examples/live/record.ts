// A tracker that writes down what it hears, as it was placed: with its instant and the number of its connection.
import { signalOf } from 'presence-model';
import type { Change, Connection, Names, Numbered, Signal, Timestamp, Tracker } from 'presence-model';

export interface Recorder<N extends Names> {
  /** To be used in place of the tracker. */
  readonly tracker: Pick<Tracker<N>, 'open' | 'observe' | 'advanceTo' | 'nextChangeAt' | 'userIds' | 'shown'>;
  /** What was heard, in the order in which it was. */
  readonly signals: readonly Signal<N>[];
  /** What was told. */
  readonly changes: readonly Change<N>[];
}

/** @param onChange called for each change, when it is told. */
export function record<N extends Names>(tracker: Tracker<N>, onChange: (change: Change<N>) => void): Recorder<N> {
  const signals: Signal<N>[] = [];
  const changes: Change<N>[] = [];
  /** Asked after a call, when the tracker's time is that of the call: nothing comes from the future. */
  const placedAt = (at = Infinity): Timestamp => Math.min(at, tracker.now ?? 0);

  function tell(told: readonly Change<N>[]): readonly Change<N>[] {
    changes.push(...told);
    told.forEach(onChange);
    return told;
  }

  function recorded(connection: Connection<N>): Connection<N> {
    const { userId, sessionId } = connection;
    let hasEnded = false;
    /** Once a connection has ended, only another end is heard of it. */
    function write(signal: Numbered<Signal<N>>): void {
      if (signal.type === 'disconnected') hasEnded = true;
      if (signal.type === 'disconnected' || !hasEnded) signals.push(signal);
    }
    // The number is read after each call: a connection may have taken the place of another, under a new one.
    const about = (): { userId: string; sessionId: string; epoch: number; at: Timestamp } => {
      return { userId, sessionId, epoch: connection.epoch, at: placedAt() };
    };
    return {
      userId,
      sessionId,
      get epoch() {
        return connection.epoch;
      },
      heartbeat(now, says) {
        const told = connection.heartbeat(now, says);
        write({ ...says, ...about(), type: 'heartbeat' });
        return tell(told);
      },
      activity(now, report) {
        const told = connection.activity(now, report);
        write({ ...(report === undefined ? {} : { report }), ...about(), type: 'activity' });
        return tell(told);
      },
      disconnected(now, cause) {
        const told = connection.disconnected(now, cause);
        write({ ...(cause === undefined ? {} : { cause }), ...about(), type: 'disconnected' });
        return tell(told);
      },
      beat(beat, now) {
        const told = connection.beat(beat, now);
        const type = beat.type === 'disconnected' ? 'disconnected' : 'heartbeat'; // the handle is connected already
        write(signalOf({ ...beat, type, sessionId, epoch: connection.epoch }, { userId, at: placedAt() }));
        return tell(told);
      },
    };
  }

  return {
    signals,
    changes,
    tracker: {
      open(hello, now) {
        const { connection, changes: told } = tracker.open(hello, now);
        const { epoch } = connection;
        signals.push({ ...hello, type: 'connected', epoch, at: placedAt(hello.at) });
        return { connection: recorded(connection), changes: tell(told) };
      },
      observe(signal, now) {
        const told = tracker.observe(signal, now);
        signals.push({ ...signal, at: placedAt(signal.at) });
        return tell(told);
      },
      advanceTo: (now, limit) => tell(tracker.advanceTo(now, limit)),
      get nextChangeAt() {
        return tracker.nextChangeAt;
      },
      userIds: (filter) => tracker.userIds(filter),
      shown: (userId) => tracker.shown(userId),
    },
  };
}
