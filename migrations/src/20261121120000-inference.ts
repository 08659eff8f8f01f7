import type { MigrationInterface, QueryRunner } from 'typeorm';
import { INFERENCE_TABLES, WITHOUT_INFERENCE_TABLES } from './inference/tables.js';

/** Heartbeats by which gateways share the model servers. */
export class Inference20261121120000 implements MigrationInterface {
  readonly name = 'Inference20261121120000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(INFERENCE_TABLES);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(WITHOUT_INFERENCE_TABLES);
  }
}
