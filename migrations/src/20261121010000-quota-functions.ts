import type { MigrationInterface, QueryRunner } from 'typeorm';
import { QUOTA_FUNCTIONS } from './quota/functions.js';

/** Reserving, settling and expiring quota, each in one statement. */
export class QuotaFunctions20261121010000 implements MigrationInterface {
  readonly name = 'QuotaFunctions20261121010000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(QUOTA_FUNCTIONS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop function if exists quota_expire, quota_settle, quota_reserve;
      drop index quota_usage_minutes;
      alter table quota_reservation drop column token_subjects, drop column released_at;
    `);
  }
}
