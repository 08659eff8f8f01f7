import type { MigrationInterface, QueryRunner } from 'typeorm';

const DOCUMENT_TABLES: Record<string, string> = {
  document: 'id',
  document_content: 'document_id',
  passage: 'document_id',
  posting: 'document_id',
};

const readablePolicies = (tenant: string, access: string): string =>
  Object.entries(DOCUMENT_TABLES)
    .map(
      ([table, column]) => `alter policy readable on ${table} using (
        tenant_id = ${tenant} and (${access} = 'all' or ${column} in (select app_readable_documents())));`,
    )
    .join('\n');

const readableDocuments = (tenant: string, principals: string): string => `
  create or replace function app_readable_documents() returns setof uuid language sql stable
    as $$
      select document_id from document_access
       where tenant_id = ${tenant} and principal = any (${principals})
       group by document_id having bool_and(effect = 'allow')
    $$;`;

/**
 * The length of a document in index terms. BM25 takes its statistics from the documents that the caller may read
 * (a score carries no trace of hidden text), so that the one row of statistics per tenant is not needed.
 * And row security reads the settings of the transaction once per statement instead of once per row.
 */
export class Retrieval20261121030000 implements MigrationInterface {
  readonly name = 'Retrieval20261121030000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table document add column terms bigint not null default 0;
      drop table corpus_statistic;
      ${readableDocuments('(select app_tenant())', '(select app_principals())::text[]')}
      ${readablePolicies('(select app_tenant())', '(select app_access())')}
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ${readablePolicies('app_tenant()', 'app_access()')}
      ${readableDocuments('app_tenant()', 'app_principals()')}
      create table corpus_statistic (
        tenant_id uuid primary key references tenant (id),
        passages bigint not null default 0,
        terms bigint not null default 0
      );
      alter table corpus_statistic enable row level security;
      alter table corpus_statistic force row level security;
      create policy tenant on corpus_statistic using (tenant_id = app_tenant()) with check (tenant_id = app_tenant());
      do $$ begin
        execute format('grant select, insert, update, delete on corpus_statistic to %I',
          coalesce(nullif(current_setting('lorekeep.app_role', true), ''), 'lorekeep_app'));
      end $$;
      alter table document drop column terms;
    `);
  }
}
