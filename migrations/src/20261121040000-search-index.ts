import type { MigrationInterface, QueryRunner } from 'typeorm';
import { ACCESS_LISTS, WITHOUT_ACCESS_LISTS } from './retrieval/access.js';
import { SEGMENTS, WITHOUT_SEGMENTS } from './retrieval/segments.js';

const GRANTS = `do $$ begin
  execute format('grant select, insert, update, delete on folder, access_entry, passage_number, segment, posting_block to %I',
    coalesce(nullif(current_setting('lorekeep.app_role', true), ''), 'lorekeep_app'));
end $$;`;

const tenantPolicy = (table: string): string => `
alter table ${table} enable row level security;
alter table ${table} force row level security;
create policy tenant on ${table} using (tenant_id = (select app_tenant())) with check (tenant_id = app_tenant());`;

/**
 * Access lists, folders, versions, and the index as segments. Documents of before are not indexed until the worker has
 * read their passages again, which it does by itself. Down: they have to be ingested again.
 */
export class SearchIndex20261121040000 implements MigrationInterface {
  readonly name = 'SearchIndex20261121040000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ${SEGMENTS}
      ${ACCESS_LISTS}
      ${tenantPolicy('folder')}
      ${tenantPolicy('access_entry')}
      drop function app_readable_documents();
      drop table document_access;
      ${GRANTS}
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ${WITHOUT_ACCESS_LISTS}
      ${WITHOUT_SEGMENTS}
      alter table document_access enable row level security;
      alter table document_access force row level security;
      create policy tenant on document_access using (tenant_id = app_tenant()) with check (tenant_id = app_tenant());
      do $$ begin
        execute format('grant select, insert, update, delete on document_access to %I',
          coalesce(nullif(current_setting('lorekeep.app_role', true), ''), 'lorekeep_app'));
      end $$;
    `);
  }
}
