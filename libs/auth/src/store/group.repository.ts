import type { CallContext } from '@lorekeep/kit/context';
import type { Tx } from '@lorekeep/kit/database';
import type { AuthStore } from './auth-store.js';

export interface GroupView {
  id: string;
  name: string;
  description: string;
  members: number;
  createdAt: Date;
}

export interface MemberView {
  id: string;
  email: string;
  displayName: string;
  disabledAt: Date | null;
}

const VIEW = `
  g.id, g.name, g.description, g.created_at as "createdAt",
  (select count(*)::int from group_member m where m.group_id = g.id) as members`;

const GET = `select ${VIEW} from user_group g where g.id = $1`;

const LIST = `
  select ${VIEW} from user_group g
   where ($1::text is null or g.name > $1) and ($2::text is null or g.name ilike $2)
   order by g.name limit $3`;

const INSERT = `
  insert into user_group (tenant_id, name, description, created_at) values (app_tenant(), $1, $2, $3) returning id`;

const UPDATE = `
  update user_group set name = coalesce($2, name), description = coalesce($3, description) where id = $1
  returning id`;

const DELETE = `delete from user_group where id = $1`;

const MEMBERS = `
  select u.id, u.email, u.display_name as "displayName", u.disabled_at as "disabledAt"
    from group_member m join app_user u on u.id = m.user_id
   where m.group_id = $1 and ($2::text is null or u.email > $2)
   order by u.email limit $3`;

const GROUPS_OF = `
  select user_id as id, array_agg(group_id::text order by group_id) as "groupIds"
    from group_member where user_id = any ($1::uuid[]) group by user_id`;

// Foreign keys look past row security: only ids that are visible here may be linked.
const ADD = `
  insert into group_member (tenant_id, group_id, user_id)
  select app_tenant(), g.id, u.id from user_group g, app_user u where g.id = $1 and u.id = any ($2::uuid[])
  on conflict do nothing
  returning user_id as id`;

const COUNT_USERS = `select count(*)::int as n from app_user where id = any ($1::uuid[])`;

const REMOVE = `delete from group_member where group_id = $1 and user_id = any ($2::uuid[])`;

const LOCK = `select id from user_group where id = $1 for no key update`;

const REMOVE_OTHERS = `
  delete from group_member where group_id = $1 and user_id <> all ($2::uuid[]) returning user_id as id`;

/** Every statement on groups. */
export class GroupRepository {
  constructor(private readonly store: AuthStore) {}

  async get(tx: Tx, id: string): Promise<GroupView | null> {
    return (await tx.query<GroupView>(GET, [id]))[0] ?? null;
  }

  list(ctx: CallContext, after: string | null, pattern: string | null, limit: number): Promise<GroupView[]> {
    return this.store.once<GroupView>(ctx, LIST, [after, pattern, limit]);
  }

  async insert(tx: Tx, name: string, description: string, now: Date): Promise<string> {
    const [row] = await tx.query<{ id: string }>(INSERT, [name, description, now]);
    if (!row) throw new Error('the new group was not stored');
    return row.id;
  }

  async update(tx: Tx, id: string, name: string | null, description: string | null): Promise<void> {
    await tx.query(UPDATE, [id, name, description]);
  }

  async delete(tx: Tx, id: string): Promise<void> {
    await tx.query(DELETE, [id]);
  }

  groupsOf(ctx: CallContext, userIds: readonly string[]): Promise<{ id: string; groupIds: string[] }[]> {
    return this.store.once(ctx, GROUPS_OF, [userIds]);
  }

  members(tx: Tx, id: string, after: string | null, limit: number): Promise<MemberView[]> {
    return tx.query<MemberView>(MEMBERS, [id, after, limit]);
  }

  /** False when one of the users does not exist in this tenant. */
  async areUsers(tx: Tx, userIds: string[]): Promise<boolean> {
    const [row] = await tx.query<{ n: number }>(COUNT_USERS, [userIds]);
    return row?.n === userIds.length;
  }

  async addMembers(tx: Tx, id: string, userIds: string[]): Promise<void> {
    await tx.query(ADD, [id, userIds]);
  }

  /** Two at the same time follow one another: the second list holds, whole. */
  async setMembers(tx: Tx, id: string, userIds: string[]): Promise<{ added: string[]; removed: string[] }> {
    await tx.query(LOCK, [id]);
    const removed = await tx.query<{ id: string }>(REMOVE_OTHERS, [id, userIds]);
    const added = await tx.query<{ id: string }>(ADD, [id, userIds]);
    return { added: added.map((row) => row.id), removed: removed.map((row) => row.id) };
  }

  async removeMembers(tx: Tx, id: string, userIds: string[]): Promise<void> {
    await tx.query(REMOVE, [id, userIds]);
  }
}
