import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { FirewallTenantReference } from './tenant-reference.entity.js';

@Entity('firewall_policy')
export class FirewallPolicyEntity {
  @PrimaryColumn('uuid', { name: 'tenant_id', primaryKeyConstraintName: 'firewall_policy_pkey' })
  @ForeignKey(() => FirewallTenantReference, { name: 'firewall_policy_tenant_id_fkey' })
  tenantId!: string;

  /** Category to action; a missing category has the built-in action. */
  @Column('jsonb', { default: {} })
  actions!: Record<string, string>;

  /** The rest of the setup; what is missing is as built in. */
  @Column('jsonb', { default: {} })
  setup!: Record<string, unknown>;

  @Column('bigint', { default: 1 })
  version!: string;

  @Column('uuid', { name: 'updated_by', nullable: true })
  updatedBy!: string | null;

  @Column('timestamptz', { name: 'updated_at', default: () => 'now()' })
  updatedAt!: Date;
}
