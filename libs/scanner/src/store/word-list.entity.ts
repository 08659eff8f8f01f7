import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';
import { ScannerTenantReference } from './tenant-reference.entity.js';

/** An imported list: immutable once it is read. */
@Entity('word_list')
@Check('word_list_action_check', `action in ('log', 'redact', 'stop')`)
@Check('word_list_state_check', `state in ('checking', 'preview', 'active', 'undone', 'failed', 'discarded')`)
@Check('word_list_stage_check', `stage in ('uploading', 'waiting', 'reading', 'compiling', 'previewing')`)
@Index('word_list_tenant', ['tenantId', 'createdAt'])
export class WordListEntity {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'word_list_pkey' })
  id!: string;

  @Column('uuid', { name: 'tenant_id' })
  @ForeignKey(() => ScannerTenantReference, { name: 'word_list_tenant_id_fkey' })
  tenantId!: string;

  @Column('text')
  name!: string;

  @Column('text')
  category!: string;

  @Column('text')
  action!: string;

  @Column('text', { default: 'checking' })
  state!: string;

  @Column('text', { nullable: true })
  stage!: string | null;

  @Column('text', { name: 'file_name' })
  fileName!: string;

  @Column('bigint', { default: 0 })
  bytes!: string;

  @Column('bytea', { nullable: true })
  sha256!: Buffer | null;

  @Column('bigint', { name: 'read_bytes', default: 0 })
  readBytes!: string;

  @Column('integer', { default: 0 })
  words!: number;

  @Column('jsonb', { nullable: true })
  report!: object | null;

  @Column('jsonb', { nullable: true })
  preview!: object | null;

  @Column('boolean', { default: false })
  previewing!: boolean;

  @Column('boolean', { name: 'cancel_requested', default: false })
  cancelRequested!: boolean;

  @Column('text', { nullable: true })
  failure!: string | null;

  @Column('uuid', { name: 'created_by', nullable: true })
  createdBy!: string | null;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;

  @Column('uuid', { name: 'confirmed_by', nullable: true })
  confirmedBy!: string | null;

  @Column('timestamptz', { name: 'confirmed_at', nullable: true })
  confirmedAt!: Date | null;
}

/** The file as it was uploaded, until it is read. */
@Entity('word_list_part')
export class WordListPartEntity {
  @ForeignKey(() => WordListEntity, { name: 'word_list_part_list_id_fkey', onDelete: 'CASCADE' })
  @PrimaryColumn('uuid', { name: 'list_id', primaryKeyConstraintName: 'word_list_part_pkey' })
  listId!: string;

  @PrimaryColumn('integer', { primaryKeyConstraintName: 'word_list_part_pkey' })
  ordinal!: number;

  @ForeignKey(() => ScannerTenantReference, { name: 'word_list_part_tenant_id_fkey' })
  @Column('uuid', { name: 'tenant_id' })
  tenantId!: string;

  @Column('bytea')
  content!: Buffer;
}

@Entity('word_list_chunk')
export class WordListChunkEntity {
  @ForeignKey(() => WordListEntity, { name: 'word_list_chunk_list_id_fkey', onDelete: 'CASCADE' })
  @PrimaryColumn('uuid', { name: 'list_id', primaryKeyConstraintName: 'word_list_chunk_pkey' })
  listId!: string;

  @PrimaryColumn('integer', { primaryKeyConstraintName: 'word_list_chunk_pkey' })
  ordinal!: number;

  @ForeignKey(() => ScannerTenantReference, { name: 'word_list_chunk_tenant_id_fkey' })
  @Column('uuid', { name: 'tenant_id' })
  tenantId!: string;

  @Column('text', { array: true })
  words!: string[];
}
