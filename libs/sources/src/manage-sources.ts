import type {
  NewSource,
  SourceChange,
  SourceFile,
  SourceRow,
  SourceRun,
  SourceSecret,
} from '@lorekeep/contracts';
import type { CallContext } from '@lorekeep/kit/context';
import type { Database, Tx } from '@lorekeep/kit/database';
import { RequestError } from '@lorekeep/kit/errors';
import { cleanPath, DEPTH_MAX } from './paths/clean-path.js';
import type { SourceDocuments } from './ports.js';
import { sealSecret } from './secrets/seal-secret.js';
import { SourceProblem, sentence, sourceExists, sourceInvalid, sourceState } from './sources.errors.js';
import type { ArchiveRepository } from './store/archive.repository.js';
import { serverOf } from './paths/server-of.js';
import { orderRun } from './store/run.repository.js';
import { SourceRepository, type FileFilter } from './store/source.repository.js';

const UNIQUE_VIOLATION = '23505';
/** Documents that one retry sends along their path again. */
const RETRIED_MAX = 10_000;

/** What administrators do with sources; the door has checked that they are. Null: no such source here. */
export class Sources {
  private readonly rows: SourceRepository;

  constructor(
    private readonly database: Database,
    private readonly documents: SourceDocuments,
    private readonly archives: ArchiveRepository,
    private readonly settings: { key: Buffer; maxBytes: number },
  ) {
    this.rows = new SourceRepository(database, documents);
  }

  list(ctx: CallContext): Promise<SourceRow[]> {
    return this.rows.list(ctx);
  }

  get(ctx: CallContext, id: string): Promise<SourceRow | null> {
    return this.rows.get(ctx, id);
  }

  /** Throws SOURCE_EXISTS, SOURCE_COLLECTION_MISSING, SOURCE_ADDRESS_INVALID. With a schedule, the first sync is due at once. */
  async create(ctx: CallContext, source: NewSource): Promise<SourceRow> {
    const id = crypto.randomUUID();
    const target = cleanTarget(source.target);
    await this.named(() =>
      this.database.once(
        ctx,
        `insert into source (id, tenant_id, collection_id, name, kind, settings, secret, target, include, exclude,
                             max_file_bytes, deletion_share, every_minutes, state, next_run_at, created_by)
         select $1, app_tenant(), c.id, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 'active',
                case when $12::int is not null then now() end, $13
           from collection c where c.id = $2 and c.tenant_id = app_tenant()`,
        [
          id,
          source.collectionId,
          source.name.trim(),
          source.settings.kind,
          JSON.stringify(source.settings),
          this.seal(ctx, id, source.secret),
          target,
          source.include,
          source.exclude,
          source.maxFileBytes,
          source.deletionShare,
          source.everyMinutes,
          ctx.caller.userId,
        ],
      ),
    );
    const row = await this.rows.get(ctx, id);
    if (!row) throw sourceInvalid('collectionId', 'SOURCE_COLLECTION_MISSING');
    return row;
  }

  /** Throws SOURCE_EXISTS, and SOURCE_STATE for another kind. Another server needs its credentials anew. */
  async update(ctx: CallContext, id: string, change: SourceChange): Promise<SourceRow | null> {
    const before = await this.rows.get(ctx, id);
    if (!before || before.state === 'removing') return null;
    if (change.settings && change.settings.kind !== before.kind)
      throw sourceState('The kind of a source stays. Add another source.');
    const after = { ...before, ...change };
    // Credentials are for the server that they were entered for.
    const elsewhere = serverOf(before.settings) !== serverOf(after.settings);
    await this.named(() =>
      this.database.once(
        ctx,
        `update source set name = $2, settings = $3, include = $4, exclude = $5, max_file_bytes = $6, deletion_share = $7,
                every_minutes = $8, secret = case when $9 then $10 else secret end, updated_at = now(),
                next_run_at = case when $8::int is null then null
                                   when every_minutes is distinct from $8::int then now() + make_interval(mins => $8::int)
                                   else next_run_at end
          where id = $1 and tenant_id = app_tenant()`,
        [
          id,
          after.name.trim(),
          JSON.stringify(after.settings),
          after.include,
          after.exclude,
          after.maxFileBytes,
          after.deletionShare,
          after.everyMinutes,
          change.secret !== undefined || elsewhere,
          this.seal(ctx, id, change.secret ?? null),
        ],
      ),
    );
    return this.rows.get(ctx, id);
  }

  /** Orders a sync; the one that is under way stays. With `allowDeletions` a stopped source goes on. */
  sync(ctx: CallContext, id: string, options: { allowDeletions: boolean }): Promise<SourceRow | null> {
    return this.change(ctx, id, async (tx, source) => {
      if (source.kind === 'archive') await requireArchive(tx, id);
      if (options.allowDeletions && source.pauseReason === 'deletions')
        await setState(tx, id, 'active', null);
      await orderRun(tx, ctx, id, { cause: 'person', allowDeletions: options.allowDeletions });
    });
  }

  /** Ends the sync that is under way, within a second or two; what it did stays. */
  cancel(ctx: CallContext, id: string): Promise<SourceRow | null> {
    return this.change(ctx, id, (tx) => cancelRun(tx, id));
  }

  /** No sync by schedule; the one that is under way ends. */
  pause(ctx: CallContext, id: string): Promise<SourceRow | null> {
    return this.change(ctx, id, async (tx) => {
      await setState(tx, id, 'paused', 'person');
      await cancelRun(tx, id);
    });
  }

  resume(ctx: CallContext, id: string): Promise<SourceRow | null> {
    return this.change(ctx, id, async (tx) => {
      await setState(tx, id, 'active', null);
      await tx.query(
        'update source set next_run_at = case when every_minutes is not null then now() end where id = $1',
        [id],
      );
    });
  }

