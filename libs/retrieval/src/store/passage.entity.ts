import { Column, Entity, ForeignKey, PrimaryGeneratedColumn, Unique } from 'typeorm';
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
