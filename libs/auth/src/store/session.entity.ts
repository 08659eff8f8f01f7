import { Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';
import { AppUserEntity } from './app-user.entity.js';
import { TenantEntity } from './tenant.entity.js';

/** A signed-in browser. Holds hashes of its current token and of the one before. */
@Entity('session')
@Index('session_token', ['tokenHash'], { unique: true })
@Index('session_previous_token', ['previousTokenHash'], { where: 'previous_token_hash is not null' })
@Index('session_of_user', ['userId'])
export class SessionEntity {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'session_pkey' })
  id!: string;

  @Column('uuid', { name: 'tenant_id' })
  @ForeignKey(() => TenantEntity, { name: 'session_tenant_id_fkey' })
  tenantId!: string;

  @Column('uuid', { name: 'user_id' })
  @ForeignKey(() => AppUserEntity, { name: 'session_user_id_fkey', onDelete: 'CASCADE' })
  userId!: string;

  @Column('bytea', { name: 'token_hash' })
  tokenHash!: Buffer;

  @Column('bytea', { name: 'previous_token_hash', nullable: true })
  previousTokenHash!: Buffer | null;

  @Column('timestamptz', { name: 'rotated_at', default: () => 'now()' })
  rotatedAt!: Date;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'last_seen_at', default: () => 'now()' })
  lastSeenAt!: Date;

  @Column('timestamptz', { name: 'expires_at' })
  expiresAt!: Date;

  @Column('timestamptz', { name: 'revoked_at', nullable: true })
  revokedAt!: Date | null;

  @Column('text', { name: 'revoked_reason', nullable: true })
  revokedReason!: string | null;

  @Column('text', { nullable: true })
  ip!: string | null;

  @Column('text', { name: 'user_agent', nullable: true })
  userAgent!: string | null;
}
