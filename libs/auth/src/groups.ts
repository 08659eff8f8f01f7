import type { Clock } from '@lorekeep/kit/clock';
import type { CallContext } from '@lorekeep/kit/context';
import type { Tx } from '@lorekeep/kit/database';
import { isUuid, likePattern } from '@lorekeep/kit/sql';
import { z } from 'zod';
import { authError } from './auth.errors.js';
import { pageOf, readPage, type Page, type PageRequest } from './read-page.js';
import { violates, type AuthStore } from './store/auth-store.js';
import { GroupRepository, type GroupView, type MemberView } from './store/group.repository.js';
import { description, ids, name, search, validate } from './validate-input.js';

const newGroup = z.strictObject({ name, description: description.default('') });
const changes = z.strictObject({ name: name.optional(), description: description.optional() });
const filter = z.strictObject({ search: search.optional() });

export type NewGroup = z.input<typeof newGroup>;
export type GroupChanges = z.input<typeof changes>;

/**
 * Groups of users, for administrators. A missing id and one of another tenant answer null alike.
 * Members of a group read what is granted to it, from their next request on.
 */
export class Groups {
  private readonly groups: GroupRepository;

  constructor(
    private readonly store: AuthStore,
    private readonly clock: Clock,
    /** Told when members have changed, since callers are remembered with their groups. */
    private readonly apiKeys?: { forgetAll(): void },
  ) {
    this.groups = new GroupRepository(store);
  }

  /** By name. */
  async list(
    ctx: CallContext,
    request: PageRequest & { search?: string | undefined } = {},
  ): Promise<Page<GroupView>> {
    const { cursor, limit: wanted, ...rest } = request;
    const { after, limit } = readPage({ cursor, limit: wanted });
    const { search } = validate(filter, rest);
    const rows = await this.groups.list(ctx, after, search ? likePattern(search) : null, limit + 1);
    return pageOf(rows, limit, (group) => group.name);
  }

  async get(ctx: CallContext, id: string): Promise<GroupView | null> {
    return this.change(ctx, id, () => Promise.resolve());
  }

  async create(ctx: CallContext, request: NewGroup): Promise<GroupView> {
    const input = validate(newGroup, request);
    const now = new Date(this.clock.now());
    return this.store.transaction(ctx, async (tx) => {
      const id = await this.groups.insert(tx, input.name, input.description, now).catch(refuseTakenName);
      return this.existing(tx, id);
    });
  }

  async update(ctx: CallContext, id: string, request: GroupChanges): Promise<GroupView | null> {
    const { name, description } = validate(changes, request);
    return this.change(ctx, id, async (tx) => {
      await this.groups.update(tx, id, name ?? null, description ?? null).catch(refuseTakenName);
    });
  }

  /** Returns the group as it was. */
  async delete(ctx: CallContext, id: string): Promise<GroupView | null> {
    if (!isUuid(id)) return null;
    const deleted = await this.store.transaction(ctx, async (tx) => {
      const group = await this.groups.get(tx, id);
      if (group) await this.groups.delete(tx, id);
      return group;
    });
    this.apiKeys?.forgetAll();
    return deleted;
  }

  /** By e-mail; null for a missing group. */
  async members(ctx: CallContext, id: string, request: PageRequest = {}): Promise<Page<MemberView> | null> {
    const { after, limit } = readPage(request);
    if (!isUuid(id)) return null;
    return this.store.transaction(ctx, async (tx) => {
      if (!(await this.groups.get(tx, id))) return null;
      const rows = await this.groups.members(tx, id, after, limit + 1);
      return pageOf(rows, limit, (member) => member.email);
    });
  }

  /** The groups of these users, by user; who is in none, and who is no user, is left out. */
  async groupsOf(
    ctx: CallContext,
    userIds: readonly string[],
  ): Promise<ReadonlyMap<string, readonly string[]>> {
    const rows = await this.groups.groupsOf(ctx, [...new Set(userIds)].filter(isUuid));
    return new Map(rows.map(({ id, groupIds }) => [id, groupIds]));
  }

  async addMembers(ctx: CallContext, id: string, userIds: readonly string[]): Promise<GroupView | null> {
    const wanted = validate(z.object({ userIds: ids }), { userIds }).userIds;
    const group = await this.change(ctx, id, async (tx) => {
      if (!(await this.groups.areUsers(tx, wanted))) throw authError('AUTH_USER_UNKNOWN');
      await this.groups.addMembers(tx, id, wanted);
    });
    this.apiKeys?.forgetAll();
    return group;
  }

  async removeMembers(ctx: CallContext, id: string, userIds: readonly string[]): Promise<GroupView | null> {
    const wanted = validate(z.object({ userIds: ids }), { userIds }).userIds;
    const group = await this.change(ctx, id, (tx) => this.groups.removeMembers(tx, id, wanted));
    this.apiKeys?.forgetAll();
    return group;
  }

  /** The group has exactly these members afterwards; `added` and `removed` say what changed. */
  async setMembers(
    ctx: CallContext,
    id: string,
    userIds: readonly string[],
  ): Promise<{ group: GroupView; added: string[]; removed: string[] } | null> {
    const wanted = validate(z.object({ userIds: ids }), { userIds }).userIds;
    let changed = { added: [] as string[], removed: [] as string[] };
    const group = await this.change(ctx, id, async (tx) => {
      if (!(await this.groups.areUsers(tx, wanted))) throw authError('AUTH_USER_UNKNOWN');
      changed = await this.groups.setMembers(tx, id, wanted);
    });
    this.apiKeys?.forgetAll();
    return group && { group, ...changed };
  }

  private async change(
    ctx: CallContext,
    id: string,
    work: (tx: Tx) => Promise<void>,
  ): Promise<GroupView | null> {
    if (!isUuid(id)) return null;
    return this.store.transaction(ctx, async (tx) => {
      if (!(await this.groups.get(tx, id))) return null;
      await work(tx);
      return this.existing(tx, id);
    });
  }

  private async existing(tx: Tx, id: string): Promise<GroupView> {
    const group = await this.groups.get(tx, id);
    if (!group) throw new Error('the group has gone inside its own transaction');
    return group;
  }
}

function refuseTakenName(error: unknown): never {
  throw violates(error, 'user_group_tenant_id_name_key') ? authError('AUTH_NAME_TAKEN') : error;
}
