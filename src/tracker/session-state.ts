// What the bits of a session's `field.state` say. Imported as `state`.

/** The rank of the status, as judged and told. */
export const rank = 0x3ff;
/** The report was said anew at the latest proof of life, so that instant is when it was said last, and is not written down. */
export const isRestated = 0x400;
export const wordShift = 11;
/** The word that was reported last, as words.ts numbers them; 0: none. */
export const word = 0x1f800;
export const causeShift = 17;
/** Why the connection ended; 0: it did not. */
export const cause = 0x1e0000;
/** Only clocks that nothing stops decide, and none of them is ahead: what standing.ts needs to know is in the record. */
export const isSteady = 0x200000;
/** The connection does not count. */
export const uncounted = 0x400000;
/** What is known of the session is kept as plain evidence: it has rare facts. */
export const isSpilled = 0x800000;
/** The number of the connection is written as it is, not as ms after the instant at which the session was first seen. */
export const isEpochPlain = 0x1000000;
/** The end of the connection was told to operators. */
export const toldDeparted = 0x2000000;
/**
 * It is steady, and its silence says nothing worse than all else does, nor will anything but silence and inactivity: another beat changes
 * no status.
 */
export const isQuick = 0x4000000;
/** The report is set aside: `none` stands. */
export const isSetAside = 0x8000000;
/** Of these only `isQuick` is set where a beat that says nothing has hardly anything to write. */
export const notQuiet: number = isQuick | isRestated | isSetAside;
/** The session has a record of what else it said (see sessions.ts). */
export const hasSaid = 0x10000000;
/** It is among those to be collected. */
export const isLeaving = 0x20000000;
/** Something is known of it: the slot is not free. */
export const isWritten = 0x40000000;
/** It is one of those that count at its rank (see users.ts). */
export const isCounted = -0x80000000;

/** So many ranks the bits tell apart. */
export const mostStatuses: number = rank + 1;
