import type { Clock } from '@lorekeep/kit/clock';
import type { CallContext } from '@lorekeep/kit/context';
import type { Tx } from '@lorekeep/kit/database';
import { isUuid, likePattern } from '@lorekeep/kit/sql';
import { z } from 'zod';
import type { ApiKeys } from './api-keys.js';
import { authError } from './auth.errors.js';
import { chooseInitialPassword } from './choose-password.js';
import type { PasswordHasher } from './hash-password.js';
import { pageOf, readPage, type Page, type PageRequest } from './read-page.js';
import { ApiKeyRepository } from './store/api-key.repository.js';
import { violates, type AuthStore } from './store/auth-store.js';
import { SessionRepository } from './store/session.repository.js';
import { UserRepository, type UserView } from './store/user.repository.js';
import { email, ids, locale, name, roles, search, validate } from './validate-input.js';

const newUser = z.strictObject({
  email,
  displayName: name,
  roles,
  locale: locale.nullable().default(null),
  groupIds: ids.default([]),
  /** Without: a random one. */
  password: z.string().optional(),
  mustChangePassword: z.boolean().default(true),
});

const changes = z.strictObject({
  email: email.optional(),
  displayName: name.optional(),
  roles: roles.optional(),
  locale: locale.nullable().optional(),
});

const filter = z.strictObject({
  search: search.optional(),
  groupId: z.guid().optional(),
  state: z.enum(['enabled', 'disabled']).optional(),
});

export type NewUser = z.input<typeof newUser>;
export type UserChanges = z.input<typeof changes>;
export type UserListRequest = z.input<typeof filter> & PageRequest;

/** `initialPassword` is shown once; null where the caller chose it. Never part of a record. */
export interface UserWithPassword {
  user: UserView;
  initialPassword: string | null;
}

/**
 * The people of a tenant, for administrators (the route has asked for `admin.users`). A missing id and one of
 * another tenant answer null alike. Users are disabled, never deleted.
 */
export class Users {
  private readonly users: UserRepository;
  private readonly sessions: SessionRepository;
  private readonly keys: ApiKeyRepository;

  constructor(
    private readonly store: AuthStore,
    private readonly hasher: PasswordHasher,
    private readonly apiKeys: ApiKeys,
    private readonly clock: Clock,
  ) {
    this.users = new UserRepository(store);
    this.sessions = new SessionRepository(store);
    this.keys = new ApiKeyRepository(store);
  }

  /** By e-mail; `search` looks in e-mails and names. */
  async list(ctx: CallContext, request: UserListRequest = {}): Promise<Page<UserView>> {
    const { cursor, limit: wanted, ...rest } = request;
    const { after, limit } = readPage({ cursor, limit: wanted });
    const { search, groupId, state } = validate(filter, rest);
    const rows = await this.users.list(ctx, {
      after,
      limit: limit + 1,
      pattern: search ? likePattern(search) : null,
      groupId: groupId ?? null,
      state: state ?? null,
    });
    return pageOf(rows, limit, (user) => user.email);
  }

  async get(ctx: CallContext, id: string): Promise<UserView | null> {
    return isUuid(id) ? this.users.find(ctx, { id }) : null;
  }

  async findByEmail(ctx: CallContext, address: string): Promise<UserView | null> {
    const clean = email.safeParse(address);
    return clean.success ? this.users.find(ctx, { email: clean.data }) : null;
  }

  async create(ctx: CallContext, request: NewUser): Promise<UserWithPassword> {
    const { password: given, groupIds, ...input } = validate(newUser, request);
    const { password, shownOnce } = chooseInitialPassword(given, input.email);
    const passwordHash = await this.hasher.hash(password);
    const now = new Date(this.clock.now());
    const user = await this.store.transaction(ctx, async (tx) => {
      const id = await this.users.insert(tx, { ...input, passwordHash, now }).catch(refuseTakenEmail);
      if (!(await this.users.setGroups(tx, id, groupIds))) throw authError('AUTH_GROUP_UNKNOWN');
      return this.existing(tx, id);
    });
    return { user, initialPassword: shownOnce };
  }

