import { systemContext } from '@lorekeep/kit/context';
import type { Database } from '@lorekeep/kit/database';
import type { Job } from '@lorekeep/kit/jobs';
import type { Quota } from '@lorekeep/quota';

/** Gives back, for every tenant, what abandoned questions had reserved. */
export function expireQuotaTask(database: Database, quota: Quota): (job: Job) => Promise<void> {
  return async (job) => {
    const tenants = await database.withoutTenant<{ id: string }>('select tenant_ids() as id');
    const failures: unknown[] = [];
    for (const { id } of tenants) {
      job.signal.throwIfAborted();
      // One tenant's trouble is not another's.
      await quota
        .expire(systemContext(id, { signal: job.signal }))
        .catch((cause: unknown) => failures.push(cause));
    }
    if (failures.length > 0)
      throw new AggregateError(failures, 'quota could not be expired for every tenant');
  };
}
