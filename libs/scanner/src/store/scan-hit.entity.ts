import { Check, Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';
import { ScannerTenantReference } from './tenant-reference.entity.js';

/** What was found in an answer, for operators: the text of words, of personal data and secrets a masked form alone. */
@Entity('scan_hit')
@Check('scan_hit_severity_check', `severity in ('low', 'medium', 'high', 'critical')`)
@Check('scan_hit_action_check', `action in ('log', 'redact', 'stop')`)
@Check('scan_hit_masked_check', 'masked is null or (original is null and folded is null)')
@Index('scan_hit_newest', ['tenantId', 'id'])
@Index('scan_hit_reference', ['tenantId', 'reference'])
@Index('scan_hit_at', ['tenantId', 'at'])
export class ScanHitEntity {
  @PrimaryGeneratedColumn('identity', {
    type: 'bigint',
    generatedIdentity: 'ALWAYS',
    primaryKeyConstraintName: 'scan_hit_pkey',
  })
  id!: string;

  @Column('uuid', { name: 'tenant_id' })
  @ForeignKey(() => ScannerTenantReference, { name: 'scan_hit_tenant_id_fkey' })
  tenantId!: string;

  @Column('text')
  reference!: string;

  @Column('timestamptz', { default: () => 'now()' })
  at!: Date;

  @Column('text')
  channel!: string;

  @Column('text', { name: 'rule_id' })
  ruleId!: string;

  @Column('text')
  category!: string;

  @Column('text')
  severity!: string;

  @Column('text')
  action!: string;

  @Column('integer', { name: 'start_at' })
  start!: number;

  @Column('integer', { name: 'end_at' })
  end!: number;

  @Column('text', { array: true, default: '{}' })
  folds!: string[];

  @Column('text', { nullable: true })
  original!: string | null;

  @Column('text', { nullable: true })
  folded!: string | null;

  @Column('text', { nullable: true })
  masked!: string | null;
}
