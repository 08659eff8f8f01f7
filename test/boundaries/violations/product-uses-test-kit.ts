// as libs/audit/src/violation.ts
// rejected by no-restricted-imports
import { cloneDatabase } from '@lorekeep/kit/testing';

export const wrong = cloneDatabase;
