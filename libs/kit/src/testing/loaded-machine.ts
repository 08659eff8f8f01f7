/**
 * What a loaded machine may add to a time limit before a spec says that the limit does not hold, in milliseconds.
 * Without the limit the same call takes a minute, or never ends.
 */
export const LOADED_MS = 10_000;
