import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { AuditTenantReference } from './tenant-reference.entity.js';

/** Where a tenant's chain ends. */
@Entity('audit_head')
export class AuditHeadEntity {
  @PrimaryColumn('uuid', { name: 'tenant_id', primaryKeyConstraintName: 'audit_head_pkey' })
  @ForeignKey(() => AuditTenantReference, { name: 'audit_head_tenant_id_fkey' })
  tenantId!: string;

  @Column('bigint')
  sequence!: string;

  @Column('bytea')
  hash!: Buffer;
}
