import type { Person } from '@lorekeep/contracts';
import type { Caller } from '@lorekeep/kit/context';
import type { TenantView } from '@lorekeep/auth';

export function personOf(caller: Caller, tenant: TenantView): Person {
  return {
    id: caller.userId ?? tenant.id,
    email: caller.email ?? '',
    displayName: caller.displayName,
    roles: [...caller.roles],
    permissions: [...caller.permissions],
    locale: caller.localeChosen === false ? null : caller.locale,
    tenant: { id: tenant.id, slug: tenant.slug, name: tenant.name },
    mustChangePassword: caller.mustChangePassword,
  };
}
