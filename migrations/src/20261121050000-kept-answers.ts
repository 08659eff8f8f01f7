import type { MigrationInterface, QueryRunner } from 'typeorm';
import { DENIALS_STAY, OFFERED_DOCUMENTS, WITHOUT_DENIALS_STAY } from './retrieval/offered-documents.js';

/** Kept answers know the documents that they were given; who is denied somewhere stays. */
export class KeptAnswers20261121050000 implements MigrationInterface {
  readonly name = 'KeptAnswers20261121050000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`${OFFERED_DOCUMENTS} ${DENIALS_STAY}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ${WITHOUT_DENIALS_STAY}
      alter table draft drop column document_ids;
      alter table message drop column document_ids;
    `);
  }
}
