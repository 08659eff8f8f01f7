import type { CallContext } from '@lorekeep/kit/context';
import type { Database } from '@lorekeep/kit/database';
import { readBlock, termKey } from '../segment-codec.js';
import { uuidList } from './read-segments.js';
import type { TenantIndex } from './tenant-index.js';

/** Of blocks per segment and beginning: some 100,000 terms. */
const BLOCKS_MAX = 1_000;
/** A larger one has a single term, its key. */
const MANY_TERMS_BYTES = 4_000;

/** The index terms of a tenant that begin so. For suggestions alone: whose text they are out of, it does not say. */
export async function readVocabulary(
  database: Database,
  ctx: CallContext,
  index: TenantIndex,
  beginnings: readonly string[],
  timeout: number,
): Promise<Set<string>> {
  const terms = new Set<string>();
  const take = (data: Uint8Array): void => {
    for (const { term } of readBlock(data))
      if (beginnings.some((begin) => term.startsWith(begin))) terms.add(term);
  };
  const large: string[] = [];
  for (const segment of index.segments.values()) {
    if (segment.blocks) segment.blocks.forEach(({ data }) => take(data));
    else large.push(segment.id);
  }
  if (large.length === 0 || beginnings.length === 0) return terms;
  const ranges = beginnings.map((begin) => `('${hex(begin)}'::bytea, '${hex(`${begin}\uffff`)}'::bytea)`);
  const rows = await database.copy(
    ctx,
    `select b.first_term, case when length(b.data) <= ${MANY_TERMS_BYTES} then b.data end
       from unnest(${uuidList(large)}) as s (id) cross join (values ${ranges.join(',')}) as r (low, high)
       cross join lateral (
         select p.first_term, p.data from posting_block p
          where p.segment_id = s.id and p.first_term <= r.high
            and p.first_term >= coalesce((select q.first_term from posting_block q
                                           where q.segment_id = s.id and q.first_term <= r.low
                                          order by q.first_term desc limit 1), r.low)
          order by p.first_term limit ${BLOCKS_MAX}) b`,
    { access: 'all', timeout },
  );
  for (const [firstTerm, data] of rows) {
    if (data) take(data);
    else if (firstTerm) terms.add(Buffer.from(firstTerm).swap16().toString('utf16le'));
  }
  return terms;
}

const hex = (term: string): string => `\\x${termKey(term).toString('hex')}`;
