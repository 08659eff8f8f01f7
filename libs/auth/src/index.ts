export { createAuth, type Auth } from './create-auth.js';
export { authConfigSchema, type AuthConfig } from './auth.config.js';
export { AuthFault, type AuthFaultCode, type AuthRequestCode } from './auth.errors.js';
export { permissionsOf, permissionsOfKey } from './permissions.js';
export { PASSWORD_MAX_CHARACTERS, PASSWORD_MIN_CHARACTERS } from './password-policy.js';
export { SignIn, type SignInRequest, type SignInResult } from './sign-in.js';
export {
  Sessions,
  PREVIOUS_GOOD_MS,
  ROTATE_AFTER_MS,
  type Client,
  type SessionHooks,
  type SessionItem,
  type TokenReuse,
  type VerifiedSession,
} from './sessions.js';
export { ApiKeys, type NewApiKeyRequest, type VerifiedKey } from './api-keys.js';
export { KEY_CACHE_MS } from './key-cache.js';
export { Callers } from './callers.js';
export {
  Users,
  type NewUser,
  type UserChanges,
  type UserListRequest,
  type UserWithPassword,
} from './users.js';
export { Groups, type GroupChanges, type NewGroup } from './groups.js';
export { Passwords } from './passwords.js';
export { Tenants, type TenantChanges, type TenantSettings, type TenantView } from './tenants.js';
export { createTenant, findOrCreateTenant, type CreatedTenant, type NewTenant } from './create-tenant.js';
export { seedTenant, type Seed, type SeededTenant, type SeedUser } from './seed-tenant.js';
export { RemoveExpired } from './remove-expired.js';
export { PAGE_LIMIT_MAX, type Page, type PageRequest } from './read-page.js';
export type { ApiKeyView } from './store/api-key.repository.js';
export type { GroupView, MemberView } from './store/group.repository.js';
export type { SessionView } from './store/session.repository.js';
export type { UserView } from './store/user.repository.js';
