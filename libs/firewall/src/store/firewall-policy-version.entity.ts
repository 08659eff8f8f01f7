import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { FirewallTenantReference } from './tenant-reference.entity.js';

/** What was in force, for undoing. */
@Entity('firewall_policy_version')
export class FirewallPolicyVersionEntity {
  @PrimaryColumn('uuid', { name: 'tenant_id', primaryKeyConstraintName: 'firewall_policy_version_pkey' })
  @ForeignKey(() => FirewallTenantReference, { name: 'firewall_policy_version_tenant_id_fkey' })
  tenantId!: string;

  @PrimaryColumn('bigint', { primaryKeyConstraintName: 'firewall_policy_version_pkey' })
  version!: string;

  @Column('jsonb')
  setup!: Record<string, unknown>;

  @Column('uuid', { name: 'saved_by', nullable: true })
  savedBy!: string | null;

  @Column('text', { name: 'saved_by_name' })
  savedByName!: string;

  @Column('timestamptz', { name: 'saved_at', default: () => 'now()' })
  savedAt!: Date;
}
