import { FirewallPolicyEntity } from './firewall-policy.entity.js';
import { FirewallTenantReference } from './tenant-reference.entity.js';

export const entities = [FirewallPolicyEntity, FirewallTenantReference];
