import {
  Check,
  Column,
  CreateDateColumn,
  Entity,
  ForeignKey,
  Index,
  PrimaryGeneratedColumn,
  Unique,
  UpdateDateColumn,
} from 'typeorm';
import {
  SourceCollectionReference,
  SourceTenantReference,
  SourceUserReference,
} from './references.entity.js';

@Entity('source')
@Unique('source_name', ['tenantId', 'name'])
@Check('source_kind_check', `kind in ('folder', 'git', 'archive', 'bucket')`)
@Check('source_state_check', `state in ('active', 'paused', 'removing')`)
@Check('source_pause_reason_check', `pause_reason in ('person', 'deletions')`)
@Check('source_removal_check', `removal in ('keep', 'delete')`)
@Index('source_due', ['tenantId', 'nextRunAt'])
@Index('source_collection', ['collectionId'])
export class SourceEntity {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'source_pkey' })
  id!: string;

  @ForeignKey(() => SourceTenantReference, { name: 'source_tenant_id_fkey' })
  @Column('uuid', { name: 'tenant_id' })
  tenantId!: string;

  @ForeignKey(() => SourceCollectionReference, { name: 'source_collection_id_fkey' })
  @Column('uuid', { name: 'collection_id' })
  collectionId!: string;

  @Column('text')
  name!: string;

  @Column('text')
  kind!: string;

  /** Address, branch and the like; never a secret. */
  @Column('jsonb')
  settings!: object;

  /** Token or keys, encrypted for this row alone. */
  @Column('bytea', { nullable: true })
  secret!: Buffer | null;

  /** Folder of the collection that the tree hangs in; empty: the collection itself. */
  @Column('text', { default: '' })
  target!: string;

  @Column('text', { array: true, default: '{}' })
  include!: string[];

  @Column('text', { array: true, default: '{}' })
  exclude!: string[];

  @Column('bigint', { name: 'max_file_bytes' })
  maxFileBytes!: string;

  /** Percent of its documents beyond which a sync asks before it deletes. */
  @Column('integer', { name: 'deletion_share' })
  deletionShare!: number;

  /** Null: by hand only. */
  @Column('integer', { name: 'every_minutes', nullable: true })
  everyMinutes!: number | null;

  @Column('text')
  state!: string;

  @Column('text', { name: 'pause_reason', nullable: true })
  pauseReason!: string | null;

  /** What becomes of its documents when it is removed. */
  @Column('text', { nullable: true })
  removal!: string | null;

  @Column('timestamptz', { name: 'next_run_at', nullable: true })
  nextRunAt!: Date | null;

  @ForeignKey(() => SourceUserReference, { name: 'source_created_by_fkey', onDelete: 'SET NULL' })
  @Column('uuid', { name: 'created_by', nullable: true })
  createdBy!: string | null;

  @CreateDateColumn({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;

  @UpdateDateColumn({ name: 'updated_at', type: 'timestamptz' })
  updatedAt!: Date;
}
