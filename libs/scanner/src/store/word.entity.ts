import type { ScanAction } from '@lorekeep/contracts';
import { Check, Column, Entity, ForeignKey, PrimaryGeneratedColumn, Unique } from 'typeorm';
import { ScannerTenantReference } from './tenant-reference.entity.js';

@Entity('forbidden_word')
@Unique('forbidden_word_tenant_id_text_key', ['tenantId', 'text'])
@Check('forbidden_word_action_check', `action in ('log', 'redact', 'stop')`)
export class WordEntity {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'forbidden_word_pkey' })
  id!: string;

  @Column('uuid', { name: 'tenant_id' })
  @ForeignKey(() => ScannerTenantReference, { name: 'forbidden_word_tenant_id_fkey' })
  tenantId!: string;

  @Column('text')
  text!: string;

  @Column('text', { default: 'general' })
  category!: string;

  @Column('text')
  action!: ScanAction;

  /** Null: the rule of the script (see WordEntry). */
  @Column('boolean', { name: 'whole_word', nullable: true })
  wholeWord!: boolean | null;

  /** An exception: what lies within a match of it is not found. */
  @Column('boolean', { default: false })
  allow!: boolean;

  @Column('uuid', { name: 'created_by', nullable: true })
  createdBy!: string | null;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;
}
