// What is written of those who said more than that they are alive: a record of five numbers. Imported as `said`.

/** How many numbers that is. */
export const saidFields = 5;

export const setAsideAt = 0;
export const reportAt = 1;
export const reportSince = 2;
export const quietForMs = 3;
export const departedAt = 4;
