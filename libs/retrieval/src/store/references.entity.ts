import { Entity, PrimaryGeneratedColumn } from 'typeorm';

/** Tables of another domain that rows here point to: known by id only, and not ours to change. */
@Entity({ name: 'tenant', synchronize: false })
export class RetrievalTenantReference {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'tenant_pkey' })
  id!: string;
}

@Entity({ name: 'app_user', synchronize: false })
export class RetrievalUserReference {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'app_user_pkey' })
  id!: string;
}
