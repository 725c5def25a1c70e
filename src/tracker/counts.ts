// How many users are shown as what. Always: the sum over ranks is the number of records kept.

export class Counts {
  private readonly byRank: number[];

  constructor(statuses: number) {
    this.byRank = Array.from({ length: statuses }, () => 0);
  }

  /** One user more, or less (`by` is -1), is shown at this rank. */
  add(rank: number, by: 1 | -1): void {
    this.byRank[rank] = (this.byRank[rank] as number) + by;
  }

  /** One user is shown at another rank. */
  move(from: number, to: number): void {
    this.add(from, -1);
    this.add(to, 1);
  }

  /** Users shown at this rank. */
  at(rank: number): number {
    return this.byRank[rank] as number;
  }

  /** Users shown at this rank or better. Cost: linear in statuses. */
  atLeast(rank: number): number {
    let sum = 0;
    for (let better = 0; better <= rank; better++) sum += this.at(better);
    return sum;
  }
}
