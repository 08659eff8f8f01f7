import { ScanHitEntity } from './scan-hit.entity.js';
import { ScannerPolicyEntity } from './scanner-policy.entity.js';
import { ScannerTenantReference } from './tenant-reference.entity.js';
import { WordListChunkEntity, WordListEntity, WordListPartEntity } from './word-list.entity.js';
import { WordVersionEntity } from './word-version.entity.js';
import { WordEntity } from './word.entity.js';

export const entities = [
  WordEntity,
  WordVersionEntity,
  ScannerPolicyEntity,
  WordListEntity,
  WordListPartEntity,
  WordListChunkEntity,
  ScanHitEntity,
  ScannerTenantReference,
];
