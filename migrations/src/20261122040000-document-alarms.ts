import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The words for which a document is held back, so that a false alarm can become a test; beside the file, and gone with it. */
export class DocumentAlarms20261122040000 implements MigrationInterface {
  readonly name = 'DocumentAlarms20261122040000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table document_content add column alarms text[] not null default '{}',
        add constraint document_content_alarms_check check (cardinality(alarms) <= 50);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table document_content drop column alarms');
  }
}
