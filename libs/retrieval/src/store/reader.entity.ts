import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';
import { CollectionEntity } from './collection.entity.js';
import { DocumentEntity } from './document.entity.js';
import { RetrievalTenantReference } from './references.entity.js';

export type Effect = 'allow' | 'deny';

/** Who may or may not read a collection or a document, as an administrator said it. */
@Entity('reader')
@Check('reader_principal_check', `principal ~ '^(everyone|(user|group):[0-9a-f-]{36})$'`)
@Check('reader_effect_check', `effect in ('allow', 'deny')`)
@Check('reader_check', 'num_nonnulls(collection_id, document_id) = 1')
@Index('reader_collection', ['collectionId', 'principal'], {
  unique: true,
  where: 'collection_id is not null',
})
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

  @ForeignKey(() => DocumentEntity, { name: 'reader_document_id_fkey', onDelete: 'CASCADE' })
  @Column('uuid', { name: 'document_id', nullable: true })
  documentId!: string | null;

  @Column('text')
  principal!: string;

  @Column('text', { default: 'allow' })
  effect!: Effect;
}

/** The same flattened per document: what row security and the search ask. */
@Entity('document_access')
@Check('document_access_effect_check', `effect in ('allow', 'deny')`)
@Index('document_access_principal', ['tenantId', 'principal', 'documentId'])
export class DocumentAccessEntity {
  @ForeignKey(() => RetrievalTenantReference, { name: 'document_access_tenant_id_fkey' })
  @Column('uuid', { name: 'tenant_id' })
  tenantId!: string;

  @ForeignKey(() => DocumentEntity, { name: 'document_access_document_id_fkey', onDelete: 'CASCADE' })
  @PrimaryColumn('uuid', { name: 'document_id', primaryKeyConstraintName: 'document_access_pkey' })
  documentId!: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'document_access_pkey' })
  principal!: string;

  @Column('text')
  effect!: Effect;
}
