import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { JsonObject } from '../json.js';
import { AuditTenantReference } from './tenant-reference.entity.js';

const KEY = 'audit_record_pkey';

/** For reading and for the schema builder; records are written by the function audit_append alone. */
@Entity('audit_record')
@Unique('audit_record_id_key', ['id'])
@Index('audit_record_time', ['tenantId', 'recordedAt'])
@Index('audit_record_trace', ['tenantId', 'traceId'])
@Index('audit_record_actor', ['tenantId', 'actorId', 'recordedAt'])
@Index('audit_record_kind', ['tenantId', 'kind', 'recordedAt'])
export class AuditRecordEntity {
  @PrimaryColumn('uuid', { name: 'tenant_id', primaryKeyConstraintName: KEY })
  @ForeignKey(() => AuditTenantReference, { name: 'audit_record_tenant_id_fkey' })
  tenantId!: string;

  @PrimaryColumn('bigint', { primaryKeyConstraintName: KEY })
  sequence!: string;

  @Column('uuid')
  id!: string;

  /** Whole milliseconds. */
  @Column('timestamptz', { name: 'recorded_at' })
  recordedAt!: Date;

  @Column('text')
  kind!: string;

  @Column('text', { name: 'trace_id', nullable: true })
  traceId!: string | null;

  @Column('uuid', { name: 'actor_id', nullable: true })
  actorId!: string | null;

  @Column('text')
  actor!: string;

  @Column('text', { nullable: true })
  outcome!: string | null;

  @Column('jsonb')
  detail!: JsonObject;

  @Column('bytea', { name: 'previous_hash' })
  previousHash!: Buffer;

  @Column('bytea')
  hash!: Buffer;
}
