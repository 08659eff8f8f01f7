import { Check, Column, Entity, PrimaryGeneratedColumn, Unique } from 'typeorm';

/** One company. Its id comes first in every token and sets what row security shows. */
@Entity('tenant')
@Unique('tenant_slug_key', ['slug'])
@Check('tenant_slug_check', `slug ~ '^[a-z0-9][a-z0-9-]{0,62}$'`)
export class TenantEntity {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'tenant_pkey' })
  id!: string;

  @Column('text')
  slug!: string;

  @Column('text')
  name!: string;

  @Column('jsonb', { default: {} })
  settings!: object;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;
}
