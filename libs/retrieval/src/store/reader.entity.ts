import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';
import { CollectionEntity } from './collection.entity.js';
import { DocumentEntity } from './document.entity.js';
import { FolderEntity } from './folder.entity.js';
import { RetrievalTenantReference } from './references.entity.js';

export type Effect = 'allow' | 'deny';

/** Who may or may not read a collection, a folder or a document, as an administrator said it. */
@Entity('reader')
@Check('reader_principal_check', `principal ~ '^(everyone|(user|group):[0-9a-f-]{36})$'`)
@Check('reader_effect_check', `effect in ('allow', 'deny')`)
@Check('reader_check', 'num_nonnulls(collection_id, folder_id, document_id) = 1')
@Index('reader_collection', ['collectionId', 'principal'], {
  unique: true,
  where: 'collection_id is not null',
})
@Index('reader_folder', ['folderId', 'principal'], { unique: true, where: 'folder_id is not null' })
@Index('reader_principal', ['tenantId', 'principal'])
@Index('reader_document', ['documentId', 'principal'], { unique: true, where: 'document_id is not null' })
export class ReaderEntity {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'reader_pkey' })
  id!: string;

  @ForeignKey(() => RetrievalTenantReference, { name: 'reader_tenant_id_fkey' })
  @Column('uuid', { name: 'tenant_id' })
  tenantId!: string;

  @ForeignKey(() => CollectionEntity, { name: 'reader_collection_id_fkey', onDelete: 'CASCADE' })
  @Column('uuid', { name: 'collection_id', nullable: true })
  collectionId!: string | null;

  @ForeignKey(() => FolderEntity, { name: 'reader_folder_id_fkey', onDelete: 'CASCADE' })
  @Column('uuid', { name: 'folder_id', nullable: true })
  folderId!: string | null;

  @ForeignKey(() => DocumentEntity, { name: 'reader_document_id_fkey', onDelete: 'CASCADE' })
  @Column('uuid', { name: 'document_id', nullable: true })
  documentId!: string | null;

  @Column('text')
  principal!: string;

  @Column('text', { default: 'allow' })
  effect!: Effect;
}

/**
 * Access lists: the readers of a collection, or of a folder or document that names its own, with what they inherit.
 * `accessId` is the id of what the list belongs to; `document.access_id` names the list in force.
 */
@Entity('access_entry')
@Check('access_entry_effect_check', `effect in ('allow', 'deny')`)
@Index('access_entry_principal', ['tenantId', 'principal', 'accessId', 'effect'])
export class AccessEntryEntity {
  @PrimaryColumn('uuid', { name: 'access_id', primaryKeyConstraintName: 'access_entry_pkey' })
  accessId!: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'access_entry_pkey' })
  principal!: string;

  @ForeignKey(() => RetrievalTenantReference, { name: 'access_entry_tenant_id_fkey' })
  @Column('uuid', { name: 'tenant_id' })
  tenantId!: string;

  @Column('text')
  effect!: Effect;
}
