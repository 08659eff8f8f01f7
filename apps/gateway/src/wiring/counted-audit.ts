import { Audit, type AuditEvent, type AuditOptions } from '@lorekeep/audit';
import type { CallContext } from '@lorekeep/kit/context';
import type { Database } from '@lorekeep/kit/database';
import type { Metrics } from '@lorekeep/kit/telemetry';

/** The audit, with every record that could not be written counted, whoever wanted to write it. */
export class CountedAudit extends Audit {
  constructor(
    db: Database,
    options: AuditOptions,
    private readonly metrics: Metrics,
  ) {
    super(db, options);
  }

  override async append(ctx: CallContext, event: AuditEvent): Promise<{ sequence: number }> {
    try {
      return await super.append(ctx, event);
    } catch (error) {
      this.metrics.auditFailures.inc();
      throw error;
    }
  }
}
