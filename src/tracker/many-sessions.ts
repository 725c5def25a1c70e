// The sessions of somebody who has many, or many statuses: found and counted without going through them all.

export class ManySessions {
  private readonly slots = new Map<string, number>();
  /** All of them, in no order. */
  private readonly list: number[] = [];
  /** Where in the list each stands. */
  private readonly places = new Map<number, number>();
  /** How many sessions count at each rank. */
  private readonly counts: number[];

  constructor(bottom: number) {
    this.counts = Array.from({ length: bottom + 1 }, () => 0);
  }

  /** How many they are. */
  get size(): number {
    return this.list.length;
  }

  /** The slot of a session; -1: there is none of this id. */
  find(sessionId: string): number {
    return this.slots.get(sessionId) ?? -1;
  }

  /** The session at a place in their list; absent: they are fewer. */
  at(place: number): number | undefined {
    return this.list[place];
  }

  add(sessionId: string, session: number): void {
    this.slots.set(sessionId, session);
    this.places.set(session, this.list.length);
    this.list.push(session);
  }

  /** Takes a session away; the last of the list takes its place. */
  remove(sessionId: string, session: number): void {
    const place = this.places.get(session) as number;
    const last = this.list.pop() as number;
    this.slots.delete(sessionId);
    this.places.delete(session);
    if (last === session) return;
    this.list[place] = last;
    this.places.set(last, place);
  }

  /** One session more, or less, counts at a rank. */
  tally(rank: number, by: 1 | -1): void {
    this.counts[rank] = (this.counts[rank] as number) + by;
  }

  /** The best rank at which a session counts; -1: none does. Cost: linear in statuses. */
  get best(): number {
    return this.counts.findIndex((count) => count > 0);
  }
}
