// The obvious twin of those who wait to be collected: a list, sorted whenever it is asked.

export class LeavingList {
  private list: { readonly slot: number; readonly at: number }[] = [];

  get size(): number {
    return this.list.length;
  }

  get firstAt(): number {
    return this.list.map(({ at }) => at).sort((a, b) => a - b)[0] ?? Infinity;
  }

  at(slot: number): number {
    return this.list.find((leaving) => leaving.slot === slot)?.at ?? Infinity;
  }

  add(slot: number, at: number): void {
    this.list.push({ slot, at });
  }

  remove(slot: number): void {
    this.list = this.list.filter((leaving) => leaving.slot !== slot);
  }
}
