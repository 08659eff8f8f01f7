import type { CallContext } from '@lorekeep/kit/context';
import type { Tx } from '@lorekeep/kit/database';
import type { AuthStore } from './auth-store.js';
import { CALLER_COLUMNS, type CallerRow } from './caller.repository.js';

export interface ApiKeyView {
  id: string;
  userId: string;
  name: string;
  displayPrefix: string;
  scopes: string[];
  expiresAt: Date | null;
  lastUsedAt: Date | null;
  revokedAt: Date | null;
  createdAt: Date;
}

export interface FoundKey extends CallerRow {
  keyId: string;
  scopes: string[];
  expiresAt: Date | null;
}

const VIEW = `
  id, user_id as "userId", name, display_prefix as "displayPrefix", scopes, expires_at as "expiresAt",
  last_used_at as "lastUsedAt", revoked_at as "revokedAt", created_at as "createdAt"`;

// The look-up notes its use at most once a minute, in the same statement.
const FIND = `
  with found as (
    select k.id as "keyId", k.scopes, k.expires_at as "expiresAt", ${CALLER_COLUMNS}
      from api_key k join app_user u on u.id = k.user_id
     where k.key_hash = $1 and k.revoked_at is null and u.disabled_at is null
       and (k.expires_at is null or k.expires_at > $2)
  ), used as (
    update api_key set last_used_at = $2
     where id in (select "keyId" from found) and (last_used_at is null or last_used_at < $2 - interval '1 minute')
  )
  select * from found`;

// Locks the owner: keys made at the same time count one another.
const LOCK_OWNER = `select id from app_user where id = $1 and disabled_at is null for no key update`;

const COUNT_ACTIVE = `
  select count(*)::int as n from api_key
   where user_id = $1 and revoked_at is null and (expires_at is null or expires_at > $2)`;

const INSERT = `
  insert into api_key (tenant_id, user_id, name, key_hash, display_prefix, scopes, expires_at, created_at)
  values (app_tenant(), $1, $2, $3, $4, $5, $6, $7)
  returning ${VIEW}`;

const LIST = `
  select ${VIEW} from api_key
   where revoked_at is null and ($1::uuid is null or user_id = $1)
   order by created_at desc, id limit $2`;

const REVOKE = `
  update api_key set revoked_at = $2
   where id = $1 and revoked_at is null and ($3::uuid is null or user_id = $3)
  returning ${VIEW}`;

const REVOKE_ALL = `update api_key set revoked_at = $2 where user_id = $1 and revoked_at is null returning id`;

export interface NewKeyRow {
  userId: string;
  name: string;
  hash: Buffer;
  displayPrefix: string;
  scopes: string[];
  expiresAt: Date;
  now: Date;
}

/** Every statement on API keys. */
export class ApiKeyRepository {
  constructor(private readonly store: AuthStore) {}

  async find(ctx: CallContext, hash: Buffer, now: Date): Promise<FoundKey | null> {
    return (await this.store.once<FoundKey>(ctx, FIND, [hash, now], { durable: false }))[0] ?? null;
  }

  /** Number of the owner's active keys; null when there is no such enabled user. */
  async lockOwner(tx: Tx, userId: string, now: Date): Promise<number | null> {
    if ((await tx.query(LOCK_OWNER, [userId])).length === 0) return null;
    return (await tx.query<{ n: number }>(COUNT_ACTIVE, [userId, now]))[0]?.n ?? 0;
  }

  async insert(tx: Tx, key: NewKeyRow): Promise<ApiKeyView> {
    const { userId, name, hash, displayPrefix, scopes, expiresAt, now } = key;
    const values = [userId, name, hash, displayPrefix, scopes, expiresAt, now];
    const [row] = await tx.query<ApiKeyView>(INSERT, values);
    if (!row) throw new Error('the new key was not stored');
    return row;
  }

  /** `userId` null: of everybody. */
  list(ctx: CallContext, userId: string | null, limit: number): Promise<ApiKeyView[]> {
    return this.store.once<ApiKeyView>(ctx, LIST, [userId, limit]);
  }

  async revoke(ctx: CallContext, id: string, ownerId: string | null, now: Date): Promise<ApiKeyView | null> {
    return (await this.store.once<ApiKeyView>(ctx, REVOKE, [id, now, ownerId]))[0] ?? null;
  }

  async revokeAll(tx: Tx, userId: string, now: Date): Promise<number> {
    return (await tx.query(REVOKE_ALL, [userId, now])).length;
  }
}
