import { bytesOf, type PostingList } from './posting-list.js';

interface Entry {
  readonly key: string;
  readonly list: PostingList;
  readonly bytes: number;
  /** The one segment through which the list can be reached. */
  readonly owner: SegmentLists;
}

/** The lists of one segment that are in memory. */
export class SegmentLists {
  readonly lists = new Map<string, Entry>();

  constructor(private readonly cache: ListCache) {}

  get(term: string): PostingList | undefined {
    const entry = this.lists.get(term);
    if (!entry) return undefined;
    this.cache.use(entry);
    return entry.list;
  }

  set(term: string, list: PostingList): void {
    this.delete(term);
    const entry = { key: term, list, bytes: bytesOf(list) + term.length * 2, owner: this };
    this.lists.set(term, entry);
    this.cache.add(entry);
  }

  delete(term: string): void {
    const entry = this.lists.get(term);
    if (entry) this.cache.drop(entry);
  }

  clear(): void {
    for (const entry of [...this.lists.values()]) this.cache.drop(entry);
  }
}

/** Bounds the bytes of all lists together; the least recently used go first. Gives nothing to anybody by itself. */
export class ListCache {
  /** A Set keeps the order of insertion: the first is the least recently used. */
  private readonly entries = new Set<Entry>();
  bytes = 0;

  constructor(private readonly limit: number) {}

  use(entry: Entry): void {
    this.entries.delete(entry);
    this.entries.add(entry);
  }

  add(entry: Entry): void {
    this.entries.add(entry);
    this.bytes += entry.bytes;
    for (const oldest of this.entries) {
      if (this.bytes <= this.limit) break;
      this.drop(oldest);
    }
  }

  drop(entry: Entry): void {
    if (!this.entries.delete(entry)) return;
    this.bytes -= entry.bytes;
    if (entry.owner.lists.get(entry.key) === entry) entry.owner.lists.delete(entry.key);
  }
}
