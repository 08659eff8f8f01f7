import { toldNotes } from '../2-parse/kept-notes.js';
import type { CallContext } from '@lorekeep/kit/context';
import type { DocumentAudit } from '../ports.js';
import type { IngestOutcome } from '../ingest-document.js';

/** Step 6: what became of the document, durable before it takes effect. */
export async function recordOutcome(
  ctx: CallContext,
  documentId: string,
  outcome: Exclude<IngestOutcome, { state: 'gone' }>,
  audit: DocumentAudit,
): Promise<void> {
  if (outcome.state === 'ready') {
    const detail = {
      documentId,
      passages: outcome.passages,
      pages: outcome.pages,
      flagged: outcome.flagged.join(', '),
      ...(outcome.shadow !== undefined && { shadow: 'quarantined', shadowFor: outcome.shadow }),
      leftOut: toldNotes(outcome.notes),
    };
    await audit(ctx, { kind: 'document.ready', outcome: 'ready', detail });
    return;
  }
  const { state, code, reason } = outcome;
  await audit(ctx, { kind: `document.${state}`, outcome: state, detail: { documentId, code, reason } });
}
