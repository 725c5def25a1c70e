// The obvious twin of the tracker's deadlines: a list, sorted whenever it is asked.

interface Due { readonly slot: number; readonly at: number; readonly turn: number }

export class DueList {
  private list: Due[] = [];
  private given = 0;

  of(slot: number): number {
    return this.list.find((due) => due.slot === slot)?.at ?? Infinity;
  }

  set(slot: number, at: number): void {
    if (this.of(slot) === at) return;
    this.list = this.list.filter((due) => due.slot !== slot);
    if (at !== Infinity) this.list.push({ slot, at, turn: this.given++ });
  }

  renew(slot: number): void {
    const at = this.of(slot);
    this.set(slot, Infinity);
    this.set(slot, at);
  }

  inOrder(): readonly number[] {
    return [...this.list].sort((a, b) => a.at - b.at || a.turn - b.turn).map(({ slot }) => slot);
  }

  get first(): number {
    return this.inOrder()[0] ?? -1;
  }

  get firstAt(): number {
    return this.of(this.first);
  }
}
