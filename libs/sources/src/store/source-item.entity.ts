import { Check, Column, CreateDateColumn, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { SourceDocumentReference, SourceTenantReference } from './references.entity.js';
import { SourceEntity } from './source.entity.js';

/** One file of a source, as the last sync saw it. */
@Entity('source_item')
@Check('source_item_state_check', `state in ('taken', 'skipped', 'failed')`)
@Index('source_item_document', ['documentId'])
@Index('source_item_state', ['sourceId', 'state'])
export class SourceItemEntity {
  @ForeignKey(() => SourceEntity, { name: 'source_item_source_id_fkey', onDelete: 'CASCADE' })
  @PrimaryColumn('uuid', { name: 'source_id', primaryKeyConstraintName: 'source_item_pkey' })
  sourceId!: string;

  /** From the root of the source, `/` between its parts. */
  @PrimaryColumn('text', { primaryKeyConstraintName: 'source_item_pkey' })
  path!: string;

  @ForeignKey(() => SourceTenantReference, { name: 'source_item_tenant_id_fkey' })
  @Column('uuid', { name: 'tenant_id' })
  tenantId!: string;

  /** The newest version that it brought; another file with the same content may have the same one. */
  @ForeignKey(() => SourceDocumentReference, { name: 'source_item_document_id_fkey' })
  @Column('uuid', { name: 'document_id', nullable: true })
  documentId!: string | null;

  /** What tells without reading that a file has not changed. */
  @Column('text', { nullable: true })
  fingerprint!: string | null;

  @Column('bytea', { nullable: true })
  sha256!: Buffer | null;

  @Column('bigint', { nullable: true })
  bytes!: string | null;

  @Column('text')
  state!: string;

  @Column('text', { name: 'reason_code', nullable: true })
  reasonCode!: string | null;

  @Column('text', { nullable: true })
  reason!: string | null;

  /** The run that last changed it: one that is resumed does not count it twice. */
  @Column('uuid', { name: 'run_id', nullable: true })
  runId!: string | null;

  @CreateDateColumn({ name: 'updated_at', type: 'timestamptz' })
  updatedAt!: Date;
}
