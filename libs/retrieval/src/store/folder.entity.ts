import { Column, CreateDateColumn, Entity, ForeignKey, PrimaryGeneratedColumn, Unique } from 'typeorm';
import { CollectionEntity } from './collection.entity.js';
import { RetrievalTenantReference } from './references.entity.js';

@Entity('folder')
@Unique('folder_collection_id_parent_id_name_key', ['collectionId', 'parentId', 'name'])
export class FolderEntity {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'folder_pkey' })
  id!: string;

  @ForeignKey(() => RetrievalTenantReference, { name: 'folder_tenant_id_fkey' })
  @Column('uuid', { name: 'tenant_id' })
  tenantId!: string;

  @ForeignKey(() => CollectionEntity, { name: 'folder_collection_id_fkey' })
  @Column('uuid', { name: 'collection_id' })
  collectionId!: string;

  /** Null: directly in the collection. */
  @ForeignKey(() => FolderEntity, { name: 'folder_parent_id_fkey' })
  @Column('uuid', { name: 'parent_id', nullable: true })
  parentId!: string | null;

  @Column('text')
  name!: string;

  /** The access list of what is in it: its own where it names readers, else the one of what it is in. */
  @Column('uuid', { name: 'access_id' })
  accessId!: string;

  @CreateDateColumn({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;
}
