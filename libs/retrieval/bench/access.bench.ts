// Reading under access lists: 100,000 documents of one passage each, in 1,000 lists of 5 principals; the caller is of
// 10 groups. Writes the plans to bench/record/access.plan.txt and the figures to bench/record/access.json:
//   node --import ./test/support/typescript.mjs -C lorekeep-source libs/retrieval/bench/access.bench.ts
import { writeFileSync } from 'node:fs';
import type { CallContext } from '@lorekeep/kit/context';
import { Documents, Folders, Readers } from '../src/index.js';
import { PASSAGES_STATEMENT } from '../src/search/read-passages.js';
import { Fixture, withDatabase } from '../src/testing/index.js';

const DOCUMENTS = 100_000;
const LISTS = 1_000;
const GROUPS = 200;
const ROUNDS = 200;

await withDatabase(async (urls) => {
  const fixture = await Fixture.open(urls);
  try {
    await measure(fixture);
  } finally {
    await fixture.close();
  }
});

async function measure(fixture: Fixture): Promise<void> {
  const { writer, reader, collectionId, folderIds } = await build(fixture);
  const { database } = fixture;
  const readable = await database.once<{ id: string; first: string }>(
    reader,
    'select id, first_passage as first from document order by sha256 limit 2000',
  );
  const ten = (at: number) => readable.slice((at * 10) % 1_990, ((at * 10) % 1_990) + 10);
  const values = (at: number) => [
    ten(at).map(({ id }) => id),
    ten(at).map(() => 0),
    ten(at).map(({ first }) => first),
  ];
  const documents = new Documents(database);
  const plan = async (title: string, sql: string, parameters: unknown[]): Promise<string> => {
    const rows = await database.once<Record<string, string>>(
      reader,
      `explain (analyze, buffers) ${sql}`,
      parameters,
    );
    return `-- ${title}\n${rows.map((row) => row['QUERY PLAN']).join('\n')}\n`;
  };
  const readableSql = 'select id from document where id = any ($1::uuid[]) and deleted_at is null';
  const plans = [
    await plan('ten passages by document and ordinal, as a caller', PASSAGES_STATEMENT, values(3)),
    await plan('which of ten documents the caller may read', readableSql, [ten(3).map(({ id }) => id)]),
  ];
  const figures = {
    documents: DOCUMENTS,
    lists: LISTS,
    readable: (await documents.list(reader, { limit: 1, offset: 0 })).total,
    passages10: await timed(async (at) => {
      const rows = await database.once(reader, PASSAGES_STATEMENT, values(at), {
        prepared: 'search-passages',
      });
      if (rows.length !== 10) throw new Error(`${rows.length} passages instead of 10`);
    }),
    readableAmong10: await timed((at) =>
      documents.readableAmong(
        reader,
        ten(at).map(({ id }) => id),
      ),
    ),
    readableAmong2000: await timed(
      () =>
        documents.readableAmong(
          reader,
          readable.map(({ id }) => id),
        ),
      20,
    ),
    folderTreeOfReader: await timed(() => new Folders(database).tree(reader, collectionId), 10),
    readersOfCollection: await timed(
      (at) =>
        new Readers(database).setOfCollection(writer, collectionId, [
          { principal: 'everyone', effect: at % 2 ? 'allow' : 'deny' },
        ]),
      10,
    ),
    readersOfFolder: await timed(
      (at) =>
        new Readers(database).setOfFolder(writer, folderIds[at] ?? '', [
          { principal: 'everyone', effect: 'allow' },
        ]),
      20,
    ),
  };
  const whole = { ...figures, readersOfFolderAbove100000: await measureAbove(fixture, writer, collectionId) };
  writeFileSync(new URL('record/access.plan.txt', import.meta.url), plans.join('\n'));
  const text = `${JSON.stringify(whole, null, 2)}\n`;
  writeFileSync(new URL('record/access.json', import.meta.url), text);
  process.stdout.write(`${text}${plans.join('\n')}`);
}

