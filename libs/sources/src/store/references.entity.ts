import { Entity, PrimaryGeneratedColumn } from 'typeorm';

/** Tables of other domains that rows here point to: known by id only, and not ours to change. */
@Entity({ name: 'tenant', synchronize: false })
export class SourceTenantReference {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'tenant_pkey' })
  id!: string;
}

@Entity({ name: 'app_user', synchronize: false })
export class SourceUserReference {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'app_user_pkey' })
  id!: string;
}

@Entity({ name: 'collection', synchronize: false })
export class SourceCollectionReference {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'collection_pkey' })
  id!: string;
}

@Entity({ name: 'document', synchronize: false })
export class SourceDocumentReference {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'document_pkey' })
  id!: string;
}
