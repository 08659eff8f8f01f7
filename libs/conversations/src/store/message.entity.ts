import { Check, Column, Entity, ForeignKey, PrimaryGeneratedColumn, Unique } from 'typeorm';
import { ConversationEntity } from './conversation.entity.js';
import { ConversationTenantReference } from './references.entity.js';

/** A question or an answer; ordinals count from 1 without gaps. */
@Entity('message')
@Unique('message_conversation_id_ordinal_key', ['conversationId', 'ordinal'])
@Check('message_role_check', `role in ('user', 'assistant')`)
@Check('message_rating_check', `rating in ('good', 'bad')`)
@Check('message_marks_check', `jsonb_typeof(marks) = 'array' and jsonb_array_length(marks) <= 1000`)
export class MessageEntity {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'message_pkey' })
  id!: string;

  @Column('uuid', { name: 'tenant_id' })
  @ForeignKey(() => ConversationTenantReference, { name: 'message_tenant_id_fkey' })
  tenantId!: string;

  @Column('uuid', { name: 'conversation_id' })
  @ForeignKey(() => ConversationEntity, { name: 'message_conversation_id_fkey', onDelete: 'CASCADE' })
  conversationId!: string;

  @Column('integer')
  ordinal!: number;

  @Column('text')
  role!: string;

  @Column('text')
  content!: string;

  @Column('jsonb', { default: [] })
  citations!: object[];

  /** What it was written from, cited or not: where one of these may no longer be read, its text is not shown. */
  @Column('uuid', { name: 'document_ids', array: true, default: [] })
  documentIds!: string[];

  /** Nothing was found: the question as it may have been meant, and the documents that its words are from. */
  @Column('jsonb', { nullable: true })
  suggestion!: object | null;

  /** Sentences that their sources do not support; offsets into `content`. */
  @Column('jsonb', { default: [] })
  marks!: object[];

  @Column('text', { nullable: true })
  outcome!: string | null;

  @Column('jsonb', { nullable: true })
  refusal!: object | null;

  @Column('text', { nullable: true })
  reference!: string | null;

  @Column('text', { nullable: true })
  model!: string | null;

  @Column('jsonb', { nullable: true })
  usage!: object | null;

  @Column('text', { nullable: true })
  rating!: string | null;

  @Column('text', { name: 'rating_reason', nullable: true })
  ratingReason!: string | null;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;
}
