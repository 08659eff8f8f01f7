import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { CallContext } from '@lorekeep/kit/context';
import type { SourceAudit, SourceDocuments } from '../ports.js';
import type { OpenSource } from '../read/open-source.js';
import type { SourceReader } from '../read/source-reader.js';
import { openSecret } from '../secrets/seal-secret.js';
import { problemOf, sentence, SourceProblem } from '../sources.errors.js';
import type { ItemRepository } from '../store/item.repository.js';
import type { ClaimedRun } from '../store/rows.js';
import { LeaseLost, type RunEnd, type RunRepository } from '../store/run.repository.js';
import { listSource, type Listing } from './list-source.js';
import { planSync } from './plan-sync.js';
import { References } from './references.js';
import { SettleDocuments } from './settle-documents.js';
import { SKIPPED, TakeFiles } from './take-files.js';

/** How soon somebody's wish to end a sync is noticed. */
const WATCH_MS = 1_000;

export interface SyncPorts {
  readonly runs: RunRepository;
  readonly items: ItemRepository;
  readonly documents: SourceDocuments;
  readonly audit: SourceAudit;
  readonly opener: OpenSource;
}

export interface SyncSettings {
  readonly key: Buffer;
  readonly maxFiles: number;
  /** DATA_DIR/sources. */
  readonly directory: string;
}

export type SyncOutcome = Pick<RunEnd, 'state' | 'errorCode'> | { readonly state: 'gone' };

/**
 * One sync, from list to deletions. May be begun anew at any point: every step leaves the same whether it is made once
 * or twice, and is kept when it is done. What the source is at fault for ends as the state of the run; what it is not
 * (database, audit) is thrown, and the run goes on later.
 */
export class SyncSource {
  private readonly take: TakeFiles;
  private readonly settle: SettleDocuments;

  constructor(
    private readonly ports: SyncPorts,
    private readonly settings: SyncSettings,
  ) {
    this.take = new TakeFiles(ports.documents, ports.items);
    this.settle = new SettleDocuments(ports.documents, ports.items, ports.audit);
  }

  async run(ctx: CallContext, runId: string): Promise<SyncOutcome> {
    const run = await this.ports.runs.claim(ctx, runId);
    if (!run) return { state: 'gone' };
    const watch = this.watch(ctx, run);
    const within = { ...ctx, signal: watch.signal };
    try {
      if (run.cause === 'removal') return await this.remove(within, run);
      return await this.finish(ctx, run, await this.attempt(within, run));
    } catch (cause) {
      if (cause instanceof LeaseLost) return { state: 'gone' };
      throw cause;
    } finally {
      watch.end();
    }
  }

  /** Ends a run that failed for other reasons than its source's own too often. */
  async giveUp(ctx: CallContext, runId: string): Promise<void> {
    const run = await this.ports.runs.claim(ctx, runId);
    if (run) await this.finish(ctx, run, failed(new SourceProblem('SOURCE_FAILED')));
  }

  private async attempt(ctx: CallContext, run: ClaimedRun): Promise<RunEnd> {
    let reader: SourceReader | undefined;
    try {
      const { source } = run;
      if (source.state === 'removing') return failed(new SourceProblem('SOURCE_CANCELLED'));
      const owner = { tenantId: ctx.tenantId, sourceId: source.id };
      const secret = source.secret && openSecret(this.settings.key, owner, source.secret);
      reader = await this.ports.opener.open(
        ctx,
        { sourceId: source.id, settings: source.settings, secret },
        ctx.signal,
      );
      return await this.follow(ctx, run, reader);
    } catch (cause) {
      const reason: unknown = ctx.signal.aborted ? ctx.signal.reason : cause;
      if (!(reason instanceof SourceProblem) && problemOf(reason).code === 'SOURCE_FAILED') throw reason;
      return failed(problemOf(reason));
    } finally {
      await reader?.close();
    }
  }

