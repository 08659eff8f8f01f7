import { Inject, Injectable } from '@nestjs/common';
import { Audit, type JsonObject } from '@lorekeep/audit';
import type { CallContext } from '@lorekeep/kit/context';
import { Fault } from '@lorekeep/kit/errors';

/** Administrative acts and readings in the audit: what cannot be recorded is not done. */
@Injectable()
export class ActRecorder {
  constructor(@Inject(Audit) private readonly audit: Audit) {}

  /** Records the intention, acts, records the outcome. */
  async act<T>(ctx: CallContext, kind: string, detail: JsonObject, work: () => Promise<T>): Promise<T> {
    await this.audit.append(ctx, { kind, outcome: 'begun', detail });
    let result: T;
    try {
      result = await work();
    } catch (error) {
      const code = error instanceof Fault ? error.code : 'UNEXPECTED';
      await this.audit.append(ctx, { kind, outcome: 'failed', detail: { ...detail, code } });
      throw error;
    }
    await this.audit.append(ctx, { kind, outcome: 'done', detail });
    return result;
  }

  /** Something that is about to be shown, or that has just happened. */
  async note(ctx: CallContext, kind: string, outcome: string, detail: JsonObject): Promise<void> {
    await this.audit.append(ctx, { kind, outcome, detail });
  }
}
