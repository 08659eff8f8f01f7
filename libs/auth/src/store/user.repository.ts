import type { CallContext, Role } from '@lorekeep/kit/context';
import type { Tx } from '@lorekeep/kit/database';
import type { AuthStore } from './auth-store.js';

export interface UserView {
  id: string;
  email: string;
  displayName: string;
  roles: Role[];
  /** Null: none was chosen. */
  locale: 'en' | 'zh' | null;
  mustChangePassword: boolean;
  disabledAt: Date | null;
  lastSignInAt: Date | null;
  createdAt: Date;
  groups: { id: string; name: string }[];
}

/** What a password is checked against. */
export interface Credentials {
  id: string;
  email: string;
  passwordHash: string | null;
  disabledAt: Date | null;
}

export interface UserFilter {
  after: string | null;
  limit: number;
  /** LIKE pattern, or null. */
  pattern: string | null;
  groupId: string | null;
  state: 'enabled' | 'disabled' | null;
}

const VIEW = `
  u.id, u.email, u.display_name as "displayName", u.roles, u.locale,
  u.must_change_password as "mustChangePassword", u.disabled_at as "disabledAt",
  u.last_sign_in_at as "lastSignInAt", u.created_at as "createdAt",
  coalesce((select jsonb_agg(jsonb_build_object('id', g.id, 'name', g.name) order by g.name)
              from group_member m join user_group g on g.id = m.group_id where m.user_id = u.id), '[]') as groups`;

const GET = `select ${VIEW} from app_user u where u.id = $1`;

const FIND_BY_EMAIL = `select ${VIEW} from app_user u where u.email = $1`;

const LIST = `
  select ${VIEW} from app_user u
   where ($1::text is null or u.email > $1)
     and ($2::text is null or u.email like lower($2) or u.display_name ilike $2)
     and ($3::uuid is null or exists (select from group_member m where m.user_id = u.id and m.group_id = $3))
     and ($4::boolean is null or (u.disabled_at is null) = $4)
   order by u.email limit $5`;

const CREDENTIALS = `
  select id, email, password_hash as "passwordHash", disabled_at as "disabledAt" from app_user`;

const INSERT = `
  insert into app_user (tenant_id, email, display_name, roles, locale, password_hash, must_change_password, created_at, updated_at)
  values (app_tenant(), $1, $2, $3, $4, $5, $6, $7, $7)
  returning id`;

const UPDATE = `
  update app_user
     set email = coalesce($2, email), display_name = coalesce($3, display_name), roles = coalesce($4::text[], roles),
         locale = case when $7 then $5 else locale end, updated_at = $6
   where id = $1
  returning id`;

const SET_DISABLED = `
  update app_user set disabled_at = $2, updated_at = $3
   where id = $1 and (disabled_at is null) = ($2::timestamptz is not null)
  returning id`;

const SET_PASSWORD = `
  update app_user set password_hash = $2, must_change_password = $3, updated_at = $4 where id = $1 returning id`;

// Only where nobody changed the password meanwhile.
const REHASH = `update app_user set password_hash = $3 where id = $1 and password_hash = $2`;

const SIGNED_IN = `
  update app_user set last_sign_in_at = $2 where id = $1 and disabled_at is null and password_hash = $3 returning id`;

// Locks every administrator: two that demote each other at the same time wait for one another.
const LOCK_ADMINS = `
  select id from app_user where 'admin' = any (roles) and disabled_at is null order by id for update`;

const LEAVE_GROUPS = `delete from group_member where user_id = $1 and group_id <> all ($2::uuid[])`;

const JOIN_GROUPS = `
  insert into group_member (tenant_id, group_id, user_id)
  select app_tenant(), g.id, $1 from user_group g where g.id = any ($2::uuid[])
  on conflict do nothing`;

const COUNT_GROUPS = `select count(*)::int as n from user_group where id = any ($1::uuid[])`;

