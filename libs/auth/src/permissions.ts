import { PERMISSIONS, type Permission, type Role } from '@lorekeep/kit/context';

const EMPLOYEE: readonly Permission[] = ['account', 'ask', 'documents.read', 'keys'];

const GRANTS: Record<Role, readonly Permission[]> = {
  employee: EMPLOYEE,
  support: [...EMPLOYEE, 'drafts'],
  // Who administers does not read what others asked, and who audits decides nothing: libs/firewall/DESIGN.md, Who does what.
  admin: PERMISSIONS.filter((permission) => permission !== 'audit.read'),
  auditor: ['account', 'audit.read', 'scanner.hits'],
};

/** Everything that holders of these roles may do. No role means nothing. */
export function permissionsOf(roles: readonly Role[]): Set<Permission> {
  return new Set(roles.flatMap((role) => GRANTS[role] ?? []));
}

/** Rights of an API key: what its owner may do now, as far as the key's scopes reach. */
export function permissionsOfKey(roles: readonly Role[], scopes: readonly string[]): Set<Permission> {
  return new Set([...permissionsOf(roles)].filter((permission) => scopes.includes(permission)));
}
