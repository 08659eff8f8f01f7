import type { CallContext } from '@lorekeep/kit/context';
import type { Tx } from '@lorekeep/kit/database';
import type { AuthStore } from './auth-store.js';
import { CALLER_COLUMNS, type CallerRow } from './caller.repository.js';

export interface FoundSession extends CallerRow {
  sessionId: string;
  /** True: by its current token; false: by the one before. */
  current: boolean;
  rotatedAt: Date;
  lastSeenAt: Date;
  expiresAt: Date;
  revokedAt: Date | null;
  disabledAt: Date | null;
}

export interface SessionView {
  id: string;
  userId: string;
  createdAt: Date;
  lastSeenAt: Date;
  expiresAt: Date;
  revokedAt: Date | null;
  revokedReason: string | null;
  ip: string | null;
  userAgent: string | null;
}

export interface NewSession {
  userId: string;
  tokenHash: Buffer;
  now: Date;
  expiresAt: Date;
  ip: string;
  userAgent: string;
}

const VIEW = `
  id, user_id as "userId", created_at as "createdAt", last_seen_at as "lastSeenAt", expires_at as "expiresAt",
  revoked_at as "revokedAt", revoked_reason as "revokedReason", ip, user_agent as "userAgent"`;

const FIND = `
  select s.id as "sessionId", s.token_hash = $1 as current, s.rotated_at as "rotatedAt",
         s.last_seen_at as "lastSeenAt", s.expires_at as "expiresAt", s.revoked_at as "revokedAt",
         u.disabled_at as "disabledAt", ${CALLER_COLUMNS}
    from session s join app_user u on u.id = s.user_id
   where s.token_hash = $1 or s.previous_token_hash = $1
   order by current desc limit 1`;

// Of several requests with the same token one rotates it; the others find another hash and change nothing.
const ROTATE = `
  update session set previous_token_hash = token_hash, token_hash = $3, rotated_at = $4, last_seen_at = $4
   where id = $1 and token_hash = $2 and revoked_at is null
  returning id`;

const TOUCH = `update session set last_seen_at = $2 where id = $1 and last_seen_at < $2`;

const OPEN = `
  insert into session (tenant_id, user_id, token_hash, rotated_at, created_at, last_seen_at, expires_at, ip, user_agent)
  values (app_tenant(), $1, $2, $3, $3, $3, $4, $5, $6)
  returning id`;

const END_OLDEST = `
  update session set revoked_at = $2, revoked_reason = 'too many sessions'
   where id in (select id from session where user_id = $1 and revoked_at is null and expires_at > $2
                 order by last_seen_at desc, id offset $3)`;

const REVOKE = `
  update session set revoked_at = $2, revoked_reason = $3
   where id = $1 and revoked_at is null and ($4::uuid is null or user_id = $4)
  returning ${VIEW}`;

const REVOKE_ALL = `
  update session set revoked_at = $2, revoked_reason = $3
   where user_id = $1 and revoked_at is null and id is distinct from $4::uuid
  returning id`;

const LIST = `
  select ${VIEW} from session
   where user_id = $1 and revoked_at is null and expires_at > $2 and last_seen_at > $3
   order by last_seen_at desc, id limit $4`;

const REMOVE_ENDED = `delete from session where coalesce(revoked_at, expires_at) < $1 returning id`;

/** Every statement on sessions. */
export class SessionRepository {
  constructor(private readonly store: AuthStore) {}

  async find(ctx: CallContext, hash: Buffer): Promise<FoundSession | undefined> {
    return (await this.store.once<FoundSession>(ctx, FIND, [hash]))[0];
  }

  /** False when another request was faster or the session has ended. */
  async rotate(ctx: CallContext, id: string, from: Buffer, to: Buffer, now: Date): Promise<boolean> {
    return (await this.store.once(ctx, ROTATE, [id, from, to, now])).length === 1;
  }

  async touch(ctx: CallContext, id: string, now: Date): Promise<void> {
    await this.store.once(ctx, TOUCH, [id, now], { durable: false });
  }

  async open(tx: Tx, session: NewSession, keep: number): Promise<string> {
    const { userId, tokenHash, now, expiresAt, ip, userAgent } = session;
    const [row] = await tx.query<{ id: string }>(OPEN, [userId, tokenHash, now, expiresAt, ip, userAgent]);
    if (!row) throw new Error('the new session was not stored');
    await tx.query(END_OLDEST, [userId, now, keep]);
    return row.id;
  }

  /** `ownerId` null: of whichever user. */
  async revoke(
    ctx: CallContext,
    id: string,
    ownerId: string | null,
    reason: string,
    now: Date,
  ): Promise<SessionView | null> {
    return (await this.store.once<SessionView>(ctx, REVOKE, [id, now, reason, ownerId]))[0] ?? null;
  }

  async revokeAll(
    tx: Tx,
    userId: string,
    exceptId: string | null,
    reason: string,
    now: Date,
  ): Promise<number> {
    return (await tx.query(REVOKE_ALL, [userId, now, reason, exceptId])).length;
  }

  list(ctx: CallContext, userId: string, now: Date, idleSince: Date, limit: number): Promise<SessionView[]> {
    return this.store.once<SessionView>(ctx, LIST, [userId, now, idleSince, limit]);
  }

  async removeEnded(tx: Tx, before: Date): Promise<number> {
    return (await tx.query(REMOVE_ENDED, [before])).length;
  }
}
