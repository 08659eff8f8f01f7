import type { MigrationInterface, QueryRunner } from 'typeorm';
import { ENGINE_HOST_TABLES, WITHOUT_ENGINE_HOST_TABLES } from './inference/engine-hosts.js';

/** Engine hosts that registered themselves, for all gateways. */
export class EngineHosts20261121140000 implements MigrationInterface {
  readonly name = 'EngineHosts20261121140000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(ENGINE_HOST_TABLES);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(WITHOUT_ENGINE_HOST_TABLES);
  }
}
