import type { CallContext } from '@lorekeep/kit/context';
import type { Database } from '@lorekeep/kit/database';
import type { PostingList } from './posting-list.js';
import { fetchLists, type Wanted } from './read-segments.js';
import type { SegmentView } from './segment-view.js';
import type { TenantIndex } from './tenant-index.js';

/** Lists asked for in one message; more are asked for in several. */
const LISTS_PER_STATEMENT = 2_000;

/** The posting lists of one search: out of the cache, and what the cache could not keep for as long as it takes. */
export class CollectedLists {
  private readonly kept = new Map<SegmentView, Map<string, PostingList>>();

  constructor(
    private readonly database: Database,
    private readonly index: TenantIndex,
  ) {}

  /** The lists of the index as it is now, by term; null: some have to be fetched first. */
  of(terms: readonly string[]): Map<string, PostingList[]> | null {
    const all = new Map<string, PostingList[]>();
    for (const term of terms) {
      const lists: PostingList[] = [];
      for (const segment of this.index.segments.values()) {
        const list = this.find(segment, term);
        if (!list) return null;
        if (list.places.length > 0) lists.push(list);
      }
      all.set(term, lists);
    }
    return all;
  }

  /** False: a segment is gone from the database. */
  async fetch(ctx: CallContext, terms: readonly string[], timeout: number): Promise<boolean> {
    const wanted: Wanted[] = [];
    for (const segment of this.index.segments.values())
      for (const term of terms) if (!this.find(segment, term)) wanted.push({ segment, term });
    for (let at = 0; at < wanted.length; at += LISTS_PER_STATEMENT) {
      const part = wanted.slice(at, at + LISTS_PER_STATEMENT);
      const fetched = await fetchLists(this.database, ctx, part, timeout);
      if (!fetched) return false;
      for (const { segment, term, found } of fetched) {
        // Another search may have brought the index to a state without it.
        if (this.index.segments.get(segment.id) === segment)
          this.keep(segment, term, this.index.keep(segment, term, found));
      }
    }
    return true;
  }

  private find(segment: SegmentView, term: string): PostingList | undefined {
    const cached = this.index.listOf(segment, term);
    if (cached) return cached;
    const kept = this.kept.get(segment)?.get(term);
    return kept && this.index.refresh(segment, kept);
  }

  private keep(segment: SegmentView, term: string, list: PostingList): void {
    let lists = this.kept.get(segment);
    if (!lists) this.kept.set(segment, (lists = new Map()));
    lists.set(term, list);
  }
}
