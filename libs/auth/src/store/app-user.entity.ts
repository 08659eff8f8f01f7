import { Check, Column, Entity, ForeignKey, PrimaryGeneratedColumn, Unique } from 'typeorm';
import { TenantEntity } from './tenant.entity.js';

/** A person of a tenant. Never deleted: history keeps pointing here. */
@Entity('app_user')
@Unique('app_user_tenant_id_email_key', ['tenantId', 'email'])
@Check('app_user_email_check', 'email = lower(email)')
@Check('app_user_roles_check', `roles <@ array['employee', 'support', 'admin', 'auditor']`)
@Check('app_user_locale_check', `locale in ('en', 'zh')`)
export class AppUserEntity {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'app_user_pkey' })
  id!: string;

  @Column('uuid', { name: 'tenant_id' })
  @ForeignKey(() => TenantEntity, { name: 'app_user_tenant_id_fkey' })
  tenantId!: string;

  @Column('text')
  email!: string;

  @Column('text', { name: 'display_name' })
  displayName!: string;

  @Column('text', { name: 'password_hash', nullable: true })
  passwordHash!: string | null;

  @Column('text', { array: true })
  roles!: string[];

  /** Null: none was chosen; the browser's is followed. */
  @Column('text', { nullable: true })
  locale!: string | null;

  @Column('boolean', { name: 'must_change_password', default: false })
  mustChangePassword!: boolean;

  @Column('timestamptz', { name: 'disabled_at', nullable: true })
  disabledAt!: Date | null;

  @Column('timestamptz', { name: 'last_sign_in_at', nullable: true })
  lastSignInAt!: Date | null;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'updated_at', default: () => 'now()' })
  updatedAt!: Date;
}
