import { desks } from './en/desks.js';
import { first } from './en/first.js';

/** All texts at once: for types and tests. The page loads them in two parts. */
export const en = { ...first, ...desks };
