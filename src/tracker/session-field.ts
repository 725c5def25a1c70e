// What is written down of a session where every beat reads and writes it: one record of eight numbers, two to a cache line.
// Instants in it are ms after a beginning that neighbours share (see sessions.ts), so that they are whole numbers without a box.
// Imported as `field`. Constants of their own, not members of an object: a bundler writes their values where they are read.

/** How many numbers that is, as a power of two. */
export const fieldBits = 3;

/** In place of an instant that is not known. */
export const absent: number = -(2 ** 31);

/**
 * Who comes after in a wheel, where the last leads to themselves; -1: no deadline; -2 and below: at that position of the heap (see deadlines.ts).
 * Of a session that waits to be collected the lowest bits of when, below all positions of the heap (see leavings.ts).
 * Of a free slot the next free one, plus 1.
 */
export const next = 0;
/**
 * Who comes before, where the first leads to themselves; in the heap half of the count by which deadlines were given; of a session that waits to be
 * collected who is collected before it.
 */
export const previous = 1;
/**
 * The lowest 32 bits of the deadline, while in a wheel; in the heap the other half of that count; of a session that
 * waits to be collected who is collected after it, or its position in the heap of those.
 */
export const due = 2;
/** The latest proof of life. */
export const seenAt = 3;
/** The latest interaction, or `absent`. */
export const activeAt = 4;
/** See `state`. */
export const state = 5;
/** Grows whenever the slot is given to another session, and when another connection is the current one. */
export const version = 6;
/** The slot of its user; -1: the slot is free. */
export const user = 7;
