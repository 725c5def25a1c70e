// A bare tracker, to hold ours against: the same wheel, ids in a Map, an object for each connection, and told changes of the same
// shape. It knows one threshold, no report and no claim, checks nothing, forgets nothing, and has room for so many and no more.

import type { Change, Connection, DefaultNames, Tracker } from 'presence-model';
import type { Library } from './library.js';

const places = 2 ** 18;
const afterMs = 15_000;
/** A session's record: the next and the previous in the ring (-1: in none), the deadline, when it was seen, its user, is it active. */
const [next, previous, due, seen, user, active, stride] = [0, 1, 2, 3, 4, 5, 8];
const noChanges: readonly Change[] = [];

type Told = readonly Change<DefaultNames>[];

/** In the library's place, with room for so many. */
export function bareLibrary({ defaultPolicy, definePolicy }: Library, room: number): Library {
  return { defaultPolicy, definePolicy, createTracker: () => new Bare(room) as unknown as Tracker<DefaultNames> } as unknown as Library;
}

class Bare {
  readonly records: Int32Array;
  /** Of each place of the wheel who came first, plus 1. */
  private readonly heads = new Int32Array(places);
  private readonly sessionIds: string[];
  private readonly userIds: string[];
  /** To the next session of the same user; -1: there is none. */
  private readonly siblings: Int32Array;
  /** How many sessions of each user are active. */
  private readonly counts: Int32Array;
  private readonly leads = new Map<string, number>();
  private length = 0;
  private beginning = -1;
  private now = 0;
  private told: Change[] = [];

  constructor(room: number) {
    this.records = new Int32Array(room * stride);
    this.siblings = new Int32Array(room).fill(-1);
    this.counts = new Int32Array(room);
    this.sessionIds = new Array<string>(room);
    this.userIds = new Array<string>(room);
  }

  open({ userId, sessionId }: { readonly userId: string; readonly sessionId: string }, now: number): { readonly connection: Connection<DefaultNames> } {
    if (this.beginning === -1) this.beginning = now;
    const slot = this.length++;
    const here = slot * stride;
    this.sessionIds[slot] = sessionId;
    this.userIds[slot] = userId;
    const lead = this.leads.get(userId);
    if (lead === undefined) this.leads.set(userId, slot);
    else {
      this.siblings[slot] = this.siblings[lead]!;
      this.siblings[lead] = slot;
    }
    this.records[here + next] = -1;
    this.records[here + user] = lead ?? slot;
    this.beat(slot, now);
    return { connection: new BareConnection(this, slot, userId, sessionId) as unknown as Connection<DefaultNames> };
  }

  observe({ userId, sessionId }: { readonly userId: string; readonly sessionId: string }, now: number): Told {
    let slot = this.leads.get(userId)!;
    while (this.sessionIds[slot] !== sessionId) slot = this.siblings[slot]!;
    return this.beat(slot, now);
  }

  beat(slot: number, now: number): Told {
    const at = (now - this.beginning) | 0;
    for (; this.now < at; this.now++) this.passPlace();
    const here = slot * stride;
    const { records } = this;
    records[here + seen] = at;
    if (records[here + next] !== -1) this.unlink(slot, here);
    this.link(slot, here, at + afterMs);
    if (records[here + active] === 0) {
      records[here + active] = 1;
      const count = this.counts[records[here + user]!]!++;
      if (count === 0) this.tell(slot, records[here + user]!, 'idle', 'active', 'signal', { clock: 'none' });
    }
    if (this.told.length === 0) return noChanges as Told;
    const told = this.told;
    this.told = [];
    return told as Told;
  }

  /** Whoever is due at this ms becomes idle. */
  private passPlace(): void {
    const { heads, records } = this;
    const place = this.now & (places - 1);
    while (heads[place] !== 0) {
      const slot = heads[place]! - 1;
      const here = slot * stride;
      this.unlink(slot, here);
      records[here + next] = -1;
      records[here + active] = 0;
      const count = --this.counts[records[here + user]!]!;
      const since = this.beginning + records[here + seen]!;
      if (count === 0) this.tell(slot, records[here + user]!, 'active', 'idle', 'time', { clock: 'silence', since, afterMs, crossedAt: since + afterMs });
    }
  }

  private tell(slot: number, owner: number, from: string, to: string, cause: 'signal' | 'time', reason: object): void {
    const at = this.beginning + this.now;
    const because = { by: 'session', sessionId: this.sessionIds[slot], reason };
    const shown = { userId: this.userIds[owner], at, status: to, lastSeenAt: this.beginning + this.records[slot * stride + seen]! };
    this.told.push({ type: 'user', userId: this.userIds[owner], at, from, to, cause, because, shown } as Change);
  }

  private link(slot: number, here: number, at: number): void {
    const { heads, records } = this;
    const place = at & (places - 1);
    const head = heads[place]! - 1;
    records[here + due] = at;
    if (head === -1) {
      heads[place] = slot + 1;
      records[here + next] = slot;
      records[here + previous] = slot;
      return;
    }
    const tail = records[head * stride + previous]!;
    records[tail * stride + next] = slot;
    records[here + previous] = tail;
    records[here + next] = head;
    records[head * stride + previous] = slot;
  }

  private unlink(slot: number, here: number): void {
    const { heads, records } = this;
    const place = records[here + due]! & (places - 1);
    const after = records[here + next]!;
    if (after === slot) {
      heads[place] = 0;
      return;
    }
    const before = records[here + previous]!;
    records[before * stride + next] = after;
    records[after * stride + previous] = before;
    if (heads[place] === slot + 1) heads[place] = after + 1;
  }
}

class BareConnection {
  private readonly tracker: Bare;
  private readonly slot: number;
  readonly userId: string;
  readonly sessionId: string;

  constructor(tracker: Bare, slot: number, userId: string, sessionId: string) {
    this.tracker = tracker;
    this.slot = slot;
    this.userId = userId;
    this.sessionId = sessionId;
  }

  heartbeat(now: number): Told {
    return this.tracker.beat(this.slot, now);
  }
}
