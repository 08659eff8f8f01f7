import { checkChanges, type AskedChange } from './check-changes.js';
import type { PolicyChanges } from './effective-policy.js';

/** What is stored, read again. @throws Error for anything that this program has not written: no policy to go by */
export function readChanges(stored: unknown): PolicyChanges {
  if (typeof stored !== 'object' || stored === null || Array.isArray(stored))
    throw new Error('the policy of the scanner is not readable');
  // Categories may be gone by now, and are then without effect.
  return checkChanges(stored as Record<string, AskedChange>, {
    exists: () => true,
    isBuiltIn: () => false,
  });
}
