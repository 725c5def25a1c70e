// Sizes that matter for speed and memory alone. Tests make them small, so that what happens at a boundary happens often.
// What follows from a size stands beside it: a bundler knows the value of a constant that follows from constants of its file.

/** Slots on a page, as a power of two. */
export const pageBits = 15;
/** The bits of a slot that say where on its page it lies. */
export const inPage: number = (1 << pageBits) - 1;
/** Parts of the directory of ids, as a power of two. */
export const partBits = 5;
/** The bits of a hash that say in which part of it an id is. */
export const inParts: number = (1 << partBits) - 1;
/** So many entries of the directory, from its place on, an id may stand at. Three or four cache lines. */
export const fewEntries = 16;
/** Slots whose instants are written from one beginning on, as a power of two; when it moves, all of them are written anew. */
export const beginningBits = 11;
/** How many places a wheel of deadlines has, as a power of two. The near one, of ms, reaches beyond the end of the default policy's silence. */
export const reachBits = 18;
/** How many that is. */
export const places: number = 1 << reachBits;
/** The bits of an instant that say at which place of the near wheel it is. */
export const inPlaces: number = places - 1;
/** How many ms one place of the far wheel is, as a power of two. All of them are 37 hours. */
export const farPlaceBits = 9;
/** How many ms that is. */
export const farPlaceMs: number = 1 << farPlaceBits;
/** Within so many ms a place of the far wheel is not the one of now. */
export const farReachMs: number = (places - 1) * farPlaceMs;
/** Once so many deadlines have come near, others may wait until time passes again. */
export const fewMoves = 1_000;
/** Up to so many sessions a heap is fast enough. A wheel takes two MB, of which the system keeps what was used. */
export const fewDeadlines = 256;
/** Up to so many sessions of a user are looked through one by one. At most 15, as four bits count them. */
export const fewSessions = 8;
/** Instants from so many ms before their beginning up to as many after it are written down. About 12 days. */
export const rangeMs: number = 2 ** 30;
/** Sessions that are to be collected within so many ms of each other, as a power of two, are in a list. About 12 days. */
export const spanBits = 30;
/** So many steps are gone back in that list to where a session belongs. */
export const fewSteps = 8;
/** So many of those who are due are read ahead. */
export const aheadAtOnce = 16;
/** From so many sessions on, as fewer are near in a processor's caches. */
export const farSessions: number = 2 ** 16;
/** A call with a limit may collect so many whatever the limit is: a ms or two of work. */
export const fewCollected = 1_000;
