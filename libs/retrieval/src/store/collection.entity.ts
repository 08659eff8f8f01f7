import { Column, CreateDateColumn, Entity, ForeignKey, PrimaryGeneratedColumn, Unique } from 'typeorm';
import { RetrievalTenantReference } from './references.entity.js';

@Entity('collection')
@Unique('collection_tenant_id_slug_key', ['tenantId', 'slug'])
export class CollectionEntity {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'collection_pkey' })
  id!: string;

  @ForeignKey(() => RetrievalTenantReference, { name: 'collection_tenant_id_fkey' })
  @Column('uuid', { name: 'tenant_id' })
  tenantId!: string;

  @Column('text')
  slug!: string;

  @Column('text')
  name!: string;

  @Column('text', { default: '' })
  description!: string;

  @CreateDateColumn({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;
}
