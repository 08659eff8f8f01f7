import type { MigrationInterface, QueryRunner } from 'typeorm';
import { CLOCK_STEPS, WITHOUT_CLOCK_STEPS } from './inference/clock-steps.js';

/** A clock that was ahead and is right again keeps no engine host away, and no share for a gateway that has gone. */
export class ClockSteps20261122030000 implements MigrationInterface {
  readonly name = 'ClockSteps20261122030000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(CLOCK_STEPS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(WITHOUT_CLOCK_STEPS);
  }
}
