import type { Tx } from '@lorekeep/kit/database';
import { readBlock, type BlockEntry } from './segment-codec.js';

/** Blocks of one segment fetched at once: some hundred kilobytes, of which merges hold one such part per segment. */
const BLOCKS_PER_FETCH = 64;
/** Where many segments begin together each begins with less. */
const BLOCKS_AT_FIRST = 16;

interface BlockRow extends Record<string, unknown> {
  readonly id: string;
  readonly firstTerm: Buffer;
  readonly data: Buffer;
}

/** The entries of one segment in order, read part by part. */
export class EntryCursor {
  current: BlockEntry | null = null;
  private blocks: BlockRow[] = [];
  private entries: Iterator<BlockEntry> | null = null;
  private after: Buffer = Buffer.of();
  private last = false;

  private constructor(
    private readonly tx: Tx,
    readonly segmentId: string,
  ) {}

  /** Cursors at their first entries; one statement for all. */
  static async open(tx: Tx, segmentIds: readonly string[]): Promise<EntryCursor[]> {
    const cursors = segmentIds.map((id) => new EntryCursor(tx, id));
    const rows = await tx.query<BlockRow>(
      `select s.id, b.first_term as "firstTerm", b.data
         from unnest($1::uuid[]) as s (id)
         cross join lateral (select first_term, data from posting_block
                              where segment_id = s.id order by first_term limit $2) b`,
      [segmentIds, BLOCKS_AT_FIRST],
    );
    const found = new Map<string, BlockRow[]>(segmentIds.map((id) => [id, []]));
    for (const row of rows) found.get(row.id)?.push(row);
    for (const cursor of cursors) {
      cursor.take(found.get(cursor.segmentId) ?? [], BLOCKS_AT_FIRST);
      if (!cursor.step()) await cursor.fetch();
    }
    return cursors;
  }

  /** Goes to the next entry of what has been read. False: `fetch` before looking. */
  step(): boolean {
    for (;;) {
      const next = this.entries?.next();
      if (next && !next.done) {
        this.current = next.value;
        return true;
      }
      const block = this.blocks.shift();
      if (!block) {
        this.current = null;
        this.entries = null;
        return this.last;
      }
      this.entries = readBlock(block.data)[Symbol.iterator]();
    }
  }

  /** Reads on; afterwards `current` is the next entry, or null at the end. */
  async fetch(): Promise<void> {
    const rows = await this.tx.query<BlockRow>(
      `select segment_id as id, first_term as "firstTerm", data from posting_block
        where segment_id = $1 and first_term > $2 order by first_term limit $3`,
      [this.segmentId, this.after, BLOCKS_PER_FETCH],
    );
    this.take(rows, BLOCKS_PER_FETCH);
    this.step();
  }

  private take(rows: BlockRow[], asked: number): void {
    this.blocks = rows;
    this.after = rows.at(-1)?.firstTerm ?? this.after;
    this.last = rows.length < asked;
  }
}
