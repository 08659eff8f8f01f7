import type { DefaultTier } from '../scan-table.js';

/** A tier without words: the tenant's own are all there is. */
export const EMPTY_TIER: DefaultTier = { id: 'empty', categories: [], words: [] };