  private async follow(ctx: CallContext, run: ClaimedRun, reader: SourceReader): Promise<RunEnd> {
    const { runs, items } = this.ports;
    const listing = await listSource(reader, run.source, this.settings.maxFiles, ctx.signal);
    const before = await items.all(ctx, run.source.id);
    const plan = planSync(before, listing, run.id);
    await runs.progress(ctx, run, {
      phase: 'reading',
      listed: listing.files.size,
      unchanged: plan.unchanged,
      toProcess: plan.toRead.length + listing.problems.size,
    });
    await this.keepProblems(ctx, run, listing, new Map(before.map((item) => [item.path, item.documentId])));
    const references = new References(before, plan.gone);
    await this.take.run(ctx, run, plan.toRead, references);
    const begin = (steps: number): Promise<void> =>
      runs.progress(ctx, run, { phase: 'deleting', toProcess: steps });
    const { missing } = await this.settle.run(ctx, run, references.places(), listing.files.size, begin);
    if (missing > 0)
      return { ...failed(new SourceProblem('SOURCE_DELETES_MUCH')), state: 'stopped', missing };
    await items.forget(
      ctx,
      run.source.id,
      plan.gone.map(({ path }) => path),
    );
    return { state: 'done', errorCode: null, error: null, missing: 0 };
  }

  private async keepProblems(
    ctx: CallContext,
    run: ClaimedRun,
    { problems, files }: Listing,
    documents: ReadonlyMap<string, string | null>,
  ): Promise<void> {
    for (const [path, code] of problems) {
      if (files.has(path)) continue;
      const state = SKIPPED.has(code) ? 'skipped' : 'failed';
      const item = {
        path,
        documentId: documents.get(path) ?? null,
        fingerprint: null,
        sha256: null,
        bytes: null,
      };
      await this.ports.items.save(
        ctx,
        run,
        { ...item, state, reasonCode: code, reason: sentence(code) },
        null,
      );
    }
  }

  private async finish(ctx: CallContext, run: ClaimedRun, end: RunEnd): Promise<SyncOutcome> {
    const { id, name, kind } = run.source;
    await this.ports.audit(ctx, {
      kind: 'source.sync',
      outcome: end.state,
      detail: {
        sourceId: id,
        name,
        kind,
        runId: run.id,
        cause: run.cause,
        code: end.errorCode,
        missing: end.missing,
      },
    });
    await this.ports.runs.end(ctx, run, end);
    return { state: end.state, errorCode: end.errorCode };
  }

  /** The source with its documents, or without them. */
  private async remove(ctx: CallContext, run: ClaimedRun): Promise<SyncOutcome> {
    const { documents, runs, audit } = this.ports;
    const { id, name, removal } = run.source;
    const detail = { sourceId: id, name, documents: removal };
    await audit(ctx, { kind: 'source.removal', outcome: 'begun', detail });
    if (removal === 'delete') {
      const owned = await documents.owned(ctx, id);
      await runs.progress(ctx, run, { phase: 'deleting', toProcess: owned.length });
      await this.settle.remove(ctx, run, owned);
    }
    await documents.release(ctx, id);
    await rm(join(this.settings.directory, 'git', id), { recursive: true, force: true });
    await runs.forget(ctx, id);
    await audit(ctx, { kind: 'source.removal', outcome: 'done', detail });
    return { state: 'done', errorCode: null };
  }

  /** Aborts when the caller's signal does, when somebody wants the run to end, and when it is no longer ours. */
  private watch(ctx: CallContext, run: ClaimedRun): { signal: AbortSignal; end: () => void } {
    const ending = new AbortController();
    let asking = false;
    const timer = setInterval(() => {
      if (asking) return;
      asking = true;
      this.ports.runs
        .touch(ctx, run)
        .then(({ cancel }) => {
          if (cancel && run.cause !== 'removal') ending.abort(new SourceProblem('SOURCE_CANCELLED'));
        })
        .catch((cause: unknown) => {
          // A database that does not answer now may answer the next time.
          if (cause instanceof LeaseLost) ending.abort(cause);
        })
        .finally(() => (asking = false));
    }, WATCH_MS);
    return { signal: AbortSignal.any([ctx.signal, ending.signal]), end: () => clearInterval(timer) };
  }
}

const failed = (problem: SourceProblem): RunEnd => ({
  state: problem.code === 'SOURCE_CANCELLED' ? 'cancelled' : 'failed',
  errorCode: problem.code,
  error: problem.sentence,
  missing: 0,
});
