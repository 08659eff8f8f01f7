import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { migrate, revertLast } from '@lorekeep/kit/database';
import { migrations } from '@lorekeep/migrations';
import { connectOwner, type OwnedDatabase } from './connect-owner.js';

/** How many migrations there were before access lists. */
const BEFORE = migrations.findIndex((migration) => new migration().name === 'SearchIndex20261121040000');

describe('an upgrade of a database with documents and answers', () => {
  let database: OwnedDatabase;
  const tenant = randomUUID();
  const user = randomUUID();
  const [open, named, collection] = [randomUUID(), randomUUID(), randomUUID()];
  const options = (upTo = migrations.length) => ({
    ownerUrl: database.clone.ownerUrl,
    appRole: 'lorekeep_app',
    migrations: migrations.slice(0, upTo),
  });
  const rows = async (sql: string): Promise<unknown[]> => {
    await database.owner.query(`begin; select set_config('app.tenant', '${tenant}', true),
      set_config('app.access', 'all', true)`);
    const result = await database.owner.query(sql);
    await database.owner.query('commit');
    return result.rows;
  };
  const back = async (): Promise<void> => {
    for (let applied = migrations.length; applied > BEFORE; applied--) await revertLast(options(applied));
  };

  beforeEach(async () => {
    database = await connectOwner();
    await back();
    await rows(`insert into tenant (id, slug, name) values ('${tenant}', 'main', 'Main')`);
    await rows(`insert into app_user (id, tenant_id, email, display_name, roles)
      values ('${user}', '${tenant}', 'anna@example.test', 'Anna', '{employee}')`);
    await rows(
      `insert into collection (id, tenant_id, slug, name) values ('${collection}', '${tenant}', 'all', 'All')`,
    );
    for (const id of [open, named]) {
      await rows(`insert into document (id, tenant_id, collection_id, title, file_name, media_type, bytes, sha256, state)
        values ('${id}', '${tenant}', '${collection}', 'T', 'f.md', 'text/markdown', 1, '${id}', 'ready')`);
    }
    await rows(
      `insert into reader (tenant_id, collection_id, principal) values ('${tenant}', '${collection}', 'everyone')`,
    );
    await rows(`insert into reader (tenant_id, document_id, principal, effect)
      values ('${tenant}', '${named}', 'user:${user}', 'deny')`);
  });
  afterEach(() => database.close());

  it('keeps who may read what, there and back', async () => {
    await migrate(options());
    expect(await rows(`select id, access_id, lineage_id from document order by id`)).toEqual(
      [
        { id: open, access_id: collection, lineage_id: open },
        { id: named, access_id: named, lineage_id: named },
      ].sort((a, b) => (a.id < b.id ? -1 : 1)),
    );
    const lists = 'select access_id, principal, effect from access_entry order by access_id, principal';
    expect(await rows(lists)).toEqual(
      [
        { access_id: collection, principal: 'everyone', effect: 'allow' },
        { access_id: named, principal: 'everyone', effect: 'allow' },
        { access_id: named, principal: `user:${user}`, effect: 'deny' },
      ].sort((a, b) => (a.access_id < b.access_id ? -1 : a.access_id > b.access_id ? 1 : 0)),
    );
    await back();
    expect(
      await rows(`select document_id, principal, effect from document_access order by 3, 2`),
    ).toHaveLength(3);
  }, 60_000);

  it('ties kept answers to what they cite', async () => {
    const conversation = randomUUID();
    await rows(
      `insert into conversation (id, tenant_id, user_id, title) values ('${conversation}', '${tenant}', '${user}', 'T')`,
    );
    const citations = JSON.stringify([{ documentId: open }, { documentId: open }, { documentId: 'x' }, {}]);
    await rows(`insert into message (tenant_id, conversation_id, ordinal, role, content, citations)
      values ('${tenant}', '${conversation}', 1, 'assistant', 'A', '${citations}')`);
    await migrate(options());
    expect(
      await rows(
        'select array(select id from unnest(document_ids) id order by id) document_ids from message',
      ),
    ).toEqual([{ document_ids: ['00000000-0000-0000-0000-000000000000', open] }]);
  }, 60_000);
});
