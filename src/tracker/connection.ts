// A handle that *is* a connection. Its late end can never touch a newer one; what it says after its own end revives nobody.

import { assertNone, beatIssues, signalIssues } from '../check.js';
import { complaint } from '../complaint.js';
import { noChanges } from '../diff.js';
import type { Change } from '../diff.js';
import { signalOf } from '../parse.js';
import { isRecord, owns } from '../plain.js';
import type { Beat, Connected, Heartbeat, Names, Numbered, Says, Signal } from '../signal.js';
import { assertInstant } from '../time.js';
import type { DurationMs, Timestamp } from '../time.js';
import { takesBeat } from './beat.js';
import { takesQuietBeat } from './quiet-beat.js';
import type { Roster } from './roster.js';
import * as state from './session-state.js';

/** One connection of one session. Every call moves time as `observe` does, and answers what is to be told. */
export interface Connection<N extends Names = Names> {
  /** The user. */
  readonly userId: string;
  /** The tab, device or agent. */
  readonly sessionId: string;
  /** The number of the connection. It grows when a superseded connection takes the place of one that departed. */
  readonly epoch: number;
  /**
   * The session is alive. A beat that changes nothing makes no object and answers the shared empty list.
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
  /** What a call gathers. */
  readonly out: Change[];
  /** Time reaches `now`. */
  arrive(now: Timestamp): void;
  /** Takes a placed signal in, as of the roster's now. */
  take(signal: Numbered<Signal>): void;
  /** What is to be told since the last time. */
  tell(): readonly Change[];
}

/** In place of a session's slot: it is to be looked up. */
const unknown = -1;
/** The end of the connection was said: nothing is heard of it any more. */
const ended = -2;
/** Its hello was rejected, so nothing is heard of it at all. */
const rejected = -3;

/** So many numbers one number without a box tells apart, next to its sign. */
const lowest = 2 ** 31;

/** The connection behind the interface. A million of them are in no cache: what every beat reads comes first, and all is short. */
export class Handle implements Connection {
  /** The slot of the session, while that has this version; or one of the words above, of which the last two are final. */
  private slot: number;
  private version: number;
  private readonly receiver: Receiver;

  readonly userId: string;
  readonly sessionId: string;
  /** The number of the connection, in two, so that no box is needed; the lowest bit of the first says that it does not count. */
  private high: number;
  private low: number;

  constructor(hello: Numbered<Connected>, receiver: Receiver, isRejected: boolean) {
    this.slot = isRejected ? rejected : unknown;
    this.version = 0;
    this.receiver = receiver;
    this.userId = hello.userId;
    this.sessionId = hello.sessionId;
    this.high = 0;
    this.low = 0;
    this.number(hello.epoch, hello.uncounted === true);
    if (!isRejected) this.lookUp(receiver.roster);
  }

  get epoch(): number {
    return (this.high >> 1) * lowest + this.low;
  }

  private get isUncounted(): boolean {
    return (this.high & 1) === 1;
  }

  private number(epoch: number, isUncounted: boolean): void {
    const high = Math.floor(epoch / lowest);
    this.high = high * 2 + (isUncounted ? 1 : 0);
    this.low = epoch - high * lowest;
  }

  heartbeat(now: Timestamp, says?: Says): readonly Change[] {
    const { slot } = this;
    if (says === undefined && slot >= 0 && takesQuietBeat(this.receiver.roster, slot, this.version, now)) return noChanges;
    return this.live('heartbeat', now, says);
  }

  activity(now: Timestamp, report?: string): readonly Change[] {
    assertInstant('now', now);
    const said = report === undefined ? {} : { report };
    this.check({ ...said, type: 'activity' });
    this.receiver.arrive(now);
    const at = this.receiver.roster.time;
    if (this.canBeHeard(at)) this.receiver.take({ ...said, ...this.signal(at), type: 'activity' });
    return this.receiver.tell();
  }

  disconnected(now: Timestamp, cause?: string): readonly Change[] {
    assertInstant('now', now);
    const said = cause === undefined ? {} : { cause };
    this.check({ ...said, type: 'disconnected' });
    this.receiver.arrive(now);
    const at = this.receiver.roster.time;
    if (this.slot === rejected) return this.receiver.tell();
    this.slot = ended;
    const { userId, sessionId, epoch } = this;
    this.receiver.take({ ...said, type: 'disconnected', userId, sessionId, epoch, at });
    return this.receiver.tell();
  }

  beat(beat: Beat, now: Timestamp): readonly Change[] {
    assertNone(beatIssues(beat));
    if (beat.type === 'disconnected') return this.disconnected(now, beat.cause);
    assertInstant('now', now);
    const placed = signalOf(beat, { userId: this.userId, at: Math.max(now, this.receiver.roster.time) }) as Numbered<Connected | Heartbeat>;
    return this.live(placed.type, now, placed);
  }

  private live(type: 'connected' | 'heartbeat', now: Timestamp, says: Says | undefined): readonly Change[] {
    assertInstant('now', now);
    const said = says === undefined ? undefined : saidOf(says);
    if (said !== undefined) this.check({ ...said, type });
    this.receiver.arrive(now);
    if (this.isTaken(said?.report, said?.activeAt, said?.quietForMs)) return this.receiver.tell();
    const at = this.receiver.roster.time;
    if (this.canBeHeard(at)) this.receiver.take({ ...said, ...this.signal(at), type });
    return this.receiver.tell();
  }

  /** Takes a beat in on the short way, if it may; no string is looked up while the session lives. */
  private isTaken(report: string | undefined, activeAt: Timestamp | undefined, quietForMs: DurationMs | undefined): boolean {
    const { roster, out } = this.receiver;
    if (this.slot < 0 || roster.sessions.versionOf(this.slot) !== this.version) {
      if (this.isDeaf) return false;
      this.lookUp(roster);
    }
    return this.slot >= 0 && quietForMs === undefined && takesBeat(roster, this.slot, this, 0, report, activeAt, out);
  }

  /** Is no sign of life heard of this connection, whatever happens? */
  private get isDeaf(): boolean {
    return this.slot === ended || this.slot === rejected;
  }

  /** Finds the session, if this is its current connection. */
  private lookUp(roster: Roster): void {
    const { sessions } = roster;
    const user = roster.find(this.userId);
    const slot = user === -1 ? -1 : roster.users.find(user, this.sessionId);
    const isCurrent = slot !== -1 && sessions.epochOf(slot) === this.epoch && sessions.has(slot, state.uncounted) === this.isUncounted;
    this.slot = isCurrent ? slot : unknown;
    this.version = isCurrent ? sessions.versionOf(slot) : 0;
  }

  /** Is a sign of life heard? One of a superseded connection, once the current one departed, takes its place. */
  private canBeHeard(now: Timestamp): boolean {
    if (this.isDeaf) return false;
    const session = this.receiver.roster.sessionOf(this.userId, this.sessionId);
    if (session?.departures === undefined || session.epoch <= this.epoch) return true;
    if (!owns(session.departures, 'left')) this.number(Math.max(now, session.epoch + 1), this.isUncounted);
    return true;
  }

  private signal(at: Timestamp): { userId: string; sessionId: string; epoch: number; at: Timestamp; uncounted?: true } {
    const { userId, sessionId, epoch } = this;
    return { userId, sessionId, epoch, at, ...(this.isUncounted ? { uncounted: true } : {}) };
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