/** The first readers of a folder above all documents, which then point to another list; and without them again. */
async function measureAbove(
  fixture: Fixture,
  writer: CallContext,
  collectionId: string,
): Promise<{ given: number; taken: number }> {
  const top = await new Folders(fixture.database).create(writer, {
    collectionId,
    parentId: null,
    name: 'top',
  });
  const all = { access: 'all' } as const;
  for (const sql of [
    'delete from reader where folder_id is not null',
    'delete from access_entry where access_id in (select id from folder)',
    `update folder set access_id = collection_id, parent_id = (select id from folder where name = 'top') where name <> 'top'`,
    'update document set access_id = collection_id',
  ]) {
    await fixture.database.once(writer, sql, [], all);
  }
  await fixture.analyze();
  const readers = new Readers(fixture.database);
  const once = async (principals: readonly string[]): Promise<number> => {
    const begun = performance.now();
    const list = principals.map((principal) => ({ principal, effect: 'allow' as const }));
    await readers.setOfFolder(writer, top?.id ?? '', list);
    return Math.round(performance.now() - begun);
  };
  return { given: await once(['everyone']), taken: await once([]) };
}

/** Milliseconds. */
async function timed(
  work: (at: number) => Promise<unknown>,
  rounds = ROUNDS,
): Promise<{ p50: number; p95: number }> {
  await work(0);
  const times: number[] = [];
  for (let at = 0; at < rounds; at++) {
    const begun = performance.now();
    await work(at);
    times.push(performance.now() - begun);
  }
  times.sort((a, b) => a - b);
  const share = (part: number) => Math.round((times[Math.floor(rounds * part)] ?? 0) * 100) / 100;
  return { p50: share(0.5), p95: share(0.95) };
}

interface Built {
  writer: CallContext;
  reader: CallContext;
  collectionId: string;
  folderIds: string[];
}

async function build(fixture: Fixture): Promise<Built> {
  const writer = await fixture.tenant('access');
  const groups: string[] = [];
  for (let n = 0; n < GROUPS; n++) groups.push(await fixture.group(writer, `g${n}`));
  const reader = await fixture.employee(writer, 'reader', groups.slice(0, 10));
  const collectionId = await fixture.collection(writer, 'all');
  const run = <Row extends Record<string, unknown>>(sql: string, values: unknown[] = []) =>
    fixture.database.once<Row>(writer, sql, values, { access: 'all' });
  const folders = await run<{ id: string }>(
    `insert into folder (id, tenant_id, collection_id, name, access_id)
     select id, app_tenant(), $1, n::text, id from (select gen_random_uuid() as id, n from generate_series(1, ${LISTS}) n) f
     returning id`,
    [collectionId],
  );
  await run(
    `insert into reader (tenant_id, folder_id, principal, effect)
     select app_tenant(), f.id, 'group:' || ($1::uuid[])[1 + (f.n * 37 + k * 41) % ${GROUPS}],
            case when k = 5 then 'deny' else 'allow' end
       from (select id, row_number() over (order by name) as n from folder) f, generate_series(1, 5) k`,
    [groups],
  );
  await run(`insert into access_entry (access_id, principal, tenant_id, effect)
    select folder_id, principal, tenant_id, effect from reader where folder_id is not null`);
  await run(
    `insert into document (id, tenant_id, collection_id, folder_id, access_id, lineage_id, title, file_name, media_type, bytes,
                           sha256, state, passages, first_passage)
     select id, app_tenant(), $1, f, f, id, 'Document ' || n, 'd.md', 'text/markdown', 1, sha256(n::text::bytea), 'ready', 1, n
       from (select gen_random_uuid() as id, n, ($2::uuid[])[1 + n % ${LISTS}] as f from generate_series(1, ${DOCUMENTS}) n) d`,
    [collectionId, folders.map(({ id }) => id)],
  );
  await run(`insert into passage (tenant_id, document_id, ordinal, content, terms)
    select tenant_id, id, 0, title || repeat(' text', 100), 100 from document`);
  await fixture.analyze();
  return { writer, reader, collectionId, folderIds: folders.map(({ id }) => id) };
}
