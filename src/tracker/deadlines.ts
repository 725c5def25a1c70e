// When sessions are due: a wheel of ms for what is near, one of seconds for what is far, and a heap for what is further, for
// whoever is due first of those who are far, and for all while they are few.
// Rule: of one instant, who has had the deadline longest comes first, however time was advanced: what is further was given its
// deadline before anything that was nearer at once, and comes near before that.
// Always: where there are wheels, whoever is due less than `nearMs` from now is in the near one, and nobody else. The end of
// that is the end of a place of the far wheel: everybody there comes near together.

import type { Timestamp } from '../time.js';
import { Heap } from './heap.js';
import type { Entries } from './heap.js';
import type { Records } from './records.js';
import { fieldBits } from './session-field.js';
import * as field from './session-field.js';
import { farPlaceBits, farPlaceMs, farReachMs, fewDeadlines, fewMoves, inPage, pageBits, places } from './sizes.js';
import { Wheel } from './wheel.js';

/** A count is kept in two numbers, of which this is the base. */
const lap = 2 ** 31;
const never = Number.POSITIVE_INFINITY;

/** So many ms of a place of the far wheel are over at that instant. */
function overOf(low: number): number {
  return low & (farPlaceMs - 1);
}

export class Deadlines implements Entries {
  private readonly records: Records;
  private readonly heap: Heap = new Heap(this);
  private near: Wheel | undefined;
  private far: Wheel | undefined;
  /** `now`, where a number is kept without a box. */
  private readonly clock = new Float64Array(1);
  private nearMs = 0;
  /** Grows with every deadline that is given in the heap. */
  private given = 0;

  constructor(records: Records) {
    this.records = records;
  }

  /** The earliest deadline; infinite: none. */
  get firstAt(): number {
    const now = this.clock[0] as number;
    const after = this.near === undefined ? -1 : this.near.firstAfter(now | 0);
    if (after !== -1) return now + after;
    this.openFirst();
    return this.heap.firstAt;
  }

  /** Is somebody due earlier than that instant? */
  isDueBefore(at: Timestamp): boolean {
    const now = this.clock[0] as number;
    const after = this.near === undefined ? -1 : this.near.firstAfter(now | 0);
    if (after !== -1) return now + after < at;
    if (now + this.farAfterMs() < at) this.openFirst();
    return this.heap.isDueBefore(at);
  }

  /** Who is due first; -1: nobody. */
  get first(): number {
    const now = this.clock[0] as number;
    const after = this.near === undefined ? -1 : this.near.firstAfter(now | 0);
    if (this.near !== undefined && after !== -1) return this.near.firstAt((now | 0) + after);
    this.openFirst();
    return this.heap.first;
  }

  /** Who is due first of those who are due at `now`; -1: nobody is. */
  get dueNow(): number {
    if (this.near !== undefined) return this.near.firstAt((this.clock[0] as number) | 0);
    return this.heap.firstAt === this.clock[0] ? this.heap.first : -1;
  }

  /** Everybody who is due at `now`; absent: they are more than `most`, or it is not known without looking at all. */
  allDueNow(most: number): readonly number[] | undefined {
    return this.near?.allAt((this.clock[0] as number) | 0, most);
  }

  /** Is a session due at `now`? */
  isDueNow(slot: number): boolean {
    const next = this.records.get(slot, field.next);
    if (next < 0) return this.heap.at(-2 - next) === this.clock[0];
    return this.records.get(slot, field.due) === ((this.clock[0] as number) | 0);
  }

  /** When a session is due; infinite: never. */
  of(slot: number): number {
    const next = this.records.get(slot, field.next);
    return next < 0 ? this.heap.at(-2 - next) : (this.clock[0] as number) + this.aheadMsOf(slot);
  }

  /** Sets when a session is due, `now` at the earliest; infinite: never. Cost: constant, but for what is in the heap, where it is logarithmic. */
  set(slot: number, at: Timestamp): void {
    if (this.of(slot) === at) return;
    this.clear(slot);
    if (at !== never) this.put(slot, at);
  }

  /** A session is due so many ms from `now` on. Like `set`, but that no instant is handed over, which might need a box. */
  setAhead(slot: number, aheadMs: number): void {
    const low = (this.clock[0] as number) | 0;
    const page = this.records.pages[slot >>> pageBits] as Int32Array;
    const here = (slot & inPage) << fieldBits;
    if (this.movesNear(page, here, slot, aheadMs, low)) return;
    const wheel = this.wheelFor(aheadMs);
    const next = page[here + field.next] as number;
    const due = page[here + field.due] as number;
    const at = (low + aheadMs) | 0;
    if (wheel !== undefined && next === -1) wheel.link(page, here, slot, at);
    else if (wheel === undefined || next < 0 || this.wheelFor((due - low) >>> 0) !== wheel) this.set(slot, (this.clock[0] as number) + aheadMs);
    else if (due !== at) wheel.move(page, here, slot, next, at);
  }

  /**
   * {@link setAhead}, of who is in the near wheel and stays there; or does nothing, and answers false. Their record is at `here` on the
   * page; `low` is `now`.
   */
  movesNear(page: Int32Array, here: number, slot: number, aheadMs: number, low: number): boolean {
    const { near, nearMs } = this;
    const next = page[here + field.next] as number;
    const due = page[here + field.due] as number;
    const at = (low + aheadMs) | 0;
    if (next < 0 || aheadMs >= nearMs || ((due - low) >>> 0) >= nearMs) return false; // without a near wheel nothing is as near
    if (due !== at) (near as Wheel).move(page, here, slot, next, at);
    return true;
  }

