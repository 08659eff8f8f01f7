import { z } from 'zod';
import { systemContext } from '@lorekeep/kit/context';
import type { Job } from '@lorekeep/kit/jobs';
import type { Logger } from '@lorekeep/kit/telemetry';
import { SYNC_ATTEMPTS, type SyncSource } from '@lorekeep/sources';

const payloadSchema = z.object({ tenantId: z.uuid(), runId: z.uuid() });

/** Makes one sync of a source. Taken up again when something else than the source fails. */
export function syncSourceTask(sync: SyncSource, log: Logger): (job: Job) => Promise<void> {
  return async (job) => {
    const { tenantId, runId } = payloadSchema.parse(job.payload);
    const ctx = systemContext(tenantId, { signal: job.signal });
    const about = { runId, traceId: ctx.traceId };
    if (job.attempt > SYNC_ATTEMPTS) {
      log.error(about, 'a sync was given up');
      await sync.giveUp(ctx, runId);
      return;
    }
    const began = performance.now();
    try {
      const outcome = await sync.run(ctx, runId);
      log.info({ ...about, ...outcome, ms: Math.round(performance.now() - began) }, 'source synchronised');
    } catch (cause) {
      // A stopping worker leaves the sync to the next one.
      if (job.attempt >= SYNC_ATTEMPTS && !job.signal.aborted) await sync.giveUp(ctx, runId);
      throw cause;
    }
  };
}
