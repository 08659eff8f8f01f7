import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { TenantEntity } from './tenant.entity.js';

/** Failed attempts under one key (see attempt-keys.ts). */
@Entity('sign_in_throttle')
export class SignInThrottleEntity {
  @PrimaryColumn('uuid', { name: 'tenant_id', primaryKeyConstraintName: 'sign_in_throttle_pkey' })
  @ForeignKey(() => TenantEntity, { name: 'sign_in_throttle_tenant_id_fkey' })
  tenantId!: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'sign_in_throttle_pkey' })
  key!: string;

  @Column('integer')
  failures!: number;

  @Column('timestamptz', { name: 'first_failure_at' })
  firstFailureAt!: Date;

  @Column('timestamptz', { name: 'blocked_until', nullable: true })
  blockedUntil!: Date | null;
}
