const MINUTE_MS = 60_000;

/** How long one can be silent, at a click. */
export const SILENCE_TIMES_MS = [15, 60, 4 * 60, 24 * 60].map((minutes) => minutes * MINUTE_MS);
