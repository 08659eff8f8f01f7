import { Check, Column, CreateDateColumn, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';
import { SourceTenantReference, SourceUserReference } from './references.entity.js';
import { SourceEntity } from './source.entity.js';

/** One sync of a source, from its order to its end. */
@Entity('source_run')
@Check('source_run_cause_check', `cause in ('schedule', 'person', 'removal')`)
@Check('source_run_state_check', `state in ('queued', 'running', 'done', 'failed', 'cancelled', 'stopped')`)
@Check('source_run_phase_check', `phase in ('listing', 'reading', 'deleting')`)
@Index('source_run_active', ['sourceId'], { unique: true, where: `state in ('queued', 'running')` })
@Index('source_run_source', ['sourceId', 'createdAt'])
export class SourceRunEntity {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'source_run_pkey' })
  id!: string;

  @ForeignKey(() => SourceEntity, { name: 'source_run_source_id_fkey', onDelete: 'CASCADE' })
  @Column('uuid', { name: 'source_id' })
  sourceId!: string;

  @ForeignKey(() => SourceTenantReference, { name: 'source_run_tenant_id_fkey' })
  @Column('uuid', { name: 'tenant_id' })
  tenantId!: string;

  @Column('text')
  cause!: string;

  @Column('text')
  state!: string;

  @Column('text', { default: 'listing' })
  phase!: string;

  /** Whoever works on it; one that has lost it can write nothing more. */
  @Column('uuid', { nullable: true })
  lease!: string | null;

  @Column('boolean', { name: 'allow_deletions', default: false })
  allowDeletions!: boolean;

  @Column('boolean', { name: 'cancel_requested', default: false })
  cancelRequested!: boolean;

  @Column('integer', { default: 0 })
  listed!: number;

  @Column('integer', { default: 0 })
  processed!: number;

  @Column('integer', { name: 'to_process', default: 0 })
  toProcess!: number;

  @Column('integer', { default: 0 })
  added!: number;

  @Column('integer', { default: 0 })
  changed!: number;

  @Column('integer', { default: 0 })
  moved!: number;

  @Column('integer', { default: 0 })
  deleted!: number;

  @Column('integer', { default: 0 })
  unchanged!: number;

  @Column('integer', { default: 0 })
  skipped!: number;

  @Column('integer', { default: 0 })
  failed!: number;

  @Column('integer', { default: 0 })
  missing!: number;

  @Column('text', { name: 'error_code', nullable: true })
  errorCode!: string | null;

  @Column('text', { nullable: true })
  error!: string | null;

  @ForeignKey(() => SourceUserReference, { name: 'source_run_created_by_fkey', onDelete: 'SET NULL' })
  @Column('uuid', { name: 'created_by', nullable: true })
  createdBy!: string | null;

  @CreateDateColumn({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'started_at', nullable: true })
  startedAt!: Date | null;

  @Column('timestamptz', { name: 'reading_since', nullable: true })
  readingSince!: Date | null;

  @Column('timestamptz', { name: 'seen_at', nullable: true })
  seenAt!: Date | null;

  @Column('timestamptz', { name: 'ended_at', nullable: true })
  endedAt!: Date | null;
}
