import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The length of a document in index terms. BM25 takes its statistics from the documents that the caller may read
 * (a score carries no trace of hidden text), so that the one row of statistics per tenant is not needed.
 */
export class Retrieval20261121030000 implements MigrationInterface {
  readonly name = 'Retrieval20261121030000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table document add column terms bigint not null default 0;
      drop table corpus_statistic;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
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
