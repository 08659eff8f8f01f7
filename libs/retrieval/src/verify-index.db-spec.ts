import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { CallContext } from '@lorekeep/kit/context';
import { cloneDatabase, type ClonedDatabase } from '@lorekeep/kit/testing';
import { FINDINGS_MAX, MergeSegments, rebuildTenant, VerifyIndex, type IndexVerification } from './index.js';
import { MERGE_WIDTH } from './choose-merge.js';
import { decodeDirectory, decodeList, encodeBlocks, encodeDirectory, readBlock } from './segment-codec.js';
import { Fixture } from './testing/index.js';

let clone: ClonedDatabase;
let fixture: Fixture;
let writer: CallContext;
let collection: string;
let ids: string[];
let tenants = 0;
const ALL = { access: 'all' } as const;

beforeAll(async () => {
  clone = await cloneDatabase();
  fixture = await Fixture.open(clone);
});
afterAll(async () => {
  await fixture.close();
  await clone.drop();
});

const sql = <Row extends Record<string, unknown>>(
  text: string,
  values: readonly unknown[] = [],
): Promise<Row[]> => fixture.database.once<Row>(writer, text, values, ALL);
const verify = (ctx = writer): Promise<IndexVerification> => new VerifyIndex(fixture.database).run(ctx);
const add = (title: string): Promise<string> =>
  fixture.document(writer, collection, title, [
    `the first passage of ${title}`,
    `and the second, ${title} too`,
  ]);

/** One merged segment and one that is not. */
beforeEach(async () => {
  writer = await fixture.tenant(`verify-${tenants++}`);
  collection = await fixture.collection(writer, 'docs');
  ids = [];
  for (let i = 0; i < MERGE_WIDTH; i++) ids.push(await add(`document${i}`));
  await new MergeSegments(fixture.database).run(writer);
  ids.push(await add('lonely'));
});

interface SegmentBytes extends Record<string, unknown> {
  readonly id: string;
  readonly directory: Buffer;
}
const segments = (): Promise<SegmentBytes[]> => sql('select id, directory from segment order by level desc');

/** Rewrites the only block of the merged segment. */
async function changeBlock(
  change: (entries: { term: string; numbers: Uint32Array; frequencies: Uint8Array }[]) => void,
) {
  const [merged] = await segments();
  const rows = await sql<{ data: Buffer }>('select data from posting_block where segment_id = $1', [
    merged?.id,
  ]);
  const entries = rows.flatMap(({ data }) =>
    [...readBlock(data)].map(({ term, count, bytes }) => ({ term, ...decodeList(bytes, count) })),
  );
  change(entries);
  const [block] = [...encodeBlocks(entries)];
  await sql('update posting_block set data = $2 where segment_id = $1', [merged?.id, block?.data]);
  await sql('update segment set bytes = $2 where id = $1', [merged?.id, block?.data.length]);
}

describe('an index that is as it should be', () => {
  it('gives no finding, and says what there is', async () => {
    const seen: string[] = [];
    const outcome = await new VerifyIndex(fixture.database).run(writer, (done, total) =>
      seen.push(`${done}/${total}`),
    );
    expect(outcome).toEqual({
      segments: 2,
      documents: 9,
      passages: 18,
      waiting: 0,
      findings: [],
      findingsTotal: 0,
    });
    expect(seen.at(-1)).toBe('18/18');
  });

  it('of an empty tenant gives none either', async () => {
    expect(await verify(await fixture.tenant('empty'))).toMatchObject({
      segments: 0,
      documents: 0,
      findings: [],
    });
  });

  it('with documents that wait to be indexed says so, without a finding', async () => {
    await sql('update document set first_passage = null where id = $1', [ids[0]]);
    await sql('update document set analyzer = 0 where id = $1', [ids[1]]);
    expect(await verify()).toMatchObject({ waiting: 2, findings: [] });
  });

  it('is judged while documents come and go', async () => {
    const outcomes = await Promise.all([
      verify(),
      add('coming'),
      verify(),
      sql('update document set deleted_at = now() where id = $1', [ids[2]]),
    ]);
    expect([outcomes[0].findings, outcomes[2].findings]).toEqual([[], []]);
  });
});

