import {
  Column,
  CreateDateColumn,
  Entity,
  ForeignKey,
  Index,
  PrimaryColumn,
  PrimaryGeneratedColumn,
} from 'typeorm';
import { SourceTenantReference } from './references.entity.js';
import { SourceEntity } from './source.entity.js';

/** An uploaded ZIP; whole as soon as its hash is there. */
@Entity('source_archive')
@Index('source_archive_source', ['sourceId', 'createdAt'])
export class SourceArchiveEntity {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'source_archive_pkey' })
  id!: string;

  @ForeignKey(() => SourceEntity, { name: 'source_archive_source_id_fkey', onDelete: 'CASCADE' })
  @Column('uuid', { name: 'source_id' })
  sourceId!: string;

  @ForeignKey(() => SourceTenantReference, { name: 'source_archive_tenant_id_fkey' })
  @Column('uuid', { name: 'tenant_id' })
  tenantId!: string;

  @Column('text', { name: 'file_name' })
  fileName!: string;

  @Column('bigint', { default: 0 })
  bytes!: string;

  @Column('bytea', { nullable: true })
  sha256!: Buffer | null;

  @CreateDateColumn({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;
}

@Entity('source_archive_part')
export class SourceArchivePartEntity {
  @ForeignKey(() => SourceArchiveEntity, { name: 'source_archive_part_archive_id_fkey', onDelete: 'CASCADE' })
  @PrimaryColumn('uuid', { name: 'archive_id', primaryKeyConstraintName: 'source_archive_part_pkey' })
  archiveId!: string;

  @PrimaryColumn('integer', { primaryKeyConstraintName: 'source_archive_part_pkey' })
  ordinal!: number;

  @ForeignKey(() => SourceTenantReference, { name: 'source_archive_part_tenant_id_fkey' })
  @Column('uuid', { name: 'tenant_id' })
  tenantId!: string;

  @Column('bytea')
  content!: Buffer;
}
