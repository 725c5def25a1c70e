// Who is due when: a queue of users by instant, a binary heap that knows where everybody stands.
// Always: no entry is later than those below it; of one instant, the record made first comes first, so that the order of
// what is told does not depend on how time was advanced. Always: `users[i].positions[which] === i`.

import type { Timestamp } from '../time.js';
import type { LiveUser } from './live-user.js';

export class Deadlines {
  private readonly which: 0 | 1;
  private readonly users: LiveUser[] = [];
  private instants: Float64Array = new Float64Array(64);

  constructor(which: 0 | 1) {
    this.which = which;
  }

  /** The earliest deadline; infinite: none. */
  get firstAt(): number {
    return this.users.length === 0 ? Number.POSITIVE_INFINITY : (this.instants[0] ?? Number.POSITIVE_INFINITY);
  }

  /** Who is due first. */
  get first(): LiveUser | undefined {
    return this.users[0];
  }

  /** When the user is due; infinite: never. */
  of(user: LiveUser): number {
    const position = user.positions[this.which];
    return position === -1 ? Number.POSITIVE_INFINITY : (this.instants[position] ?? Number.POSITIVE_INFINITY);
  }

  /** Sets when the user is due; infinite: never. Cost: logarithmic in users. */
  set(user: LiveUser, at: Timestamp): void {
    const position = user.positions[this.which];
    if (at === Number.POSITIVE_INFINITY) {
      if (position !== -1) this.remove(user, position);
      return;
    }
    if (position !== -1) {
      if (this.instants[position] !== at) this.settle(user, at, position);
      return;
    }
    if (this.users.length === this.instants.length) this.grow();
    this.users.push(user);
    this.settle(user, at, this.users.length - 1);
  }

  private remove(user: LiveUser, position: number): void {
    const last = this.users.length - 1;
    const mover = this.users[last];
    const at = this.instants[last] ?? 0;
    this.users.pop();
    user.positions[this.which] = -1;
    if (mover !== undefined && mover !== user) this.settle(mover, at, position);
  }

  /** Puts the user where their instant belongs, starting from `position`. */
  private settle(user: LiveUser, at: Timestamp, position: number): void {
    let here = position;
    while (here > 0) {
      const above = (here - 1) >> 1;
      if (!this.isBefore(user, at, above)) break;
      this.move(above, here);
      here = above;
    }
    for (let below = this.firstBelow(here); below !== -1 && !this.isBefore(user, at, below); below = this.firstBelow(here)) {
      this.move(below, here);
      here = below;
    }
    this.users[here] = user;
    this.instants[here] = at;
    user.positions[this.which] = here;
  }

  /** The earlier of the two entries below, or -1. */
  private firstBelow(position: number): number {
    const left = position * 2 + 1;
    if (left >= this.users.length) return -1;
    const right = left + 1;
    const user = this.users[right];
    return user !== undefined && this.isBefore(user, this.instants[right] ?? 0, left) ? right : left;
  }

  /** Does the user, due at `at`, come before whoever stands at `position`? */
  private isBefore(user: LiveUser, at: Timestamp, position: number): boolean {
    const there = this.instants[position] ?? 0;
    return at !== there ? at < there : user.serial < (this.users[position]?.serial ?? Number.POSITIVE_INFINITY);
  }

  private move(from: number, to: number): void {
    const user = this.users[from];
    if (user === undefined) return;
    this.users[to] = user;
    this.instants[to] = this.instants[from] ?? 0;
    user.positions[this.which] = to;
  }

  private grow(): void {
    const instants = new Float64Array(this.instants.length * 2);
    instants.set(this.instants);
    this.instants = instants;
  }
}
