import type { Entities } from '@lorekeep/kit/database';
import { DraftEntity } from './draft.entity.js';
import { DraftTenantReference, DraftUserReference } from './references.entity.js';

/** The table of this domain, and what it points to. */
export const entities = [DraftEntity, DraftTenantReference, DraftUserReference] satisfies Entities;
