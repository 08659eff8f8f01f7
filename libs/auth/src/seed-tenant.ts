import { systemContext, type Role } from '@lorekeep/kit/context';
import type { Auth } from './create-auth.js';
import { findOrCreateTenant, type CreatedTenant, type NewTenant } from './create-tenant.js';
import type { GroupView } from './store/group.repository.js';
import type { UserView } from './store/user.repository.js';

export interface SeedUser {
  email: string;
  displayName: string;
  roles: Role[];
  locale?: 'en' | 'zh';
  /** Names of groups of this seed. */
  groups?: string[];
  /** Without: a random one. */
  password?: string;
  mustChangePassword?: boolean;
}

export interface Seed extends NewTenant {
  groups?: { name: string; description?: string }[];
  users?: SeedUser[];
}

export interface SeededTenant {
  tenant: CreatedTenant;
  created: boolean;
  groups: GroupView[];
  /** `password` is set for those that were created now, to be shown once. */
  users: { user: UserView; password: string | null }[];
}

/**
 * A tenant with its first groups and users. What exists already is left as it is, so that a start that was
 * interrupted can go on; accounts that exist keep their passwords.
 */
export async function seedTenant(ownerUrl: string, auth: Auth, seed: Seed): Promise<SeededTenant> {
  const { tenant, created } = await findOrCreateTenant(ownerUrl, { slug: seed.slug, name: seed.name });
  const ctx = systemContext(tenant.id);
  const groups: GroupView[] = [];
  for (const wanted of seed.groups ?? []) {
    const { items } = await auth.groups.list(ctx, { search: wanted.name, limit: 200 });
    const found = items.find((group) => group.name === wanted.name);
    groups.push(found ?? (await auth.groups.create(ctx, wanted)));
  }
  const users: SeededTenant['users'] = [];
  for (const { groups: names = [], ...wanted } of seed.users ?? []) {
    const found = await auth.users.findByEmail(ctx, wanted.email);
    if (found) {
      users.push({ user: found, password: null });
      continue;
    }
    const groupIds = groups.filter((group) => names.includes(group.name)).map((group) => group.id);
    const { user, initialPassword } = await auth.users.create(ctx, { ...wanted, groupIds });
    users.push({ user, password: initialPassword ?? wanted.password ?? null });
  }
  return { tenant, created, groups, users };
}
