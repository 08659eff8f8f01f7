import type { Clock } from '@lorekeep/kit/clock';
import { systemContext, type CallContext, type Caller, type Permission } from '@lorekeep/kit/context';
import type { Tx } from '@lorekeep/kit/database';
import { isUuid } from '@lorekeep/kit/sql';
import type { AuthConfig } from './auth.config.js';
import { authError } from './auth.errors.js';
import { cleanClientText } from './clean-client-text.js';
import { permissionsOf } from './permissions.js';
import { newSessionToken, parseSessionToken } from './session-token.js';
import type { AuthStore } from './store/auth-store.js';
import { callerFrom, ENABLED_CALLER, type CallerRow } from './store/caller.repository.js';
import { SessionRepository, type FoundSession, type SessionView } from './store/session.repository.js';

/** A token is replaced after this age … */
export const ROTATE_AFTER_MS = 15 * 60_000;
/** … and the one before stays good this long, for requests that were under way. */
export const PREVIOUS_GOOD_MS = 30_000;
/** `lastSeenAt` is exact to this, which spares a write per request. */
const SEEN_EXACT_MS = 60_000;
/** Open sessions of one user; the ones not used for longest end. */
export const SESSIONS_MAX = 50;
const REASON_MAX = 100;

export interface Client {
  ip: string;
  userAgent: string;
}

export interface VerifiedSession {
  caller: Caller;
  tenantId: string;
  sessionId: string;
  /** To be sent to the browser in place of the old one. */
  rotatedToken?: string;
}

/** A token came back that had been replaced long ago: somebody has a copy. The session has been ended. */
export interface TokenReuse extends Client {
  tenantId: string;
  sessionId: string;
  userId: string;
}

export interface SessionHooks {
  onReuse?: (reuse: TokenReuse) => void;
}

export interface SessionItem extends SessionView {
  /** True for the session that asks. */
  current: boolean;
}

/** Who is signed in, from which browser, until when. */
export class Sessions {
  private readonly sessions: SessionRepository;

  constructor(
    private readonly store: AuthStore,
    private readonly config: AuthConfig,
    private readonly clock: Clock,
    private readonly hooks: SessionHooks = {},
  ) {
    this.sessions = new SessionRepository(store);
  }

  /** Null for a token that is malformed, unknown, expired, revoked or of a disabled user. Throws AuthFault, never guesses. */
  async verify(token: unknown, client: Client): Promise<VerifiedSession | null> {
    const parsed = parseSessionToken(token);
    if (!parsed) return null;
    const { tenantId, hash } = parsed;
    const ctx = systemContext(tenantId);
    const found = await this.sessions.find(ctx, hash);
    if (!found || this.hasEnded(found)) return null;
    const verified: VerifiedSession = {
      tenantId,
      sessionId: found.sessionId,
      caller: callerFrom(found, {
        kind: 'user',
        permissions: permissionsOfSession(found),
        sessionId: found.sessionId,
      }),
    };
    const age = this.clock.now() - found.rotatedAt.getTime();
    if (!found.current) {
      if (age <= PREVIOUS_GOOD_MS) return verified;
      await this.endReused(ctx, found, client);
      return null;
    }
    const rotatedToken = age >= ROTATE_AFTER_MS ? await this.rotate(ctx, found, hash) : undefined;
    if (rotatedToken) return { ...verified, rotatedToken };
    await this.touch(ctx, found);
    return verified;
  }

  /** Begins a session inside the transaction of the sign-in. */
  async open(
    ctx: CallContext,
    tx: Tx,
    userId: string,
    client: Client,
  ): Promise<{ sessionToken: string; sessionId: string; caller: Caller }> {
    const now = this.clock.now();
    const { token, hash } = newSessionToken(ctx.tenantId);
    const [row] = await tx.query<CallerRow>(ENABLED_CALLER, [userId]);
    if (!row) throw new Error('the user is disabled or missing');
    const sessionId = await this.sessions.open(
      tx,
      {
        userId,
        tokenHash: hash,
        now: new Date(now),
        expiresAt: new Date(now + this.config.SESSION_MAX_HOURS * 3_600_000),
        ip: cleanClientText(client.ip),
        userAgent: cleanClientText(client.userAgent),
      },
      SESSIONS_MAX,
    );
    const caller = callerFrom(row, { kind: 'user', permissions: permissionsOfSession(row), sessionId });
    return { sessionToken: token, sessionId, caller };
  }

