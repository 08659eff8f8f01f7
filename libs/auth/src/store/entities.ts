import type { Entities } from '@lorekeep/kit/database';
import { ApiKeyEntity } from './api-key.entity.js';
import { AppUserEntity } from './app-user.entity.js';
import { SessionEntity } from './session.entity.js';
import { SignInThrottleEntity } from './sign-in-throttle.entity.js';
import { TenantEntity } from './tenant.entity.js';
import { GroupMemberEntity, UserGroupEntity } from './user-group.entity.js';

/** The tables of this domain. */
export const entities = [
  TenantEntity,
  AppUserEntity,
  UserGroupEntity,
  GroupMemberEntity,
  SessionEntity,
  SignInThrottleEntity,
  ApiKeyEntity,
] satisfies Entities;
