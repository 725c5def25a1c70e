// What the bits of a user's `userField.state` say. Imported as `userState`.

/** The rank that others were told. */
export const told = 0x3ff;
export const hasMany = 0x1000;
export const hasRest = 0x2000;
export const hasLast = 0x4000;
export const sessionsShift = 15;
/** How many sessions they have; 0 of those with many. */
export const sessions = 0x78000;
