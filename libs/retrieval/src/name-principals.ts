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

/** Those of `principals` that name nobody in this tenant. */
export async function unknownPrincipals(tx: Tx, principals: readonly string[]): Promise<string[]> {
  const rows = await tx.query<{ principal: string }>(
    `select principal from unnest($1::text[]) as principal
      where principal <> 'everyone'
        and not exists (select from app_user u where principal = 'user:' || u.id)
        and not exists (select from user_group g where principal = 'group:' || g.id)`,
    [principals],
  );
  return rows.map((row) => row.principal);
}

/** The principals of one person, or nothing when there is no such person in this tenant. */
export async function principalsOfUser(tx: Tx, userId: string): Promise<string[] | null> {
  const rows = await tx.query<{ principals: string[] }>(
    `select array['everyone', 'user:' || u.id] ||
            array(select 'group:' || m.group_id from group_member m where m.user_id = u.id) as principals
       from app_user u where u.id = $1`,
    [userId],
  );
  return rows[0]?.principals ?? null;
}
