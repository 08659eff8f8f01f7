import type { MigrationInterface, QueryRunner } from 'typeorm';
import { SCANNER_SECURITY, SCANNER_TABLES, WITHOUT_SCANNER_TABLES } from './scanner/tables.js';

/** The scanner's policy, words that allow, imported lists, and the operator's view of what was found. */
export class Scanner20261121090000 implements MigrationInterface {
  readonly name = 'Scanner20261121090000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`${SCANNER_TABLES} ${SCANNER_SECURITY}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(WITHOUT_SCANNER_TABLES);
  }
}
