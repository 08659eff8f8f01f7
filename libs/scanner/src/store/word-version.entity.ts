import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { ScannerTenantReference } from './tenant-reference.entity.js';

/** Counts the changes of a tenant's words, lists and policy, so that every process notices them. */
@Entity('word_version')
export class WordVersionEntity {
  @PrimaryColumn('uuid', { name: 'tenant_id', primaryKeyConstraintName: 'word_version_pkey' })
  @ForeignKey(() => ScannerTenantReference, { name: 'word_version_tenant_id_fkey' })
  tenantId!: string;

  @Column('bigint')
  version!: string;

  /** The version at which the words themselves changed last. */
  @Column('bigint', { name: 'words_version', default: 0 })
  wordsVersion!: string;
}
