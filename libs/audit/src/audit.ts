import type { CallContext } from '@lorekeep/kit/context';
import type { Database } from '@lorekeep/kit/database';
import { APPEND_QUEUE_MAX, APPEND_TIMEOUT_MS, AppendQueue } from './append/append-queue.js';
import { describeRecord, type AuditEvent } from './append/describe-record.js';
import { AuditFault } from './audit.errors.js';
import type { SignedHeads } from './heads/signed-heads.js';
import type { JsonObject } from './json.js';
import { QUESTION_CLOSED, QUESTION_OPENED } from './kinds.js';
import { QuestionRecord } from './question-record.js';
import { appendBatch } from './store/audit.repository.js';

export interface AuditOptions {
  /** AUDIT_TIMEOUT_MS */
  timeoutMs?: number;
  /** AUDIT_QUEUE_MAX */
  queueMax?: number;
  /** Told of every commit; signs where the chains end. */
  heads?: SignedHeads;
}

/**
 * Appends to the tenant's chain. Every promise resolves only when the record is durable, and rejects with AuditFault
 * within the timeout otherwise: whether the record was written after all is then unknown, and nothing may be released.
 * The caller's abort signal is ignored on purpose: a cancelled question is recorded too.
 */
export class Audit {
  private readonly queue: AppendQueue;
  private closed = false;

  constructor(
    db: Database,
    private readonly options: AuditOptions = {},
  ) {
    const timeoutMs = options.timeoutMs ?? APPEND_TIMEOUT_MS;
    this.queue = new AppendQueue(
      async (tenantId, records, count) => {
        const appended = await appendBatch(db, tenantId, { records, count, timeout: timeoutMs });
        options.heads?.note(tenantId, appended.lastSequence, appended.hash);
        return appended;
      },
      { timeoutMs, queueMax: options.queueMax ?? APPEND_QUEUE_MAX },
    );
  }

  async append(ctx: CallContext, event: AuditEvent): Promise<{ sequence: number }> {
    if (this.closed) throw new AuditFault('AUDIT_UNAVAILABLE', new Error('the audit is closed'));
    return { sequence: await this.queue.add(ctx.tenantId, describeRecord(ctx, event)) };
  }

  /** Before anything is spent: the opening record of a question. */
  async open(ctx: CallContext, detail: JsonObject): Promise<QuestionRecord> {
    const { sequence } = await this.append(ctx, { kind: QUESTION_OPENED, detail });
    return new QuestionRecord(sequence, (outcome, closing) =>
      this.append(ctx, { kind: QUESTION_CLOSED, outcome, detail: closing }),
    );
  }

  /** Refuses new records, waits for those under way, and signs the heads. */
  async close(): Promise<void> {
    this.closed = true;
    await this.queue.drained();
    await this.options.heads?.close();
  }
}
