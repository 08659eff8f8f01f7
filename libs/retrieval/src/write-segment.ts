import type { Tx } from '@lorekeep/kit/database';
import type { BuiltSegment } from './build-segment.js';
import { ANALYZER_VERSION } from './passage-terms.js';
import type { EncodedBlock } from './segment-codec.js';

/** One message to the server stays below this, one long posting list aside. */
const BYTES_PER_STATEMENT = 1024 * 1024;

/** Stores a segment in the caller's transaction (`access: 'all'`). Returns its id. */
export async function writeSegment(tx: Tx, level: number, segment: BuiltSegment): Promise<string> {
  const bytes = segment.blocks.reduce((sum, { data }) => sum + data.length, 0);
  const id = await writeHead(tx, { level, analyzer: ANALYZER_VERSION, bytes, ...segment });
  for (const part of parts(segment.blocks)) await writeBlocks(tx, id, part);
  return id;
}

export async function writeHead(
  tx: Tx,
  head: {
    level: number;
    analyzer: number;
    passages: number;
    terms: number;
    bytes: number;
    directory: Buffer;
  },
): Promise<string> {
  const id = crypto.randomUUID();
  await tx.query(
    `insert into segment (id, tenant_id, level, analyzer, passages, terms, bytes, directory)
     values ($1, app_tenant(), $2, $3, $4, $5, $6, $7)`,
    [id, head.level, head.analyzer, head.passages, head.terms, head.bytes, head.directory],
    'index-segment',
  );
  return id;
}

/** Keys and data each travel as one binary value and are cut on the server: half the bytes of an array of hex. */
export async function writeBlocks(tx: Tx, segmentId: string, blocks: readonly EncodedBlock[]): Promise<void> {
  if (blocks.length === 0) return;
  await tx.query(BLOCKS, [segmentId, ...blockColumns(blocks)], 'index-blocks');
}

const BLOCKS = `insert into posting_block (segment_id, first_term, tenant_id, data)
  select $1::uuid, substring($2::bytea from b.key_at for b.key_size), app_tenant(),
         substring($3::bytea from b.data_at for b.data_size)
    from unnest($4::int[], $5::int[], $6::int[], $7::int[]) as b (key_at, key_size, data_at, data_size)`;

function blockColumns(blocks: readonly EncodedBlock[]): unknown[] {
  let keyAt = 1;
  let dataAt = 1;
  const columns: number[][] = [[], [], [], []];
  for (const { firstTerm, data } of blocks) {
    [keyAt, firstTerm.length, dataAt, data.length].forEach((value, column) => columns[column]?.push(value));
    keyAt += firstTerm.length;
    dataAt += data.length;
  }
  return [
    Buffer.concat(blocks.map(({ firstTerm }) => firstTerm)),
    Buffer.concat(blocks.map(({ data }) => data)),
    ...columns,
  ];
}

function* parts(blocks: readonly EncodedBlock[]): Iterable<readonly EncodedBlock[]> {
  let part: EncodedBlock[] = [];
  let bytes = 0;
  for (const block of blocks) {
    if (part.length > 0 && bytes + block.data.length > BYTES_PER_STATEMENT) {
      yield part;
      part = [];
      bytes = 0;
    }
    part.push(block);
    bytes += block.data.length;
  }
  if (part.length > 0) yield part;
}