  async update(ctx: CallContext, id: string, request: UserChanges): Promise<UserView | null> {
    const change = validate(changes, request);
    const updated = await this.change(ctx, id, async (tx) => {
      // Whoever administers must not make themselves the auditor of it.
      if (change.roles && id === ctx.caller.userId) await this.keepOwnRoles(tx, id, change.roles);
      if (change.roles && !change.roles.includes('admin')) await this.keepAnAdmin(tx, id);
      const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
      await this.users.update(tx, id, given, this.now()).catch(refuseTakenEmail);
    });
    this.apiKeys.forgetUser(id);
    return updated;
  }

  /** Ends the user's sessions and revokes the keys, for good: enabling brings neither back. */
  async disable(ctx: CallContext, id: string): Promise<UserView | null> {
    const user = await this.change(ctx, id, async (tx) => {
      await this.keepAnAdmin(tx, id);
      await this.users.setDisabled(tx, id, true, this.now());
      await this.sessions.revokeAll(tx, id, null, 'user disabled', this.now());
      await this.keys.revokeAll(tx, id, this.now());
    });
    this.apiKeys.forgetUser(id);
    return user;
  }

  async enable(ctx: CallContext, id: string): Promise<UserView | null> {
    return this.change(ctx, id, async (tx) => {
      await this.users.setDisabled(tx, id, false, this.now());
    });
  }

  /** Gives a new password, which must be changed at the next sign-in, ends the user's sessions and revokes the keys. */
  async resetPassword(
    ctx: CallContext,
    id: string,
    options: { password?: string; mustChangePassword?: boolean } = {},
  ): Promise<UserWithPassword | null> {
    const before = await this.get(ctx, id);
    if (!before) return null;
    const { password, shownOnce } = chooseInitialPassword(options.password, before.email);
    const hash = await this.hasher.hash(password);
    const user = await this.change(ctx, id, async (tx) => {
      await this.users.setPassword(tx, id, hash, options.mustChangePassword ?? true, this.now());
      await this.sessions.revokeAll(tx, id, null, 'password reset', this.now());
      await this.keys.revokeAll(tx, id, this.now());
    });
    this.apiKeys.forgetUser(id);
    return user && { user, initialPassword: shownOnce };
  }

  /** The user belongs to exactly these groups afterwards. */
  async setGroups(ctx: CallContext, id: string, groupIds: readonly string[]): Promise<UserView | null> {
    const wanted = validate(z.object({ groupIds: ids }), { groupIds }).groupIds;
    const user = await this.change(ctx, id, async (tx) => {
      if (!(await this.users.setGroups(tx, id, wanted))) throw authError('AUTH_GROUP_UNKNOWN');
    });
    this.apiKeys.forgetUser(id);
    return user;
  }

  private async change(
    ctx: CallContext,
    id: string,
    work: (tx: Tx) => Promise<void>,
  ): Promise<UserView | null> {
    if (!isUuid(id)) return null;
    return this.store.transaction(ctx, async (tx) => {
      if (!(await this.users.get(tx, id))) return null;
      await work(tx);
      return this.existing(tx, id);
    });
  }

  private async existing(tx: Tx, id: string): Promise<UserView> {
    const user = await this.users.get(tx, id);
    if (!user) throw new Error('the user has gone inside its own transaction');
    return user;
  }

  private async keepOwnRoles(tx: Tx, id: string, wanted: readonly string[]): Promise<void> {
    const { roles } = await this.existing(tx, id);
    const same = roles.length === wanted.length && roles.every((role) => wanted.includes(role));
    if (!same) throw authError('AUTH_OWN_ROLES');
  }

  /** Nobody could undo the loss of the last administrator from inside. */
  private async keepAnAdmin(tx: Tx, id: string): Promise<void> {
    const admins = await this.users.lockAdmins(tx);
    if (admins.length === 1 && admins[0] === id) throw authError('AUTH_LAST_ADMIN');
  }

  private now(): Date {
    return new Date(this.clock.now());
  }
}

function refuseTakenEmail(error: unknown): never {
  throw violates(error, 'app_user_tenant_id_email_key') ? authError('AUTH_EMAIL_TAKEN') : error;
}
