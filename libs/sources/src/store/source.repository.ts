import type { SourceFile, SourceRow, SourceRun } from '@lorekeep/contracts';
import type { CallContext } from '@lorekeep/kit/context';
import type { SourceDocuments } from '../ports.js';
import type { Database } from '@lorekeep/kit/database';
import { likePattern } from '@lorekeep/kit/sql';

const RUN_FIELDS = `'id', r.id, 'cause', r.cause, 'state', r.state, 'phase', r.phase, 'listed', r.listed,
  'processed', r.processed, 'toProcess', r.to_process, 'added', r.added, 'changed', r.changed, 'moved', r.moved,
  'deleted', r.deleted, 'unchanged', r.unchanged, 'skipped', r.skipped, 'failed', r.failed, 'missing', r.missing,
  'errorCode', r.error_code, 'error', r.error, 'createdAt', r.created_at, 'startedAt', r.started_at,
  'endedAt', r.ended_at, 'secondsLeft', case when r.state = 'running' and r.processed > 0 and r.to_process > r.processed
    then ceil(extract(epoch from now() - r.reading_since) / r.processed * (r.to_process - r.processed)) end`;

const ROW = `json_build_object('id', s.id, 'name', s.name, 'kind', s.kind, 'settings', s.settings,
  'hasSecret', s.secret is not null, 'collectionId', s.collection_id, 'target', s.target, 'include', s.include,
  'exclude', s.exclude, 'maxFileBytes', s.max_file_bytes, 'deletionShare', s.deletion_share,
  'everyMinutes', s.every_minutes, 'state', s.state, 'pauseReason', s.pause_reason,
  'nextRunAt', case when s.state = 'active' then s.next_run_at end, 'createdAt', s.created_at,
  'archive', (select json_build_object('fileName', a.file_name, 'bytes', a.bytes, 'uploadedAt', a.created_at)
                from source_archive a where a.source_id = s.id and a.sha256 is not null order by a.created_at desc limit 1),
  'files', (select json_build_object('taken', count(*) filter (where i.state = 'taken'),
      'skipped', count(*) filter (where i.state = 'skipped'), 'failed', count(*) filter (where i.state = 'failed'))
              from source_item i where i.source_id = s.id),
  'lastRun', (select json_build_object(${RUN_FIELDS}) from source_run r where r.source_id = s.id
               order by r.created_at desc limit 1)) as row`;

/** Postgres writes its own form of times into JSON. */
const TIMES = new Set(['createdAt', 'startedAt', 'endedAt', 'nextRunAt', 'uploadedAt', 'updatedAt']);

const withTimes = (value: unknown, key = ''): unknown => {
  if (typeof value === 'string') return TIMES.has(key) ? new Date(value).toISOString() : value;
  if (Array.isArray(value)) return value.map((entry) => withTimes(entry));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, withTimes(entry, name)]));
};

export interface FileFilter {
  readonly search?: string | undefined;
  readonly state?: SourceFile['state'] | undefined;
  readonly limit: number;
  readonly offset: number;
}

export interface FileRow extends Omit<SourceFile, 'document'> {
  readonly documentId: string | null;
}

/** Sources as the page and the command line show them. Never a secret. */
export class SourceRepository {
  constructor(
    private readonly database: Database,
    private readonly documents: Pick<SourceDocuments, 'underWay'>,
  ) {}

  async list(ctx: CallContext): Promise<SourceRow[]> {
    const rows = await this.database.once<{ row: object }>(
      ctx,
      `select ${ROW} from source s where s.tenant_id = app_tenant() order by s.name, s.id`,
    );
    return this.withReading(ctx, rows);
  }

  async get(ctx: CallContext, id: string): Promise<SourceRow | null> {
    const rows = await this.database.once<{ row: object }>(
      ctx,
      `select ${ROW} from source s where s.tenant_id = app_tenant() and s.id = $1`,
      [id],
    );
    return (await this.withReading(ctx, rows))[0] ?? null;
  }

  private async withReading(ctx: CallContext, rows: readonly { row: object }[]): Promise<SourceRow[]> {
    const underWay = await this.documents.underWay(ctx);
    return rows.map(({ row }) => {
      const source = withTimes(row) as SourceRow;
      return { ...source, files: { ...source.files, reading: underWay.get(source.id) ?? 0 } };
    });
  }

  async runs(ctx: CallContext, id: string): Promise<SourceRun[]> {
    const rows = await this.database.once<{ row: object }>(
      ctx,
      `select json_build_object(${RUN_FIELDS}) as row from source_run r where r.source_id = $1 order by r.created_at desc`,
      [id],
    );
    return rows.map(({ row }) => withTimes(row) as SourceRun);
  }

  /** Failed ones first. */
  async files(ctx: CallContext, id: string, filter: FileFilter): Promise<{ rows: FileRow[]; total: number }> {
    const pattern = filter.search ? likePattern(filter.search) : null;
    const where = `where i.source_id = $1 and ($2::text is null or i.path ilike $2) and ($3::text is null or i.state = $3)`;
    const values = [id, pattern, filter.state ?? null];
    const [count] = await this.database.once<{ total: number }>(
      ctx,
      `select count(*)::int as total from source_item i ${where}`,
      values,
    );
    const rows = await this.database.once<Omit<FileRow, 'updatedAt'> & { updatedAt: Date }>(
      ctx,
      `select i.path, i.bytes::float8 as bytes, i.state, i.reason_code as "reasonCode", i.reason,
              i.updated_at as "updatedAt", i.document_id as "documentId" from source_item i ${where}
        order by i.state = 'taken', i.state = 'skipped', i.path limit $4 offset $5`,
      [...values, filter.limit, filter.offset],
    );
    return {
      rows: rows.map((row) => ({ ...row, updatedAt: row.updatedAt.toISOString() })),
      total: count?.total ?? 0,
    };
  }
}
