import { FirewallCaseEntity } from './firewall-case.entity.js';
import { FirewallPolicyVersionEntity } from './firewall-policy-version.entity.js';
import { FirewallPolicyEntity } from './firewall-policy.entity.js';
import { FirewallTenantReference } from './tenant-reference.entity.js';

export const entities = [
  FirewallPolicyEntity,
  FirewallPolicyVersionEntity,
  FirewallCaseEntity,
  FirewallTenantReference,
];
