import type { MigrationInterface, QueryRunner } from 'typeorm';
import { VECTOR_FUNCTIONS, WITHOUT_VECTOR_FUNCTIONS } from './vectors/functions.js';
import { VECTOR_TABLES, WITHOUT_VECTOR_TABLES } from './vectors/tables.js';

/** Vectors of passages beside the index of terms. Down: they have to be made again, from the passages. */
export class Vectors20261121060000 implements MigrationInterface {
  readonly name = 'Vectors20261121060000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`${VECTOR_TABLES} ${VECTOR_FUNCTIONS}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`${WITHOUT_VECTOR_FUNCTIONS} ${WITHOUT_VECTOR_TABLES}`);
  }
}
