import { ScannerTenantReference } from './tenant-reference.entity.js';
import { WordVersionEntity } from './word-version.entity.js';
import { WordEntity } from './word.entity.js';

export const entities = [WordEntity, WordVersionEntity, ScannerTenantReference];
