import { systemContext, type CallContext } from '@lorekeep/kit/context';
import type { Database } from '@lorekeep/kit/database';
import type { Job } from '@lorekeep/kit/jobs';

/** A job that does the same for every tenant; one tenant's trouble is not another's. */
export function forEachTenant(
  database: Database,
  what: string,
  work: (ctx: CallContext) => Promise<unknown>,
): (job: Job) => Promise<void> {
  return async (job) => {
    const failures: unknown[] = [];
    for (const { id } of await database.withoutTenant<{ id: string }>('select tenant_ids() as id')) {
      job.signal.throwIfAborted();
      await work(systemContext(id, { signal: job.signal })).catch((cause: unknown) => failures.push(cause));
    }
    if (failures.length > 0) throw new AggregateError(failures, `${what} failed for some tenants`);
  };
}
