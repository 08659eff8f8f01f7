import { z } from 'zod';
import type { Audit } from '@lorekeep/audit';
import { systemContext } from '@lorekeep/kit/context';
import type { Job } from '@lorekeep/kit/jobs';
import type { Logger } from '@lorekeep/kit/telemetry';
import { LIST_ATTEMPTS, type CheckWordList } from '@lorekeep/scanner';

const payloadSchema = z.object({ tenantId: z.uuid(), listId: z.uuid() });

/** Checks one imported list, or makes its preview again. Counts are recorded, never the words. */
export function checkWordListTask(
  check: CheckWordList,
  audit: Pick<Audit, 'append'>,
  log: Logger,
): (job: Job) => Promise<void> {
  return async (job) => {
    const { tenantId, listId } = payloadSchema.parse(job.payload);
    const ctx = systemContext(tenantId, { signal: job.signal });
    const about = { listId, traceId: ctx.traceId };
    const giveUp = async () => {
      log.error(about, 'the check of a list was given up');
      await check.giveUp(ctx, listId);
      await audit.append(ctx, { kind: 'scanner.list.check', outcome: 'failed', detail: { listId } });
    };
    // Its worker died every time: whatever the cause, it must not go on for ever.
    if (job.attempt > LIST_ATTEMPTS) return giveUp();
    const began = performance.now();
    try {
      const outcome = await check.run(ctx, listId);
      log.info({ ...about, ...outcome, ms: Math.round(performance.now() - began) }, 'list checked');
      if (outcome.state !== 'nothing')
        await audit.append(ctx, {
          kind: 'scanner.list.check',
          outcome: outcome.state === 'failed' ? 'failed' : 'done',
          detail: { listId, ...outcome },
        });
    } catch (cause) {
      // A stopping worker leaves the list to the next one.
      if (job.attempt >= LIST_ATTEMPTS && !job.signal.aborted) await giveUp();
      throw cause;
    }
  };
}
