import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { Measure, SubjectKind } from '../subject.js';
import { QuotaTenantReference } from './tenant-reference.entity.js';

const KEY = 'quota_usage_pkey';

@Entity('quota_usage')
@Index('quota_usage_minutes', ['tenantId', 'windowStart'], { where: `measure = 'requests'` })
@Check('quota_usage_subject_kind_check', `subject_kind in ('tenant', 'group', 'user')`)
@Check('quota_usage_measure_check', `measure in ('requests', 'tokens', 'concurrent')`)
export class QuotaUsageEntity {
  @PrimaryColumn('uuid', { name: 'tenant_id', primaryKeyConstraintName: KEY })
  @ForeignKey(() => QuotaTenantReference, { name: 'quota_usage_tenant_id_fkey' })
  tenantId!: string;

  @PrimaryColumn('text', { name: 'subject_kind', primaryKeyConstraintName: KEY })
  subjectKind!: SubjectKind;

  /** The tenant's own id where the subject is the tenant. */
  @PrimaryColumn('uuid', { name: 'subject_id', primaryKeyConstraintName: KEY })
  subjectId!: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: KEY })
  measure!: Measure;

  /** Start of the minute (requests) or of the day (tokens), UTC. */
  @PrimaryColumn('timestamptz', { name: 'window_start', primaryKeyConstraintName: KEY })
  windowStart!: Date;

  @Column('bigint', { default: 0 })
  used!: string;

  @Column('bigint', { default: 0 })
  reserved!: string;
}
