import type { en } from './en.js';
import type { Localized } from './localized.js';
import { desks } from './zh/desks.js';
import { first } from './zh/first.js';

export const zh: Localized<typeof en> = { ...first, ...desks };