describe('damage is found:', () => {
  const damages: Record<string, [() => Promise<unknown>, RegExp]> = {
    'a segment that is gone': [
      () => sql('delete from segment where level = 0'),
      /^Document \S+ is in no segment under its numbers\.$/,
    ],
    'a document that points elsewhere': [
      () => sql('update document set first_passage = 900 where id = $1', [ids[0]]),
      /is in no segment under its numbers/,
    ],
    'a document in two segments': [
      async () => {
        const [, lonely] = await segments();
        await sql(
          `insert into segment (tenant_id, level, analyzer, passages, terms, bytes, directory)
           select tenant_id, 0, analyzer, passages, terms, 0, directory from segment where id = $1`,
          [lonely?.id],
        );
      },
      /is in a second segment too/,
    ],
    'numbers used twice': [
      async () => {
        const [merged, lonely] = await segments();
        const first = decodeDirectory(merged?.directory ?? Buffer.of())[0]?.first ?? 0;
        const [document] = decodeDirectory(lonely?.directory ?? Buffer.of());
        if (!document) throw new Error('no document');
        await sql('update segment set directory = $2 where id = $1', [
          lonely?.id,
          encodeDirectory([{ ...document, first }]),
        ]);
      },
      /^Documents \S+ and \S+ have passage numbers in common\.$/,
    ],
    'numbers that were never given out': [
      () => sql('update passage_number set next = 3'),
      /^Passage number \d+ is in use, but only those below 3 were given out\.$/,
    ],
    'another number of passages': [
      () => sql('update segment set passages = 7'),
      /says that it has 7 passages/,
    ],
    'another number of terms': [() => sql('update segment set terms = 7'), /says that it has 7 terms/],
    'another number of bytes': [
      () => sql('update segment set bytes = 7'),
      /says that its blocks have 7 bytes/,
    ],
    'a directory that cannot be read': [
      () => sql(`update segment set directory = substring(directory from 1 for 20) where level = 1`),
      /^The directory of segment \S+ cannot be read/,
    ],
    'a block that is cut off': [
      () => sql('update posting_block set data = substring(data from 1 for length(data) - 1)'),
      /cannot be read \(damaged segment/,
    ],
    'a block under a wrong key': [
      () => sql(`update posting_block set first_term = '\\x0041'`),
      /^The key of a block .* is not its first term\.$/,
    ],
    'a block twice': [
      () =>
        sql(`insert into posting_block (segment_id, tenant_id, first_term, data)
             select segment_id, tenant_id, first_term || '\\x0041', data from posting_block`),
      /The postings of passage 0 of document \S+ are not those of its text|is not its first term/,
    ],
    'a posting that is missing': [
      () => changeBlock((entries) => void entries.pop()),
      /^The postings of passage \d of document \S+ are not those of its text\.$/,
    ],
    'a frequency that is wrong': [
      () => changeBlock((entries) => void (entries[0] as { frequencies: Uint8Array }).frequencies.fill(9)),
      /are not those of its text/,
    ],
    'a posting of nobody': [
      () =>
        changeBlock(
          (entries) =>
            void Object.assign(entries[0] ?? {}, {
              numbers: Uint32Array.of(5_000),
              frequencies: Uint8Array.of(1),
            }),
        ),
      /has 1 postings of passages that are not in its directory/,
    ],
    'a text that was changed': [
      () =>
        sql(`update passage set content = content || ' mountain' where document_id = $1 and ordinal = 1`, [
          ids[3],
        ]),
      /^The length of passage 1 of document \S+ is \d+ terms/,
    ],
    'a passage that is missing': [
      () => sql('delete from passage where document_id = $1 and ordinal = 0', [ids[3]]),
      /^The passages of document \S+ are not complete: 1 of 2\.$/,
    ],
    'a length that is wrong': [
      () => sql('update passage set terms = 99 where document_id = $1 and ordinal = 0', [ids[3]]),
      /^The length of passage 0/,
    ],
    'a sum that is wrong': [
      () => sql('update document set terms = 1 where id = $1', [ids[3]]),
      /have \d+ terms; its row says 1\.$/,
    ],
    'a number of passages that is wrong': [
      () => sql('update document set passages = 3 where id = $1', [ids[3]]),
      /are not complete: 2 of 3/,
    ],
  };
  it.each(Object.keys(damages))('%s', async (name) => {
    const [damage, expected] = damages[name] ?? [];
    await damage?.();
    const { findings, findingsTotal } = await verify();
    expect(findings.some((sentence) => expected?.test(sentence))).toBe(true);
    expect(findingsTotal).toBe(findings.length);
  });

  it('and mended by indexing everything anew, even what cannot be read', async () => {
    await sql(`update segment set directory = '\\x01' where level = 1`);
    await sql(`update posting_block set data = '\\x02'`);
    await sql('update passage_number set next = 3');
    expect((await verify()).findings).not.toEqual([]);
    expect(await rebuildTenant(fixture.database, writer, { all: true })).toEqual({
      documents: 9,
      passages: 18,
    });
    expect(await verify()).toMatchObject({ segments: 1, waiting: 0, findings: [] });
  });

  it('and not told without end', async () => {
    const many = Array.from({ length: FINDINGS_MAX + 20 }, (_, i) => `passage ${i}`);
    const id = await fixture.document(writer, collection, 'many', many);
    await sql('update passage set terms = 99 where document_id = $1', [id]);
    const { findings, findingsTotal } = await verify();
    expect(findings).toHaveLength(FINDINGS_MAX);
    expect(findingsTotal).toBe(FINDINGS_MAX + 20);
  });
});
