// When sessions are due: the wheel for what is near, a heap for what is far, and for all while they are few.
// Rule: of one instant, who has had the deadline longest comes first, however time was advanced: what is far was given its
// deadline before anything that was near at once, and comes into the wheel before that.
// Always: everybody in the wheel is due within its reach from `now`, everybody in the heap later, where there is a wheel.

import type { Timestamp } from '../time.js';
import { Heap } from './heap.js';
import type { Entries } from './heap.js';
import type { Records } from './records.js';
import { field } from './session-fields.js';
import { fewDeadlines } from './sizes.js';
import { reachMs, Wheel } from './wheel.js';

/** A count is kept in two numbers, of which this is the base. */
const lap = 2 ** 31;
const never = Number.POSITIVE_INFINITY;

export class Deadlines implements Entries {
  private readonly records: Records;
  private readonly far: Heap = new Heap(this);
  private wheel: Wheel | undefined;
  /** The instant from which the wheel reaches on, where a number is kept without a box. */
  private readonly clock = new Float64Array(1);
  /** Grows with every deadline given. */
  private given = 0;

  constructor(records: Records) {
    this.records = records;
  }

  /** The earliest deadline; infinite: none. */
  get firstAt(): number {
    const now = this.clock[0] as number;
    const after = this.wheel === undefined ? -1 : this.wheel.firstAfter(now | 0);
    return after === -1 ? this.far.firstAt : now + after;
  }

  /** Is somebody due earlier than that instant? */
  isDueBefore(at: Timestamp): boolean {
    const now = this.clock[0] as number;
    const after = this.wheel === undefined ? -1 : this.wheel.firstAfter(now | 0);
    return after === -1 ? this.far.isDueBefore(at) : now + after < at;
  }

  /** Who is due first; -1: nobody. */
  get first(): number {
    const now = this.clock[0] as number;
    const after = this.wheel === undefined ? -1 : this.wheel.firstAfter(now | 0);
    return this.wheel === undefined || after === -1 ? this.far.first : this.wheel.firstAt((now | 0) + after);
  }

  /** Who is due first of those who are due at `now`; -1: nobody is. */
  get dueNow(): number {
    if (this.wheel !== undefined) return this.wheel.firstAt((this.clock[0] as number) | 0);
    return this.far.firstAt === this.clock[0] ? this.far.first : -1;
  }

  /** Everybody who is due at `now`; absent: they are more than `most`, or it is not known without looking at all. */
  allDueNow(most: number): readonly number[] | undefined {
    return this.wheel?.allAt((this.clock[0] as number) | 0, most);
  }

  /** Is a session due at `now`? */
  isDueNow(slot: number): boolean {
    const next = this.records.get(slot, field.next);
    if (next < 0) return this.far.at(-2 - next) === this.clock[0];
    return this.records.get(slot, field.due) === ((this.clock[0] as number) | 0);
  }

  /** When a session is due; infinite: never. */
  of(slot: number): number {
    const next = this.records.get(slot, field.next);
    if (next < 0) return this.far.at(-2 - next);
    const now = this.clock[0] as number;
    return now + ((this.records.get(slot, field.due) - (now | 0)) & (reachMs - 1));
  }

  /** Sets when a session is due, `now` at the earliest; infinite: never. Cost: constant for what is near, else logarithmic. */
  set(slot: number, at: Timestamp): void {
    if (this.of(slot) === at) return;
    this.clear(slot);
    if (at === never) return;
    if (this.wheel === undefined || at - (this.clock[0] as number) >= reachMs) this.setFar(slot, at);
    else this.wheel.put(slot, at | 0);
  }

  /** A session is due so many ms from `now` on. Like `set`, but that no instant is handed over, which might need a box. */
  setAhead(slot: number, aheadMs: number): void {
    const { wheel } = this;
    const low = ((this.clock[0] as number) | 0) + aheadMs | 0;
    if (wheel === undefined || aheadMs >= reachMs || !wheel.moves(slot, low)) this.set(slot, (this.clock[0] as number) + aheadMs);
  }

  /** A session is due no longer. */
  clear(slot: number): void {
    const next = this.records.get(slot, field.next);
    if (next >= 0) this.wheel?.remove(slot);
    else if (next !== -1) this.far.remove(-2 - next);
  }

  /** Time reaches `now`; nobody is due before it. */
  moveTo(now: Timestamp): void {
    this.clock[0] = now;
    if (this.wheel !== undefined && this.far.size > 0) this.bringNear(this.wheel, now);
  }

  /** Where in the heap a session stands. */
  place(slot: number, position: number): void {
    this.records.set(slot, field.next, position === -1 ? -1 : -2 - position);
  }

  /** Of one instant, who has had the deadline longer. */
  precedes(slot: number, other: number): boolean {
    return this.givenTo(slot) < this.givenTo(other);
  }

  /** Everybody who is due, in order. Cost: linear, and a sort of what is far. */
  inOrder(): number[] {
    return [...this.wheel?.inOrder((this.clock[0] as number) | 0) ?? [], ...this.far.inOrder()];
  }

  /** A session has its deadline anew, so of one instant it comes last. */
  renew(slot: number): void {
    const at = this.of(slot);
    this.clear(slot);
    this.set(slot, at);
  }

  private givenTo(slot: number): number {
    return this.records.get(slot, field.previous) * lap + this.records.get(slot, field.due);
  }

  private setFar(slot: number, at: Timestamp): void {
    this.records.set(slot, field.previous, Math.floor(this.given / lap));
    this.records.set(slot, field.due, this.given++ % lap);
    this.far.set(slot, -1, at);
    if (this.wheel !== undefined || this.far.size <= fewDeadlines) return;
    this.wheel = new Wheel(this.records);
    this.bringNear(this.wheel, this.clock[0] as number);
  }

  private bringNear(wheel: Wheel, now: Timestamp): void {
    while (this.far.firstAt - now < reachMs) {
      const at = this.far.firstAt;
      const slot = this.far.first;
      this.far.remove(0);
      wheel.put(slot, at | 0);
    }
  }
}
