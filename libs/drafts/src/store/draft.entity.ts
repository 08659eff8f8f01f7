import { Check, Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';
import { DraftTenantReference, DraftUserReference } from './references.entity.js';

/** A reply to a customer in the making: writing, then draft, refused or failed; a person approves. */
@Entity('draft')
@Index('draft_user', ['userId', 'updatedAt'])
@Check('draft_state_check', `state in ('writing', 'draft', 'approved', 'refused', 'failed')`)
@Check('draft_marks_check', `jsonb_typeof(marks) = 'array' and jsonb_array_length(marks) <= 1000`)
export class DraftEntity {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'draft_pkey' })
  id!: string;

  @Column('uuid', { name: 'tenant_id' })
  @ForeignKey(() => DraftTenantReference, { name: 'draft_tenant_id_fkey' })
  tenantId!: string;

  @Column('uuid', { name: 'user_id' })
  @ForeignKey(() => DraftUserReference, { name: 'draft_user_id_fkey', onDelete: 'CASCADE' })
  userId!: string;

  @Column('text', { name: 'customer_message' })
  customerMessage!: string;

  @Column('text', { default: 'neutral' })
  tone!: string;

  @Column('text', { default: '' })
  content!: string;

  @Column('jsonb', { default: [] })
  citations!: object[];

  /** What it was written from, cited or not: where one of these may no longer be read, its text is not shown. */
  @Column('uuid', { name: 'document_ids', array: true, default: [] })
  documentIds!: string[];

  /** Sentences that their sources do not support; offsets into `content`. */
  @Column('jsonb', { default: [] })
  marks!: object[];

  @Column('text')
  state!: string;

  @Column('jsonb', { nullable: true })
  refusal!: object | null;

  @Column('text', { nullable: true })
  reference!: string | null;

  @Column('text', { nullable: true })
  model!: string | null;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'updated_at', default: () => 'now()' })
  updatedAt!: Date;
}
