import type { CallContext } from '@lorekeep/kit/context';
import { enqueueJob } from '@lorekeep/kit/jobs';
import type { DocumentStore } from '@lorekeep/retrieval';
import type { DocumentAudit } from '../ports.js';
import { INGEST_ATTEMPTS, INGEST_TASK } from './accept-document.step.js';

/** Sends a document along its path again. False: no such document, or its state does not allow it. */
export class RestartDocument {
  constructor(
    private readonly store: DocumentStore,
    private readonly audit: DocumentAudit,
  ) {}

  /** After a refusal, or to read a finished document anew; one that was released stays so. */
  retry(ctx: CallContext, documentId: string): Promise<boolean> {
    return this.restart(ctx, documentId, ['refused', 'ready'], false);
  }

  /** An administrator has looked at a quarantined document and lets it in as it is. */
  release(ctx: CallContext, documentId: string): Promise<boolean> {
    return this.restart(ctx, documentId, ['quarantined'], true);
  }

  private async restart(
    ctx: CallContext,
    documentId: string,
    from: readonly ('refused' | 'ready' | 'quarantined')[],
    released: boolean,
  ): Promise<boolean> {
    const record = (outcome: string) =>
      this.audit(ctx, { kind: 'document.restarted', outcome, detail: { documentId, released } });
    await record('begun');
    let restarted = false;
    try {
      restarted = await this.store.transaction(ctx, async (tx) => {
        if (!(await this.store.restart(tx, documentId, from, released))) return false;
        const payload = { tenantId: ctx.tenantId, documentId };
        await enqueueJob(tx, INGEST_TASK, payload, {
          key: `ingest:${documentId}`,
          attempts: INGEST_ATTEMPTS,
        });
        return true;
      });
    } finally {
      await record(restarted ? 'done' : 'failed');
    }
    return restarted;
  }
}
