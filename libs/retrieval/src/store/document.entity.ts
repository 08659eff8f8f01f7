import {
  Check,
  Column,
  CreateDateColumn,
  Entity,
  ForeignKey,
  Index,
  PrimaryColumn,
  PrimaryGeneratedColumn,
  UpdateDateColumn,
} from 'typeorm';
import { CollectionEntity } from './collection.entity.js';
import { FolderEntity } from './folder.entity.js';
import { RetrievalTenantReference, RetrievalUserReference } from './references.entity.js';

export type DocumentState =
  'received' | 'parsing' | 'screening' | 'indexing' | 'ready' | 'refused' | 'quarantined';

@Entity('document')
@Check(
  'document_state_check',
  `state in ('received', 'parsing', 'screening', 'indexing', 'ready', 'refused', 'quarantined')`,
)
@Check('document_notes_check', 'cardinality(notes) <= 50')
@Index('document_same_content', ['tenantId', 'collectionId', 'sha256'], {
  unique: true,
  where: 'deleted_at is null and replaced_at is null',
})
@Index('document_lineage', ['lineageId', 'version'], { unique: true })
@Index('document_collection', ['collectionId'])
@Index('document_folder', ['folderId'])
@Index('document_source', ['sourceId'], { where: 'source_id is not null' })
@Index('document_under_way', ['tenantId', 'sourceId'], {
  where: `source_id is not null and state in ('received', 'parsing', 'screening', 'indexing')`,
})
@Index('document_changed', ['tenantId', 'changedIn'])
export class DocumentEntity {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'document_pkey' })
  id!: string;

  @ForeignKey(() => RetrievalTenantReference, { name: 'document_tenant_id_fkey' })
  @Column('uuid', { name: 'tenant_id' })
  tenantId!: string;

  @ForeignKey(() => CollectionEntity, { name: 'document_collection_id_fkey' })
  @Column('uuid', { name: 'collection_id' })
  collectionId!: string;

  /** Null: directly in the collection. */
  @ForeignKey(() => FolderEntity, { name: 'document_folder_id_fkey' })
  @Column('uuid', { name: 'folder_id', nullable: true })
  folderId!: string | null;

  /** The access list in force: its own id, its folder's or a folder's above, or its collection's. */
  @Column('uuid', { name: 'access_id' })
  accessId!: string;

  /** What its versions have in common: the id of the first. */
  @Column('uuid', { name: 'lineage_id' })
  lineageId!: string;

  @Column('integer', { default: 1 })
  version!: number;

  /** Since when a newer version stands in its place; no longer searched, still opened by old citations. */
  @Column('timestamptz', { name: 'replaced_at', nullable: true })
  replacedAt!: Date | null;

  /** Number of its first passage in the index, the others follow; null while it is not indexed. */
  @Column('bigint', { name: 'first_passage', nullable: true })
  firstPassage!: string | null;

  /** Version of the analyzer that made its terms. */
  @Column('smallint', { default: 0 })
  analyzer!: number;

  /** The transaction that last changed what a search depends on; kept by a trigger. */
  @Column('bigint', { name: 'changed_in', default: 0 })
  changedIn!: string;

  /** The source that brought it, of another domain; null: uploaded. */
  @Column('uuid', { name: 'source_id', nullable: true })
  sourceId!: string | null;

  @Column('text')
  title!: string;

  @Column('text', { name: 'file_name' })
  fileName!: string;

  @Column('text', { name: 'media_type' })
  mediaType!: string;

  @Column('text', { nullable: true })
  language!: string | null;

  @Column('bigint')
  bytes!: string;

  @Column('bytea')
  sha256!: Buffer;

  @Column('text')
  state!: DocumentState;

  /** An administrator let this version in although the firewall held it back. */
  @Column('boolean', { default: false })
  released!: boolean;

  @Column('text', { name: 'reason_code', nullable: true })
  reasonCode!: string | null;

  @Column('text', { nullable: true })
  reason!: string | null;

  /** What was left out when it was read, in sentences. */
  @Column('text', { array: true, default: [] })
  notes!: string[];

  @Column('integer', { nullable: true })
  pages!: number | null;

  @Column('integer', { default: 0 })
  passages!: number;

  /** Length of all its passages in index terms. */
  @Column('bigint', { default: 0 })
  terms!: string;

  @ForeignKey(() => RetrievalUserReference, { name: 'document_created_by_fkey', onDelete: 'SET NULL' })
  @Column('uuid', { name: 'created_by', nullable: true })
  createdBy!: string | null;

  @CreateDateColumn({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;

  @UpdateDateColumn({ name: 'updated_at', type: 'timestamptz' })
  updatedAt!: Date;

  @Column('timestamptz', { name: 'deleted_at', nullable: true })
  deletedAt!: Date | null;
}

/** The original file, apart from its document so that listing never reads it. */
@Entity('document_content')
@Check('document_content_alarms_check', 'cardinality(alarms) <= 50')
export class DocumentContentEntity {
  @ForeignKey(() => DocumentEntity, { name: 'document_content_document_id_fkey', onDelete: 'CASCADE' })
  @PrimaryColumn('uuid', { name: 'document_id', primaryKeyConstraintName: 'document_content_pkey' })
  documentId!: string;

  @ForeignKey(() => RetrievalTenantReference, { name: 'document_content_tenant_id_fkey' })
  @Column('uuid', { name: 'tenant_id' })
  tenantId!: string;

  @Column('bytea')
  content!: Buffer;

  /** In quarantine: for each of the document's notes the words that alarmed; empty where they are not kept. */
  @Column('text', { array: true, default: [] })
  alarms!: string[];
}
