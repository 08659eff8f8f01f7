import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { systemContext, type CallContext } from '@lorekeep/kit/context';
import { connectDatabase, type Database } from '@lorekeep/kit/database';
import { cloneDatabase, type ClonedDatabase } from '@lorekeep/kit/testing';
import pg from 'pg';
import { entities } from '../store/entities.js';
import { CHUNK_WORDS, ListContentRepository } from '../store/list-content.repository.js';
import { RuleRepository } from '../store/rule.repository.js';
import { DatabaseWords } from '../store/word.repository.js';
import { NameRules } from './name-rules.js';

describe('names of rules in Postgres', () => {
  let clone: ClonedDatabase;
  let owner: pg.Client;
  let db: Database;
  let rules: NameRules;
  let ctx: CallContext;
  let other: CallContext;

  const addTenant = async (slug: string) => {
    const id = randomUUID();
    await owner.query(`select set_config('app.tenant', $1, false)`, [id]);
    await owner.query(`insert into tenant (id, slug, name) values ($1, $2, $2)`, [id, slug]);
    return systemContext(id);
  };
  const named = (ruleId: string, of = ctx) => rules.run(of, [{ ruleId, category: 'names' }]);

  beforeAll(async () => {
    clone = await cloneDatabase();
    owner = new pg.Client({ connectionString: clone.ownerUrl });
    await owner.connect();
    db = await connectDatabase({
      ...{ url: clone.appUrl, entities, poolSize: 4, statementTimeout: 20_000 },
      applicationName: 'name-rules-spec',
    });
    rules = new NameRules(new RuleRepository(db));
    [ctx, other] = [await addTenant('one'), await addTenant('two')];
  });
  afterAll(async () => {
    await db.close();
    await owner.end();
    await clone.drop();
  });

  it('says the text of an own word, and that it has been deleted, to its tenant alone', async () => {
    const words = new DatabaseWords(db);
    await words.add(ctx, [], () => [
      { text: 'Heliotrope', category: 'names', action: 'log', wholeWord: null },
    ]);
    const [word] = (await words.list(ctx, { limit: 1, offset: 0 })).rows;
    const id = String(word?.id);
    expect(await named(id)).toEqual([{ kind: 'word', text: 'Heliotrope' }]);
    expect(await named(id, other)).toEqual([{ kind: 'word', text: null }]);
    await words.remove(ctx, id);
    expect(await named(id)).toEqual([{ kind: 'word', text: null }]);
  });

  it('says the name of a list and the entry, on either side of a border of stored rows', async () => {
    const [list] = await db.once<{ id: string }>(
      ctx,
      `insert into word_list (tenant_id, name, category, action, file_name)
       values ($1, 'Plants', 'names', 'log', 'plants.txt') returning id`,
      [ctx.tenantId],
    );
    const id = String(list?.id);
    const entries = Array.from({ length: CHUNK_WORDS + 1 }, (_, at) => `plant ${at}`);
    await new ListContentRepository(db).storeWords(ctx, id, entries);
    for (const at of [0, CHUNK_WORDS - 1, CHUNK_WORDS])
      expect(await named(`list:${id}:${at}`)).toEqual([
        { kind: 'list', name: 'Plants', entry: `plant ${at}` },
      ]);
    const gone = [{ kind: 'list', name: null, entry: null }];
    expect(await named(`list:${id}:${CHUNK_WORDS + 1}`)).toEqual([
      { kind: 'list', name: 'Plants', entry: null },
    ]);
    expect(await named(`list:${id}:0`, other)).toEqual(gone);
    await db.once(ctx, 'delete from word_list where id = $1', [id]);
    expect(await named(`list:${id}:0`)).toEqual(gone);
  });

  it('says the category of a built-in word and the name of a detector, each in the order of the hits', async () => {
    const hits = [
      { ruleId: 'detector:secret.token', category: 'secret.token' },
      { ruleId: 'tier:17', category: 'gambling' },
      { ruleId: 'detector:secret.token', category: 'secret.token' },
      { ruleId: 'list:not-one', category: 'names' },
    ];
    const token = { kind: 'detector', name: 'secret.token' };
    expect(await rules.run(ctx, hits)).toEqual([
      ...[token, { kind: 'tier', category: 'gambling' }, token],
      { kind: 'list', name: null, entry: null },
    ]);
    expect(await rules.run(ctx, [])).toEqual([]);
  });
});
