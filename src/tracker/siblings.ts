// The sessions of the same user stand in a ring, so that from any of them the others are found, and the user need not be known.
// Always: who is alone in a ring leads to themselves.

import { Records } from './records.js';

export class Siblings {
  private readonly records = new Records(1);

  /** Who comes after a session in its ring. */
  after(session: number): number {
    return this.records.get(session, 0);
  }

  /** A session is in a ring of its own. It was in none, or the others of its ring leave theirs, too. */
  begin(session: number): void {
    this.records.reach(session);
    this.records.set(session, 0, session);
  }

  /** A session that is in a ring of its own comes into another's. */
  join(session: number, other: number): void {
    this.records.set(session, 0, this.after(other));
    this.records.set(other, 0, session);
  }

  /** A session leaves its ring to the others. Cost: linear in these. */
  leave(session: number): void {
    let before = session;
    for (let next = this.after(session); next !== session; next = this.after(next)) before = next;
    this.records.set(before, 0, this.after(session));
  }
}
