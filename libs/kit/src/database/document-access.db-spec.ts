import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { systemContext, type CallContext } from '../context/index.js';
import { cloneDatabase, type ClonedDatabase } from '../testing/index.js';
import { connectDatabase } from './connect.js';
import type { Database } from './database.js';

const anna = randomUUID();
const ben = randomUUID();
const engineers = randomUUID();
const hr = randomUUID();

/** Who may read each document, by its title. */
const READERS: Record<string, [principal: string, effect: 'allow' | 'deny'][]> = {
  'for everyone': [['everyone', 'allow']],
  'for nobody': [],
  'for Anna': [[`user:${anna}`, 'allow']],
  'for engineers': [[`group:${engineers}`, 'allow']],
  'for everyone but HR': [
    ['everyone', 'allow'],
    [`group:${hr}`, 'deny'],
  ],
  'for engineers but not Ben': [
    [`group:${engineers}`, 'allow'],
    [`user:${ben}`, 'deny'],
  ],
};

describe('row security of documents', () => {
  const system = systemContext(randomUUID());
  let clone: ClonedDatabase;
  let database: Database;

  const as = (userId: string | null, ...groupIds: string[]): CallContext => ({
    ...system,
    caller: { ...system.caller, kind: 'user', userId, groupIds },
  });
  const titles = new Map<string, string>();
  const readable = async (ctx: CallContext, table = 'document') => {
    const column = table === 'document' ? 'id' : 'document_id';
    const rows = await database.once<{ id: string }>(ctx, `select distinct ${column} as id from ${table}`);
    return rows.map(({ id }) => titles.get(id)).sort();
  };

  beforeAll(async () => {
    clone = await cloneDatabase();
    database = await connectDatabase({
      url: clone.appUrl,
      entities: [],
      poolSize: 2,
      statementTimeout: 10_000,
      applicationName: 'document-access-spec',
    });
    const owner = new pg.Client({ connectionString: clone.ownerUrl });
    await owner.connect();
    await owner.query(`begin; select set_config('app.tenant', '${system.tenantId}', true)`);
    await owner.query(`insert into tenant (id, slug, name) values ($1, 'main', 'Main')`, [system.tenantId]);
    await owner.query('commit');
    await owner.end();
    await database.transaction(system, (tx) => fill(tx.query, system.tenantId, titles), { access: 'all' });
  });
  afterAll(async () => {
    await database.close();
    await clone.drop();
  });

  it.each(['document', 'document_content', 'passage'])(
    'shows of %s what everyone, the user and the groups may read, and deny wins',
    async (table) => {
      const all = ['for everyone', 'for everyone but HR'];
      expect(await readable(as(null), table)).toEqual(all);
      expect(await readable(as(anna), table)).toEqual(['for Anna', ...all]);
      expect(await readable(as(anna, engineers), table)).toEqual([
        'for Anna',
        'for engineers',
        'for engineers but not Ben',
        ...all,
      ]);
      expect(await readable(as(ben, engineers), table)).toEqual(['for engineers', ...all]);
      expect(await readable(as(anna, hr), table)).toEqual(['for Anna', 'for everyone']);
    },
  );

  it('shows a system call without access "all" no more than everyone sees', async () => {
    expect(await readable(system)).toEqual(['for everyone', 'for everyone but HR']);
  });

  it('shows every document of the tenant with access "all", and none of another tenant', async () => {
    const sql = 'select title from document';
    expect(await database.once(system, sql, [], { access: 'all' })).toHaveLength(6);
    expect(await database.once(systemContext(randomUUID()), sql, [], { access: 'all' })).toEqual([]);
  });

  it('lets a caller write nothing, not even to what it may read', async () => {
    const reader = as(anna, engineers);
    expect(await database.once(reader, `update document set title = 'mine' returning id`)).toEqual([]);
    expect(await database.once(reader, 'delete from passage returning id')).toEqual([]);
    const copy = `insert into passage (tenant_id, document_id, ordinal, content, terms)
      select tenant_id, id, 99, 'smuggled', 1 from document limit 1`;
    await expect(database.once(reader, copy)).rejects.toThrow(/row-level security/);
  });
});

type Query = (sql: string, values: readonly unknown[]) => Promise<Record<string, unknown>[]>;

async function fill(query: Query, tenantId: string, titles: Map<string, string>): Promise<void> {
  const first = async (sql: string, values: unknown[]) => String((await query(sql, values))[0]?.['id']);
  const collection = await first(
    `insert into collection (tenant_id, slug, name) values ($1, 'all', 'All') returning id`,
    [tenantId],
  );
  for (const [title, readers] of Object.entries(READERS)) {
    const id = randomUUID();
    await query(
      `insert into document (id, tenant_id, collection_id, access_id, lineage_id, title, file_name, media_type, bytes,
                             sha256, state)
         values ($1, $2, $3, $1, $1, $4, 'file.md', 'text/markdown', 1, $5, 'ready')`,
      [id, tenantId, collection, title, Buffer.from(title)],
    );
    titles.set(id, title);
    await query(`insert into document_content (document_id, tenant_id, content) values ($1, $2, 'x')`, [
      id,
      tenantId,
    ]);
    await query(
      `insert into passage (tenant_id, document_id, ordinal, content, terms) values ($1, $2, 0, 'x', 1)`,
      [tenantId, id],
    );
    for (const [principal, effect] of readers) {
      await query(
        'insert into access_entry (tenant_id, access_id, principal, effect) values ($1, $2, $3, $4)',
        [tenantId, id, principal, effect],
      );
    }
  }
}
