import type { ScanAction } from '@lorekeep/contracts';
import type { CallContext } from '@lorekeep/kit/context';
import type { Database, Tx } from '@lorekeep/kit/database';
import { enqueueJob, pendingJobs } from '@lorekeep/kit/jobs';
import { likePattern } from '@lorekeep/kit/sql';
import type { ListPreview } from '../lists/preview-list.js';
import type { ListReport } from '../lists/list-report.js';
import { lockVersion, raiseVersion } from './raise-version.js';

export const LIST_STATES = ['checking', 'preview', 'active', 'undone', 'failed', 'discarded'] as const;
export type ListState = (typeof LIST_STATES)[number];
export type ListStage = 'uploading' | 'waiting' | 'reading' | 'compiling' | 'previewing';

export interface StoredList {
  readonly id: string;
  readonly name: string;
  readonly category: string;
  readonly action: ScanAction;
  readonly state: ListState;
  readonly stage: ListStage | null;
  readonly fileName: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly readBytes: number;
  readonly words: number;
  readonly report: ListReport | null;
  readonly preview: ListPreview | null;
  readonly previewing: boolean;
  readonly failure: string | null;
  readonly createdAt: Date;
  readonly createdBy: string | null;
  readonly confirmedAt: Date | null;
  readonly confirmedBy: string | null;
}

export type NewList = Pick<StoredList, 'name' | 'category' | 'action' | 'fileName'>;

/** Job that checks a list, or makes its preview again. */
export const LIST_TASK = 'check-word-list';
/** How often a check is begun before the list has failed. */
export const LIST_ATTEMPTS = 3;

const COLUMNS = `id, name, category, action, state, stage, file_name as "fileName", bytes::float8 as bytes,
  coalesce(encode(sha256, 'hex'), '') as sha256, read_bytes::float8 as "readBytes", words, report, preview, previewing,
  failure, created_at as "createdAt", created_by as "createdBy", confirmed_at as "confirmedAt", confirmed_by as "confirmedBy"`;

/** Imported lists: what is known of them, apart from their words. Row security keeps tenants apart. */
export class WordListRepository {
  constructor(private readonly db: Database) {}

  async get(ctx: CallContext, id: string): Promise<StoredList | undefined> {
    const [row] = await this.db.once<StoredList>(
      ctx,
      `select ${COLUMNS} from word_list where tenant_id = $1 and id = $2`,
      [ctx.tenantId, id],
    );
    return row;
  }

  /** Newest first. */
  async list(
    ctx: CallContext,
    page: { search?: string | undefined; limit: number; offset: number },
  ): Promise<{ rows: StoredList[]; total: number }> {
    const pattern = likePattern(page.search ?? '');
    const matching = 'from word_list where tenant_id = $1 and (name ilike $2 or category ilike $2)';
    const [count] = await this.db.once<{ total: number }>(ctx, `select count(*)::int as total ${matching}`, [
      ctx.tenantId,
      pattern,
    ]);
    const rows = await this.db.once<StoredList>(
      ctx,
      `select ${COLUMNS} ${matching} order by created_at desc, id limit $3 offset $4`,
      [ctx.tenantId, pattern, page.limit, page.offset],
    );
    return { rows, total: count?.total ?? 0 };
  }

  /** How many lists the tenant has, and how many words are in force or may be put in force. */
  async totals(ctx: CallContext): Promise<{ lists: number; words: number }> {
    const [row] = await this.db.once<{ lists: number; words: number }>(
      ctx,
      `select count(*)::int as lists, coalesce(sum(words), 0)::int as words from word_list where tenant_id = $1`,
      [ctx.tenantId],
    );
    return row ?? { lists: 0, words: 0 };
  }

  async create(ctx: CallContext, list: NewList): Promise<string> {
    const [row] = await this.db.once<{ id: string }>(
      ctx,
      `insert into word_list (tenant_id, created_by, name, category, action, file_name, stage)
       values ($1, $2, $3, $4, $5, $6, 'uploading') returning id`,
      [ctx.tenantId, ctx.caller.userId, list.name, list.category, list.action, list.fileName],
    );
    if (!row) throw new Error('the list was not stored');
    return row.id;
  }

  /** The file is whole: its check is ordered, unless the upload was cancelled or given up meanwhile. */
  async order(ctx: CallContext, id: string, file: { bytes: number; sha256: Buffer }): Promise<void> {
    await this.db.transaction(ctx, async (tx) => {
      const rows = await tx.query(
        `update word_list set bytes = $2, sha256 = $3, stage = 'waiting'
          where id = $1 and state = 'checking' returning id`,
        [id, file.bytes, file.sha256],
      );
      if (rows.length > 0) await this.enqueue(tx, ctx, id);
      else await tx.query('delete from word_list_part where list_id = $1', [id]);
    });
  }

  /** Lists whose file has been on its way for longer than that. */
  async uploadsOlderThan(ctx: CallContext, seconds: number): Promise<string[]> {
    const rows = await this.db.once<{ id: string }>(
      ctx,
      `select id from word_list where tenant_id = $1 and state = 'checking' and stage = 'uploading'
         and created_at < now() - make_interval(secs => $2)`,
      [ctx.tenantId, seconds],
    );
    return rows.map(({ id }) => id);
  }

