import type { MigrationInterface, QueryRunner } from 'typeorm';
import { AUDIT_FUNCTIONS, WITHOUT_AUDIT_FUNCTIONS } from './audit/functions.js';

/** Appending to the audit chain goes through one function; the application's role may write the tables no other way. */
export class AuditFunctions20261121020000 implements MigrationInterface {
  readonly name = 'AuditFunctions20261121020000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(AUDIT_FUNCTIONS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(WITHOUT_AUDIT_FUNCTIONS);
  }
}
