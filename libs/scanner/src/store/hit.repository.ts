import type { ScanAction, Severity } from '@lorekeep/contracts';
import type { CallContext } from '@lorekeep/kit/context';
import type { Database } from '@lorekeep/kit/database';

export interface StoredHit {
  readonly id: string;
  readonly at: Date;
  readonly reference: string;
  readonly channel: string;
  readonly ruleId: string;
  readonly category: string;
  readonly severity: Severity;
  readonly action: ScanAction;
  readonly start: number;
  readonly end: number;
  readonly folds: readonly string[];
  readonly original: string | null;
  readonly folded: string | null;
  readonly masked: string | null;
}
export type NewHit = Omit<StoredHit, 'id' | 'at' | 'reference'>;

export interface HitFilter {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** Its beginning in hexadecimal digits is enough. */
  readonly reference?: string | undefined;
  readonly category?: string | undefined;
  readonly action?: ScanAction | undefined;
  readonly severity?: Severity | undefined;
  readonly channel?: string | undefined;
  /** Only those older than the hit of this id. */
  readonly before?: string | undefined;
}

const COLUMNS = `scan_hit.id::text as id, at, reference, channel, rule_id as "ruleId", category, severity, action,
  start_at as start, end_at as "end", folds, original, folded, masked`;
/** Rows deleted in one statement. */
const PURGE_ROWS = 10_000;
/** Reading and deleting are for verbs whose callers were checked; row security asks for it. */
const CHECKED = { access: 'all' } as const;

/** What was found in answers; row security keeps tenants apart, and readers who have not said that they may. */
export class HitRepository {
  constructor(private readonly db: Database) {}

  async add(ctx: CallContext, reference: string, hits: readonly NewHit[]): Promise<void> {
    await this.db.once(
      ctx,
      `insert into scan_hit (tenant_id, reference, channel, rule_id, category, severity, action, start_at, end_at, folds,
                             original, folded, masked)
       select $1, $2, h.channel, h."ruleId", h.category, h.severity, h.action, h.start, h."end", h.folds,
              h.original, h.folded, h.masked
         from jsonb_to_recordset($3) as h (channel text, "ruleId" text, category text, severity text, action text,
              start int, "end" int, folds text[], original text, folded text, masked text)`,
      [ctx.tenantId, reference, JSON.stringify(hits)],
    );
  }

  /** Newest first: by the column, since `id` alone would be what is given out, a text. */
  async list(ctx: CallContext, filter: HitFilter, limit: number): Promise<StoredHit[]> {
    return this.db.once<StoredHit>(
      ctx,
      `select ${COLUMNS} from scan_hit
        where tenant_id = $1 and ($2::timestamptz is null or at >= $2) and ($3::timestamptz is null or at < $3)
          and ($4::text is null or (reference >= $4 and reference < $4 || 'g')) and ($5::text is null or category = $5)
          and ($6::text is null or action = $6) and ($7::text is null or severity = $7)
          and ($8::text is null or channel = $8) and ($9::bigint is null or scan_hit.id < $9)
        order by scan_hit.id desc limit $10`,
      [
        ...[ctx.tenantId, filter.from ?? null, filter.to ?? null, filter.reference ?? null],
        ...[filter.category ?? null, filter.action ?? null, filter.severity ?? null],
        ...[filter.channel ?? null, filter.before ?? null, limit],
      ],
      CHECKED,
    );
  }

  /** Deletes what was found before that time, some at once. @returns how many; fewer than it can means all */
  async purge(ctx: CallContext, before: Date): Promise<number> {
    for (let purged = 0; ;) {
      const rows = await this.db.once(
        ctx,
        `delete from scan_hit where id in (select id from scan_hit where tenant_id = $1 and at < $2 limit $3) returning id`,
        [ctx.tenantId, before, PURGE_ROWS],
        CHECKED,
      );
      purged += rows.length;
      if (rows.length < PURGE_ROWS) return purged;
    }
  }
}
