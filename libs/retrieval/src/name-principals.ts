import type { Tx } from '@lorekeep/kit/database';
import type { Effect } from './store/reader.entity.js';

export interface NamedReader {
  readonly principal: string;
  readonly effect: Effect;
  /** Name of the person or group; `everyone` for everyone. */
  readonly name: string;
}

/** A principal `r.principal` with the name of its person or group; refers to the tables of auth by id only. */
export const PRINCIPAL_NAME = `case when r.principal = 'everyone' then 'everyone' else coalesce(
  (select u.display_name from app_user u where r.principal = 'user:' || u.id),
  (select g.name from user_group g where r.principal = 'group:' || g.id), r.principal) end`;

/**
 * Those of `principals` that name nobody in this tenant. The others cannot be deleted before the end of the
 * transaction: who deletes them sees what it says of them.
 */
export async function unknownPrincipals(tx: Tx, principals: readonly string[]): Promise<string[]> {
  const named = principals.filter((principal) => principal !== 'everyone');
  const known = new Set(['everyone']);
  for (const [kind, table] of [
    ['user', 'app_user'],
    ['group', 'user_group'],
  ] as const) {
    const ids = named
      .filter((each) => each.startsWith(`${kind}:`))
      .map((each) => each.slice(kind.length + 1));
    if (ids.length === 0) continue;
    const rows = await tx.query<{ id: string }>(
      `select id from ${table} where id = any ($1::uuid[]) order by id for key share`,
      [ids],
    );
    for (const { id } of rows) known.add(`${kind}:${id}`);
  }
  return named.filter((principal) => !known.has(principal));
}

export interface Person {
  readonly principals: string[];
  readonly disabled: boolean;
}

/** A person as the permission test sees them, or null when there is no such person in this tenant. */
export async function personOf(tx: Tx, userId: string): Promise<Person | null> {
  const rows = await tx.query<Person & Record<string, unknown>>(
    `select array['everyone', 'user:' || u.id] ||
            array(select 'group:' || m.group_id from group_member m where m.user_id = u.id) as principals,
            u.disabled_at is not null as disabled
       from app_user u where u.id = $1`,
    [userId],
  );
  return rows[0] ?? null;
}
