// Sizes that matter for speed and memory alone. Tests make them small, so that what happens at a boundary happens often.

/** Slots on a page, as a power of two. */
export const pageBits = 15;
/** Slots whose instants are written from one beginning on, as a power of two; when it moves, all of them are written anew. */
export const beginningBits = 11;
/** How many ms ahead the wheel reaches, as a power of two. The default policy's silence ends within that. */
export const reachBits = 18;
/** Up to so many sessions a heap is as fast as the wheel, and takes a thousandth of the room. */
export const fewDeadlines = 1_000;
/** Up to so many sessions of a user are looked through one by one. At most 15, as four bits count them. */
export const fewSessions = 8;
/** Instants from so many ms before their beginning up to as many after it are written down. About 12 days. */
export const rangeMs: number = 2 ** 30;
/** Sessions that are to be collected within so many ms of each other, as a power of two, are in a list. About 12 days. */
export const spanBits = 30;
/** So many steps are gone back in that list to where a session belongs. */
export const fewSteps = 8;
