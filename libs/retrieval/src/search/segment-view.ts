import { findInBlock, type DirectoryColumns } from '../segment-codec.js';
import type { SegmentLists } from './list-cache.js';

/** A block of a segment that is in memory as a whole. */
export interface HeldBlock {
  readonly firstTerm: string;
  readonly data: Uint8Array;
}

/** Searchable passages that came (+) or went (-) while lists of the segment were in memory. */
interface Change {
  readonly first: number;
  readonly count: number;
  readonly sign: 1 | -1;
}

/** So many changes, and counting anew costs no more than following them. */
export const CHANGES_MAX = 4_096;

/** One segment as a search sees it. */
export class SegmentView {
  readonly changes: Change[] = [];
  /** How many changes were forgotten. */
  forgotten = 0;

  constructor(
    readonly id: string,
    readonly directory: Omit<DirectoryColumns, 'documentIds' | 'lengths'>,
    /** All blocks in order, of a small segment; null: they are fetched by term. */
    readonly blocks: readonly HeldBlock[] | null,
    readonly lists: SegmentLists,
  ) {}

  get bytes(): number {
    const blocks = this.blocks?.reduce(
      (sum, { data, firstTerm }) => sum + data.length + firstTerm.length * 2 + 160,
      0,
    );
    return 400 + this.directory.first.byteLength * 2 + (blocks ?? 0);
  }

  get changeCount(): number {
    return this.forgotten + this.changes.length;
  }

  note(first: number, count: number, sign: 1 | -1): void {
    this.changes.push({ first, count, sign });
    if (this.changes.length <= CHANGES_MAX) return;
    this.lists.clear();
    this.forgotten += this.changes.length;
    this.changes.length = 0;
  }

  /** Index of the document whose first passage has this number; -1 where there is none. */
  find(first: number): number {
    const numbers = this.directory.first;
    let low = 0;
    let high = numbers.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((numbers[middle] as number) < first) low = middle + 1;
      else high = middle;
    }
    return numbers[low] === first ? low : -1;
  }

  /** Of a segment whose blocks are in memory. */
  findTerm(term: string): { readonly count: number; readonly bytes: Uint8Array } | null {
    const blocks = this.blocks ?? [];
    let low = 0;
    let high = blocks.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((blocks[middle] as HeldBlock).firstTerm <= term) low = middle + 1;
      else high = middle;
    }
    const block = blocks[low - 1];
    return block ? findInBlock(block.data, term) : null;
  }
}
