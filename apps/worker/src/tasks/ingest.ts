import { z } from 'zod';
import { INGEST_ATTEMPTS, type IngestDocument } from '@lorekeep/document-path';
import { systemContext } from '@lorekeep/kit/context';
import type { Job } from '@lorekeep/kit/jobs';
import type { Logger } from '@lorekeep/kit/telemetry';
import type { IndexKeeper } from '@lorekeep/retrieval';

const payloadSchema = z.object({
  tenantId: z.uuid(),
  documentId: z.uuid(),
});

/** Takes one accepted document along its path. Tried again when something else than the file fails. */
export function ingestTask(
  ingest: IngestDocument,
  keeper: Pick<IndexKeeper, 'wake'>,
  log: Logger,
): (job: Job) => Promise<void> {
  return async (job) => {
    const { tenantId, documentId } = payloadSchema.parse(job.payload);
    const ctx = systemContext(tenantId, { signal: job.signal });
    const about = { documentId, traceId: ctx.traceId };
    if (job.attempt > INGEST_ATTEMPTS) {
      // Its worker died every time: whatever the cause, it must not go on for ever.
      log.error(about, 'a document was given up');
      await ingest.giveUp(ctx, documentId);
      return;
    }
    const began = performance.now();
    try {
      const outcome = await ingest.run(ctx, documentId);
      keeper.wake(tenantId);
      const passages = outcome.state === 'ready' ? outcome.passages : 0;
      const code = 'code' in outcome ? outcome.code : undefined;
      log.info(
        { ...about, state: outcome.state, code, passages, ms: Math.round(performance.now() - began) },
        'document ingested',
      );
    } catch (cause) {
      // A stopping worker leaves the document to the next one.
      if (job.attempt >= INGEST_ATTEMPTS && !job.signal.aborted) await ingest.giveUp(ctx, documentId);
      throw cause;
    }
  };
}
