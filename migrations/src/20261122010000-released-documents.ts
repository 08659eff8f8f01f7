import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What an administrator judged when releasing a quarantined document holds for that content, until another replaces it. */
export class ReleasedDocuments20261122010000 implements MigrationInterface {
  readonly name = 'ReleasedDocuments20261122010000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table document add column released boolean not null default false');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table document drop column released');
  }
}