  /** Ends a session of the caller's own, or anybody's for who administers users. Null when there is none such. */
  async revoke(ctx: CallContext, id: string, reason = 'signed out'): Promise<SessionView | null> {
    if (!isUuid(id)) return null;
    const owner = ownerOnly(ctx);
    return this.sessions.revoke(ctx, id, owner, reason.slice(0, REASON_MAX), new Date(this.clock.now()));
  }

  /** Ends all sessions of a user, except one; returns how many. */
  async revokeAllOf(ctx: CallContext, userId: string, exceptId?: string): Promise<number> {
    const owner = ownerOnly(ctx);
    if (!isUuid(userId) || (owner !== null && owner !== userId)) return 0;
    const except = isUuid(exceptId) ? exceptId : null;
    const now = new Date(this.clock.now());
    return this.store.transaction(ctx, (tx) =>
      this.sessions.revokeAll(tx, userId, except, 'all sessions ended', now),
    );
  }

  /** Open sessions of the caller, or of another user for who administers users; newest use first. */
  async list(ctx: CallContext, userId = ctx.caller.userId): Promise<SessionItem[]> {
    const owner = ownerOnly(ctx);
    if (!isUuid(userId) || (owner !== null && owner !== userId)) return [];
    const now = this.clock.now();
    const idleSince = new Date(now - this.idleMs());
    const views = await this.sessions.list(ctx, userId, new Date(now), idleSince, SESSIONS_MAX);
    return views.map((view) => ({ ...view, current: view.id === ctx.caller.sessionId }));
  }

  private hasEnded(found: FoundSession): boolean {
    const now = this.clock.now();
    return (
      found.revokedAt !== null ||
      found.disabledAt !== null ||
      found.expiresAt.getTime() <= now ||
      now - found.lastSeenAt.getTime() >= this.idleMs()
    );
  }

  private idleMs(): number {
    return this.config.SESSION_IDLE_MINUTES * 60_000;
  }

  private async rotate(ctx: CallContext, found: FoundSession, hash: Buffer): Promise<string | undefined> {
    const next = newSessionToken(ctx.tenantId);
    const now = new Date(this.clock.now());
    const won = await this.sessions.rotate(ctx, found.sessionId, hash, next.hash, now);
    return won ? next.token : undefined;
  }

  private async touch(ctx: CallContext, found: FoundSession): Promise<void> {
    const now = this.clock.now();
    if (now - found.lastSeenAt.getTime() < SEEN_EXACT_MS) return;
    await this.sessions.touch(ctx, found.sessionId, new Date(now));
  }

  private async endReused(ctx: CallContext, found: FoundSession, client: Client): Promise<void> {
    const now = new Date(this.clock.now());
    const ended = await this.sessions.revoke(ctx, found.sessionId, null, 'token used again', now);
    if (!ended) return;
    this.hooks.onReuse?.({
      tenantId: ctx.tenantId,
      sessionId: found.sessionId,
      userId: found.userId,
      ...client,
    });
  }
}

/** Null: the caller may manage everybody's sessions. */
function ownerOnly(ctx: CallContext): string | null {
  if (ctx.caller.permissions.has('admin.users')) return null;
  if (ctx.caller.userId === null) throw authError('AUTH_NOT_A_PERSON');
  return ctx.caller.userId;
}

/** Until an initial password has been changed, nothing but changing it. */
function permissionsOfSession(row: CallerRow): Set<Permission> {
  return row.mustChangePassword ? new Set(['account']) : permissionsOf(row.roles);
}
