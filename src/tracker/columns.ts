// Sessions as columns: what a heartbeat reads and writes, in flat arrays, so that it makes no object.
// Always: `patience` and `otherAt` are of the evidence as last written down; heartbeats move `seenAt` and `nextAt` and leave these.

import { Slots } from './slots.js';

/** Instants are in ms; one that is not known is NaN, and one that never comes is infinite. */
export class Columns {
  /** The latest proof of life. */
  seenAt: Float64Array = new Float64Array(Slots.firstSize);
  /** The number of the current connection. */
  epoch: Float64Array = new Float64Array(Slots.firstSize);
  /** When the session's answer changes if nothing is heard. */
  nextAt: Float64Array = new Float64Array(Slots.firstSize);
  /** For how long a session may be silent before its status gets worse, in ms. NaN: not asked yet, or a heartbeat may change more. */
  patience: Float64Array = new Float64Array(Slots.firstSize);
  /** When the status gets worse by another clock than that of silence. */
  otherAt: Float64Array = new Float64Array(Slots.firstSize);

  private readonly slots = new Slots();

  /** Takes a slot for a new session. Cost: constant; now and then a doubling. */
  take(): number {
    const slot = this.slots.take();
    if (slot >= this.seenAt.length) this.grow(slot);
    return slot;
  }

  /** Gives the slot of a session that is gone back. */
  release(slot: number): void {
    this.slots.release(slot);
  }

  private grow(slot: number): void {
    const size = Slots.sizeFor(slot, this.seenAt.length);
    this.seenAt = widened(this.seenAt, size);
    this.epoch = widened(this.epoch, size);
    this.nextAt = widened(this.nextAt, size);
    this.patience = widened(this.patience, size);
    this.otherAt = widened(this.otherAt, size);
  }
}

function widened(column: Float64Array, size: number): Float64Array {
  const wide = new Float64Array(size);
  wide.set(column);
  return wide;
}
