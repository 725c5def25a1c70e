// Sessions as columns: what a heartbeat reads and writes, in flat arrays, so that it allocates nothing.
// Always: `length <= seenAt.length`; a slot below `length` is either one session's or on the free list, never both.

const firstSize = 64;

/** Instants are in ms; one that is not known is NaN in `seenAt`, and one that never comes is infinite in `nextAt`. */
export class Columns {
  /** The latest proof of life. */
  seenAt: Float64Array = new Float64Array(firstSize);
  /** When the session's answer changes if nothing is heard. */
  nextAt: Float64Array = new Float64Array(firstSize);
  /** The rank of the status as told. */
  rank: Uint8Array = new Uint8Array(firstSize);

  private length = 0;
  private readonly free: number[] = [];

  /** Takes a slot for a new session. Cost: constant; now and then a doubling. */
  take(): number {
    const freed = this.free.pop();
    if (freed !== undefined) return freed;
    if (this.length === this.rank.length) this.grow();
    return this.length++;
  }

  /** Gives the slot of a session that is gone back. */
  release(slot: number): void {
    this.free.push(slot);
  }

  private grow(): void {
    const size = this.rank.length * 2;
    const { seenAt, nextAt, rank } = this;
    this.seenAt = new Float64Array(size);
    this.nextAt = new Float64Array(size);
    this.rank = new Uint8Array(size);
    this.seenAt.set(seenAt);
    this.nextAt.set(nextAt);
    this.rank.set(rank);
  }
}
