import type { CallContext } from '@lorekeep/kit/context';
import type { HitFilter, HitRepository, StoredHit } from '../store/hit.repository.js';

/** What was found in answers, for those who may know. Rights are checked, and the reading is recorded, before. */
export class ShowHits {
  constructor(private readonly hits: HitRepository) {}

  /** Newest first; `next` is the `before` of the next page, null at the end. */
  async run(
    ctx: CallContext,
    filter: HitFilter,
    limit: number,
  ): Promise<{ rows: StoredHit[]; next: string | null }> {
    const rows = await this.hits.list(ctx, filter, limit + 1);
    const page = rows.slice(0, limit);
    return { rows: page, next: rows.length > limit ? (page.at(-1)?.id ?? null) : null };
  }
}
