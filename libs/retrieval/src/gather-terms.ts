import { dropDead, type DeadRanges } from './join-lists.js';
import type { EntryCursor } from './read-entries.js';
import { decodeList, type PostingList } from './segment-codec.js';

interface Source {
  readonly cursor: EntryCursor;
  readonly dead: DeadRanges;
}

/** All terms of several cursors in ascending order, each once, with the lists that its segments have for it. */
export class TermGatherer {
  /** A heap: the smallest term on top. */
  private readonly heap: Source[] = [];
  private hungry: Source[] = [];

  constructor(cursors: readonly EntryCursor[], dead: readonly DeadRanges[]) {
    cursors.forEach((cursor, i) => {
      const ranges = dead[i];
      if (ranges && cursor.current) this.push({ cursor, dead: ranges });
    });
  }

  /** A cursor must read on before the next term is known. */
  get mustFeed(): boolean {
    return this.hungry.length > 0;
  }

  async feed(): Promise<void> {
    const sources = this.hungry;
    this.hungry = [];
    for (const source of sources) {
      await source.cursor.fetch();
      if (source.cursor.current) this.push(source);
    }
  }

  /** The next term with what is alive of its lists; null at the end. */
  next(): { term: string; lists: PostingList[] } | null {
    const term = this.heap[0]?.cursor.current?.term;
    if (term === undefined) return null;
    const lists: PostingList[] = [];
    for (let top = this.heap[0]; top?.cursor.current?.term === term; top = this.heap[0]) {
      const { count, bytes } = top.cursor.current;
      lists.push(dropDead(decodeList(bytes, count), top.dead));
      if (!top.cursor.step()) this.hungry.push(top);
      if (top.cursor.current) this.sink(0);
      else this.pop();
    }
    return { term, lists };
  }

  private push(source: Source): void {
    let at = this.heap.push(source) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.before(at, parent)) return;
      this.swap(at, parent);
      at = parent;
    }
  }

  private pop(): void {
    const last = this.heap.pop();
    if (!last || this.heap.length === 0) return;
    this.heap[0] = last;
    this.sink(0);
  }

  private sink(from: number): void {
    let at = from;
    for (;;) {
      const left = 2 * at + 1;
      let least = left < this.heap.length && this.before(left, at) ? left : at;
      if (left + 1 < this.heap.length && this.before(left + 1, least)) least = left + 1;
      if (least === at) return;
      this.swap(at, least);
      at = least;
    }
  }

  private before(a: number, b: number): boolean {
    return this.termAt(a) < this.termAt(b);
  }

  private termAt(at: number): string {
    return this.heap[at]?.cursor.current?.term ?? '';
  }

  private swap(a: number, b: number): void {
    const source = this.heap[a] as Source;
    this.heap[a] = this.heap[b] as Source;
    this.heap[b] = source;
  }
}
