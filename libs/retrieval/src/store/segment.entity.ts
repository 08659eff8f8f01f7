import {
  Column,
  CreateDateColumn,
  Entity,
  ForeignKey,
  Index,
  PrimaryColumn,
  PrimaryGeneratedColumn,
} from 'typeorm';
import { RetrievalTenantReference } from './references.entity.js';

/** How many passage numbers a tenant has given out; numbers are never used twice. */
@Entity('passage_number')
export class PassageNumberEntity {
  @ForeignKey(() => RetrievalTenantReference, { name: 'passage_number_tenant_id_fkey' })
  @PrimaryColumn('uuid', { name: 'tenant_id', primaryKeyConstraintName: 'passage_number_pkey' })
  tenantId!: string;

  @Column('bigint', { default: 0 })
  next!: string;
}

/** An immutable part of the inverted index (../../DESIGN.md). */
@Entity('segment')
@Index('segment_tenant', ['tenantId', 'level'])
export class SegmentEntity {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'segment_pkey' })
  id!: string;

  @ForeignKey(() => RetrievalTenantReference, { name: 'segment_tenant_id_fkey' })
  @Column('uuid', { name: 'tenant_id' })
  tenantId!: string;

  /** 0: one document, as it was ingested; above: merged. */
  @Column('smallint')
  level!: number;

  /** Version of the analyzer that made its terms. */
  @Column('smallint')
  analyzer!: number;

  @Column('integer')
  passages!: number;

  /** Length of all its passages in index terms. */
  @Column('bigint')
  terms!: string;

  /** Of its posting blocks. */
  @Column('bigint')
  bytes!: string;

  /** Documents with the numbers and lengths of their passages. */
  @Column('bytea')
  directory!: Buffer;

  @CreateDateColumn({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;
}

/** Consecutive terms of a segment with their posting lists. */
@Entity('posting_block')
export class PostingBlockEntity {
  @ForeignKey(() => SegmentEntity, { name: 'posting_block_segment_id_fkey', onDelete: 'CASCADE' })
  @PrimaryColumn('uuid', { name: 'segment_id', primaryKeyConstraintName: 'posting_block_pkey' })
  segmentId!: string;

  /** UTF-16, big-endian: Postgres then orders terms as JavaScript does. */
  @PrimaryColumn('bytea', { name: 'first_term', primaryKeyConstraintName: 'posting_block_pkey' })
  firstTerm!: Buffer;

  @ForeignKey(() => RetrievalTenantReference, { name: 'posting_block_tenant_id_fkey' })
  @Column('uuid', { name: 'tenant_id' })
  tenantId!: string;

  @Column('bytea')
  data!: Buffer;
}
