import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { cloneDatabase, type ClonedDatabase } from '../testing/index.js';
import { describeSchema } from './describe-schema.js';

describe('describeSchema', () => {
  let clone: ClonedDatabase;
  let owner: pg.Client;
  beforeAll(async () => {
    clone = await cloneDatabase();
    owner = new pg.Client({ connectionString: clone.ownerUrl });
    owner.on('error', () => undefined);
    await owner.connect();
  });
  afterAll(async () => {
    await owner.end();
    await clone.drop();
  });
  const describeNow = () => describeSchema({ url: clone.ownerUrl, appRole: 'lorekeep_app' });

  it('says the same of two equal databases', async () => {
    const other = await cloneDatabase();
    expect(await describeSchema({ url: other.ownerUrl, appRole: 'lorekeep_app' })).toBe(await describeNow());
    await other.drop();
  });

  it('names the two roles by what they are', async () => {
    const text = await describeNow();
    expect(text).toContain('grant select on audit_record to app;');
    expect(text).toContain('policy directory on tenant for select to owner using true;');
    expect(text).not.toContain('lorekeep_');
  });

  it.each([
    ['a column', 'alter table collection add column extra int', 'alter table collection drop column extra'],
    [
      'a default',
      `alter table collection alter column name set default 'x'`,
      'alter table collection alter column name drop default',
    ],
    [
      'a constraint',
      'alter table collection add constraint extra check (length(name) < 9)',
      'alter table collection drop constraint extra',
    ],
    ['an index', 'create index extra on collection (name)', 'drop index extra'],
    ['a policy', 'create policy extra on collection using (true)', 'drop policy extra on collection'],
    [
      'row security switched off',
      'alter table collection disable row level security',
      'alter table collection enable row level security',
    ],
    [
      'row security not forced',
      'alter table collection no force row level security',
      'alter table collection force row level security',
    ],
    [
      'a grant',
      'grant truncate on collection to lorekeep_app',
      'revoke truncate on collection from lorekeep_app',
    ],
    [
      'a grant on a column',
      'grant update (detail) on audit_record to lorekeep_app',
      'revoke update (detail) on audit_record from lorekeep_app',
    ],
    ['a grant to everybody', 'grant select on tenant to public', 'revoke select on tenant from public'],
    [
      'a trigger that sleeps',
      'alter table audit_record disable trigger audit_record_append_only',
      'alter table audit_record enable trigger audit_record_append_only',
    ],
    [
      'a function',
      'create function extra() returns int language sql as $$ select 1 $$',
      'drop function extra',
    ],
    [
      'who may run a function',
      'grant execute on function tenant_ids to public',
      'revoke execute on function tenant_ids from public',
    ],
    ['a view', 'create view extra as select 1 as one', 'drop view extra'],
    ['a type', `create type extra as enum ('a')`, 'drop type extra'],
    ['a sequence', 'create sequence extra', 'drop sequence extra'],
  ])('shows %s, and shows when it is gone', async (_, change, undo) => {
    const before = await describeNow();
    await owner.query(change);
    expect(await describeNow()).not.toBe(before);
    await owner.query(undo);
    expect(await describeNow()).toBe(before);
  });
});
