import {
  SourceCollectionReference,
  SourceDocumentReference,
  SourceTenantReference,
  SourceUserReference,
} from './references.entity.js';
import { SourceArchiveEntity, SourceArchivePartEntity } from './source-archive.entity.js';
import { SourceItemEntity } from './source-item.entity.js';
import { SourceRunEntity } from './source-run.entity.js';
import { SourceEntity } from './source.entity.js';

export const entities = [
  SourceEntity,
  SourceItemEntity,
  SourceRunEntity,
  SourceArchiveEntity,
  SourceArchivePartEntity,
  SourceTenantReference,
  SourceUserReference,
  SourceCollectionReference,
  SourceDocumentReference,
];
