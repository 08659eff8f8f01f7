import { createHash } from 'node:crypto';
import type { CallContext } from '@lorekeep/kit/context';
import { splitPath } from '../paths/clean-path.js';
import type { SourceDocuments } from '../ports.js';
import { sentence, SourceProblem, type SourceCode } from '../sources.errors.js';
import type { ItemRepository } from '../store/item.repository.js';
import type { ClaimedRun, Counter, NewItem } from '../store/rows.js';
import type { PlannedFile } from './plan-sync.js';
import { readAhead } from './read-ahead.js';
import type { References } from './references.js';

/** Files that are read at once; each is in memory. */
const AHEAD = 4;

type Read =
  | {
      readonly plan: PlannedFile;
      readonly content: Buffer;
      readonly sha256: Buffer;
      readonly fingerprint: string;
    }
  | { readonly plan: PlannedFile; readonly problem: SourceProblem };

/** Reads what is new or changed and hands it to the document path, file by file; each is kept when it is done. */
export class TakeFiles {
  constructor(
    private readonly documents: SourceDocuments,
    private readonly items: ItemRepository,
  ) {}

  /** Throws SourceProblem where not one file but the source is at fault. */
  async run(
    ctx: CallContext,
    run: ClaimedRun,
    files: readonly PlannedFile[],
    references: References,
  ): Promise<void> {
    const read = (plan: PlannedFile): Promise<Read> => this.read(plan, run.source.maxFileBytes, ctx.signal);
    for await (const result of readAhead(files, AHEAD, read)) {
      ctx.signal.throwIfAborted();
      if ('problem' in result)
        await this.leave(ctx, run, result.plan, result.problem.code, result.problem.sentence);
      else await this.take(ctx, run, result, references);
    }
  }

  private async read(plan: PlannedFile, limit: number, signal: AbortSignal): Promise<Read> {
    const { file, path } = plan;
    try {
      if (!this.documents.supports(splitPath(path).fileName)) throw new SourceProblem('FILE_UNSUPPORTED');
      if (file.bytes !== null && file.bytes > limit) throw new SourceProblem('FILE_TOO_LARGE');
      const { content, fingerprint } = await file.read(limit, signal);
      const sha256 = createHash('sha256').update(content).digest();
      return { plan, content, sha256, fingerprint: fingerprint ?? file.fingerprint };
    } catch (cause) {
      if (cause instanceof SourceProblem && cause.code.startsWith('FILE_')) return { plan, problem: cause };
      throw cause;
    }
  }

  private async take(
    ctx: CallContext,
    run: ClaimedRun,
    { plan, content, sha256, fingerprint }: Extract<Read, { content: Buffer }>,
    references: References,
  ): Promise<void> {
    const { path, before } = plan;
    const taken = { path, fingerprint, sha256, bytes: content.length, state: 'taken' } as const;
    const keep = (documentId: string, counter: Counter | null): Promise<void> =>
      this.items.save(ctx, run, { ...taken, documentId, reasonCode: null, reason: null }, counter);
    // Touched, or read again, and the same as before.
    if (before?.state === 'taken' && before.documentId && before.sha256?.equals(sha256))
      return keep(before.documentId, null);
    const known = await this.alive(ctx, references.withContent(sha256));
    if (known) {
      const moved = references.pathsOf(known) === 0;
      references.set(path, known, sha256);
      // What has moved is counted when it is put in its place.
      return keep(known, moved ? null : before ? 'changed' : 'added');
    }
    const old = before?.documentId ?? null;
    const accepted = await this.documents.accept(ctx, {
      sourceId: run.source.id,
      collectionId: run.source.collectionId,
      ...splitPath(run.source.target === '' ? path : `${run.source.target}/${path}`),
      content,
      // A document that is also that of another path stays as it is for that one.
      replaces: old !== null && references.isOnly(path, old) ? old : null,
    });
    if ('refused' in accepted) return this.refuse(ctx, run, plan, { ...taken, ...accepted.refused });
    if (accepted.duplicate && !(await this.isNewest(ctx, accepted.documentId)))
      return this.leave(ctx, run, plan, 'FILE_CHANGING', sentence('FILE_CHANGING'));
    references.set(path, accepted.documentId, sha256);
    return keep(accepted.documentId, old !== null ? 'changed' : 'added');
  }

  private async alive(ctx: CallContext, documentId: string | null): Promise<string | null> {
    if (documentId === null) return null;
    return (await this.documents.states(ctx, [documentId])).has(documentId) ? documentId : null;
  }

  /** A document with this content that is about to get another one is not this file's: the next sync sees clearer. */
  private async isNewest(ctx: CallContext, documentId: string): Promise<boolean> {
    return (await this.documents.states(ctx, [documentId])).get(documentId)?.documentId === documentId;
  }

  /** The document path does not take this content: not asked again until it changes. What was there stays. */
  private refuse(
    ctx: CallContext,
    run: ClaimedRun,
    { before }: PlannedFile,
    item: Omit<NewItem, 'documentId' | 'state' | 'reasonCode'> & { code: string },
  ): Promise<void> {
    const { path, fingerprint, sha256, bytes, code, reason } = item;
    const documentId = before?.documentId ?? null;
    return this.items.save(
      ctx,
      run,
      { path, fingerprint, sha256, bytes, documentId, state: 'skipped', reasonCode: code, reason },
      'skipped',
    );
  }

  /** Not read: because of a rule (skipped) or for a reason that may pass (failed). What was there stays. */
  private leave(
    ctx: CallContext,
    run: ClaimedRun,
    plan: PlannedFile,
    code: SourceCode,
    reason: string,
  ): Promise<void> {
    const state = SKIPPED.has(code) ? 'skipped' : 'failed';
    const { path, before, file } = plan;
    return this.items.save(
      ctx,
      run,
      {
        path,
        documentId: before?.documentId ?? null,
        fingerprint: state === 'skipped' ? file.fingerprint : null,
        sha256: before?.sha256 ?? null,
        bytes: file.bytes,
        state,
        reasonCode: code,
        reason,
      },
      state,
    );
  }
}

export const SKIPPED: ReadonlySet<SourceCode> = new Set<SourceCode>([
  'FILE_TOO_LARGE',
  'FILE_UNSUPPORTED',
  'FILE_LINK',
  'FILE_ENCRYPTED',
]);
