import type { CallContext } from '@lorekeep/kit/context';
import type { Database } from '@lorekeep/kit/database';
import { RequestError } from '@lorekeep/kit/errors';
import { canonicalText } from '../chain/canonical-record.js';
import { readHead } from '../heads/head-file.js';
import type { JsonObject } from '../json.js';
import { readChainEnd } from '../store/chain-end.js';
import { getRecord, listRecords } from '../store/list-records.js';
import { readPage, type PagedRecord } from '../store/read-page.js';
import { conditionOf, type AuditFilter } from './audit-filter.js';

export const RECORDS_PER_PAGE_MAX = 200;
const RECORDS_PER_PAGE = 50;
/** Questions whose rules are offered as a filter. */
const RULES_OF_QUESTIONS = 2_000;

export interface AuditRecord {
  sequence: number;
  id: string;
  /** ISO 8601 */
  recordedAt: string;
  kind: string;
  traceId: string | null;
  actorId: string | null;
  actor: string;
  outcome: string | null;
  detail: JsonObject;
  /** 64 hex digits */
  hash: string;
}

/** Reading the audit. That it was read is for the caller to record. */
export class AuditQuery {
  constructor(
    private readonly db: Database,
    /** Folder of the signed heads; without it exports end with no head. */
    private readonly headsDirectory?: string,
  ) {}

  /** Newest first. `next` is the cursor of the following page, null at the end. */
  async list(
    ctx: CallContext,
    filter: AuditFilter & { cursor?: number | undefined; limit?: number | undefined } = {},
  ): Promise<{ items: AuditRecord[]; next: number | null }> {
    const limit = wholeNumber('limit', filter.limit ?? RECORDS_PER_PAGE, RECORDS_PER_PAGE_MAX);
    const before =
      filter.cursor === undefined ? null : wholeNumber('cursor', filter.cursor, Number.MAX_SAFE_INTEGER);
    const found = await listRecords(this.db, ctx, { where: conditionOf(filter), before, limit: limit + 1 });
    const items = found.slice(0, limit);
    return { items, next: found.length > limit ? (items.at(-1)?.sequence ?? null) : null };
  }

  /** null when the tenant has no such record. */
  async get(ctx: CallContext, sequence: number): Promise<AuditRecord | null> {
    if (!Number.isSafeInteger(sequence) || sequence < 1) return null;
    return getRecord(this.db, ctx, sequence);
  }

  /**
   * JSON lines, each with its line feed, oldest first, up to the end of the chain at the time of the call. A line is
   * `{"record":…,"previousHash":"…","hash":"…"}` where the text of `record` is exactly what was hashed; the last line
   * is `{"head":…}`, the signed head or null. In constant memory; an invalid filter throws at the first line.
   */
  async *export(ctx: CallContext, filter: AuditFilter = {}): AsyncGenerator<string> {
    const where = conditionOf(filter);
    const head = this.headsDirectory ? await readHead(this.headsDirectory, ctx.tenantId) : null;
    const end = await readChainEnd({ query: (sql, values) => this.db.once(ctx, sql, values) }, []);
    for (let after = 0; ;) {
      const page = await readPage(this.db, ctx, { after, upTo: end.sequence, where });
      for (const record of page) yield exportLine(record);
      const last = page.at(-1);
      if (!last) break;
      after = last.sequence;
    }
    yield `${JSON.stringify({ head: typeof head === 'object' ? head : null })}\n`;
  }

  /** Ids of rules that the latest questions name, each with how many of them. */
  rules(ctx: CallContext): Promise<{ rule: string; questions: number }[]> {
    return this.db.once(
      ctx,
      `select rule, count(*)::int as questions from (
         select distinct latest.sequence, named #>> '{}' as rule from (
           select sequence, detail from audit_record where tenant_id = app_tenant() and kind = 'question.closed'
            order by recorded_at desc limit $1) latest,
           jsonb_path_query(latest.detail, '$.**.rule ? (@.type() == "string")') named) each
        group by rule order by rule`,
      [RULES_OF_QUESTIONS],
    );
  }
}

function exportLine(record: PagedRecord): string {
  // A time that no append writes: the record was changed, and says so by not fitting its hash.
  const text = canonicalText(record) ?? canonicalText({ ...record, recordedMicros: 0n });
  return `{"record":${text},"previousHash":"${record.previousHash.toString('hex')}","hash":"${record.hash.toString('hex')}"}\n`;
}

function wholeNumber(path: string, value: number, most: number): number {
  if (Number.isSafeInteger(value) && value >= 1 && value <= most) return value;
  throw new RequestError(422, 'AUDIT_FILTER_INVALID', 'The filter is not valid.', [
    { path, message: `a whole number from 1 to ${most}` },
  ]);
}
