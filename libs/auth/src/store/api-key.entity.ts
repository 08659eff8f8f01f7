import { Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn, Unique } from 'typeorm';
import { AppUserEntity } from './app-user.entity.js';
import { TenantEntity } from './tenant.entity.js';

/** A key for programs: the hash, never the key. */
@Entity('api_key')
@Unique('api_key_key_hash_key', ['keyHash'])
@Index('api_key_user', ['userId'])
export class ApiKeyEntity {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'api_key_pkey' })
  id!: string;

  @Column('uuid', { name: 'tenant_id' })
  @ForeignKey(() => TenantEntity, { name: 'api_key_tenant_id_fkey' })
  tenantId!: string;

  @Column('uuid', { name: 'user_id' })
  @ForeignKey(() => AppUserEntity, { name: 'api_key_user_id_fkey', onDelete: 'CASCADE' })
  userId!: string;

  @Column('text')
  name!: string;

  @Column('bytea', { name: 'key_hash' })
  keyHash!: Buffer;

  @Column('text', { name: 'display_prefix' })
  displayPrefix!: string;

  @Column('text', { array: true })
  scopes!: string[];

  @Column('timestamptz', { name: 'expires_at', nullable: true })
  expiresAt!: Date | null;

  @Column('timestamptz', { name: 'last_used_at', nullable: true })
  lastUsedAt!: Date | null;

  @Column('timestamptz', { name: 'revoked_at', nullable: true })
  revokedAt!: Date | null;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;
}