  /** A session is due no longer. */
  clear(slot: number): void {
    const next = this.records.get(slot, field.next);
    if (next >= 0) this.wheelOf(slot, (this.clock[0] as number) | 0)?.remove(slot);
    else if (next !== -1) this.heap.remove(-2 - next);
  }

  /** Time reaches `now`; nobody is due before it. */
  moveTo(now: Timestamp): void {
    const passedMs = now - (this.clock[0] as number);
    this.clock[0] = now;
    if (this.near === undefined) return;
    if (this.far === undefined && this.heap.size === 0) {
      this.nearMs = places - overOf(now | 0);
      return;
    }
    this.nearMs = Math.max(0, this.nearMs - passedMs);
    this.widen(this.near);
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
    const low = (this.clock[0] as number) | 0;
    const far = [...this.heap.inOrder(), ...this.far?.inOrder(low) ?? []].sort((a, b) => this.of(a) - this.of(b));
    return [...this.near?.inOrder(low) ?? [], ...far];
  }

  /** A session has its deadline anew, so of one instant it comes last. */
  renew(slot: number): void {
    const at = this.of(slot);
    this.clear(slot);
    this.set(slot, at);
  }

  /** How far ahead of now somebody is due who is in a wheel. */
  private aheadMsOf(slot: number): number {
    return (this.records.get(slot, field.due) - ((this.clock[0] as number) | 0)) >>> 0;
  }

  /** In which wheel somebody is due so far ahead; absent: in none. */
  private wheelFor(aheadMs: number): Wheel | undefined {
    return aheadMs < this.nearMs ? this.near : aheadMs < farReachMs ? this.far : undefined;
  }

  /** In which wheel somebody is; absent: in none. */
  private wheelOf(slot: number, low: number): Wheel | undefined {
    if (this.records.get(slot, field.next) < 0) return undefined;
    return (this.records.get(slot, field.due) - low) >>> 0 < this.nearMs ? this.near : this.far;
  }

  private givenTo(slot: number): number {
    return this.records.get(slot, field.previous) * lap + this.records.get(slot, field.due);
  }

  /** Puts somebody who is due nowhere where they belong. */
  private put(slot: number, at: Timestamp): void {
    const wheel = this.wheelFor(at - (this.clock[0] as number));
    if (wheel !== undefined) wheel.put(slot, at | 0);
    else this.putInHeap(slot, at);
  }

  private putInHeap(slot: number, at: Timestamp): void {
    this.records.set(slot, field.previous, Math.floor(this.given / lap));
    this.records.set(slot, field.due, this.given++ % lap);
    this.heap.set(slot, -1, at);
    if (this.heap.size <= fewDeadlines || this.far !== undefined) return;
    if (this.near !== undefined) this.far = new Wheel(this.records, farPlaceBits);
    else this.widen((this.near = new Wheel(this.records, 0)));
  }

  /**
   * More becomes near, place by place, as far as the near wheel reaches, or until so many came that others can wait: a jump
   * over days would move everybody at once.
   */
  private widen(near: Wheel): void {
    const now = this.clock[0] as number;
    const over = overOf(now | 0);
    const reachMs = places - over;
    for (let came = 0; this.nearMs < reachMs && came < fewMoves; came += this.bringNear(near)) {
      const first = Math.min(this.farAfterMs(), this.heap.firstAt - now);
      this.nearMs = first >= reachMs ? reachMs : (((first + over) >> farPlaceBits) + 1) * farPlaceMs - over;
    }
  }

  /** Whoever is near comes into the near wheel. How many are that? */
  private bringNear(near: Wheel): number {
    const now = this.clock[0] as number;
    let came = 0;
    for (; this.heap.firstAt - now < this.nearMs; came++) {
      const at = this.heap.firstAt;
      const slot = this.heap.first;
      this.heap.remove(0);
      near.put(slot, at | 0);
    }
    for (; this.farAfterMs() < this.nearMs; came++) {
      const slot = this.firstFar();
      const due = this.records.get(slot, field.due);
      this.far?.remove(slot);
      near.put(slot, due);
    }
    return came;
  }

  /** How many ms from now the first place of the far wheel begins that is taken; infinite: none is. */
  private farAfterMs(): number {
    const low = (this.clock[0] as number) | 0;
    const after = this.far === undefined ? -1 : this.far.firstAfter(low);
    return after === -1 ? never : after * farPlaceMs - overOf(low);
  }

  /** Who came first to that place. */
  private firstFar(): number {
    const far = this.far as Wheel;
    const low = (this.clock[0] as number) | 0;
    return far.firstAt(low + far.firstAfter(low) * farPlaceMs);
  }

  /** Whoever is due first of all who are far comes into the heap, and who is at the same place. Cost: linear in these, once for each. */
  private openFirst(): void {
    const now = this.clock[0] as number;
    for (let after = this.farAfterMs(); now + after < this.heap.firstAt; after = this.farAfterMs()) {
      const slot = this.firstFar();
      const at = this.of(slot);
      this.far?.remove(slot);
      this.putInHeap(slot, at);
    }
  }
}
