import { Controller, Inject, Res } from '@nestjs/common';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { AuditQuery, loadPublicKey, verifyChain, type AuditFilter, type AuditRecord } from '@lorekeep/audit';
import { routes, type AuditRow } from '@lorekeep/contracts';
import type { CallContext } from '@lorekeep/kit/context';
import { Database } from '@lorekeep/kit/database';
import { Contract } from '../../edge/contract.decorator.js';
import { found } from '../../edge/found.js';
import { Ctx, Input } from '../../edge/input.decorator.js';
import type { EdgeReply } from '../../edge/request.js';
import { GATEWAY_CONFIG, type GatewayConfig } from '../../gateway.config.js';
import { ActRecorder } from '../../wiring/act-recorder.js';

interface Query {
  from?: string;
  to?: string;
  actorId?: string;
  kind?: string;
  outcome?: string;
  reference?: string;
  rule?: string;
  search?: string;
  before?: number;
  limit?: number;
}

/** Reading the audit is itself recorded, before anything is shown. */
@Controller()
export class AuditController {
  private readonly heads: string;

  constructor(
    @Inject(AuditQuery) private readonly query: AuditQuery,
    @Inject(Database) private readonly database: Database,
    @Inject(ActRecorder) private readonly recorder: ActRecorder,
    @Inject(GATEWAY_CONFIG) config: GatewayConfig,
  ) {
    this.heads = join(config.DATA_DIR, 'audit');
  }

  @Contract(routes.audit)
  async list(@Ctx() ctx: CallContext, @Input('query') query: Query) {
    await this.recorder.note(ctx, 'audit.read', 'done', { filter: { ...query } });
    const { items, next } = await this.query.list(ctx, {
      ...filterOf(query),
      cursor: query.before,
      limit: query.limit,
    });
    return { rows: items.map(rowOf), next };
  }

  @Contract(routes.auditRules)
  async rules(@Ctx() ctx: CallContext) {
    return { rows: await this.query.rules(ctx) };
  }

  @Contract(routes.auditQuestion)
  async question(@Ctx() ctx: CallContext, @Input('params') { reference }: { reference: string }) {
    await this.recorder.note(ctx, 'audit.read', 'done', { reference });
    const { items } = await this.query.list(ctx, { traceId: reference });
    found(items.length > 0);
    return { rows: items.map(rowOf).reverse() };
  }

  @Contract(routes.exportAudit)
  async export(
    @Ctx() ctx: CallContext,
    @Input('query') query: Query,
    @Res() reply: EdgeReply,
  ): Promise<void> {
    await this.recorder.note(ctx, 'audit.export', 'done', { filter: { ...query } });
    await reply
      .header('content-disposition', 'attachment; filename="audit.jsonl"')
      .type('application/jsonl')
      .send(Readable.from(this.query.export(ctx, filterOf(query))));
  }

  @Contract(routes.verifyAudit)
  async verify(@Ctx() ctx: CallContext) {
    await this.recorder.note(ctx, 'audit.verify', 'done', {});
    const publicKey = await loadPublicKey(this.heads);
    const { ok, records, incomplete, firstBad } = await verifyChain(
      ctx,
      this.database,
      this.heads,
      publicKey,
    );
    return { ok, records, incomplete, firstBad: firstBad ?? null };
  }
}

function filterOf(query: Query): AuditFilter {
  return {
    from: query.from,
    to: query.to,
    actor: query.actorId,
    kind: query.kind,
    outcome: query.outcome,
    traceId: query.reference,
    text: query.search,
    rule: query.rule,
  };
}

function rowOf({ traceId, ...record }: AuditRecord): AuditRow {
  return { ...record, reference: traceId };
}
