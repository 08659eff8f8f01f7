import type { MigrationInterface, QueryRunner } from 'typeorm';
import { inAllTenants } from './all-tenants.js';

// English was everybody's until now, chosen or not: who meant it has a browser that asks for it.
const UNCHOSEN = inAllTenants(['app_user'], `update app_user set locale = null where locale = 'en';`);
const ENGLISH = inAllTenants(['app_user'], `update app_user set locale = 'en' where locale is null;`);

/** An account that chose no language has none, and follows the browser. */
export class ChosenLanguage20261122000000 implements MigrationInterface {
  readonly name = 'ChosenLanguage20261122000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'alter table app_user alter column locale drop not null, alter column locale drop default',
    );
    await runner.query(UNCHOSEN);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(ENGLISH);
    await runner.query(
      `alter table app_user alter column locale set default 'en', alter column locale set not null`,
    );
  }
}
