// A handle that *is* a connection. Its late end can never touch a newer one; what it says after its own end revives nobody.

import { assertNone, beatIssues, signalIssues } from '../check.js';
import { complaint } from '../complaint.js';
import type { Change } from '../diff.js';
import { signalOf } from '../parse.js';
import { isRecord, owns } from '../plain.js';
import type { Beat, Connected, Names, Numbered, Says, Signal } from '../signal.js';
import { assertInstant } from '../time.js';
import type { Timestamp } from '../time.js';
import type { LiveSession } from './live-session.js';
import type { LiveUser } from './live-user.js';
import type { Roster } from './roster.js';

/** One connection of one session. Every call moves time as `observe` does, and answers what is to be told. */
export interface Connection<N extends Names = Names> {
  /** The user. */
  readonly userId: string;
  /** The tab, device or agent. */
  readonly sessionId: string;
  /** The number of the connection. It grows when a superseded connection takes the place of one that departed. */
  readonly epoch: number;
  /**
   * The session is alive. A beat that changes nothing allocates nothing and answers the shared empty list.
   *
   * @param now - In whole ms.
   * @param says - What the client says of itself besides. Default: nothing.
   * @returns What is to be told. Cost: logarithmic in users (their queue of deadlines), linear in the user's sessions, plus what is due.
   */
  heartbeat(now: Timestamp, says?: Says<N>): readonly Change<N>[];
  /**
   * The human did something.
   *
   * @param now - In whole ms.
   * @param report - The client's own word about itself. Default: none said.
   * @returns What is to be told.
   */
  activity(now: Timestamp, report?: N['report']): readonly Change<N>[];
  /**
   * The connection ended. From then on no sign of life is heard of it.
   *
   * @param now - In whole ms.
   * @param cause - Why. Default: `dropped`.
   * @returns What is to be told.
   */
  disconnected(now: Timestamp, cause?: N['cause']): readonly Change<N>[];
  /**
   * Takes what the client sent. The handle is the connection, so the beat's own ids and epoch are ignored.
   *
   * @param beat - From `parseBeat`.
   * @param now - When it was heard, in whole ms.
   * @returns What is to be told.
   */
  beat(beat: Beat<N>, now: Timestamp): readonly Change<N>[];
}

/** What a handle needs of its tracker. */
export interface Receiver {
  readonly roster: Roster;
  /** Time reaches `now`. */
  arrive(now: Timestamp): void;
  /** Takes a placed signal in, as of the roster's now. */
  take(signal: Numbered<Signal>): void;
  /** What is to be told since the last time. */
  tell(): readonly Change[];
}

/** The connection behind the interface. */
export class Handle implements Connection {
  readonly userId: string;
  readonly sessionId: string;
  epoch: number;

  private readonly receiver: Receiver;
  private readonly uncounted: true | undefined;
  private hasEnded = false;
  private readonly isRejected: boolean;
  private user: LiveUser | undefined;
  private session: LiveSession | undefined;

  constructor(hello: Numbered<Connected>, receiver: Receiver, isRejected: boolean) {
    this.userId = hello.userId;
    this.sessionId = hello.sessionId;
    this.epoch = hello.epoch;
    this.uncounted = hello.uncounted === true ? true : undefined;
    this.receiver = receiver;
    this.isRejected = isRejected;
  }

  heartbeat(now: Timestamp, says?: Says): readonly Change[] {
    return this.live('heartbeat', now, says);
  }

  activity(now: Timestamp, report?: string): readonly Change[] {
    assertInstant('now', now);
    const said = report === undefined ? {} : { report };
    this.check({ ...said, type: 'activity' });
    this.receiver.arrive(now);
    if (this.canBeHeard()) this.receiver.take({ ...said, ...this.signal(), type: 'activity' });
    return this.receiver.tell();
  }

  disconnected(now: Timestamp, cause?: string): readonly Change[] {
    assertInstant('now', now);
    const said = cause === undefined ? {} : { cause };
    this.check({ ...said, type: 'disconnected' });
    this.receiver.arrive(now);
    if (this.isRejected) return this.receiver.tell();
    this.hasEnded = true;
    const { userId, sessionId, epoch } = this;
    this.receiver.take({ ...said, type: 'disconnected', userId, sessionId, epoch, at: this.now });
    return this.receiver.tell();
  }

  beat(beat: Beat, now: Timestamp): readonly Change[] {
    assertNone(beatIssues(beat));
    if (beat.type === 'disconnected') return this.disconnected(now, beat.cause);
    assertInstant('now', now);
    const placed = signalOf(beat, { userId: this.userId, at: Math.max(now, this.receiver.roster.now ?? now) });
    return this.live(beat.type, now, placed.type === 'connected' || placed.type === 'heartbeat' ? placed : undefined);
  }

  private live(type: 'connected' | 'heartbeat', now: Timestamp, says: Says | undefined): readonly Change[] {
    assertInstant('now', now);
    const said = says === undefined ? undefined : saidOf(says);
    if (said !== undefined) this.check({ ...said, type });
    this.receiver.arrive(now);
    const saysNothing = said === undefined || Object.keys(said).length === 0;
    if (saysNothing && this.isQuietBeat()) return this.receiver.tell();
    if (this.canBeHeard()) this.receiver.take({ ...said, ...this.signal(), type });
    return this.receiver.tell();
  }

  /** Takes in a beat that says and changes nothing, on the short way; no string is looked up while the session lives. */
  private isQuietBeat(): boolean {
    if (this.hasEnded || this.isRejected) return false;
    if (this.session === undefined || this.session.isGone) {
      this.user = this.receiver.roster.users.get(this.userId);
      this.session = this.user?.session(this.sessionId);
    }
    const { user, session } = this;
    if (user === undefined || session === undefined) return false;
    if (!session.isOf(this.epoch) || session.uncounted !== this.uncounted) return false;
    return this.receiver.roster.beat(user, session);
  }

  /** Is a sign of life heard? One of a superseded connection, once the current one departed, takes its place. */
  private canBeHeard(): boolean {
    if (this.hasEnded || this.isRejected) return false;
    const { roster } = this.receiver;
    const session = roster.known(this.userId)?.sessions.find(({ sessionId }) => sessionId === this.sessionId);
    if (session?.departures === undefined || session.epoch <= this.epoch) return true;
    if (!owns(session.departures, 'left')) this.epoch = Math.max(this.now, session.epoch + 1);
    return true;
  }

  private signal(): { userId: string; sessionId: string; epoch: number; at: Timestamp; uncounted?: true } {
    const { userId, sessionId, epoch, uncounted } = this;
    return { userId, sessionId, epoch, at: this.now, ...(uncounted === true ? { uncounted } : {}) };
  }

  private get now(): Timestamp {
    return this.receiver.roster.now ?? 0;
  }

  private check(said: object): void {
    assertNone(signalIssues({ ...said, userId: this.userId, sessionId: this.sessionId }));
  }
}

/** What a beat may say; whether it counts was said by the hello. */
function saidOf(says: Says): Says {
  const given: unknown = says;
  if (!isRecord(given)) throw new TypeError(complaint('says', 'an object', given));
  const { report, activeAt, quietForMs } = says;
  return {
    ...(report === undefined ? {} : { report }),
    ...(activeAt === undefined ? {} : { activeAt }),
    ...(quietForMs === undefined ? {} : { quietForMs }),
  };
}
