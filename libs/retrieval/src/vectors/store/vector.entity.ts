import {
  Check,
  Column,
  CreateDateColumn,
  Entity,
  ForeignKey,
  Index,
  PrimaryColumn,
  PrimaryGeneratedColumn,
} from 'typeorm';
import { RetrievalTenantReference } from '../../store/references.entity.js';

export type VectorSetState = 'building' | 'active' | 'retired';

/** One model's vectors of one tenant (../DESIGN.md). */
@Entity('vector_set')
@Check('vector_set_state_check', `state in ('building', 'active', 'retired')`)
@Index('vector_set_active', ['tenantId'], { unique: true, where: `state = 'active'` })
@Index('vector_set_model', ['tenantId', 'modelKey'], { unique: true, where: `state <> 'retired'` })
export class VectorSetEntity {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'vector_set_pkey' })
  id!: string;

  @ForeignKey(() => RetrievalTenantReference, { name: 'vector_set_tenant_id_fkey' })
  @Column('uuid', { name: 'tenant_id' })
  tenantId!: string;

  /** Everything on which the vectors depend. */
  @Column('text', { name: 'model_key' })
  modelKey!: string;

  /** For people. */
  @Column('text')
  model!: string;

  /** Null until the model has answered for the first time. */
  @Column('integer', { nullable: true })
  dimensions!: number | null;

  @Column('text')
  state!: VectorSetState;

  /** Passages embedded in `workingMs`. */
  @Column('bigint', { default: 0 })
  embedded!: string;

  @Column('bigint', { name: 'working_ms', default: 0 })
  workingMs!: string;

  /** Passages that the model would not take. */
  @Column('bigint', { default: 0 })
  skipped!: string;

  @Column('text', { nullable: true })
  failure!: string | null;

  @Column('timestamptz', { name: 'failed_at', nullable: true })
  failedAt!: Date | null;

  @Column('timestamptz', { name: 'retry_at', nullable: true })
  retryAt!: Date | null;

  /** The worker that is at it, and until when it need not say so again. */
  @Column('uuid', { nullable: true })
  holder!: string | null;

  @Column('timestamptz', { name: 'held_until', nullable: true })
  heldUntil!: Date | null;

  @CreateDateColumn({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'activated_at', nullable: true })
  activatedAt!: Date | null;

  @Column('timestamptz', { name: 'retired_at', nullable: true })
  retiredAt!: Date | null;
}

/** A document all of whose passages have vectors, as of the number of its first passage. */
@Entity('vector_document')
export class VectorDocumentEntity {
  @ForeignKey(() => VectorSetEntity, { name: 'vector_document_set_id_fkey', onDelete: 'CASCADE' })
  @PrimaryColumn('uuid', { name: 'set_id', primaryKeyConstraintName: 'vector_document_pkey' })
  setId!: string;

  @PrimaryColumn('uuid', { name: 'document_id', primaryKeyConstraintName: 'vector_document_pkey' })
  documentId!: string;

  @ForeignKey(() => RetrievalTenantReference, { name: 'vector_document_tenant_id_fkey' })
  @Column('uuid', { name: 'tenant_id' })
  tenantId!: string;

  @Column('bigint', { name: 'first_passage' })
  firstPassage!: string;

  @Column('integer')
  passages!: number;
}

@Entity('passage_vector')
@Index('passage_vector_document', ['setId', 'documentId'])
@Index('passage_vector_hash', ['setId', 'hash'])
export class PassageVectorEntity {
  @ForeignKey(() => VectorSetEntity, { name: 'passage_vector_set_id_fkey', onDelete: 'CASCADE' })
  @PrimaryColumn('uuid', { name: 'set_id', primaryKeyConstraintName: 'passage_vector_pkey' })
  setId!: string;

  @PrimaryColumn('uuid', { name: 'passage_id', primaryKeyConstraintName: 'passage_vector_pkey' })
  passageId!: string;

  @ForeignKey(() => RetrievalTenantReference, { name: 'passage_vector_tenant_id_fkey' })
  @Column('uuid', { name: 'tenant_id' })
  tenantId!: string;

  @Column('uuid', { name: 'document_id' })
  documentId!: string;

  /** Of the text that the model was given. */
  @Column('bytea')
  hash!: Buffer;

  /** The sign of each dimension. */
  @Column('bit varying')
  signature!: string;

  /** Of length 1. */
  @Column('real', { array: true })
  embedding!: number[];
}
