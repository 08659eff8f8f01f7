import { Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';
import { QuotaTenantReference } from './tenant-reference.entity.js';

/** A question that runs: it holds tokens and, until `expiresAt`, a concurrency slot. */
@Entity('quota_reservation')
@Index('quota_reservation_expiry', ['tenantId', 'expiresAt'])
export class QuotaReservationEntity {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'quota_reservation_pkey' })
  id!: string;

  @Column('uuid', { name: 'tenant_id' })
  @ForeignKey(() => QuotaTenantReference, { name: 'quota_reservation_tenant_id_fkey' })
  tenantId!: string;

  @Column('uuid', { name: 'user_id', nullable: true })
  userId!: string | null;

  @Column('uuid', { name: 'group_ids', array: true, default: '{}' })
  groupIds!: string[];

  @Column('bigint')
  tokens!: string;

  @Column('timestamptz', { name: 'window_day' })
  windowDay!: Date;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'expires_at' })
  expiresAt!: Date;

  /** Subjects whose tokens row holds `tokens`. */
  @Column('uuid', { name: 'token_subjects', array: true, default: '{}' })
  tokenSubjects!: string[];

  @Column('timestamptz', { name: 'released_at', nullable: true })
  releasedAt!: Date | null;
}
