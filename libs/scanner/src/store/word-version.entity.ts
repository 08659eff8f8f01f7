import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { ScannerTenantReference } from './tenant-reference.entity.js';

/** Counts the changes of a tenant's words, so that every process notices them. */
@Entity('word_version')
export class WordVersionEntity {
  @PrimaryColumn('uuid', { name: 'tenant_id', primaryKeyConstraintName: 'word_version_pkey' })
  @ForeignKey(() => ScannerTenantReference, { name: 'word_version_tenant_id_fkey' })
  tenantId!: string;

  @Column('bigint')
  version!: string;
}
