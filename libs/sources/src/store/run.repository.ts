import type { CallContext } from '@lorekeep/kit/context';
import type { Database, Tx } from '@lorekeep/kit/database';
import { enqueueJob } from '@lorekeep/kit/jobs';
import { SOURCE_COLUMNS, type ClaimedRun, type StoredSource } from './rows.js';

export const SYNC_TASK = 'sync-source';
/** A worker that dies, a database that restarts: taken up again; what the source is at fault for ends the run. */
export const SYNC_ATTEMPTS = 10;
const RUNS_KEPT = 50;
/** A run that nobody has worked on for so long gets a job again. */
const ABANDONED_MINUTES = 15;

/** Somebody else works on the run, or it has ended. */
export class LeaseLost extends Error {
  constructor() {
    super('the sync is no longer ours');
    this.name = 'LeaseLost';
  }
}

/** Orders a sync, in the caller's transaction; null: one is under way. */
export async function orderRun(
  tx: Tx,
  ctx: CallContext,
  sourceId: string,
  options: { cause: 'schedule' | 'person' | 'removal'; allowDeletions?: boolean },
): Promise<string | null> {
  const [row] = await tx.query<{ id: string }>(
    `insert into source_run (source_id, tenant_id, cause, state, allow_deletions, created_by)
     values ($1, app_tenant(), $2, 'queued', $3, $4)
     on conflict (source_id) where state in ('queued', 'running') do nothing returning id`,
    [sourceId, options.cause, options.allowDeletions ?? false, ctx.caller.userId],
  );
  if (row) await enqueueRun(tx, ctx.tenantId, sourceId, row.id);
  return row?.id ?? null;
}

function enqueueRun(tx: Tx, tenantId: string, sourceId: string, runId: string): Promise<void> {
  return enqueueJob(tx, SYNC_TASK, { tenantId, runId }, { key: `sync:${sourceId}`, attempts: SYNC_ATTEMPTS });
}

export interface RunEnd {
  readonly state: 'done' | 'failed' | 'cancelled' | 'stopped';
  readonly errorCode: string | null;
  readonly error: string | null;
  readonly missing: number;
}

/** The syncs of sources. Whoever works on one holds its lease; every write asks for it. */
export class RunRepository {
  constructor(private readonly database: Database) {}

  /** Takes a run over from whoever had it; null: it has ended. */
  async claim(ctx: CallContext, runId: string): Promise<ClaimedRun | null> {
    const lease = crypto.randomUUID();
    const [row] = await this.database.once<StoredSource & Record<string, unknown>>(
      ctx,
      `with run as (
         update source_run set state = 'running', lease = $2, started_at = coalesce(started_at, now()), seen_at = now(),
                phase = 'listing', processed = 0, to_process = 0, reading_since = null
          where id = $1 and state in ('queued', 'running') returning *)
       select ${SOURCE_COLUMNS}, run.cause as "runCause", run.allow_deletions as "allowDeletions"
         from run join source s on s.id = run.source_id`,
      [runId, lease],
    );
    if (!row) return null;
    const { runCause, allowDeletions, ...source } = row;
    return {
      id: runId,
      lease,
      cause: runCause as ClaimedRun['cause'],
      allowDeletions: allowDeletions as boolean,
      source,
    };
  }

  /** A sign of life; whether somebody wants it to end. Throws LeaseLost. */
  async touch(ctx: CallContext, run: ClaimedRun): Promise<{ cancel: boolean }> {
    const [row] = await this.database.once<{ cancel: boolean }>(
      ctx,
      `update source_run set seen_at = now() where id = $1 and lease = $2 and state = 'running'
       returning cancel_requested as cancel`,
      [run.id, run.lease],
      { durable: false },
    );
    if (!row) throw new LeaseLost();
    return row;
  }

  /** Throws LeaseLost. */
  async progress(
    ctx: CallContext,
    run: ClaimedRun,
    to: {
      phase: 'listing' | 'reading' | 'deleting';
      listed?: number;
      unchanged?: number;
      toProcess?: number;
    },
  ): Promise<void> {
    const rows = await this.database.once(
      ctx,
      `update source_run set phase = $3, listed = coalesce($4, listed), unchanged = coalesce($5, unchanged),
              to_process = coalesce($6, to_process), seen_at = now(),
              processed = case when phase <> $3 then 0 else processed end,
              reading_since = case when phase <> $3 then now() else reading_since end
        where id = $1 and lease = $2 and state = 'running' returning id`,
      [run.id, run.lease, to.phase, to.listed ?? null, to.unchanged ?? null, to.toProcess ?? null],
      { durable: false },
    );
    if (rows.length === 0) throw new LeaseLost();
  }

  /** Ends a run and says when the next one is due. Throws LeaseLost. */
  end(ctx: CallContext, run: ClaimedRun, end: RunEnd): Promise<void> {
    return this.database.transaction(ctx, async (tx) => {
      const rows = await tx.query(
        `update source_run set state = $3, error_code = $4, error = $5, missing = $6, ended_at = now(), lease = null,
                skipped = (select count(*) from source_item where source_id = $7 and state = 'skipped'),
                failed = (select count(*) from source_item where source_id = $7 and state = 'failed')
          where id = $1 and lease = $2 and state = 'running' returning id`,
        [run.id, run.lease, end.state, end.errorCode, end.error, end.missing, run.source.id],
      );
      if (rows.length === 0) throw new LeaseLost();
      const [source] = await tx.query<{ state: string }>(
        `update source set next_run_at = now() + make_interval(mins => every_minutes),
                state = case when $2 and state = 'active' then 'paused' else state end,
                pause_reason = case when $2 and state = 'active' then 'deletions' else pause_reason end
          where id = $1 returning state`,
        [run.source.id, end.state === 'stopped'],
      );
      if (source?.state === 'removing') await orderRun(tx, ctx, run.source.id, { cause: 'removal' });
      await tx.query(
        `delete from source_run where source_id = $1 and id not in (
           select id from source_run where source_id = $1 order by created_at desc limit ${RUNS_KEPT})`,
        [run.source.id],
      );
    });
  }

  /** A source that is gone with all that it had. */
  async forget(ctx: CallContext, sourceId: string): Promise<void> {
    await this.database.once(ctx, 'delete from source where id = $1', [sourceId]);
  }

  /** Orders what is due, and gives abandoned runs a job again; how many. */
  orderDue(ctx: CallContext): Promise<number> {
    return this.database.transaction(ctx, async (tx) => {
      const due = await tx.query<{ id: string }>(
        `select s.id from source s where s.tenant_id = app_tenant() and s.state = 'active' and s.next_run_at <= now()
            and (s.kind <> 'archive' or exists (select from source_archive a where a.source_id = s.id and a.sha256 is not null))
          order by s.next_run_at for update skip locked`,
      );
      let ordered = 0;
      for (const { id } of due) if (await orderRun(tx, ctx, id, { cause: 'schedule' })) ordered++;
      const abandoned = await tx.query<{ id: string; source_id: string }>(
        `update source_run set seen_at = now() where tenant_id = app_tenant() and state in ('queued', 'running')
            and coalesce(seen_at, created_at) < now() - make_interval(mins => ${ABANDONED_MINUTES}) returning id, source_id`,
      );
      for (const run of abandoned) await enqueueRun(tx, ctx.tenantId, run.source_id, run.id);
      return ordered + abandoned.length;
    });
  }
}
