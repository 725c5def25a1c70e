// Small whole numbers for what is kept in columns. Always: a slot is in use or free, never both; one that was freed last is taken first.

export class Slots {
  /** The first size of a column. */
  static readonly firstSize: number = 64;

  private length = 0;
  private readonly free: number[] = [];

  /** The size to which a column of this size grows, to hold `slot`. */
  static sizeFor(slot: number, size: number): number {
    let grown = size;
    while (grown <= slot) grown *= 2;
    return grown;
  }

  take(): number {
    return this.free.pop() ?? this.length++;
  }

  release(slot: number): void {
    this.free.push(slot);
  }
}
