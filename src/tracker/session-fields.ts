// What is written down of a session where every beat reads and writes it: one record of eight numbers, two to a cache line.
// Instants in it are ms after a beginning that neighbours share (see sessions.ts), so that they are whole numbers without a box.

export const field = {
  /**
   * Whom the ring in a wheel leads to; -1: no deadline; -2 and below: at that position of the heap (see deadlines.ts).
   * Of a session that waits to be collected the lowest bits of when, below all positions of the heap (see leavings.ts).
   * Of a free slot the next free one, plus 1.
   */
  next: 0,
  /**
   * Who comes before in the ring; in the heap half of the count by which deadlines were given; of a session that waits to be
   * collected who is collected before it.
   */
  previous: 1,
  /**
   * The lowest 32 bits of the deadline, while in a wheel; in the heap the other half of that count; of a session that
   * waits to be collected who is collected after it, or its position in the heap of those.
   */
  due: 2,
  /** The latest proof of life. */
  seenAt: 3,
  /** The latest interaction, or `absent`. */
  activeAt: 4,
  /** See `state`. */
  state: 5,
  /** Grows whenever the slot is given to another session, and when another connection is the current one. */
  version: 6,
  /** The slot of its user. */
  user: 7,
} as const;

/** How many numbers that is, as a power of two. */
export const fieldBits = 3;

/** In place of an instant that is not known. */
export const absent: number = -(2 ** 31);

/** What the bits of `field.state` say. */
export const state = {
  /** The rank of the status, as judged and told. */
  rank: 0x3ff,
  /** The report was said anew at the latest proof of life, so that instant is when it was said last, and is not written down. */
  isRestated: 0x400,
  wordShift: 11,
  /** The word that was reported last, as words.ts numbers them; 0: none. */
  word: 0x1f800,
  causeShift: 17,
  /** Why the connection ended; 0: it did not. */
  cause: 0x1e0000,
  /** Only clocks that nothing stops decide, and none of them is ahead: what rows.ts needs to know is in the record. */
  isSteady: 0x200000,
  /** The connection does not count. */
  uncounted: 0x400000,
  /** What is known of the session is kept as plain evidence: it has rare facts. */
  isSpilled: 0x800000,
  /** The number of the connection is written as it is, not as ms after the instant at which the session was first seen. */
  isEpochPlain: 0x1000000,
  /** The end of the connection was told to operators. */
  toldDeparted: 0x2000000,
  /** It is steady, and its silence says nothing worse than all else does: another beat changes no status. */
  isQuick: 0x4000000,
  /** The report is set aside: `none` stands. */
  isSetAside: 0x8000000,
  /** The session has a record of what else it said (see sessions.ts). */
  hasSaid: 0x10000000,
  /** It is among those to be collected. */
  isLeaving: 0x20000000,
  /** Something is known of it: the slot is not free. */
  isWritten: 0x40000000,
  /** It is one of those that count at its rank (see users.ts). */
  isCounted: -0x80000000,
} as const;

/** So many ranks the bits tell apart. */
export const mostStatuses: number = state.rank + 1;
