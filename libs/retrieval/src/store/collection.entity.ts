import { Column, CreateDateColumn, Entity, PrimaryGeneratedColumn, Unique } from 'typeorm';

@Entity('collection')
@Unique('collection_tenant_id_slug_key', ['tenantId', 'slug'])
export class CollectionEntity {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'collection_pkey' })
  id!: string;

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
