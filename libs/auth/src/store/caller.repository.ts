import type { Caller, Permission, Role } from '@lorekeep/kit/context';

/** What makes a caller, selected from `app_user u`. */
export interface CallerRow {
  userId: string;
  email: string;
  displayName: string;
  /** Null: none was chosen. */
  locale: 'en' | 'zh' | null;
  roles: Role[];
  mustChangePassword: boolean;
  groupIds: string[];
}

export const CALLER_COLUMNS = `
  u.id as "userId", u.email, u.display_name as "displayName", u.locale, u.roles,
  u.must_change_password as "mustChangePassword",
  array(select m.group_id::text from group_member m where m.user_id = u.id order by 1) as "groupIds"`;

export const ENABLED_CALLER = `
  select ${CALLER_COLUMNS} from app_user u where u.id = $1 and u.disabled_at is null`;

/** Sessions and keys by their ids; their times of ending are for the door, this is about what was taken away. */
export const STANDING = `
  select s.id from session s join app_user u on u.id = s.user_id
   where s.id = any($1::uuid[]) and s.revoked_at is null and u.disabled_at is null
  union all
  select k.id from api_key k join app_user u on u.id = k.user_id
   where k.id = any($1::uuid[]) and k.revoked_at is null and u.disabled_at is null`;

export interface CalledBy {
  kind: Caller['kind'];
  permissions: ReadonlySet<Permission>;
  sessionId?: string;
  keyId?: string;
}

export function callerFrom(row: CallerRow, by: CalledBy): Caller {
  return {
    kind: by.kind,
    userId: row.userId,
    displayName: row.displayName,
    email: row.email,
    locale: row.locale ?? 'en',
    localeChosen: row.locale !== null,
    roles: row.roles,
    groupIds: row.groupIds,
    permissions: by.permissions,
    sessionId: by.sessionId ?? null,
    keyId: by.keyId ?? null,
    // A key has no password to change, and its owner may be away.
    mustChangePassword: by.kind === 'user' && row.mustChangePassword,
  };
}
