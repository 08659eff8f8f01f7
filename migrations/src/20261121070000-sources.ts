import type { MigrationInterface, QueryRunner } from 'typeorm';
import { SOURCE_TABLES, WITHOUT_SOURCE_TABLES } from './sources/tables.js';
import { VERSIONS, WITHOUT_VERSIONS } from './sources/versions.js';

const TABLES = ['source', 'source_item', 'source_run', 'source_archive', 'source_archive_part'];

const policies = TABLES.map(
  (table) => `
alter table ${table} enable row level security;
alter table ${table} force row level security;
create policy tenant on ${table} using (tenant_id = (select app_tenant())) with check (tenant_id = app_tenant());`,
).join('\n');

const GRANTS = `do $$ begin
  execute format('grant select, insert, update, delete on ${TABLES.join(', ')} to %I',
    coalesce(nullif(current_setting('lorekeep.app_role', true), ''), 'lorekeep_app'));
end $$;`;

/** Sources that documents come from, and what keeps the versions of a document under one access list. */
export class Sources20261121070000 implements MigrationInterface {
  readonly name = 'Sources20261121070000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`${VERSIONS} ${SOURCE_TABLES} ${policies} ${GRANTS}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`${WITHOUT_SOURCE_TABLES} ${WITHOUT_VERSIONS}`);
  }
}
