import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was left out of a document when it was read, what a source still reads, the question that an answer suggested. */
export class KeptRemarks20261121080000 implements MigrationInterface {
  readonly name = 'KeptRemarks20261121080000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table document add column notes text[] not null default '{}',
        add constraint document_notes_check check (cardinality(notes) <= 50);
      create index document_under_way on document (tenant_id, source_id)
        where source_id is not null and state in ('received', 'parsing', 'screening', 'indexing');
      alter table message add column suggestion jsonb;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index document_under_way;
      alter table message drop column suggestion;
      alter table document drop column notes;
    `);
  }
}
