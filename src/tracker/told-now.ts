// Who was told of the thresholds of `now`, while not everybody was. Many are noted and hardly anybody is asked about, so it
// is a list, of which a set is made when somebody asks.

/** In place of somebody who is known no longer. */
const nobody = -1;

export class ToldNow {
  /** The first `count` of them. */
  private readonly noted: number[] = [];
  private count = 0;
  /** The first `sorted` of those. */
  private readonly known: Set<number> = new Set<number>();
  private sorted = 0;

  add(user: number): void {
    this.noted[this.count++] = user;
  }

  /** Cost: constant for who was told last, else on average over all that are asked about. */
  has(user: number): boolean {
    if (this.count === 0) return false;
    if (this.noted[this.count - 1] === user) return true;
    while (this.sorted < this.count) this.known.add(this.noted[this.sorted++] as number);
    return this.known.has(user);
  }

  /** Whoever has the slot from now on was told nothing. Cost: linear where somebody was. */
  remove(user: number): void {
    if (!this.has(user)) return;
    for (let i = 0; i < this.count; i++) if (this.noted[i] === user) this.noted[i] = nobody;
    this.known.delete(user);
  }

  /** `now` is another instant. */
  clear(): void {
    this.count = 0;
    this.sorted = 0;
    if (this.known.size > 0) this.known.clear();
  }
}
