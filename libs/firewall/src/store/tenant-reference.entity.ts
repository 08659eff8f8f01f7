import { Entity, PrimaryColumn } from 'typeorm';

/** Target of the foreign key only: the table belongs to the auth domain and is left alone by the schema builder. */
@Entity({ name: 'tenant', synchronize: false })
export class FirewallTenantReference {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'tenant_pkey' })
  id!: string;
}
