import type { MigrationInterface } from 'typeorm';
import { Foundation20261121000000 } from './20261121000000-foundation.js';

/** Every migration, oldest first. A new one is appended; a released one is never edited. */
export const migrations: (new () => MigrationInterface)[] = [Foundation20261121000000];
