import type { MigrationInterface, QueryRunner } from 'typeorm';
import { FIREWALL_SECURITY, FIREWALL_TABLES, WITHOUT_FIREWALL_TABLES } from './firewall/tables.js';

/** The firewall's whole setup by tenant with its versions, and the texts that a tenant tries it with. */
export class Firewall20261121100000 implements MigrationInterface {
  readonly name = 'Firewall20261121100000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`${FIREWALL_TABLES} ${FIREWALL_SECURITY}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(WITHOUT_FIREWALL_TABLES);
  }
}
