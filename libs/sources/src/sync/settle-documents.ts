import type { CallContext } from '@lorekeep/kit/context';
import { splitPath } from '../paths/clean-path.js';
import type { KeptDocument, SourceAudit, SourceDocuments } from '../ports.js';
import type { ItemRepository } from '../store/item.repository.js';
import type { ClaimedRun } from '../store/rows.js';
import { deletesTooMuch } from './plan-sync.js';

/** Asked at once for other owners. */
const BATCH = 500;

export interface Settled {
  /** Documents that would have been deleted, had it been allowed; 0: everything is done. */
  readonly missing: number;
}

interface Work {
  readonly moves: { readonly document: KeptDocument; readonly path: string }[];
  readonly removals: KeptDocument[];
}

/**
 * Puts every document of the source where its file is and deletes those that no file has any more. Judged by what is
 * kept and what was listed alone, so that whatever an interrupted sync left undone is done now.
 */
export class SettleDocuments {
  constructor(
    private readonly documents: SourceDocuments,
    private readonly items: ItemRepository,
    private readonly audit: SourceAudit,
  ) {}

  /** `files`: how many the source has; none is taken for a fault. */
  async run(
    ctx: CallContext,
    run: ClaimedRun,
    places: ReadonlyMap<string, readonly string[]>,
    files: number,
    begin: (steps: number) => Promise<void>,
  ): Promise<Settled> {
    const owned = await this.documents.owned(ctx, run.source.id);
    const { moves, removals } = workOf(owned, places, run.source.target);
    const share = run.source.deletionShare;
    const stopped =
      !run.allowDeletions && deletesTooMuch(removals.length, { kept: owned.length, files, share });
    await begin(moves.length + (stopped ? 0 : removals.length));
    for (const move of moves) await this.move(ctx, run, move);
    if (stopped) return { missing: removals.length };
    await this.remove(ctx, run, removals);
    return { missing: 0 };
  }

  /** Deletes them, or leaves them to another source that has them too. */
  async remove(ctx: CallContext, run: ClaimedRun, documents: readonly KeptDocument[]): Promise<void> {
    const sourceId = run.source.id;
    for (let at = 0; at < documents.length; at += BATCH) {
      const batch = documents.slice(at, at + BATCH);
      const ids = batch.flatMap(({ documentIds }) => documentIds);
      const others = await this.items.otherOwners(ctx, sourceId, ids);
      for (const { documentIds } of batch) {
        ctx.signal.throwIfAborted();
        const documentId = documentIds.at(-1) ?? '';
        const other = documentIds.map((id) => others.get(id)).find((id) => id !== undefined);
        if (other !== undefined) await this.documents.handOver(ctx, documentId, sourceId, other);
        else {
          const detail = { documentId, sourceId };
          await this.audit(ctx, { kind: 'document.delete', outcome: 'begun', detail });
          await this.documents.remove(ctx, documentId, sourceId);
        }
        await this.items.count(ctx, run, 'deleted');
      }
    }
  }

  private async move(
    ctx: CallContext,
    run: ClaimedRun,
    { document, path }: Work['moves'][number],
  ): Promise<void> {
    ctx.signal.throwIfAborted();
    const documentId = document.documentIds.at(-1) ?? '';
    const sourceId = run.source.id;
    // Another folder may have other readers.
    const detail = { documentId, sourceId, from: document.path, to: path };
    await this.audit(ctx, { kind: 'document.move', outcome: 'begun', detail });
    await this.documents.place(ctx, documentId, { sourceId, ...splitPath(path) });
    await this.items.count(ctx, run, 'moved');
  }
}

function workOf(
  owned: readonly KeptDocument[],
  places: ReadonlyMap<string, readonly string[]>,
  target: string,
): Work {
  const work: Work = { moves: [], removals: [] };
  const prefix = target === '' ? '' : `${target}/`;
  for (const document of owned) {
    const paths = document.documentIds.flatMap((id) => places.get(id) ?? []).map((path) => prefix + path);
    const [first] = paths;
    if (first === undefined) work.removals.push(document);
    else if (!paths.includes(document.path)) work.moves.push({ document, path: first });
  }
  return work;
}
