import { Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';
import { ConversationTenantReference, ConversationUserReference } from './references.entity.js';

/** What one person asked in a row. `updatedAt` is the time of the last message. */
@Entity('conversation')
@Index('conversation_user', ['userId', 'updatedAt'])
export class ConversationEntity {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'conversation_pkey' })
  id!: string;

  @Column('uuid', { name: 'tenant_id' })
  @ForeignKey(() => ConversationTenantReference, { name: 'conversation_tenant_id_fkey' })
  tenantId!: string;

  @Column('uuid', { name: 'user_id' })
  @ForeignKey(() => ConversationUserReference, { name: 'conversation_user_id_fkey', onDelete: 'CASCADE' })
  userId!: string;

  @Column('text')
  title!: string;

  @Column('boolean', { default: false })
  pinned!: boolean;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'updated_at', default: () => 'now()' })
  updatedAt!: Date;

  @Column('timestamptz', { name: 'deleted_at', nullable: true })
  deletedAt!: Date | null;
}
