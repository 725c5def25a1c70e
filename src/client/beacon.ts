// What the other end sends, and when: told what happens on a page, it answers with beats. It has no clock and no timer.
// Rule 1: what is sent is the whole truth of the moment, so a beat that is lost is made good by the next.
// Rule 2: a change of report, or of how long to expect nothing, is sent at once; everything else waits for its time (pace.ts).
// Rule 3: while there is no transport nothing is sent and nothing is kept. A new connection begins with the whole truth.
// Rule 4: beats carry lengths and no instants: the receiver's clock places them, however wrong the page's own.
// Rule 5: last words need no transport of ours (`navigator.sendBeacon`), so they are said whether or not there is one.

import { owns } from '../plain.js';
import type { Draft } from '../plain.js';
import type { Beat, Names } from '../signal.js';
import { assertInstant, isDue } from '../time.js';
import type { DurationMs, Timestamp } from '../time.js';
import { afterSaying, dueAt, hiddenQuietMs } from './pace.js';
import type { Said } from './pace.js';
import { checkPageEvent, freshPage, pageAfter } from './page.js';
import type { Page, PageEvent } from './page.js';
import { speakerOf } from './speaker.js';
import type { BeaconOptions, Speaker } from './speaker.js';

/** A page's voice. Tell it what happens, send what it answers, and call it when it wants to be called. */
export interface Beacon<N extends Names = Names> {
  /**
   * Something happened on the page.
   *
   * @param event - With its instant. Events that change nothing are welcome.
   * @returns What to send now: at most one beat. Cost: linear in tolerated losses.
   */
  tell(event: PageEvent<N>): readonly Beat<N>[];
  /**
   * Time has come.
   *
   * @param now - In whole ms on the page's clock. Too early does nothing, however late sends one beat.
   * @returns What to send now: at most one beat.
   */
  advanceTo(now: Timestamp): readonly Beat<N>[];
  /** When to call `advanceTo`, in ms on the page's clock. Absent: not before something happens. */
  readonly nextSendAt: Timestamp | undefined;
}

const nothing: readonly never[] = Object.freeze([]);

/**
 * Makes the beacon of one page (or app): what to send, and when, so that who listens derives what is true from as few beats as
 * will do. Until it is told otherwise the page is visible, nobody touched it, and there is no transport.
 *
 * @param options - Whose policy, and who is speaking.
 * @throws PolicyError when no heartbeat can hold the policy (see `heartbeatPlan`).
 * @throws TypeError when an option breaks its type.
 * @example
 * ```ts
 * import { defaultPolicy } from 'presence-model';
 * import { createBeacon } from 'presence-model/client';
 *
 * const beacon = createBeacon({ policy: defaultPolicy, sessionId: 'tab', epoch: 1, at: 0 });
 * beacon.tell({ type: 'up', at: 100 }); // => [{ type: 'connected', sessionId: 'tab', epoch: 1, report: 'active' }]
 * beacon.nextSendAt; // => 7_100
 * beacon.tell({ type: 'interaction', at: 2_000 }); // => []    no message: it has time until the next beat
 * beacon.advanceTo(7_100); // => [{ type: 'heartbeat', sessionId: 'tab', epoch: 1, report: 'active', inactiveForMs: 5_100 }]
 * ```
 */
export function createBeacon<N extends Names>(options: BeaconOptions<N>): Beacon<N> {
  return new PageBeacon(speakerOf(options)) as Beacon as Beacon<N>;
}

class PageBeacon implements Beacon {
  private readonly speaker: Speaker;
  private page: Page = freshPage;
  /** What a receiver may believe: the newest last. Empty: nothing was said yet. */
  private said: readonly Said[] = nothing;
  private reached: Timestamp;
  private epoch: number;
  /** The next beat opens a connection. */
  private isNew = true;
  /** The least number that the next connection may have. */
  private leastEpoch: number;

  constructor(speaker: Speaker) {
    this.speaker = speaker;
    this.reached = speaker.at;
    this.epoch = speaker.epoch;
    this.leastEpoch = speaker.epoch;
  }

