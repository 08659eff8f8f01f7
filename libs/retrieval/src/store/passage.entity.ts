import { Column, Entity, ForeignKey, Index, PrimaryColumn, PrimaryGeneratedColumn, Unique } from 'typeorm';
import { DocumentEntity } from './document.entity.js';
import { RetrievalTenantReference } from './references.entity.js';

@Entity('passage')
@Unique('passage_document_id_ordinal_key', ['documentId', 'ordinal'])
export class PassageEntity {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'passage_pkey' })
  id!: string;

  @ForeignKey(() => RetrievalTenantReference, { name: 'passage_tenant_id_fkey' })
  @Column('uuid', { name: 'tenant_id' })
  tenantId!: string;

  @ForeignKey(() => DocumentEntity, { name: 'passage_document_id_fkey', onDelete: 'CASCADE' })
  @Column('uuid', { name: 'document_id' })
  documentId!: string;

  @Column('integer')
  ordinal!: number;

  @Column('text', { default: '' })
  heading!: string;

  @Column('integer', { nullable: true })
  page!: number | null;

  @Column('text')
  content!: string;

  @Column('text', { default: 'en' })
  language!: string;

  /** Length in index terms. */
  @Column('integer')
  terms!: number;
}

/** One row per passage and term: the inverted index. */
@Entity('posting')
@Index('posting_passage', ['passageId'])
export class PostingEntity {
  @PrimaryColumn('uuid', { name: 'tenant_id', primaryKeyConstraintName: 'posting_pkey' })
  tenantId!: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'posting_pkey' })
  term!: string;

  @ForeignKey(() => PassageEntity, { name: 'posting_passage_id_fkey', onDelete: 'CASCADE' })
  @PrimaryColumn('uuid', { name: 'passage_id', primaryKeyConstraintName: 'posting_pkey' })
  passageId!: string;

  @Column('uuid', { name: 'document_id' })
  documentId!: string;

  @Column('smallint')
  frequency!: number;

  @Column('integer', { name: 'passage_terms' })
  passageTerms!: number;
}
