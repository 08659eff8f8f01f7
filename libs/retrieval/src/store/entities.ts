import { CollectionEntity } from './collection.entity.js';
import { DocumentContentEntity, DocumentEntity } from './document.entity.js';
import { FolderEntity } from './folder.entity.js';
import { PassageEntity } from './passage.entity.js';
import { AccessEntryEntity, ReaderEntity } from './reader.entity.js';
import { RetrievalTenantReference, RetrievalUserReference } from './references.entity.js';
import { PassageNumberEntity, PostingBlockEntity, SegmentEntity } from './segment.entity.js';
import {
  PassageVectorEntity,
  VectorDocumentEntity,
  VectorSetEntity,
} from '../vectors/store/vector.entity.js';

/** The tables of this domain. */
export const entities = [
  CollectionEntity,
  DocumentEntity,
  DocumentContentEntity,
  ReaderEntity,
  AccessEntryEntity,
  FolderEntity,
  PassageEntity,
  PassageNumberEntity,
  SegmentEntity,
  PostingBlockEntity,
  VectorSetEntity,
  VectorDocumentEntity,
  PassageVectorEntity,
  RetrievalTenantReference,
  RetrievalUserReference,
];