  /** Orders the checks and previews again that no job is left for. @returns how many */
  async resume(ctx: CallContext): Promise<number> {
    return this.db.transaction(ctx, async (tx) => {
      const rows = await tx.query<{ id: string }>(
        `select id from word_list
          where tenant_id = $1 and (state = 'checking' and stage <> 'uploading' or previewing) for update`,
        [ctx.tenantId],
      );
      const pending = await pendingJobs(
        tx,
        rows.map(({ id }) => jobKey(id)),
      );
      const left = rows.filter(({ id }) => !pending.has(jobKey(id)));
      for (const { id } of left) await this.enqueue(tx, ctx, id);
      return left.length;
    });
  }

  /** False where the list is in no state to be previewed, or is being. */
  async orderPreview(ctx: CallContext, id: string): Promise<boolean> {
    return this.db.transaction(ctx, async (tx) => {
      const rows = await tx.query(
        `update word_list set previewing = true, failure = null
          where tenant_id = $1 and id = $2 and state in ('preview', 'active', 'undone') and not previewing returning id`,
        [ctx.tenantId, id],
      );
      if (rows.length > 0) await this.enqueue(tx, ctx, id);
      return rows.length > 0;
    });
  }

  /** How far the check is. @returns false when it was cancelled, or is nobody's check any more */
  async progress(
    ctx: CallContext,
    id: string,
    stage: ListStage,
    readBytes: number,
    words: number,
  ): Promise<boolean> {
    const rows = await this.db.once(
      ctx,
      `update word_list set stage = $2, read_bytes = $3, words = $4
        where id = $1 and state = 'checking' and not cancel_requested returning id`,
      [id, stage, readBytes, words],
    );
    return rows.length > 0;
  }

  /** The check is over: the list can be confirmed, unless it was cancelled meanwhile. Tells gateways to build it. */
  async checked(ctx: CallContext, id: string, report: ListReport, preview: ListPreview): Promise<boolean> {
    return this.db.transaction(ctx, async (tx) => {
      const rows = await tx.query(
        `update word_list set state = 'preview', stage = null, words = $2, report = $3, preview = $4,
                read_bytes = bytes
          where id = $1 and state = 'checking' and not cancel_requested returning id`,
        [id, report.words, JSON.stringify(report), JSON.stringify(preview)],
      );
      await tx.query('delete from word_list_part where list_id = $1', [id]);
      if (rows.length > 0) await raiseVersion(tx, ctx, 'lists');
      return rows.length > 0;
    });
  }

  async previewed(ctx: CallContext, id: string, preview: ListPreview | null): Promise<void> {
    await this.db.once(
      ctx,
      'update word_list set previewing = false, preview = coalesce($2, preview) where id = $1 and previewing',
      [id, preview && JSON.stringify(preview)],
    );
  }

  /** Ends a check without a list: what was stored of its words goes. */
  async end(
    ctx: CallContext,
    id: string,
    state: 'failed' | 'discarded',
    failure: string | null,
    report: ListReport | null,
  ): Promise<void> {
    await this.db.transaction(ctx, async (tx) => {
      const rows = await tx.query(
        `update word_list set state = $2, stage = null, failure = $3, words = 0, report = coalesce($4, report)
          where id = $1 and state = 'checking' returning id`,
        [id, state, failure, report && JSON.stringify(report)],
      );
      if (rows.length === 0) return;
      await tx.query('delete from word_list_part where list_id = $1', [id]);
      await tx.query('delete from word_list_chunk where list_id = $1', [id]);
    });
  }

  /** @returns false when nothing is being checked */
  async cancel(ctx: CallContext, id: string): Promise<boolean> {
    const rows = await this.db.once(
      ctx,
      `update word_list set cancel_requested = true where tenant_id = $1 and id = $2 and state = 'checking' returning id`,
      [ctx.tenantId, id],
    );
    if (rows.length === 0) return false;
    await this.end(ctx, id, 'discarded', null, null);
    return true;
  }

  /** Puts a list in force or out of it, once; false where it is in neither of `from`. */
  async move(
    ctx: CallContext,
    id: string,
    from: readonly ListState[],
    to: 'active' | 'undone',
  ): Promise<boolean> {
    return this.db.transaction(ctx, async (tx) => {
      await lockVersion(tx, ctx);
      const rows = await tx.query(
        `update word_list set state = $4,
                confirmed_at = case when $4 = 'active' then now() else confirmed_at end,
                confirmed_by = case when $4 = 'active' then $5::uuid else confirmed_by end
          where tenant_id = $1 and id = $2 and state = any($3) returning id`,
        [ctx.tenantId, id, from, to, ctx.caller.userId],
      );
      if (rows.length > 0) await raiseVersion(tx, ctx, 'lists');
      return rows.length > 0;
    });
  }

  /** False where the list is in force or being checked. */
  async remove(ctx: CallContext, id: string): Promise<boolean> {
    return this.db.transaction(ctx, async (tx) => {
      const rows = await tx.query(
        `delete from word_list where tenant_id = $1 and id = $2 and state not in ('active', 'checking') returning id`,
        [ctx.tenantId, id],
      );
      if (rows.length > 0) await raiseVersion(tx, ctx, 'lists');
      return rows.length > 0;
    });
  }

  private enqueue(tx: Tx, ctx: CallContext, id: string): Promise<void> {
    const payload = { tenantId: ctx.tenantId, listId: id };
    return enqueueJob(tx, LIST_TASK, payload, { key: jobKey(id), attempts: LIST_ATTEMPTS });
  }
}

const jobKey = (id: string): string => `${LIST_TASK}:${id}`;