/** Every statement on users. */
export class UserRepository {
  constructor(private readonly store: AuthStore) {}

  async get(tx: Tx, id: string): Promise<UserView | null> {
    return (await tx.query<UserView>(GET, [id]))[0] ?? null;
  }

  async find(ctx: CallContext, by: { id: string } | { email: string }): Promise<UserView | null> {
    const rows =
      'id' in by
        ? await this.store.once<UserView>(ctx, GET, [by.id])
        : await this.store.once<UserView>(ctx, FIND_BY_EMAIL, [by.email]);
    return rows[0] ?? null;
  }

  list(ctx: CallContext, filter: UserFilter): Promise<UserView[]> {
    const enabled = filter.state === null ? null : filter.state === 'enabled';
    return this.store.once<UserView>(ctx, LIST, [
      filter.after,
      filter.pattern,
      filter.groupId,
      enabled,
      filter.limit,
    ]);
  }

  async credentialsByEmail(tx: Tx, email: string): Promise<Credentials | null> {
    return (await tx.query<Credentials>(`${CREDENTIALS} where email = $1`, [email]))[0] ?? null;
  }

  async credentialsById(tx: Tx, id: string): Promise<Credentials | null> {
    return (await tx.query<Credentials>(`${CREDENTIALS} where id = $1`, [id]))[0] ?? null;
  }

  async insert(
    tx: Tx,
    user: {
      email: string;
      displayName: string;
      roles: Role[];
      locale: string | null;
      passwordHash: string | null;
      mustChangePassword: boolean;
      now: Date;
    },
  ): Promise<string> {
    const [row] = await tx.query<{ id: string }>(INSERT, [
      user.email,
      user.displayName,
      user.roles,
      user.locale,
      user.passwordHash,
      user.mustChangePassword,
      user.now,
    ]);
    if (!row) throw new Error('the new user was not stored');
    return row.id;
  }

  async update(
    tx: Tx,
    id: string,
    change: { email?: string; displayName?: string; roles?: Role[]; locale?: string | null },
    now: Date,
  ): Promise<boolean> {
    const { email = null, displayName = null, roles = null, locale } = change;
    const values = [id, email, displayName, roles, locale ?? null, now, locale !== undefined];
    return (await tx.query(UPDATE, values)).length === 1;
  }

  /** False when the user is missing or is so already. */
  async setDisabled(tx: Tx, id: string, disabled: boolean, now: Date): Promise<boolean> {
    return (await tx.query(SET_DISABLED, [id, disabled ? now : null, now])).length === 1;
  }

  async setPassword(tx: Tx, id: string, hash: string, mustChange: boolean, now: Date): Promise<boolean> {
    return (await tx.query(SET_PASSWORD, [id, hash, mustChange, now])).length === 1;
  }

  async rehash(tx: Tx, id: string, from: string, to: string): Promise<void> {
    await tx.query(REHASH, [id, from, to]);
  }

  /** False when the user was disabled or the password changed while it was being checked. */
  async recordSignIn(tx: Tx, user: Credentials, now: Date): Promise<boolean> {
    return (await tx.query(SIGNED_IN, [user.id, now, user.passwordHash])).length === 1;
  }

  /** Ids of the active administrators, locked until the end of the transaction. */
  async lockAdmins(tx: Tx): Promise<string[]> {
    return (await tx.query<{ id: string }>(LOCK_ADMINS)).map((row) => row.id);
  }

  /** False when one of the groups does not exist in this tenant. */
  async setGroups(tx: Tx, id: string, groupIds: string[]): Promise<boolean> {
    const [row] = await tx.query<{ n: number }>(COUNT_GROUPS, [groupIds]);
    if (row?.n !== groupIds.length) return false;
    await tx.query(LEAVE_GROUPS, [id, groupIds]);
    await tx.query(JOIN_GROUPS, [id, groupIds]);
    return true;
  }
}
