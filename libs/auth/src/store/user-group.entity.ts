import { Column, Entity, ForeignKey, Index, PrimaryColumn, PrimaryGeneratedColumn, Unique } from 'typeorm';
import { AppUserEntity } from './app-user.entity.js';
import { TenantEntity } from './tenant.entity.js';

/** A named set of users: documents and quotas are granted to it. */
@Entity('user_group')
@Unique('user_group_tenant_id_name_key', ['tenantId', 'name'])
export class UserGroupEntity {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'user_group_pkey' })
  id!: string;

  @Column('uuid', { name: 'tenant_id' })
  @ForeignKey(() => TenantEntity, { name: 'user_group_tenant_id_fkey' })
  tenantId!: string;

  @Column('text')
  name!: string;

  @Column('text', { default: '' })
  description!: string;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;
}

@Entity('group_member')
@Index('group_member_user', ['userId'])
export class GroupMemberEntity {
  @Column('uuid', { name: 'tenant_id' })
  @ForeignKey(() => TenantEntity, { name: 'group_member_tenant_id_fkey' })
  tenantId!: string;

  @PrimaryColumn('uuid', { name: 'group_id', primaryKeyConstraintName: 'group_member_pkey' })
  @ForeignKey(() => UserGroupEntity, { name: 'group_member_group_id_fkey', onDelete: 'CASCADE' })
  groupId!: string;

  @PrimaryColumn('uuid', { name: 'user_id', primaryKeyConstraintName: 'group_member_pkey' })
  @ForeignKey(() => AppUserEntity, { name: 'group_member_user_id_fkey', onDelete: 'CASCADE' })
  userId!: string;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;
}
