import { Check, Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';
import { FirewallTenantReference } from './tenant-reference.entity.js';

/** A text with what must be decided about it. */
@Entity('firewall_case')
@Check(
  'firewall_case_role_check',
  `role = ANY (ARRAY['user'::text, 'system'::text, 'assistant'::text, 'tool'::text, 'document'::text])`,
)
@Check(
  'firewall_case_expected_check',
  `expected = ANY (ARRAY['allow'::text, 'flag'::text, 'redact'::text, 'refuse'::text])`,
)
@Check('firewall_case_group_ids_check', 'cardinality(group_ids) <= 1000')
@Index('firewall_case_tenant', ['tenantId', 'createdAt'])
export class FirewallCaseEntity {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'firewall_case_pkey' })
  id!: string;

  @Column('uuid', { name: 'tenant_id' })
  @ForeignKey(() => FirewallTenantReference, { name: 'firewall_case_tenant_id_fkey' })
  tenantId!: string;

  @Column('text')
  text!: string;

  @Column('text')
  role!: string;

  @Column('text')
  expected!: string;

  @Column('text', { default: '' })
  note!: string;

  @Column('text', { nullable: true })
  reference!: string | null;

  @Column('uuid', { name: 'group_ids', array: true, default: [] })
  groupIds!: string[];

  @Column('uuid', { name: 'created_by', nullable: true })
  createdBy!: string | null;

  @Column('text', { name: 'created_by_name' })
  createdByName!: string;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;
}
