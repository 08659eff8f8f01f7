import { loadConfig } from '@lorekeep/kit/config';
import { systemContext } from '@lorekeep/kit/context';
import { newTenantSchema } from '../cli.config.js';
import type { Environment } from '../command-context.js';
import type { Domains } from './connect-domains.js';

/** 0 in the settings: no limit. */
const limitOf = (value: number): number | null => (value === 0 ? null : value);

/** Gives a new organisation the limits of the settings, unless it has some already. */
export async function limitNewTenant(
  { application, act }: Pick<Domains, 'application' | 'act'>,
  environment: Environment,
  tenantId: string,
): Promise<void> {
  const config = loadConfig(newTenantSchema, environment);
  const limits = {
    requestsPerMinute: limitOf(config.QUOTA_NEW_TENANT_REQUESTS_PER_MINUTE),
    tokensPerDay: limitOf(config.QUOTA_NEW_TENANT_TOKENS_PER_DAY),
    concurrentQuestions: limitOf(config.QUOTA_NEW_TENANT_CONCURRENT),
  };
  if (Object.values(limits).every((limit) => limit === null)) return;
  const { QuotaPolicies } = await import('@lorekeep/quota');
  const policies = new QuotaPolicies(application);
  const ctx = systemContext(tenantId);
  if ((await policies.list(ctx, { kind: 'tenant', limit: 1 })).items.length > 0) return;
  const policy = { subjectKind: 'tenant' as const, subjectId: null, ...limits };
  await act(ctx, 'admin.quota.set', policy, () => policies.put(ctx, policy));
}
