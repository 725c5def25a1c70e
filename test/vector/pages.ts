// Cases about a client's own schedule: what its pages would send, each through a beacon that is called whenever it wants to be.

import type { Beat, Policy } from 'presence-model';
import { createBeacon } from 'presence-model/client';
import type { Beacon, PageEvent } from 'presence-model/client';

/** How the client of a system speaks. */
export interface Speech {
  /** What its pages survive, so that the plan is the system's own interval. */
  readonly toleratedLosses: number;
  /** What the page reports of itself while it may be seen. */
  readonly visible: string;
  /** The client itself reports this once nobody has touched the page for so long. */
  readonly away?: { readonly report: string; readonly afterMs: number };
}

export class Pages {
  private readonly policy: Policy;
  private readonly pages = new Map<string, Page>();

  constructor(policy: Policy) {
    this.policy = policy;
  }

  /** The page of this name, which begins now if there is none yet. */
  of(name: string, speech: Speech, now: number): Page {
    const page = this.pages.get(name) ?? new Page(this.policy, name, speech, now);
    this.pages.set(name, page);
    return page;
  }
}

export class Page {
  /** All that it has sent. */
  readonly sent: (readonly [at: number, beat: Beat])[] = [];
  private readonly beacon: Beacon;
  private readonly away: Speech['away'];
  private awayAt = Number.POSITIVE_INFINITY;

  constructor(policy: Policy, sessionId: string, { toleratedLosses, visible, away }: Speech, at: number) {
    this.beacon = createBeacon({ policy, sessionId, epoch: 1, at, toleratedLosses, marginMs: 0, reports: { visible } });
    this.away = away;
  }

  /** Something happens on it, after all that was due before. */
  tell(event: PageEvent): void {
    this.reach(event.at - 1);
    this.say(event.at, this.beacon.tell(event));
    if (event.type !== 'interaction' || this.away === undefined) return;
    this.awayAt = event.at + this.away.afterMs;
    this.say(event.at, this.beacon.tell({ type: 'report', report: 'none', at: event.at }));
  }

  /** Time passes, up to and including an instant. */
  reach(now: number): void {
    for (let at = this.next(); at <= now; at = this.next()) {
      if (this.away !== undefined && at === this.awayAt) {
        this.awayAt = Number.POSITIVE_INFINITY;
        this.say(at, this.beacon.tell({ type: 'report', report: this.away.report, at }));
      } else {
        this.say(at, this.beacon.advanceTo(at));
      }
    }
  }

  private next(): number {
    return Math.min(this.awayAt, this.beacon.nextSendAt ?? Number.POSITIVE_INFINITY);
  }

  private say(at: number, beats: readonly Beat[]): void {
    this.sent.push(...beats.map((beat) => [at, beat] as const));
  }
}
