import type { MigrationInterface, QueryRunner } from 'typeorm';
import { APART, TOGETHER } from './quota/together.js';

/** Questions of a tenant that come at once no longer wait for one another's transaction. */
export class QuotaTogether20261122050000 implements MigrationInterface {
  readonly name = 'QuotaTogether20261122050000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TOGETHER);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(APART);
  }
}