  tell(event: PageEvent): readonly Beat[] {
    checkPageEvent(event, this.speaker.policy);
    this.reached = Math.max(this.reached, event.at);
    const due = this.nextSendAt;
    const before = this.page;
    this.page = pageAfter(before, event, this.reached);
    if (event.type === 'up' && !before.isUp) {
      this.isNew = true;
      this.leastEpoch = Math.max(this.leastEpoch, event.epoch ?? this.leastEpoch);
    }
    if (this.page.end === before.end) return this.speak(due);
    if (this.page.end !== undefined) return this.lastWords(this.page.end);
    this.isNew = true; // whatever was said of the last connection, it ended
    return this.speak(due);
  }

  advanceTo(now: Timestamp): readonly Beat[] {
    assertInstant('now', now);
    this.reached = Math.max(this.reached, now);
    return this.speak(this.nextSendAt);
  }

  get nextSendAt(): Timestamp | undefined {
    const last = this.said[this.said.length - 1];
    if (last === undefined || !this.canSpeak() || this.page.isFrozen) return undefined;
    const next = Math.min(dueAt(this.said, last, this.page.touchedAt, this.speaker.pace), this.idleAt());
    return Number.isSafeInteger(next) ? next : undefined;
  }

  private canSpeak(): boolean {
    return this.page.isUp && this.page.end === undefined;
  }

  /** Sends the whole truth, where it is new or due. `wasDueAt` is when the next beat was meant to be before this was told. */
  private speak(wasDueAt: Timestamp | undefined): readonly Beat[] {
    if (!this.canSpeak()) return nothing;
    const last = this.said[this.said.length - 1];
    const report = this.report();
    const quietForMs = this.quietForMs(report);
    const isNews = this.isNew || last?.report !== report || last.quietForMs !== quietForMs;
    const sendAt = isNews ? this.reached : this.nextSendAt;
    if (sendAt === undefined || !isDue(sendAt, this.reached)) return nothing;
    const meantAt = isNews ? this.reached : Math.min(wasDueAt ?? this.reached, this.reached);
    const now: Said = { at: this.reached, meantAt, report, quietForMs, touchedAt: this.page.touchedAt };
    const type = this.isNew ? 'connected' : 'heartbeat';
    if (this.isNew) this.connect();
    this.said = afterSaying(this.said, now, this.speaker.pace);
    const beat: Draft<Beat> = { type, sessionId: this.speaker.sessionId, epoch: this.epoch, report: now.report };
    if (now.touchedAt !== undefined) beat.inactiveForMs = now.at - now.touchedAt;
    if (now.quietForMs > 0) beat.quietForMs = now.quietForMs;
    return [beat];
  }

  private connect(): void {
    this.isNew = false;
    this.epoch = this.leastEpoch;
    this.leastEpoch = this.epoch + 1;
  }

  /** Said of a connection that somebody may know of. */
  private lastWords(cause: string): readonly Beat[] {
    if (this.said.length === 0) return nothing;
    const beat: Draft<Beat> = { type: 'disconnected', sessionId: this.speaker.sessionId, epoch: this.epoch };
    if (owns(this.speaker.policy.departures, cause)) beat.cause = cause;
    return [beat];
  }

  private report(): string {
    const { ownReport, isVisible } = this.page;
    const { visible, idle, hidden } = this.speaker;
    if (ownReport !== undefined) return ownReport;
    if (!isVisible) return hidden;
    return isDue(this.idleSince(), this.reached) ? idle : visible;
  }

  /** How long to expect nothing: a frozen page runs no timer at all, and that of a hidden one may be late. */
  private quietForMs(report: string): DurationMs {
    const { isVisible, isFrozen } = this.page;
    const { policy, pace } = this.speaker;
    if (isFrozen) return policy.maxQuietMs;
    return isVisible ? 0 : hiddenQuietMs(report, pace, policy);
  }

  /** When the page becomes, or became, idle; infinite: never. */
  private idleSince(): Timestamp {
    const { touchedAt } = this.page;
    const { at, idleAfterMs, untouchedAfterMs } = this.speaker;
    return touchedAt === undefined ? at + untouchedAfterMs : touchedAt + idleAfterMs;
  }

  /** When it says so, if it did not yet. */
  private idleAt(): Timestamp {
    const { ownReport, isVisible } = this.page;
    const idleAt = this.idleSince();
    return ownReport === undefined && isVisible && idleAt > this.reached ? idleAt : Number.POSITIVE_INFINITY;
  }
}