  /** Failed and refused files are read again by a sync; refused documents go along their path again. */
  async retry(ctx: CallContext, id: string): Promise<SourceRow | null> {
    const files = await this.rows.files(ctx, id, { limit: RETRIED_MAX, offset: 0, state: 'taken' });
    const ids = files.rows.flatMap(({ documentId }) => (documentId === null ? [] : [documentId]));
    const states = await this.documents.states(ctx, ids);
    const row = await this.change(ctx, id, async (tx) => {
      await tx.query(
        `update source_item set fingerprint = null where source_id = $1 and state in ('failed', 'skipped')`,
        [id],
      );
      await orderRun(tx, ctx, id, { cause: 'person' });
    });
    for (const standing of row ? states.values() : [])
      if (standing.state === 'refused') await this.documents.retry(ctx, standing.documentId);
    return row;
  }

  /** With its documents, or leaving them as if they had been uploaded; the worker does it. */
  async remove(ctx: CallContext, id: string, documents: 'keep' | 'delete'): Promise<boolean> {
    const row = await this.database.transaction(ctx, async (tx) => {
      const found = await tx.query(
        `update source set state = 'removing', removal = $2, pause_reason = null, updated_at = now()
          where id = $1 and tenant_id = app_tenant() and state <> 'removing' returning id`,
        [id, documents],
      );
      if (found.length === 0) return null;
      await cancelRun(tx, id);
      await orderRun(tx, ctx, id, { cause: 'removal' });
      return found;
    });
    return row !== null;
  }

  /** The ZIP that the source is made of from now on; a sync follows. Throws SOURCE_STATE, SOURCE_TOO_LARGE. */
  async addArchive(
    ctx: CallContext,
    id: string,
    upload: { fileName: string; content: AsyncIterable<Uint8Array> },
  ): Promise<SourceRow | null> {
    const source = await this.rows.get(ctx, id);
    if (!source || source.state === 'removing') return null;
    if (source.kind !== 'archive') throw sourceState('Archives are for sources of that kind.');
    try {
      await this.archives.add(ctx, id, upload, this.settings.maxBytes);
    } catch (cause) {
      if (!(cause instanceof SourceProblem)) throw cause;
      throw new RequestError(413, cause.code, cause.sentence);
    }
    return this.sync(ctx, id, { allowDeletions: false });
  }

  async files(
    ctx: CallContext,
    id: string,
    filter: FileFilter,
  ): Promise<{ rows: SourceFile[]; total: number } | null> {
    if (!(await this.rows.get(ctx, id))) return null;
    const { rows, total } = await this.rows.files(ctx, id, filter);
    const states = await this.documents.states(
      ctx,
      rows.flatMap(({ documentId }) => (documentId === null ? [] : [documentId])),
    );
    return {
      total,
      rows: rows.map(({ documentId, ...file }) => {
        const standing = documentId === null ? undefined : states.get(documentId);
        if (!standing) return { ...file, document: null };
        const { title, state, reason } = standing;
        return { ...file, document: { id: standing.documentId, title, state, reason } };
      }),
    };
  }

  async runs(ctx: CallContext, id: string): Promise<SourceRun[] | null> {
    return (await this.rows.get(ctx, id)) ? this.rows.runs(ctx, id) : null;
  }

  private async change(
    ctx: CallContext,
    id: string,
    work: (tx: Tx, source: { kind: string; pauseReason: string | null }) => Promise<void>,
  ): Promise<SourceRow | null> {
    const found = await this.database.transaction(ctx, async (tx) => {
      const [source] = await tx.query<{ kind: string; pauseReason: string | null }>(
        `select kind, pause_reason as "pauseReason" from source
          where id = $1 and tenant_id = app_tenant() and state <> 'removing' for update`,
        [id],
      );
      if (source) await work(tx, source);
      return source !== undefined;
    });
    return found ? this.rows.get(ctx, id) : null;
  }

  private seal(ctx: CallContext, sourceId: string, secret: SourceSecret | null): Buffer | null {
    return secret && sealSecret(this.settings.key, { tenantId: ctx.tenantId, sourceId }, secret);
  }

  private async named<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (cause) {
      throw (cause as { code?: string }).code === UNIQUE_VIOLATION ? sourceExists() : cause;
    }
  }
}

/** Folders of the collection, of which some depth must be left for the source's own. */
function cleanTarget(target: string): string {
  const bare = target.replace(/^\/+|\/+$/g, '');
  const clean = bare === '' ? '' : cleanPath(bare, DEPTH_MAX / 2);
  if (clean === null)
    throw new RequestError(422, 'FILE_PATH_INVALID', sentence('FILE_PATH_INVALID'), [
      { path: 'target', message: sentence('FILE_PATH_INVALID') },
    ]);
  return clean;
}

async function requireArchive(tx: Tx, id: string): Promise<void> {
  const found = await tx.query('select 1 from source_archive where source_id = $1 and sha256 is not null', [
    id,
  ]);
  if (found.length === 0) throw sourceState(sentence('SOURCE_ARCHIVE_MISSING'));
}

async function setState(tx: Tx, id: string, state: string, reason: string | null): Promise<void> {
  await tx.query('update source set state = $2, pause_reason = $3, updated_at = now() where id = $1', [
    id,
    state,
    reason,
  ]);
}

/** A queued one that no worker has begun ends here. */
async function cancelRun(tx: Tx, id: string): Promise<void> {
  await tx.query(
    `update source_run set cancel_requested = true,
            state = case when state = 'queued' then 'cancelled' else state end,
            ended_at = case when state = 'queued' then now() else ended_at end
      where source_id = $1 and state in ('queued', 'running') and cause <> 'removal'`,
    [id],
  );
}
