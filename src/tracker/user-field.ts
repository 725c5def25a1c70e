// What is written of every user: a record of four numbers. Imported as `userField`.

/** How many numbers that is. */
export const userFields = 4;

/** The slot of one of their sessions, which leads to the others; -1: none. Of a free slot the next free one, plus 1. */
export const first = 0;
/** How many sessions count at each rank, four bits each; 0 of those with many sessions or statuses. */
export const counts = 1;
/** See `userState`. */
export const state = 2;
/** Their position in the queue of what ends for users; -1: none. */
export const place = 3;
