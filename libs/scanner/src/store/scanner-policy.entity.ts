import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { ScannerTenantReference } from './tenant-reference.entity.js';

@Entity('scanner_policy')
@Check('scanner_policy_keep_hits_days_check', 'keep_hits_days >= 1')
export class ScannerPolicyEntity {
  @PrimaryColumn('uuid', { name: 'tenant_id', primaryKeyConstraintName: 'scanner_policy_pkey' })
  @ForeignKey(() => ScannerTenantReference, { name: 'scanner_policy_tenant_id_fkey' })
  tenantId!: string;

  /** What differs from what is built in, by category. */
  @Column('jsonb', { default: {} })
  categories!: object;

  @Column('integer', { name: 'keep_hits_days', default: 30 })
  keepHitsDays!: number;

  @Column('uuid', { name: 'updated_by', nullable: true })
  updatedBy!: string | null;

  @Column('timestamptz', { name: 'updated_at', default: () => 'now()' })
  updatedAt!: Date;
}
