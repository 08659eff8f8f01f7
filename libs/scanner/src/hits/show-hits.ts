import type { CallContext } from '@lorekeep/kit/context';
import type { HitFilter, HitRepository, StoredHit } from '../store/hit.repository.js';
import type { HitRule, NameRules } from './name-rules.js';

export type ShownHit = StoredHit & { readonly rule: HitRule };

/** What was found in answers, for those who may know. Rights are checked, and the reading is recorded, before. */
export class ShowHits {
  constructor(
    private readonly hits: HitRepository,
    private readonly rules: NameRules,
  ) {}

  /** Newest first; `next` is the `before` of the next page, null at the end. */
  async run(
    ctx: CallContext,
    filter: HitFilter,
    limit: number,
  ): Promise<{ rows: ShownHit[]; next: string | null }> {
    const rows = await this.hits.list(ctx, filter, limit + 1);
    const page = rows.slice(0, limit);
    const rules = await this.rules.run(ctx, page);
    return {
      rows: page.map((row, at) => ({ ...row, rule: rules[at] ?? { kind: 'word', text: null } })),
      next: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
    };
  }
}
