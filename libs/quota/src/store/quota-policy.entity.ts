import { Check, Column, Entity, ForeignKey, PrimaryGeneratedColumn, Unique } from 'typeorm';
import type { SubjectKind } from '../subject.js';
import { QuotaTenantReference } from './tenant-reference.entity.js';

@Entity('quota_policy')
@Unique('quota_policy_tenant_id_subject_kind_subject_id_key', ['tenantId', 'subjectKind', 'subjectId'])
@Check('quota_policy_subject_kind_check', `subject_kind in ('tenant', 'group', 'user')`)
@Check('quota_policy_requests_per_minute_check', 'requests_per_minute >= 0')
@Check('quota_policy_tokens_per_day_check', 'tokens_per_day >= 0')
@Check('quota_policy_concurrent_questions_check', 'concurrent_questions >= 0')
@Check('quota_policy_check', `(subject_kind = 'tenant') = (subject_id is null)`)
export class QuotaPolicyEntity {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'quota_policy_pkey' })
  id!: string;

  @Column('uuid', { name: 'tenant_id' })
  @ForeignKey(() => QuotaTenantReference, { name: 'quota_policy_tenant_id_fkey' })
  tenantId!: string;

  @Column('text', { name: 'subject_kind' })
  subjectKind!: SubjectKind;

  @Column('uuid', { name: 'subject_id', nullable: true })
  subjectId!: string | null;

  @Column('integer', { name: 'requests_per_minute', nullable: true })
  requestsPerMinute!: number | null;

  @Column('bigint', { name: 'tokens_per_day', nullable: true })
  tokensPerDay!: string | null;

  @Column('integer', { name: 'concurrent_questions', nullable: true })
  concurrentQuestions!: number | null;

  @Column('timestamptz', { name: 'updated_at', default: () => 'now()' })
  updatedAt!: Date;
}
